"""Counted numbers with their units: 航空機22機, 36カ国, 約3万食, 134項目, 40%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jitsuroku.contract import fold
from jitsuroku.mentions.amounts import RANGE, Bounds, bounds_of
from jitsuroku.mentions.numerals import LARGE, NUMBER, longest_first, magnitude, shown, value
from jitsuroku.records import Quantity, Row, Sentence, Table


def find_quantities(text: str, sentences: tuple[Sentence, ...], tables: Mapping[str, Table]) -> tuple[Quantity, ...]:
    """The counted numbers of the sentences in page order; ``unit`` is the unit's normal form in ``units``.

    A range (3000〜5000人) counts as at least its lower end. Ordinals (第3回, 2回目) count nothing and are left out.
    """
    if "units" not in tables:
        return ()
    rows = {fold(r["word"]): r for r in tables["units"].rows if r["normal"]}
    bounds = bounds_of(tables)
    pattern = _pattern(tables["units"], rows, bounds)
    return tuple(q for s in sentences for q in _quantities(fold(text[s.start : s.end]), s.start, rows, bounds, pattern))


def _pattern(table: Table, rows: Mapping[str, Row], bounds: Bounds) -> re.Pattern[str]:
    before = [r["word"] for r in table.rows if r["kind"] == "no-count-before"]
    after = longest_first(tuple(r["word"] for r in table.rows if r["kind"] == "no-count-after"))
    not_before = "".join(f"(?<!{re.escape(w)})" for w in before)
    low = rf"(?:(?P<low>{NUMBER})(?P<lowunit>{longest_first(tuple(rows))})?{RANGE})?"
    unit = rf"(?P<unit>{longest_first(tuple(rows))})(?!{after})(?:(?<![ァ-ヶー])|(?![ァ-ヶー]))"
    return re.compile(rf"(?P<before>{bounds.before_pattern}){not_before}{low}(?P<number>{NUMBER}){unit}")


def _quantities(
    text: str, base: int, rows: Mapping[str, Row], bounds: Bounds, pattern: re.Pattern[str]
) -> Iterator[Quantity]:
    for m in pattern.finditer(text):
        number = value(m["low"] or m["number"])
        if number is None:
            continue
        size = magnitude(m["number"])
        if m["low"] and size and not magnitude(m["low"]) and not m["lowunit"]:
            number *= LARGE[size[-1]]
        after = re.compile(bounds.after_pattern).match(text, m.end())
        word = after[0] if after and after[0] in bounds.after else None
        end = after.end() if after and word else m.end()
        bound = "at least" if m["low"] else bounds.strongest(m["before"], word)
        row = rows[m["unit"]]
        yield Quantity(base + m.start(), base + end, shown(number), row["normal"], bound, row.rule)
