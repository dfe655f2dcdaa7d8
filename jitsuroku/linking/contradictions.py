"""Links between records that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jitsuroku.contract import with_id
from jitsuroku.linking.clusters import components
from jitsuroku.linking.differences import differing
from jitsuroku.linking.pairs import compare
from jitsuroku.linking.types import Cell, Difference, Knowledge, Match, Profile, Text
from jitsuroku.records import Flag, Link

# What cannot differ between two true accounts. An office, a hedge or who says it may.
EXCLUSIVE = frozenset({"date", "place", "number", "amount", "initiator"})
TAKEN_PLACE, DENIED = "actual", "denied"


def denial(one: Profile, other: Profile, k: Knowledge) -> Match | None:
    """One page says that it took place, the other that it did not."""
    if {one.state, other.state} != {TAKEN_PLACE, DENIED}:
        return None
    found = compare(replace(one, state=TAKEN_PLACE), replace(other, state=TAKEN_PLACE), k)
    if found is None:
        return None
    return replace(found, reasons=("one page says that it took place, the other denies it", *found.reasons))


def contradictions(
    groups: Iterable[Match], items: Mapping[str, Profile], k: Knowledge
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Left, right and reasons for every two values of a group that exclude each other, between the first to give them."""
    for ids in components((m.left, m.right) for m in groups):
        found: dict[tuple[str, str], list[str]] = {}
        for difference in differing([items[id] for id in ids], k):
            if difference.counts and difference.field in EXCLUSIVE:
                for one, other in _opposed(difference):
                    pair = (one.record, other.record) if one.record < other.record else (other.record, one.record)
                    values = " / ".join(sorted((one.value, other.value)))
                    found.setdefault(pair, []).append(f"{difference.field}: {values}")
        yield from ((left, right, tuple(reasons)) for (left, right), reasons in sorted(found.items()))


def flags_of(link: Link, items: Mapping[str, Profile | Text]) -> Iterator[Flag]:
    """A flag on each of the two pages: which of them is right is not known."""
    for own, other in ((link.left, link.right), (link.right, link.left)):
        told = items[own]
        if isinstance(told, Profile):
            yield with_id(
                Flag(
                    id="",
                    document=told.document,
                    flag="contradiction",
                    severity="doubt",
                    whose="cited" if told.record.via else "page",
                    message=f"another page tells it otherwise ({'; '.join(link.reasons)})",
                    expected=None,
                    records=(own, other),
                    evidence=told.record.evidence,
                    rule="linking/contradictions",
                )
            )


def _opposed(difference: Difference) -> Iterator[tuple[Cell, Cell]]:
    first: dict[str, Cell] = {}
    for cell in difference.cells:
        first.setdefault(cell.value, cell)
    cells = list(first.values())
    yield from ((cells[0], other) for other in cells[1:])
