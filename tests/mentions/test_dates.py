"""Dates: the cases, every row of the tables in its own example, and spans that are what they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitsuroku.mentions.dates import date_finder
from jitsuroku.records import Date, Row
from tests.mentions.reading import cases, sentences, tables

ANCHOR = "2026-05-04"
FIRES = ("day", "last-day", "this-day", "last-time", "week", "month", "last-month", "year", "last-year")
DATES = cases("mentions/dates.tsv")
ROWS = tables()["dates"].rows


def read(text: str, anchor: str | None = ANCHOR) -> tuple[Date, ...]:
    return date_finder(tables())(text, sentences(text), anchor)


@pytest.mark.parametrize("case", DATES, ids=[f"{c['text'][:30]} {c['anchor']}" for c in DATES])
def test_case(case: dict[str, str]) -> None:
    found = read(case["text"], case["anchor"] or None)
    assert "|".join(f"{case['text'][d.start : d.end]}={d.value}" for d in found) == case["expected"]


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] in FIRES], ids=lambda r: r.rule)
def test_word_fires_in_its_example(row: Row) -> None:
    assert row.rule in [d.rule for d in read(row["example"])]


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"].startswith("part-of")], ids=lambda r: r.rule)
def test_part_belongs_to_its_date(row: Row) -> None:
    assert [d for d in read(row["example"]) if row["example"][d.start : d.end].endswith(row["word"])]


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] in ("plan", "plan-end", "limit")], ids=lambda r: r.rule)
def test_plan_lies_ahead(row: Row) -> None:
    assert [d.value for d in read(row["example"])] == ["2026-05-25"]


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"].startswith("no-")], ids=lambda r: r.rule)
def test_guard_keeps_a_number_from_being_a_date(row: Row) -> None:
    found = [row["example"][d.start : d.end] for d in read(row["example"])]
    assert found == (["2015年"] if row["kind"] == "no-short-year" else [])


@pytest.mark.parametrize("row", tables()["eras"].rows, ids=lambda r: r.rule)
def test_era_counts_from_its_first_year(row: Row) -> None:
    (found,) = read(row["example"], None)
    assert row["example"][found.start : found.end].startswith(row["word"])
    assert int(found.value[:4]) > int(row["value"])


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["", "首相は", "【東京】「会議」は、"]))
def test_a_written_day_comes_back(day: date, head: str) -> None:
    words = f"{day.year}年{day.month}月{day.day}日"
    text = f"{head}{words}、会見した。"
    (found,) = read(text, None)
    assert (text[found.start : found.end], found.value, found.basis) == (words, day.isoformat(), "written")


PIECES = st.sampled_from(
    "2025年 6月 16日 、 から 〜 同日 同年 翌 今月 昨年 末 間 ( ) 「 」 水曜日 5か月後 当時 1 十 令和 元年 。 を に \n".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from([None, "2025", "2025-06", "2025-06-17"]))
def test_any_text_gives_true_spans_in_order(text: str, anchor: str | None) -> None:
    found = read(text, anchor)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert [d.start for d in found] == sorted({d.start for d in found})
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    for one in found:
        first, _, last = one.value.partition("/")
        assert not last or first < last


def test_an_unknown_language_reads_figures_only() -> None:
    text = "2025年6月16日と同日"
    assert [d.value for d in date_finder({})(text, sentences(text), None)] == ["2025-06-16"]
