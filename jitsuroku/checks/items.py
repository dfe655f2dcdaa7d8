"""Counted numbers and amounts alike: what can be summed, shared and compared in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jitsuroku.checks.case import Case, within
from jitsuroku.records import Money, Quantity, Sentence

WRITTEN = re.compile(r"\d[\d,]*(?:\.(\d+))?(兆|億|千万|百万|万)?")
SCALES = {"兆": 12, "億": 8, "千万": 7, "百万": 6, "万": 4, "": 0}
# What opens a list, so that its items need not give its total; 条約 and 解除 open none.
OPEN_LIST = re.compile(
    r"など|ほか|他(?![国方の])|含[むめま]|を除|除[くい]|加え|うち|さらに|約(?=[\d一二三])|およそ|を超え|\d[^\s\d、。]{0,3}超|以上|最大|最低|はじめ|と並"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A counted number or an amount: where it stands, how much, of what; ``end`` behind its conversion in brackets."""

    start: int
    end: int
    number: Decimal
    unit: str
    exact: bool


def counted(case: Case, sentence: Sentence) -> list[Item]:
    """The counts of a sentence, in page order."""
    return [_count(q) for q in within(case.mentions.quantities, sentence.start, sentence.end)]


def priced(case: Case, sentence: Sentence) -> list[Item]:
    """The amounts of money of a sentence, in page order."""
    return [_price(case, m) for m in within(case.mentions.money, sentence.start, sentence.end)]


def _count(found: Quantity) -> Item:
    return Item(found.start, found.end, Decimal(found.n), found.unit, found.bound == "exact")


def _price(case: Case, found: Money) -> Item:
    end = max(found.end, found.gloss.end) if found.gloss else found.end
    end += found.gloss is not None and case.text[end : end + 1] == ")"
    exact = found.bound == "exact" and found.amount_max is None
    return Item(found.start, end, Decimal(found.amount), found.currency or "", exact)


def comparable(first: Item, second: Item) -> bool:
    """Whether two exact numbers are of the same thing."""
    return first.exact and second.exact and bool(first.unit) and first.unit == second.unit and first.number > 0


def neighbours(case: Case) -> Iterator[tuple[Item, Item]]:
    """Every two numbers of a kind that follow each other in a sentence and can be compared."""
    for sentence in case.sentences:
        for items in (counted(case, sentence), priced(case, sentence)):
            yield from ((one, other) for one, other in zip(items, items[1:], strict=False) if comparable(one, other))


def last_digit(case: Case, item: Item) -> Decimal:
    """Half a unit of the last digit as written: 0.5億 for 「100億」, 0.05兆 for 「1.5兆」."""
    written = list(WRITTEN.finditer(case.text[item.start : item.end].split("(")[0]))
    if not written:
        return Decimal(0)
    scale = Decimal(10) ** SCALES[written[-1][2] or ""]
    return scale.scaleb(-len(written[-1][1] or "")) / 2
