"""Two readers of clauses side by side: how far their clauses agree, and what follows for the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jitsuroku.intake import read_page
from jitsuroku.parse import reader_named
from jitsuroku.parse.ginza import ReaderMissing
from jitsuroku.pipeline import read, world
from jitsuroku.records import Clause, Page, World
from tests.gate.reading import ReadingError

Figures = Mapping[str, Mapping[str, float]]
COUNTED = (
    "clauses of our own reader",
    "clauses of the other reader",
    "predicates in both",
    "of these with the same arguments",
    "of these with the same subject",
    "of these with the same head (or none)",
)


def world_with(reader: str) -> World:
    """The package's world with another reader of clauses. Raises ReadingError when its extra is not installed."""
    try:
        return world(clause_reader=reader_named(reader))
    except ReaderMissing as problem:
        raise ReadingError(str(problem)) from problem


def agreement(paths: Iterable[Path], other: World) -> Iterator[str]:
    """How many of our own reader's clauses the other one gives too, and with the same parts."""
    own = world()
    counts = Counter(dict.fromkeys(COUNTED, 0))
    for page in map(read_page, paths):
        mine, theirs = (_clauses(page, each) for each in (own, other))
        counts[COUNTED[0]] += len(mine)
        counts[COUNTED[1]] += len(theirs)
        counts[COUNTED[2]] += len(mine.keys() & theirs.keys())
        for place in mine.keys() & theirs.keys():
            counts.update(_same(mine[place], theirs[place]))
    yield from (f"{what:<44}{n:>7}" for what, n in counts.items())


def _clauses(page: Page, reader: World) -> dict[tuple[int, str], Clause]:
    return {(c.end, c.predicate): c for s in read(page, reader).sentences for c in s.clauses}


def _same(mine: Clause, theirs: Clause) -> Iterator[str]:
    if mine.arguments == theirs.arguments:
        yield COUNTED[3]
    if _subject(mine) == _subject(theirs):
        yield COUNTED[4]
    if mine.head == theirs.head:
        yield COUNTED[5]


def _subject(clause: Clause) -> int | None:
    """Where the subject stands, the clause's own or a carried one."""
    pools = (clause.arguments, clause.inherited)
    return next((a.start for pool in pools for p in ("が", "は", "も") for a in pool if a.particle == p), None)


def side_by_side(own: Figures, other: Figures) -> Iterator[str]:
    """One line for each figure in which the two differ anywhere; in each column our own reader's and the other's."""
    names = list(dict.fromkeys(figure for each in own.values() for figure in each))
    differing = [n for n in names if any(own[part].get(n) != other[part].get(n) for part in own)]
    width = max(map(len, names), default=0)
    yield " " * width + "".join(f"{part:>14}" for part in own)
    for name in differing:
        pairs = [(own[part].get(name), other[part].get(name)) for part in own]
        cells = ("" if pair == (None, None) else "/".join(f"{v:g}" for v in pair if v is not None) for pair in pairs)
        yield name.ljust(width) + "".join(f"{cell:>14}" for cell in cells)
    yield f"{len(names) - len(differing)} other figures are the same with both"
