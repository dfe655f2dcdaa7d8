"""An event told three times is one record with three pieces of evidence; nothing else is folded together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from jitsuroku.contract import with_id
from jitsuroku.records import Commitment, Event, Evidence, Statement

# Between an act and the verb that governs it: 「承認する|ことを決定した」.
GOVERNOR = 16

T = TypeVar("T", Event, Statement, Commitment)


def merge_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Fold events that are the same act: same type and status, and either the same words and actor (「送ることを決めた」 is
    one promise, not two) or a meeting of the same parties on the same day."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (e.evidence.start, e.evidence.end, e.rule)):
        twin = next((i for i, other in enumerate(kept) if _same(other, event)), None)
        if twin is None:
            kept.append(event)
        else:
            kept[twin] = _fold(kept[twin], event)
    return tuple(kept)


def _same(left: Event, right: Event) -> bool:
    if (left.type, left.status) != (right.type, right.status):
        return False
    overlap = left.evidence.start < right.evidence.end and right.evidence.start < left.evidence.end
    if overlap and abs(left.evidence.end - right.evidence.end) <= GOVERNOR:
        apart = left.recipient and right.recipient and set(left.recipient) != set(right.recipient)
        return set(left.actor) == set(right.actor) and not apart
    together = {*left.actor, *left.recipient} == {*right.actor, *right.recipient}
    meeting = left.mode in (None, "visit", "meet", "phone") and left.rule.split("#")[0] == right.rule.split("#")[0]
    return (
        together and meeting and len({*left.actor, *left.recipient}) > 1 and _one_day(left, right) and _is_meeting(left)
    )


def _is_meeting(event: Event) -> bool:
    return event.rule.startswith("event_types/consult/")


def _one_day(left: Event, right: Event) -> bool:
    return left.date is not None and left.date == right.date


def _fold(first: Event, second: Event) -> Event:
    """The fuller telling stands first: the one with a date, then the longer one."""
    lead, other = first, second
    if (second.date is not None, len(second.evidence.text)) > (first.date is not None, len(first.evidence.text)):
        lead, other = second, first
    people = tuple(dict.fromkeys([*lead.people, *other.people]))
    more = _more(lead.evidence, (*lead.more, other.evidence, *other.more))
    recipient, framework = lead.recipient or other.recipient, lead.framework or other.framework
    return with_id(replace(lead, people=people, recipient=recipient, more=more, framework=framework))


def _more(first: Evidence, others: Iterable[Evidence]) -> tuple[Evidence, ...]:
    places = {(e.start, e.end): e for e in others if (e.start, e.end) != (first.start, first.end)}
    return tuple(places[key] for key in sorted(places))


def merge_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Fold a saying that a page repeats word for word by the same speaker."""
    kept: dict[tuple[str, str], Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.evidence.start, s.evidence.end)):
        key = (statement.speaker, statement.text)
        if key in kept:
            first = kept[key]
            kept[key] = with_id(replace(first, more=_more(first.evidence, (*first.more, statement.evidence))))
        else:
            kept[key] = statement
    return tuple(kept.values())
