"""Links between records that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from jitsuroku.contract import with_id
from jitsuroku.linking.clusters import components
from jitsuroku.linking.differences import exclusive
from jitsuroku.linking.pairs import compare
from jitsuroku.linking.types import Knowledge, Match, Profile, Text
from jitsuroku.records import Flag, Link

TAKEN_PLACE, DENIED = "actual", "denied"
MOST_VALUES = 8


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
        told = [items[id] for id in ids]
        for left, right in combinations(_first_of_each(told, k), 2):
            found = [each for each in exclusive([items[left], items[right]], k) if each.counts]
            reasons = tuple(f"{each.field}: {' / '.join(sorted(cell.value for cell in each.cells))}" for each in found)
            if reasons:
                yield left, right, reasons


def _first_of_each(told: list[Profile], k: Knowledge) -> list[str]:
    """The first records to give each value of the fields in which they contradict one another, by id, at most
    ``MOST_VALUES``."""
    found = list(exclusive(told, k))
    fields = {each.field for each in found if each.counts}
    first: dict[tuple[str, str], str] = {}
    for difference in found:
        for cell in difference.cells if difference.field in fields else ():
            first.setdefault((difference.field, cell.value), cell.record)
    return sorted(dict.fromkeys(list(first.values())[:MOST_VALUES]))


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
