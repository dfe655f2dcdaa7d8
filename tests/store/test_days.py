"""Dates of any precision as the days they cover, and what a question about days finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from jitsuroku.records import Event, Record
from jitsuroku.store import Store, Where
from jitsuroku.store.days import first_and_last
from tests.store.cluster import Fresh
from tests.store.reading import added, reading_with

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


TOLD = {
    "call": {"actor": ("CHN", "USA"), "date": "2025-06-05", "people": ("トランプ",)},
    "talks": {
        "actor": ("JPN",),
        "recipient": ("GBR",),
        "date": "2025-09-05",
        "place": "ロンドン",
        "people": ("ラミー",),
    },
    "plan": {"actor": ("JPN",), "recipient": ("GBR",), "date": "2025-09", "status": "planned", "place": "東京"},
    "loan": {"actor": ("JPN",), "recipient": ("UZB",), "type": "AID"},
}


@pytest.fixture(scope="module")
def store(fresh: Fresh) -> Iterator[Store]:
    with Store(fresh()) as made:
        yield added(made, *(reading_with(f"{name}.txt", told) for name, told in TOLD.items()))


def names(found: Iterable[Record]) -> list[str]:
    """Which of the events above were found."""
    keys = {(told["actor"], told.get("recipient", ()), told.get("date")): name for name, told in TOLD.items()}
    return [keys[r.actor, r.recipient, r.date] for r in found if isinstance(r, Event)]


ASKED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["call", "loan", "plan", "talks"]),
    ({"since": "2025-09"}, ["plan", "talks"]),
    ({"since": "2025-09-06"}, ["plan"]),
    ({"until": "2025-06-05"}, ["call"]),
    ({"until": "2025-09-04"}, ["call", "plan"]),
    ({"since": "2025", "until": "2025"}, ["call", "plan", "talks"]),
    ({"since": "2025-06/2025-07", "until": "2025-08"}, ["call"]),
    ({"since": "2026"}, []),
    ({"party": "GBR"}, ["plan", "talks"]),
    ({"pair": ("USA", "CHN")}, ["call"]),
    ({"pair": ("CHN", "GBR")}, []),
    ({"actor": "JPN"}, ["loan", "plan", "talks"]),
    ({"actor": "GBR"}, []),
    ({"recipient": "UZB"}, ["loan"]),
    ({"person": "ラミー"}, ["talks"]),
    ({"person": "ラミー外相"}, ["talks"]),
    ({"type": "AID"}, ["loan"]),
    ({"status": "planned"}, ["plan"]),
    ({"limit": 2}, ["call", "loan"]),
    ({"party": "' OR 1=1 --"}, []),
    ({"party": "GBR", "since": "2025-09-06", "status": "planned"}, ["plan"]),
]


@pytest.mark.parametrize(("asked", "expected"), ASKED, ids=str)
def test_questions_about_events(store: Store, asked: dict[str, Any], expected: list[str]) -> None:
    assert names(store.records(Where(kinds=("event",), **asked))) == expected


def test_what_has_no_date_is_counted(store: Store) -> None:
    assert store.undated(Where(kinds=("event",), since="2025")) == 1
    assert store.undated(Where(kinds=("event",), since="2025", party="GBR")) == 0


@pytest.mark.parametrize("date", ["yesterday", "2025-13", "２０２５", ""])
def test_a_question_with_no_date_for_a_date_is_refused(store: Store, date: str) -> None:
    with pytest.raises(ValueError, match="is no date; write 2025"):
        list(store.records(Where(since=date)))
