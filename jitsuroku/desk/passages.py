"""Which part of a page tells of a thing: the records themselves, what stands beside them, and the stretches of text.

A digest tells of many things; only the section that tells of this one counts, so that a topic of the next section is
never put down to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jitsuroku.records import (
    Block,
    Commitment,
    DocumentRecord,
    Event,
    Evidence,
    Figure,
    Mention,
    Page,
    Record,
    Statement,
)
from jitsuroku.store import Store, Where

Told = Event | Statement | Commitment
BESIDE = ("event", "statement", "commitment", "figure")


@dataclass(frozen=True, slots=True)
class Passage:
    """``members`` the records of the thing, ``beside`` others of the same parties and day near them, ``stretches`` of the
    page (start, end) that tell of it; ``mentions`` the places, days and sums named in them."""

    document: DocumentRecord
    page: Page
    members: tuple[Told, ...]
    beside: tuple[Told | Figure, ...]
    stretches: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]

    def all(self) -> tuple[Told | Figure, ...]:
        """The records of the thing and those beside it."""
        return (*self.members, *self.beside)


def passage_of(store: Store, document: DocumentRecord, members: Iterable[Told]) -> Passage:
    """The passage of a page that tells of its ``members``."""
    own = tuple(members)
    page, blocks = store.page(document.id), store.blocks(document.id)
    stretches = _stretches(blocks, own)
    near = store.records(Where(kinds=BESIDE, document=document.id))
    named = store.records(Where(kinds=("mention",), document=document.id))
    mentions = tuple(m for m in named if isinstance(m, Mention) and _inside(m.evidence, stretches))
    days = [m for m in mentions if m.what == "date"]
    beside = tuple(r for r in near if isinstance(r, Told | Figure) and _belongs(r, own, stretches, days))
    return Passage(document, page, own, beside, stretches, mentions)


def _stretches(blocks: Sequence[Block], members: Sequence[Told]) -> tuple[tuple[int, int], ...]:
    """The kept blocks of the sections in which the members stand; a page without headings is one section."""
    heads = [n for n, (before, block) in enumerate(pairwise([None, *blocks])) if _opens(before, block)]
    borders = [0, *heads, len(blocks)]
    kept: list[tuple[int, int]] = []
    for first, last in pairwise(borders):
        section = blocks[first:last]
        if any(b.start <= m.evidence.start < b.end for b in section for m in members):
            kept += [(b.start, b.end) for b in section if b.kept]
    return tuple(kept)


def _opens(before: Block | None, block: Block | None) -> bool:
    """A heading opens a section; a second right under it does not."""
    return block is not None and block.role == "subhead" and (before is None or before.role != "subhead")


def _belongs(
    record: Told | Figure, members: Sequence[Told], stretches: Sequence[tuple[int, int]], dates: Sequence[Mention]
) -> bool:
    """Told near the members, by nobody but their parties, and on no other day.

    「ルビオ長官は先月28日、査証を取り消すと発表していた」 stands beside the call of the 5th and is no part of it.
    """
    if any(record.id == m.id for m in members):
        return False
    inside = _inside(record.evidence, stretches)
    parties = set().union(*(parties_of(m) for m in members))
    own = parties_of(record)
    days = {day for m in members if (day := _day(m))}
    told = _days_of(record, dates)
    other_day = bool(days and told) and not told & days
    return inside and bool(own) and own <= parties | _people(members) and not other_day


def _days_of(record: Told | Figure, dates: Sequence[Mention]) -> set[str]:
    """The day of a record; where it has none, those named in its words (「両国は5月12日に公表した合意で約束した」)."""
    if (day := _day(record)) or isinstance(record, Figure):
        return {day} if day else set()
    words = record.evidence
    return {m.code for m in dates if m.code and words.start <= m.evidence.start < words.end}


def _inside(words: Evidence, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= words.start < end for start, end in stretches)


def parties_of(record: Record) -> frozenset[str]:
    """The codes and names on either side of a record."""
    match record:
        case Event():
            return frozenset((*record.actor, *record.recipient))
        case Statement():
            return frozenset((*record.for_, *record.about)) or frozenset([record.speaker])
        case Commitment():
            return frozenset((*record.giver, *record.receiver))
        case Figure():
            return frozenset(record.of)
        case _:
            return frozenset()


def _people(members: Sequence[Told]) -> set[str]:
    return {name for m in members if isinstance(m, Event) for name in m.people}


def _day(record: Told | Figure) -> str | None:
    return getattr(record, "date", None)
