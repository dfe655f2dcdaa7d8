"""Events: a text and the events it must give, neither more nor fewer, one case a line.

tests/cases/coding/ja.tsv holds cases of the coder as a whole, events/TYPE.tsv those of one type's words, and
known_failures.tsv what is still read wrongly: a change that mends one of them moves it to its type.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Event, Statement
from tests.making import CASES, page_of, table, whole_world

FOLDER = CASES / "coding"
TYPES = sorted((FOLDER / "events").glob("*.tsv"))
ROWS = [row for path in (FOLDER / "ja.tsv", *TYPES) for row in table(path)]
DAYS = table(FOLDER / "days.tsv")
PLACES = table(FOLDER / "places.tsv")
ASSERTED = table(FOLDER / "asserted.tsv")
KNOWN_FAILURES = table(FOLDER / "known_failures.tsv")


def shown(event: Event) -> str:
    actors, recipients = ",".join(event.actor) or "-", ",".join(event.recipient) or "-"
    return f"{event.type} {actors} > {recipients} {event.status}"


def check(row: dict[str, str]) -> None:
    page = page_of("2026年5月4日\n\n" + row["text"].replace("\\n", "\n"))
    events = [r for r in read(page, whole_world()).records if isinstance(r, Event)]
    wanted = [] if row["expected"] == "none" else row["expected"].split(" | ")
    assert [shown(e) for e in events] == wanted
    assert all(page.text[e.evidence.start : e.evidence.end] == e.evidence.text for e in events)


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_events(row: dict[str, str]) -> None:
    check(row)


@pytest.mark.parametrize("row", DAYS, ids=[r["text"] for r in DAYS])
def test_days(row: dict[str, str]) -> None:
    page = page_of("2026年5月4日\n\n" + row["text"])
    events = [r for r in read(page, whole_world()).records if isinstance(r, Event)]
    assert " | ".join(f"{e.type} {e.date or '-'} {e.date_basis or '-'}" for e in events) == row["expected"]


@pytest.mark.parametrize("row", PLACES, ids=[r["text"] for r in PLACES])
def test_places(row: dict[str, str]) -> None:
    events = (r for r in read(page_of("2026年5月4日\n\n" + row["text"]), whole_world()).records if isinstance(r, Event))
    assert " | ".join(event.place or "-" for event in events) == row["expected"]


@pytest.mark.parametrize("row", ASSERTED, ids=[r["text"] for r in ASSERTED])
def test_who_says_so(row: dict[str, str]) -> None:
    records = read(page_of("2026年5月4日\n\n" + row["text"]), whole_world()).records
    speakers = {r.id: r.speaker for r in records if isinstance(r, Statement)} | {"page": "page"}
    told = [f"{e.type} {speakers[e.said_by]} {','.join(e.via) or '-'}" for e in records if isinstance(e, Event)]
    assert " | ".join(told) == row["expected"]


@pytest.mark.xfail(reason="read wrongly as yet", strict=True, raises=AssertionError)
@pytest.mark.parametrize("row", KNOWN_FAILURES, ids=[r["text"] for r in KNOWN_FAILURES])
def test_known_failures(row: dict[str, str]) -> None:
    check(row)


def test_each_type_has_cases_of_its_own() -> None:
    assert [p.stem for p in TYPES] == sorted({row.rule.split("/")[1] for row in whole_world().triggers["ja"]})


@pytest.mark.parametrize("path", TYPES, ids=lambda p: p.stem)
def test_a_third_of_the_cases_of_a_type_tell_of_no_such_act(path: Path) -> None:
    rows = table(path)
    told = [r for r in rows if r["expected"].startswith(path.stem.upper()) and not r["expected"].endswith("denied")]
    assert len(rows) >= 12
    assert len(told) <= len(rows) * 2 / 3
