"""Two records, one link or none: a case a line in tests/cases/linking/events.tsv, sayings and promises beside it."""

from __future__ import annotations

from functools import cache

import pytest

from jitsuroku.linking import Knowledge, Profile, Text, links_of, load, profile
from jitsuroku.records import Commitment, DocumentRecord, Event, Link, Statement
from tests.linking.records import commitment, document, event, statement
from tests.making import CASES, table

ROWS = table(CASES / "linking" / "events.tsv")


@cache
def knowledge() -> Knowledge:
    return load()


def profiles(*told: tuple[Event | Statement | Commitment, DocumentRecord]) -> list[Profile | Text]:
    return [profile(record, page, knowledge()) for record, page in told]


def links(*told: tuple[Event | Statement | Commitment, DocumentRecord]) -> tuple[Link, ...]:
    return links_of(profiles(*told), knowledge())


def kinds(*told: tuple[Event | Statement | Commitment, DocumentRecord]) -> list[str]:
    return [link.link for link in links(*told)]


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_events(row: dict[str, str]) -> None:
    days = [day or None for day in row["told"].split("|")]
    pages = [document(name, day) for name, day in zip("ab", days, strict=True)]
    told = [(event(row[side], page), page) for side, page in zip(("left", "right"), pages, strict=True)]
    wanted = [] if row["link"] == "-" else [row["link"]]
    assert kinds(*told) == wanted
    assert kinds(*reversed(told)) == wanted


def test_every_link_says_why() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-03-04")
    words = "CONSULT FRA,DEU people:デュラン,ケラー day:2025-03-03 place:パリ :両外相は3日、パリで会談した"
    (link,) = links((event(words, one), one), (event(words, other), other))
    assert "on 2025-03-03 (+4)" in link.reasons
    assert "at パリ (+2)" in link.reasons
    assert 0 < link.score <= 1


def test_a_meeting_without_a_day_that_fits_two_days_stays_open() -> None:
    pages = [document("a", "2025-03-04"), document("b", "2025-03-20"), document("c", "2025-04-20")]
    days = ("2025-03-03", "2025-03-19", "2025-03")
    told = [
        (event(f"CONSULT FRA,DEU people:デュラン,ケラー day:{day} :両外相は{day}に会談した", page), page)
        for day, page in zip(days, pages, strict=True)
    ]
    assert kinds(*told) == []
    assert kinds(told[0], told[2]) == ["same-event"]


def test_a_page_never_joins_two_of_its_own_events() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-03-04")
    words = "CONSULT FRA,DEU people:デュラン,ケラー day:2025-03-03"
    told = [(event(f"{words} :{text}", one), one) for text in ("朝、両外相は会談した", "夜、両外相は再び会談した")]
    told.append((event(f"{words} :両外相は会談した", other), other))
    assert kinds(*told) == ["same-event"]


def test_one_saying_in_three_wordings() -> None:
    pages = [document(name, f"2025-03-0{n}") for n, name in enumerate("abc", 4)]
    words = (
        "関税戦争や貿易戦争に勝者はなく、保護主義は他者を害する",
        "関税戦争にも貿易戦争にも勝者はいない",
        "保護主義は他者を害し、貿易戦争や関税戦争に勝者はない",
    )
    told = [(statement("デュラン", text, page), page) for text, page in zip(words, pages, strict=True)]
    assert kinds(*told) == ["same-statement", "same-statement"]


@pytest.mark.parametrize(
    ("speaker", "words", "told"),
    [
        ("ケラー", "関税戦争にも貿易戦争にも勝者はいない", "2025-03-05"),
        ("デュラン", "鉄道の再開を急ぎたい", "2025-03-05"),
        ("デュラン", "関税戦争にも貿易戦争にも勝者はいない", "2025-09-05"),
    ],
    ids=["another speaker", "other words", "half a year later"],
)
def test_other_sayings_stay_apart(speaker: str, words: str, told: str) -> None:
    one, other = document("a", "2025-03-04"), document("b", told)
    first = statement("デュラン", "関税戦争や貿易戦争に勝者はなく、保護主義は他者を害する", one)
    assert kinds((first, one), (statement(speaker, words, other), other)) == []


def test_one_promise_with_two_conversions() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-05-04")
    first = commitment("FRA", "DEU", 2_000_000_000, "EUR", one, converted=(320_000_000_000, "JPY"))
    then = commitment("FRA", "DEU", 2_000_000_000, "EUR", other, converted=(32_000_000_000, "JPY"))
    found = links((first, one), (then, other))
    assert sorted(link.link for link in found) == ["contradicts", "same-commitment"]
    (contradiction,) = (link for link in found if link.link == "contradicts")
    assert contradiction.reasons == ("amount: 32,000,000,000 JPY / 320,000,000,000 JPY",)


@pytest.mark.parametrize(
    ("giver", "amount", "told"),
    [("ITA", 2_000_000_000, "2025-05-04"), ("FRA", 9_000_000_000, "2025-05-04"), ("FRA", 2_000_000_000, "2027-05-04")],
    ids=["another giver", "another sum", "two years later"],
)
def test_other_promises_stay_apart(giver: str, amount: int, told: str) -> None:
    one, other = document("a", "2025-03-04"), document("b", told)
    first = commitment("FRA", "DEU", 2_000_000_000, "EUR", one)
    assert kinds((first, one), (commitment(giver, "DEU", amount, "EUR", other), other)) == []
