"""What an amount looks like: the patterns of numbers with units, bounds and rates, built from the tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jitsuroku.contract import fold
from jitsuroku.mentions.numerals import NUMBER, NUMERALS, longest_first
from jitsuroku.records import Row, Table

ENGLISH = {"million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12}
RANGE = r"(?:から|より|[〜~\-–—―─])"
# From the weakest to the strongest; where two stand beside a number (約20億ドル超) the stronger one holds.
BOUNDS = ("exact", "about", "at most", "at least", "more than")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Words before and after a number and the bound each gives."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    before_pattern: str
    behind: re.Pattern[str]

    def strongest(self, before: str | None, after: str | None) -> str:
        """The bound of the words found around a number (each a run of bound words or nothing)."""
        found = [bound for word, bound in self.before.items() if before and word in before]
        found += [self.after[after]] if after else []
        return max(found, key=BOUNDS.index, default="exact")


def bounds_of(tables: Mapping[str, Table]) -> Bounds:
    """The bounds of a language; empty when it has no such table."""
    rows = tables["bounds"].rows if "bounds" in tables else ()
    before = {r["word"]: r["bound"] for r in rows if r["side"] == "before"}
    after = {r["word"]: r["bound"] for r in rows if r["side"] == "after"}
    return Bounds(
        before,
        after,
        rf"(?:(?:総額|合計|計)?(?:{longest_first(tuple(before))})で?[、\s]?){{0,3}}",
        re.compile(rf"(?:の)?(?:{longest_first(tuple(after))})"),
    )


def begins(bounds: Bounds, *others: str) -> str:
    """A pattern of where a number with its bound can begin, so that a search passes over all other places at once.

    ``others`` are words that may stand before it.
    """
    first = sorted({word[0] for word in (*bounds.before, *others, "総額", "合計", "計")})
    return rf"(?=[{NUMERALS}{''.join(map(re.escape, first))}])"


@dataclass(frozen=True, slots=True)
class Units:
    """The currencies of the world by written unit, and the patterns of a unit, an amount and a rate."""

    rows: Mapping[str, tuple[Row, ...]]
    unit: re.Pattern[str]
    amount: re.Pattern[str]
    rate: re.Pattern[str]


def units_of(currencies: Table, tables: Mapping[str, Table], bounds: Bounds) -> Units:
    """Patterns from ``world/currencies.tsv`` and the language's ``notmoney``."""
    rows: dict[str, tuple[Row, ...]] = {}
    for row in currencies.rows:
        rows[fold(row["unit"])] = (*rows.get(fold(row["unit"]), ()), row)
    prefixed = tuple(u for u in rows if u.isascii() or u in "€£¥₩₹₽₴₺₸")
    signs = longest_first(prefixed)
    units = longest_first(tuple(rows))
    never = longest_first(tuple(r["word"] for r in tables["notmoney"].rows)) if "notmoney" in tables else r"(?!)"
    # A unit in katakana ends where the katakana ends: ドン in ドンバス is none.
    closed = rf"(?:{units})(?!{never})(?:(?<![ァ-ヶー])|(?![ァ-ヶー]))(?:(?<![A-Z])|(?![A-Za-z]))"
    english = longest_first(tuple(ENGLISH))
    low = rf"(?:(?P<low>{NUMBER})(?P<lowunit>{closed})?(?P<mark>{RANGE})(?P<again>{bounds.before_pattern}))?"
    number = rf"(?P<minus>マイナス|[-▲])?{low}(?P<number>{NUMBER})(?:\s?(?P<english>{english})(?![A-Za-z]))?"
    signed = rf"(?P<before>{bounds.before_pattern})(?:(?<![A-Za-z])(?P<sign>{signs})\s?)?"
    amount = rf"{begins(bounds, 'マイナス', '▲', '-', *prefixed)}{signed}{number}\s?(?P<unit>{closed})?"
    near = rf"(?:は|が|=|あたり|当たり|につき|、)?(?:{bounds.before_pattern})"
    rate = rf"(?<!\d)1\s?(?:{units}){near}\d+(?:\.\d+)?\s?(?:{units})"
    return Units(rows, re.compile(units), re.compile(amount), re.compile(rate))
