"""Dates of any precision as the days they cover, and what a question about days finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jitsuroku.records import Event
from jitsuroku.store import Store, Where
from jitsuroku.store.days import first_and_last
from tests.store.reading import CALL, LOAN, TALKS, added, reading_of

COVERED: list[tuple[str | None, str | None, str | None]] = [
    ("2025-06-16", "2025-06-16", "2025-06-16"),
    ("2025-06", "2025-06-01", "2025-06-30"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("2025-06-16/2025-07", "2025-06-16", "2025-07-31"),
    ("2024/2025", "2024-01-01", "2025-12-31"),
]
NO_DATES = (
    None, "", "/", "2025/", "/2025", "2025-13", "2025-00", "2025-02-30", "2025-6-1", "0000", "year", "２０２５", "1/2/3",
    "2025-06-16 ", "2025/2024",
)  # fmt: skip


@pytest.mark.parametrize(("date", "first", "last"), COVERED)
def test_the_days_a_date_covers(date: str, first: str, last: str) -> None:
    assert first_and_last(date) == (first, last)


@pytest.mark.parametrize("date", NO_DATES)
def test_what_is_no_date_covers_none(date: str | None) -> None:
    assert first_and_last(date) == (None, None)


ASKED: list[tuple[Where, list[str]]] = [
    (Where(since="2025-09"), ["CONSULT"]),
    (Where(until="2025-06-05"), ["CONSULT"]),
    (Where(since="2025", until="2025"), ["CONSULT", "CONSULT"]),
    (Where(since="2026"), []),
    (Where(party="GBR"), ["CONSULT"]),
    (Where(pair=("CHN", "USA")), ["CONSULT"]),
    (Where(pair=("CHN", "GBR")), []),
    (Where(actor="JPN"), ["AGREE", "CONSULT"]),
    (Where(recipient="UZB"), ["AGREE"]),
    (Where(person="ラミー外相"), ["CONSULT"]),
    (Where(type="AGREE"), ["AGREE"]),
    (Where(status="denied"), []),
    (Where(limit=2), ["AGREE", "CONSULT"]),
    (Where(party="' OR 1=1 --"), []),
]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store() as made:
        yield added(made, reading_of(TALKS, "b.txt"), reading_of(CALL, "c.txt"), reading_of(LOAN, "a.txt"))


@pytest.mark.parametrize(("where", "types"), ASKED, ids=str)
def test_questions_about_events(store: Store, where: Where, types: list[str]) -> None:
    found = [r for r in store.records(replace(where, kinds=("event",))) if isinstance(r, Event)]
    assert [r.type for r in found] == types


def test_what_has_no_date_is_counted(store: Store) -> None:
    assert store.undated(Where(kinds=("event",), since="2025")) == 1
    assert store.undated(Where(kinds=("event",), since="2025", party="GBR")) == 0


def test_questions_about_days_are_answered_by_day(store: Store) -> None:
    found = [r for r in store.records(Where(kinds=("event",), since="2025")) if isinstance(r, Event)]
    assert [r.date for r in found] == ["2025-06-05", "2025-09-05"]


@pytest.mark.parametrize("date", ["yesterday", "2025-13", "２０２５", ""])
def test_a_question_with_no_date_for_a_date_is_refused(store: Store, date: str) -> None:
    with pytest.raises(ValueError, match="is no date; write 2025"):
        list(store.records(Where(since=date)))
