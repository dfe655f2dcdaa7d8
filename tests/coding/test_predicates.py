"""Predicates that rules ask for by kind: each row's example has the predicate, and the rule acts on it."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Event, Reading, Row, Statement
from tests.making import japanese, page_of, whole_world

ROWS = japanese().tables["predicates"].rows


def reading(text: str) -> Reading:
    return read(page_of("2026年5月4日\n\n" + text), whole_world())


def of(kind: str) -> list[Row]:
    return [row for row in ROWS if row["kind"] == kind]


def events(row: Row) -> list[Event]:
    return [r for r in reading(row["example"]).records if isinstance(r, Event)]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['kind']} {r['word']}")
def test_the_example_has_the_predicate(row: Row) -> None:
    assert row["word"] in {c.predicate for s in reading(row["example"]).sentences for c in s.clauses}


@pytest.mark.parametrize("row", [*of("wish"), *of("ask")], ids=lambda r: r.rule)
def test_what_is_hoped_or_asked_is_not_done(row: Row) -> None:
    assert "RETREAT" not in {e.type for e in events(row)}


@pytest.mark.parametrize("row", of("bar"), ids=lambda r: r.rule)
def test_what_is_barred_is_not_done(row: Row) -> None:
    assert "AID" not in {e.type for e in events(row)}


@pytest.mark.parametrize("row", of("certain"), ids=lambda r: r.rule)
def test_a_prediction_is_no_event(row: Row) -> None:
    assert events(row) == []


@pytest.mark.parametrize("row", of("yield"), ids=lambda r: r.rule)
def test_what_leads_up_to_a_request_is_asked(row: Row) -> None:
    assert {e.type for e in events(row)} <= {"REQUEST"}


@pytest.mark.parametrize("row", [*of("take-away"), *of("say-threat")], ids=lambda r: r.rule)
def test_an_ultimatum_is_a_threat(row: Row) -> None:
    assert ("THREATEN", ("FRA",), ("RUS",)) in {(e.type, e.actor, e.recipient) for e in events(row)}


@pytest.mark.parametrize("row", of("no-other-side"), ids=lambda r: r.rule)
def test_who_is_told_of_aside_is_not_blamed(row: Row) -> None:
    assert [e.recipient for e in events(row) if e.type == "ACCUSE"] == [()]


@pytest.mark.parametrize("row", of("give-name"), ids=lambda r: r.rule)
def test_what_somebody_is_called_is_no_part_of_what_is_said(row: Row) -> None:
    said = [r.text for r in reading(row["example"]).records if isinstance(r, Statement)]
    assert said == ["協力を続ける"]


@pytest.mark.parametrize("row", of("of-others"), ids=lambda r: r.rule)
def test_others_do_what_is_asked_or_blamed(row: Row) -> None:
    (opening,) = (c for s in reading("フランスの首相は、" + row["example"]).sentences for c in s.clauses if c.relative)
    assert [a.particle for a in opening.arguments][:1] == ["が"]
