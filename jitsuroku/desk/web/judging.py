"""Where people judge: the queue of what nobody judged yet, and one record with all that can be decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.judging.calls import MERGED
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.judging.review import KINDS, queue, waiting
from jitsuroku.desk.judging.state import in_effect
from jitsuroku.desk.query import NotFound
from jitsuroku.desk.web.asking import DONE, Asked, Missing, Shown, Wrong
from jitsuroku.desk.web.fields import Input, inputs
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.records import DocumentRecord, Judgement, Link, Meeting, Record
from jitsuroku.store import Where

MOST_BESIDE = 30
# The usual reasons for which a flag is dismissed, each a phrase of the desk.
REASONS = ("reason_right", "reason_quoted", "reason_rounded", "reason_other", "reason_trifle")
UNSPLIT = frozenset({"document", "flag", "link"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of a record with the record at its other end."""

    link: Link
    other: Record


@dataclass(frozen=True, slots=True)
class Panel:
    """A record to be judged: its fields, the records of its page that may tell the same, its links, what was decided; of a
    meeting the other meetings of its format, and the events that tell of it."""

    record: Record
    inputs: tuple[Input, ...]
    beside: tuple[Record, ...]
    ties: tuple[Tie, ...]
    decided: tuple[Judgement, ...]
    shown: bool
    tellers: tuple[Record, ...]

    @property
    def splits(self) -> bool:
        """Whether it can be split."""
        return self.record.kind not in UNSPLIT

    @property
    def merges(self) -> bool:
        """Whether it can be joined with others."""
        return self.record.kind in MERGED


def review(asked: Asked) -> Shown:
    """The records that nobody judged yet, one at a time, flags first; ``?kind=`` and ``?page=`` narrow the queue."""
    kind = asked.query.get("kind")
    if kind is not None and kind not in KINDS:
        raise Wrong(f"?kind= takes one of {', '.join(KINDS)}")
    try:
        found = queue(asked.desk, (kind,) if kind else KINDS, asked.query.get("page"))
    except NotFound as problem:
        raise Missing(str(problem)) from problem
    at = _place(asked, found)
    record = found[at] if at < len(found) else None
    numbers = waiting(asked.desk)
    number = len(found) if asked.query.get("page") else numbers[kind] if kind else numbers.total()
    shows = {
        "panel": panel_of(asked, record) if record else None,
        "at": at,
        "total": number,
        "numbers": numbers,
        "kinds": KINDS,
        "kind": kind,
    }

    def values() -> Any:
        return {"waiting": number, "kinds": dict(numbers), "records": [as_json(r) for r in found]}

    return Shown("review.html", shows, values, lambda: records_table(found))


def _place(asked: Asked, waiting: Sequence[Record]) -> int:
    """The place in the queue: that of the record asked for, else the one told by number."""
    ids = [record.id for record in waiting]
    named = asked.query.get("at")
    return ids.index(named) if named in ids else asked.start()


def one(asked: Asked) -> Shown:
    """One record with all that can be decided about it."""
    try:
        record = asked.desk.record(asked.names["id"])
    except NotFound as problem:
        raise Missing(str(problem)) from problem
    if isinstance(record, Judgement):
        raise Missing(f"{record.id}: a judgement; it is judged with its record, {record.target}")
    panel = panel_of(asked, record)
    values = {"record": as_json(record), "shown": panel.shown, "judgements": [as_json(j) for j in panel.decided]}
    return Shown("judge.html", {"panel": panel}, lambda: values, lambda: records_table([record]))


def panel_of(asked: Asked, record: Record) -> Panel:
    """Everything that is needed to judge a record."""
    store = asked.desk.store
    fields = () if isinstance(record, Link) else inputs(record.kind, as_json(record))
    decided = tuple(j for j in in_effect(store.judgements()) if record.id in (j.target, *_others(j)))
    tellers = tuple(map(asked.desk.record, store.tellers(record.id))) if isinstance(record, Meeting) else ()
    shown, ties = _is_shown(asked, record), _ties(asked, record)
    return Panel(record, fields, _beside(asked, record), ties, decided, shown, tellers)


def _others(judgement: Judgement) -> tuple[str, ...]:
    """The records that a judgement joined to its target."""
    if judgement.judgement != "merge":
        return ()
    from jitsuroku.desk.judging.attach import subjects

    return tuple(subject.id for subject in subjects(judgement)[1:])


def _is_shown(asked: Asked, record: Record) -> bool:
    if isinstance(record, Link):
        return any(link.id == record.id for link in shown_links(asked.desk.store).links_of(record.left))
    return next(asked.desk.store.records(Where(id=record.id, newest=False)), None) is not None


def _beside(asked: Asked, record: Record) -> tuple[Record, ...]:
    """The records of the same kind on the same page; of a meeting those of the same format."""
    if isinstance(record, Meeting):
        series = asked.desk.records((record.kind,), type=record.series, limit=MOST_BESIDE)
        return tuple(r for r in series if r.id != record.id)
    document = getattr(record, "document", None)
    if record.kind not in MERGED or document is None:
        return ()
    found = asked.desk.records((record.kind,), page=document, limit=MOST_BESIDE)
    return tuple(r for r in found if r.id != record.id)


def _ties(asked: Asked, record: Record) -> tuple[Tie, ...]:
    if isinstance(record, DocumentRecord | Meeting):
        return ()
    if isinstance(record, Link):
        return tuple(Tie(record, asked.desk.record(end)) for end in (record.left, record.right))
    found = shown_links(asked.desk.store).links_of(record.id)
    return tuple(Tie(link, asked.desk.record(link.right if link.left == record.id else link.left)) for link in found)


def just_done(asked: Asked) -> tuple[Judgement, ...]:
    """The judgements that the request before this one made, which can be taken back at once."""
    found: list[Judgement] = []
    for id in asked.query.get(DONE, "").split(","):
        record: Any = next(asked.desk.store.records(Where(id=id, newest=False)), None) if id else None
        if isinstance(record, Judgement):
            found.append(record)
    return tuple(found)
