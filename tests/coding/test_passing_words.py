"""The words of acts that are only mentioned: each in its own example."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Event, Row
from tests.making import japanese, page_of, whole_world

ROWS = japanese().tables["passing"].rows


def types(text: str) -> set[str]:
    return {r.type for r in read(page_of("2026年5月4日\n\n" + text), whole_world()).records if isinstance(r, Event)}


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] == "ask"], ids=lambda r: r.rule)
def test_what_was_asked_is_found_as_a_ground(row: Row) -> None:
    assert whole_world().patterns["ja"]["passing ground"].search(row["example"])


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] == "harm"], ids=lambda r: r.rule)
def test_a_strike_is_told_by_what_it_did(row: Row) -> None:
    assert "ASSAULT" in types(row["example"])
