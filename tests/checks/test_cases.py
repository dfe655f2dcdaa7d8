"""Checks: each line of tests/cases/checks/*.tsv is a page and the flags it must raise, neither more nor fewer."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from jitsuroku.checks import CHECKS
from jitsuroku.checks.rates import implied, rate_on
from jitsuroku.pipeline import read
from jitsuroku.records import Flag, Reading, Row
from tests.making import CASES, japanese, page_of, table, whole_world

ROOT = Path(__file__).parents[2]

ROWS = [(path.stem, row) for path in sorted((CASES / "checks").glob("*.tsv")) for row in table(path)]


def reading(text: str, anchor: str) -> Reading:
    """The page of a case: ¶ parts paragraphs; where there are several, the first is the headline."""
    head, *body = text.split("¶")
    day = f"{(d := date.fromisoformat(anchor)).year}年{d.month}月{d.day}日" if anchor else ""
    parts = [head, day, *body] if body else [day, head]
    return read(page_of("\n\n".join(p for p in parts if p)), whole_world())


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{n} {r['text'][:40]} {r['anchor']}" for n, r in ROWS])
def test_case(name: str, row: dict[str, str]) -> None:
    found = reading(row["text"], row["anchor"])
    flags = [f for f in found.records if isinstance(f, Flag)]
    assert " | ".join(f"{f.flag} {f.severity}" for f in flags) == (row["expected"] if row["expected"] != "none" else "")
    assert all(found.page.text[f.evidence.start : f.evidence.end] == f.evidence.text for f in flags)
    assert all(f.message for f in flags)


TOLD = table(CASES / "checks" / "told.tsv")


@pytest.mark.parametrize("row", TOLD, ids=[r["text"] for r in TOLD])
def test_a_conversion_that_was_printed(row: dict[str, str]) -> None:
    """Right ones lie within 3 % of the rate of their day, wrong ones are off by more than a quarter."""
    (money,) = (m for m in reading(row["text"], row["anchor"]).mentions.money if m.gloss)
    told, rate = implied(money), rate_on(whole_world(), row["anchor"], money.currency or "", money.gloss.currency or "")
    assert told is not None
    assert rate is not None
    off = max(told / rate.value, rate.value / told)
    assert off <= 1.03 if row["expected"] == "none" else off > 1.25


@pytest.mark.parametrize(
    "kind", ["conversions", "counts", "dates", "headlines", "names", "offices", "ordinals", "sums"]
)
def test_ten_faults_and_ten_look_alikes_of_each_kind(kind: str) -> None:
    expected = [row["expected"] for name, row in ROWS if name == kind]
    assert expected.count("none") >= 10
    planted = Counter(flag.split(" ")[0] for each in expected if each != "none" for flag in set(each.split(" | ")))
    assert min(planted.values()) >= 10


def test_conversions_are_wrong_by_tens_by_ten_thousands_and_by_a_third() -> None:
    off: Counter[str] = Counter()
    currencies: set[str] = set()
    verdicts: Counter[bool] = Counter()
    for name, row in ROWS:
        for money in reading(row["text"], row["anchor"]).mentions.money if name == "conversions" else ():
            currencies.update({money.currency or "", money.gloss.currency or ""} - {""} if money.gloss else ())
            told = implied(money)
            rate = (
                rate_on(whole_world(), row["anchor"], money.currency or "", money.gloss.currency or "")
                if money.gloss
                else None
            )
            if told and rate:
                times = max(told / rate.value, rate.value / told)
                verdicts[row["expected"] == "none"] += 1
                off[_slip(times)] += row["expected"] != "none"
    assert len(currencies) >= 8
    assert sum(verdicts.values()) >= 60
    assert min(verdicts.values()) >= 25
    assert min(off[kind] for kind in ("third", "tens", "ten thousands")) >= 3


def _slip(times: float) -> str:
    """What kind of slip a factor is."""
    kinds = {"third": (1.25, 1.6), "tens": (7, 130), "ten thousands": (7_000, 13_000)}
    return next((kind for kind, (least, most) in kinds.items() if least < times < most), "other")


def test_every_check_is_described() -> None:
    described = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "checks.md").read_text(encoding="utf-8"), re.M)
    assert described == [check.__name__ for check in CHECKS]


def test_whose_figure_it_is() -> None:
    fault = "20億ドル(約300億円)"
    texts = {
        "page": f"政府は{fault}を出す。",
        "speaker": f"首相は「政府は{fault}を出す」と述べた。",
        "cited": f"財務省によると、政府は{fault}を出す。",
    }
    for whose, text in texts.items():
        flags = [f for f in reading(text, "2025-09-01").records if isinstance(f, Flag)]
        assert [f.whose for f in flags] == [whose]


@pytest.mark.parametrize("row", whole_world().tables["homes"].rows, ids=lambda r: r.rule)
def test_a_currency_at_home_is_no_fault(row: Row) -> None:
    assert not [f for f in reading(row["example"], "2025-09-01").records if isinstance(f, Flag)]


@pytest.mark.parametrize("row", japanese().tables["misnomers"].rows, ids=lambda r: r.rule)
def test_misnomer_is_named(row: Row) -> None:
    wrong, right = (
        reading(t, "2025-09-01").records for t in (row["example"], row["example"].replace(row["word"], row["right"]))
    )
    assert [f.expected for f in wrong if isinstance(f, Flag)] == [row["right"]]
    assert not [f for f in right if isinstance(f, Flag)]


@pytest.mark.parametrize("row", japanese().tables["exclusive"].rows, ids=lambda r: r.rule)
def test_exclusive_answers(row: Row) -> None:
    assert [f.flag for f in reading(row["example"], "2025-09-01").records if isinstance(f, Flag)] == ["sum"]


@pytest.mark.parametrize("row", japanese().tables["deeds"].rows, ids=lambda r: r.rule)
def test_deed_after_the_page(row: Row) -> None:
    found = {day: reading(row["example"], day).records for day in ("2026-05-04", "2026-05-12")}
    flags = {day: [f.flag for f in records if isinstance(f, Flag)] for day, records in found.items()}
    assert flags == {"2026-05-04": ["date"], "2026-05-12": []}


TERMS = [
    r
    for r in whole_world().tables["offices"].rows
    if len(r["holder_of"]) == 3 and r["from"] and r["to"][:4] > r["from"]
]


@pytest.mark.parametrize("row", TERMS[::12], ids=lambda r: f"{r['person']} {r['office']}")
def test_an_office_held_is_no_fault(row: Row) -> None:
    names = {r["code"]: r["name_ja"] for r in whole_world().tables["states"].rows}
    person, state = whole_world().people[row["person"]]["name_ja"], names.get(row["holder_of"])
    year = (int(row["from"][:4]) + int(row["to"][:4])) // 2
    text = f"{state}の{person}{row['office']}は14日、声明を出した。"
    if state and int(row["from"][:4]) < year < int(row["to"][:4]):
        assert not [f for f in reading(text, f"{year}-06-15").records if isinstance(f, Flag)]


# Offices that one person holds at a time; two claimed one in Ivory Coast after the vote of 2010 and in Sri Lanka in
# the autumn of 2018.
SINGLE = ("大統領", "首相", "国家主席", "総統", "国王", "首長", "外相", "国防相", "事務総長")
CLAIMED_TWICE = {("CIV", "大統領"), ("LKA", "首相")}


def test_no_two_hold_one_office_at_once() -> None:
    """Terms follow each other, as far as both are precise: a day's, a month's or a year's overlap is a handover."""
    rows = [r for r in whole_world().tables["offices"].rows if r["office"] in SINGLE]
    found = [
        (one["person"], other["person"], one["holder_of"], one["office"])
        for one in rows
        for other in rows
        if one is not other
        and (one["holder_of"], one["office"]) == (other["holder_of"], other["office"]) not in CLAIMED_TWICE
        and one["from"][:4] <= other["from"][:4]
        and _last(other["from"]) < _first(one["to"])
        and _last(one["from"]) < _first(other["to"])
    ]
    assert found == []


def _first(day: str) -> str:
    """The first day that a day, month or year may mean; a day that has not come where it is open."""
    return (f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]) if day else "9999"


def _last(day: str) -> str:
    return f"{day}-12-31"[:10] if len(day) == 4 else f"{day}-31"[:10]


@pytest.mark.parametrize("row", japanese().tables["fates"].rows, ids=lambda r: r.rule)
def test_parts_that_are_more_than_the_whole(row: Row) -> None:
    wrong, right = row["example"], row["example"].replace("52", "42")
    assert [f.flag for f in reading(wrong, "2025-09-01").records if isinstance(f, Flag)] == ["sum"]
    assert not [f for f in reading(right, "2025-09-01").records if isinstance(f, Flag)]


@pytest.mark.parametrize("row", japanese().tables["orders"].rows, ids=lambda r: r.rule)
def test_acts_in_an_impossible_order(row: Row) -> None:
    right = row["example"]
    wrong = right.replace("2018", "2012").replace("同年12月", "同年2月").replace("6月21日", "6月11日")
    assert [f.flag for f in reading(wrong, "2025-09-01").records if isinstance(f, Flag)] == ["date"]
    assert not [f for f in reading(right, "2025-09-01").records if isinstance(f, Flag)]


@pytest.mark.parametrize("row", japanese().tables["groups"].rows, ids=lambda r: r.rule)
def test_a_group_has_no_more_members_than_it_has(row: Row) -> None:
    day = date.fromisoformat("{:0>4}-{:0>2}-{:0>2}".format(*re.findall(r"\d+", row["example"])[:3])).isoformat()
    right = row["example"].split("、", 1)[1]
    wrong = right.replace(f"{row['size']}カ国", f"{int(row['size']) + 1}カ国")
    assert [f.flag for f in reading(wrong, day).records if isinstance(f, Flag)] == ["count"]
    assert not [f for f in reading(right, day).records if isinstance(f, Flag)]


@pytest.mark.parametrize("row", japanese().tables["anniversaries"].rows, ids=lambda r: r.rule)
def test_an_anniversary_of_what_everybody_knows(row: Row) -> None:
    right = row["example"].split("、", 1)[1]
    wrong = re.sub(r"(\d+)周年", lambda m: f"{int(m[1]) + 10}周年", right)
    assert [f.flag for f in reading(wrong, "2025-08-05").records if isinstance(f, Flag)] == ["date"]
    assert not [f for f in reading(right, "2025-08-05").records if isinstance(f, Flag)]


def test_the_weekday_of_the_page_itself() -> None:
    pages = {day: f"外相が会談\n\n2025年6月18日({day}) 10:00\n\n両外相は16日、会談した。\n" for day in "水木"}
    flags = {
        day: [f.flag for f in read(page_of(p), whole_world()).records if isinstance(f, Flag)]
        for day, p in pages.items()
    }
    assert flags == {"水": [], "木": ["date"]}
