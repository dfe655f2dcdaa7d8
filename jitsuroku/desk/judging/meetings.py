"""What people decided about the meetings of formats: which of them there were, and which accounts are of one meeting.

Meetings are made anew whenever a page tells of their format, and get other ids then. So a judgement on a meeting finds it
by the events that tell of it, each of which is found again as ``attach`` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jitsuroku.contract import as_json, dumps, with_id
from jitsuroku.desk.judging.attach import Subject, subjects
from jitsuroku.desk.judging.state import changed_by
from jitsuroku.desk.judging.values import CannotJudge, checked
from jitsuroku.linking import Account, Gathering, Knowledge, gatherings, in_order, listed_day, record_of, together
from jitsuroku.records import Judgement, Meeting, Record
from jitsuroku.store import Judged
from jitsuroku.store.restore import restore

MEETING, EVENTS = "meeting", "events"
# What the record of a meeting and the meeting as it is shown both say.
SAID = ("number", "date", "place", "host", "participants")
Now = Callable[[Subject], Record | None]
Told = dict[str, str]


def is_of_meeting(judgement: Judgement) -> bool:
    """Whether it is about a meeting of a format."""
    return judgement.target.startswith(MEETING)


def series_judged(judgement: Judgement) -> str:
    """The format whose meeting a judgement is about."""
    return str(subjects(judgement)[0].line.get("series", ""))


def checked_parts(parts: Sequence[Mapping[str, Any]], told: Sequence[str]) -> list[dict[str, Any]]:
    """The parts of a meeting, each with the ``events`` that tell of it (of those ``told``) and what else it says.

    Raises CannotJudge when an event is left out, named twice, or none of the meeting's.
    """
    events = [_ids(part.get(EVENTS, ())) for part in parts]
    if not all(events) or sorted(id for ids in events for id in ids) != sorted(told):
        raise CannotJudge(
            f"a meeting is split by who tells of which: each part has {EVENTS}=ID,ID, and every one of these stands in "
            f"one part: {', '.join(sorted(told))}"
        )
    said = ({name: value for name, value in part.items() if name != EVENTS} for part in parts)
    return [{EVENTS: ids, **checked(MEETING, each)} for ids, each in zip(events, said, strict=True)]


def _ids(value: Any) -> list[str]:
    return [id.strip() for id in value.split(",") if id.strip()] if isinstance(value, str) else list(value)


@dataclass(slots=True)
class _Shown:
    """A meeting while judgements are applied to it: who tells of it, and what people wrote into it."""

    id: str
    gathering: Gathering
    changes: dict[str, Any] = field(default_factory=dict)
    by: str = ""
    extra: bool = False

    @property
    def events(self) -> set[str]:
        """The events that tell of it."""
        return {account.event for account in self.gathering.accounts}


@dataclass(frozen=True, slots=True)
class JudgedMeetings:
    """The meetings of a series as they are shown, in order; what that makes of the stored records, and the events that each
    of these stands on."""

    shown: tuple[Gathering, ...]
    records: Judged
    told: Mapping[str, frozenset[str]]


def judged_meetings(
    series: str,
    found: Sequence[Gathering],
    judgements: Sequence[Judgement],
    now: Now,
    out_of_view: Container[str],
    k: Knowledge,
) -> JudgedMeetings:
    """Apply the judgements in effect, by time, to the meetings that the pages tell of; an event that people took out of view
    tells of none."""
    as_read = {made.id: _Shown(made.id, each) for each in found if (made := record_of(each)) is not None}
    shown, hidden = list(as_read.values()), set[str]()
    _without(shown, hidden, _taken_out(found, judgements, now, out_of_view), k)
    for judgement in judgements:
        if is_of_meeting(judgement) and series_judged(judgement) == series:
            groups = teller_subjects(judgement)
            told = [{s.id: own.id for s in group if (own := now(s)) is not None} for group in groups]
            _apply(shown, hidden, judgement, told, k)
    records = {each.id: _record(each) for each in shown if each.by}
    extra = tuple(records[each.id] for each in shown if each.extra)
    changed = {id: record for id, record in records.items() if id in as_read}
    events = {each.id: frozenset(each.events) for each in shown}
    told_of = {listed_day(each.gathering) for each in shown}
    listed = [each for each in gatherings(series, (), k) if listed_day(each) not in told_of]
    every = [*(_said(each, records) for each in shown), *listed]
    return JudgedMeetings(in_order(every), Judged((), changed, extra, frozenset(hidden)), events)


def _taken_out(
    found: Iterable[Gathering], judgements: Iterable[Judgement], now: Now, out_of_view: Container[str]
) -> Told:
    """The events out of view that told of one of the meetings, each with who took it out."""
    out = {account.event for each in found for account in each.accounts if account.event in out_of_view}
    if not out:
        return {}
    told = ((s, j.by) for j in judgements if not is_of_meeting(j) for s in subjects(j))
    return {own.id: by for s, by in told if (own := now(s)) is not None and own.id in out}


def _without(shown: list[_Shown], hidden: set[str], out: Told, k: Knowledge) -> None:
    """Take accounts out of their meetings; one that nobody is left to tell of goes."""
    for each in tuple(shown):
        gone = sorted(each.events & out.keys())
        left = [account for account in each.gathering.accounts if account.event not in out]
        if gone and left:
            each.gathering, each.by = together(each.gathering.series, left, k), out[gone[-1]]
        elif gone:
            shown.remove(each)
            hidden.add(each.id)


def teller_subjects(judgement: Judgement) -> list[list[Subject]]:
    """For each meeting that a judgement names, the target first, the events that told of it then."""
    groups: list[list[Subject]] = [[]]
    for subject in subjects(judgement)[1:]:
        if subject.kind == MEETING:
            groups.append([])
        else:
            groups[-1].append(subject)
    return groups


def target_of(meetings: Iterable[tuple[str, set[str]]], told: Told) -> str | None:
    """The id of the meeting that most of the events tell of, the first of several; None where none of them does."""
    best = max(meetings, key=lambda each: len(each[1] & set(told.values())), default=None)
    return best[0] if best is not None and best[1] & set(told.values()) else None


def _apply(shown: list[_Shown], hidden: set[str], judgement: Judgement, named: list[Told], k: Knowledge) -> None:
    ids = [target_of(((each.id, each.events) for each in shown), told) for told in named]
    by_id = {each.id: each for each in shown}
    if ids[0] is None or judgement.judgement == "confirm":
        return
    target, others = by_id[ids[0]], [by_id[id] for id in dict.fromkeys(ids[1:]) if id not in (None, ids[0])]
    match judgement.judgement:
        case "reject":
            shown.remove(target)
            hidden |= {target.id} if not target.extra else set()
        case "correct":
            target.changes |= json.loads(judgement.after or "{}")
            target.by = judgement.by
        case "merge":
            accounts = [a for each in (target, *others) for a in each.gathering.accounts]
            target.gathering, target.by = together(target.gathering.series, accounts, k), judgement.by
            for other in others:
                shown.remove(other)
                hidden |= {other.id} if not other.extra else set()
        case "split":
            shown += _parted(target, json.loads(judgement.after or "[]"), named[0], judgement.by, k)


def _parted(target: _Shown, parts: Sequence[Mapping[str, Any]], now: Told, by: str, k: Knowledge) -> Iterator[_Shown]:
    """The second part and those behind it; the first stays where it was, with what nobody has assigned yet."""
    accounts, series = {a.event: a for a in target.gathering.accounts}, target.gathering.series
    apart: list[list[Account]] = []
    for part in parts[1:]:
        ids = [now[id] for id in part[EVENTS] if id in now]
        apart.append([accounts.pop(id) for id in ids if id in accounts])
    if not accounts:
        return
    target.gathering, target.by = together(series, accounts.values(), k), by
    target.changes |= _said_in(parts[0])
    taken = {listed_day(target.gathering)}
    for part, own in zip(parts[1:], apart, strict=True):
        if own:
            gathering = together(series, own, k, without=taken)
            taken.add(listed_day(gathering))
            made = _Shown("", gathering, _said_in(part), by, extra=True)
            made.id = with_id(_record(made)).id
            yield made


def _said_in(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != EVENTS}


def _record(each: _Shown) -> Meeting:
    """The record as people made it; its id stays, so that what names it still finds it."""
    made = record_of(each.gathering)
    assert made is not None
    changed = changed_by(made, each.changes, each.by)
    kept = restore(dumps(as_json(changed) | {"id": each.id}))
    assert isinstance(kept, Meeting)
    return kept


def _said(each: _Shown, records: Mapping[str, Meeting]) -> Gathering:
    """The meeting with what its record says."""
    if each.id not in records:
        return each.gathering
    return replace(each.gathering, **{name: getattr(records[each.id], name) for name in SAID})
