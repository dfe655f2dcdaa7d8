"""What is handed over in parts: 「第1陣として8機を引き渡した」 is a part of the twenty that were promised.

Only where the page says that it is a part; a smaller sum alone may be something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from jitsuroku.contract import fold
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.linking.amounts import amounts_in
from jitsuroku.linking.clusters import components
from jitsuroku.linking.days import iso
from jitsuroku.linking.promises import KEPT, OPEN, same_sides
from jitsuroku.linking.types import Amount, Knowledge, Match, Profile
from jitsuroku.linking.words import squeezed
from jitsuroku.records import Commitment, Evidence

PART_OF = "part-of"
LONGEST, SURE = 400, 8
SENTENCE = re.compile(r"[。\n]")
KANJI = {numeral: str(n) for n, numeral in enumerate("一二三四五六七八九", 1)} | {"十": "10"}
FIRST, REST, WITHIN = "1", "rest", "within"
Later = tuple[str, Match]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table(PACKAGE / "linking" / "instalments.tsv").rows
    return tuple((row["kind"], re.compile(row["pattern"])) for row in rows)


def told_of(evidence: Evidence) -> str:
    """The words with what stands before them in their sentence: 「|ウクライナに残り|15億ユーロを供与した」."""
    return fold(SENTENCE.split(evidence.prefix)[-1] + evidence.text)


def part_named(evidence: Evidence) -> str | None:
    """Which part the words name: its number, ``rest``, ``within`` for 「計10機のうち4機」; None where they name none."""
    words = told_of(evidence)
    found = {kind: match for kind, pattern in _patterns() if (match := pattern.search(words))}
    if "numbered" in found:
        number = found["numbered"][1]
        return KANJI.get(number, number)
    return next((name for kind, name in (("first", FIRST), ("rest", REST), ("within", WITHIN)) if kind in found), None)


def another_part(one: Profile, other: Profile) -> bool:
    """Whether two pages tell of two parts: eight in the first delivery and eight in the second are sixteen."""
    parts = {part_named(p.record.evidence) for p in (one, other)} - {None, WITHIN}
    return len(parts) > 1


def part_of(one: Profile, other: Profile, k: Knowledge) -> Later | None:
    """The delivery, left, as a part of the promise; None where the page does not say so, or it does not fit."""
    for before, then in ((one, other), (other, one)):
        if _is_part(before, then, k):
            (given,), (promised,) = then.amounts[:1], before.amounts[:1]
            told = f"{given.value:,} of {promised.value:,} {given.unit}: {_named(then)}"
            days = f"told on {iso(before.told or 0)} and {iso(then.told or 0)}"
            return PART_OF, Match(then.id, before.id, SURE, (told, days))
    return None


def _named(then: Profile) -> str:
    part = part_named(then.record.evidence)
    return {REST: "the rest", WITHIN: "a part of it"}.get(part or "", f"part {part}")


def _is_part(before: Profile, then: Profile, k: Knowledge) -> bool:
    promise, given = _commitment(before), _commitment(then)
    if promise.stage not in OPEN or given.stage not in KEPT or part_named(given.evidence) is None:
        return False
    if before.told is None or then.told is None or not 0 <= then.told - before.told <= LONGEST:
        return False
    if not before.right or not then.right or not same_sides(before, then, k):
        return False
    return _is_less(before, then) and _is_of_it(before, then) and _names_the_whole(before, then, k)


def _commitment(item: Profile) -> Commitment:
    assert isinstance(item.record, Commitment)
    return item.record


def _is_less(before: Profile, then: Profile) -> bool:
    """A part is less than the whole, in the same unit."""
    pairs = list(zip(before.amounts[:1], then.amounts[:1], strict=False))
    return bool(pairs) and all(x.unit == y.unit and y.value < x.value for x, y in pairs)


def _is_of_it(before: Profile, then: Profile) -> bool:
    """Goods are named again; money is not known to be for another field."""
    promise, given = _commitment(before), _commitment(then)
    if promise.currency is None:
        return promise.what is not None and squeezed(promise.what) in squeezed(told_of(given.evidence))
    return promise.sector is None or given.sector is None or promise.sector == given.sector


def _names_the_whole(before: Profile, then: Profile, k: Knowledge) -> bool:
    """Where the words name the sum of which it is a part, that is the promise's."""
    named = [x for x in amounts_in(told_of(then.record.evidence), k) if x.unit == before.amounts[0].unit]
    larger = [x for x in named if x.value > then.amounts[0].value]
    needed = part_named(then.record.evidence) == WITHIN
    return any(_same(x, before.amounts[0]) for x in larger) if larger else not needed


def _same(one: Amount, other: Amount) -> bool:
    return one.value == other.value


def certain(later: Iterable[Later], same: Sequence[Match]) -> Iterator[Later]:
    """Without the parts that two promises could have: which of them is meant is not known."""
    found = list(later)
    wholes: dict[str, set[str]] = {}
    for kind, match in found:
        if kind == PART_OF:
            wholes.setdefault(match.left, set()).add(match.right)
    joined = [(m.left, m.right) for m in (*same, *(m for kind, m in found if kind != PART_OF))]
    of = {id: n for n, group in enumerate(components(joined)) for id in group}
    unclear = {part for part, ids in wholes.items() if len({of.get(id, id) for id in ids}) > 1}
    yield from ((kind, match) for kind, match in found if kind != PART_OF or match.left not in unclear)
