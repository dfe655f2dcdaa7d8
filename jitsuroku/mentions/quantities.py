"""Counted numbers with their units: 航空機22機, 36カ国, 約3万食, 134項目, 40%."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from jitsuroku.contract import fold, fold_page
from jitsuroku.mentions.amounts import RANGE, Bounds, begins, bounds_of
from jitsuroku.mentions.numerals import LARGE, NUMBER, NUMERAL, longest_first, magnitude, shown, value
from jitsuroku.records import Quantity, Row, Sentence, Table


def quantity_finder(tables: Mapping[str, Table]) -> Callable[[str, tuple[Sentence, ...]], tuple[Quantity, ...]]:
    """What finds the counted numbers of a page's sentences, in page order; ``unit`` is the unit's normal form in ``units``.

    A range (3000〜5000人) counts as at least its lower end. Ordinals (第3回, 2回目) count nothing and are left out.
    """
    if "units" not in tables:
        return lambda text, sentences: ()
    rows = {fold(r["word"]): r for r in tables["units"].rows if r["normal"]}
    bounds = bounds_of(tables)
    pattern = _pattern(tables["units"], rows, bounds)

    def find(text: str, sentences: tuple[Sentence, ...]) -> tuple[Quantity, ...]:
        folded = fold_page(text)
        words = ((s.start, folded[s.start : s.end]) for s in sentences)
        counted = ((start, sentence) for start, sentence in words if NUMERAL.search(sentence))
        return tuple(q for start, sentence in counted for q in _quantities(sentence, start, rows, bounds, pattern))

    return find


def _pattern(table: Table, rows: Mapping[str, Row], bounds: Bounds) -> re.Pattern[str]:
    before = [r["word"] for r in table.rows if r["kind"] == "no-count-before"]
    after = longest_first(tuple(r["word"] for r in table.rows if r["kind"] == "no-count-after"))
    not_before = "".join(f"(?<!{re.escape(w)})" for w in before)
    low = rf"(?:(?P<low>{NUMBER})(?P<lowunit>{longest_first(tuple(rows))})?{RANGE})?"
    unit = rf"(?P<unit>{longest_first(tuple(rows))})(?!{after})(?:(?<![ァ-ヶー])|(?![ァ-ヶー]))"
    return re.compile(
        rf"{begins(bounds)}(?P<before>{bounds.before_pattern}){not_before}{low}(?P<number>{NUMBER}){unit}"
    )


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
        after = bounds.behind.match(text, m.end())
        word = after[0] if after and after[0] in bounds.after else None
        end = after.end() if after and word else m.end()
        bound = "at least" if m["low"] else bounds.strongest(m["before"], word)
        row = rows[m["unit"]]
        yield Quantity(base + m.start(), base + end, shown(number), row["normal"], bound, row.rule)
