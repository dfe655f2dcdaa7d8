"""Every row of the trigger and speech tables fires in its own example, read by the whole pipeline."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Reading, Row
from tests.making import japanese, page_of, whole_world

ANCHOR = "2026年5月4日\n\n"
TRIGGERS = whole_world().triggers["ja"]


def reading(example: str) -> Reading:
    return read(page_of(ANCHOR + example, "example.txt"), whole_world())


@pytest.mark.parametrize("row", TRIGGERS, ids=[f"{r.rule} {r['needs']}{r['polarity']}" for r in TRIGGERS])
def test_trigger_fires_in_its_example(row: Row) -> None:
    events = [r for r in reading(row["example"]).records if r.kind == "event"]
    assert row.rule in [e.rule for e in events], [(e.type, e.rule) for e in events]


@pytest.mark.parametrize("row", japanese().tables["speech"].rows, ids=lambda r: r.rule)
def test_verb_of_saying_gives_a_statement(row: Row) -> None:
    assert [r.text for r in reading(row["example"]).records if r.kind == "statement"] == ["交渉が先だ"]


@pytest.mark.parametrize("row", japanese().tables["carriers"].rows, ids=lambda r: r.rule)
def test_carrier_gives_a_statement(row: Row) -> None:
    assert [r.speaker for r in reading(row["example"]).records if r.kind == "statement"] == ["ドイツの首相"]
