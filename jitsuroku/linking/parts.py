"""What is part of something larger: a meeting within a summit, a promise within a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jitsuroku.linking.days import iso
from jitsuroku.linking.sides import members_alone
from jitsuroku.linking.types import Knowledge, Match, Profile
from jitsuroku.linking.words import folded
from jitsuroku.records import Commitment

ACTUAL = "actual"
WITHIN, PART, WHOLE = "within", "part", "whole"
MOST_DAYS = 4
# Where so many of its members meet, it is the format itself.
MOST_OF_IT = 0.5
# A link that the page itself tells, and one between pages.
TOLD, BETWEEN = 14, 10


def may_be_within(one: Profile, other: Profile) -> bool:
    """Whether one of the two may be a whole; most pairs are told here that neither is."""
    return one.series is not None or other.series is not None or one.kind == "commitment"


def within(part: Profile, whole: Profile, k: Knowledge) -> Match | None:
    """The match of a part (left) with what it is part of (right), or None."""
    if isinstance(part.record, Commitment):
        found = part.record.part_of == whole.id
        return Match(part.id, whole.id, TOLD, ("the page tells it as a part",)) if found else None
    summit = _summit(whole, k)
    if summit is None or not _may_be_within(part, k) or summit in part.parties:
        return None
    members = k.members.get(summit, frozenset())
    there = len(members_alone(part.parties, k) & members)
    if not 0 < there < MOST_OF_IT * len(members) or not _in_its_days(part, whole):
        return None
    if part.framework == summit:
        own = part.document == whole.document
        return Match(part.id, whole.id, TOLD if own else BETWEEN, (f"under {summit}, on one of its days",))
    if part.document != whole.document or not _beside(part, k):
        return None
    return Match(part.id, whole.id, TOLD, (f"told beside the meeting of {summit}, on one of its days",))


def _summit(event: Profile, k: Knowledge) -> str | None:
    """The format of whose meeting as a whole an event tells."""
    if event.kind != "event" or event.type not in k.symmetric or event.state != ACTUAL:
        return None
    return event.series if event.series in event.parties else None


def _may_be_within(event: Profile, k: Knowledge) -> bool:
    return event.type in k.symmetric and event.state == ACTUAL and bool(event.parties)


def _beside(event: Profile, k: Knowledge) -> bool:
    """Whether the words say that it took place beside something: 余白, とも会談, そのあと."""
    words = folded(event.record.evidence.text)
    return any(word in words for word in k.margins)


def _in_its_days(part: Profile, whole: Profile) -> bool:
    """A page that gives no day for its summit means the one of its news."""
    if not part.dated or part.first is None or part.last is None:
        return False
    if whole.first is None or whole.last is None:
        return False
    return part.first <= whole.last and whole.first <= part.last and part.last - part.first <= 31


def keys_of_parts(told: Profile, k: Knowledge) -> Iterator[str]:
    """Keys by which a part finds its whole."""
    if isinstance(told.record, Commitment):
        yield f"{WITHIN}|{WHOLE}|{told.id}"
        if told.record.part_of:
            yield f"{WITHIN}|{PART}|{told.record.part_of}"
        return
    if (summit := _summit(told, k)) is not None:
        yield from (f"{WITHIN}|{WHOLE}|{name}" for name in (told.document, *_days(told, summit)))
    elif _may_be_within(told, k):
        if told.framework or _beside(told, k):
            yield f"{WITHIN}|{PART}|{told.document}"
        if told.framework:
            yield from (f"{WITHIN}|{PART}|{name}" for name in _days(told, told.framework))


def _days(told: Profile, summit: str) -> list[str]:
    if not told.precise or told.first is None or told.last is None:
        return []
    return [f"{summit} {iso(day)}" for day in range(told.first, min(told.last, told.first + MOST_DAYS) + 1)]


def wholes(found: Iterable[Match], items: Mapping[str, Profile]) -> list[Match]:
    """For every part its one whole: that of its own page, else the first by id."""
    best: dict[str, Match] = {}
    for match in sorted(found, key=lambda m: (-m.points, m.right)):
        best.setdefault(match.left, match)
    return [best[part] for part in sorted(best) if part in items]
