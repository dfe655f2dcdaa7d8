"""Rows as a data frame: the same columns whether anything was found or not. pandas itself is not needed for that."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from jitsuroku.desk.query import Desk
from jitsuroku.desk.rows import Found, Rows, Somebody
from jitsuroku.records import Event, Meeting
from tests.making import whole_world
from tests.store.reading import LOAN, READER, TALKS, added, reading_of


class Frame(list[dict[str, Any]]):
    def __init__(self, data: list[dict[str, Any]], columns: list[str]) -> None:
        super().__init__(data)
        self.columns = columns


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=Frame))
    made = Desk(":memory:", world=whole_world())
    added(made.store, reading_of(TALKS), reading_of(LOAN, "loan.txt"))
    return made


def test_a_row_is_a_record_and_evidence_its_words(desk: Desk) -> None:
    frame = desk.events(party="GBR").df()
    assert [(row["type"], row["actor"], row["recipient"], row["more"]) for row in frame] == [
        ("CONSULT", ("JPN",), ("GBR",), ())
    ]
    assert frame[0]["evidence"] == TALKS[frame[0]["start"] : frame[0]["end"]]
    assert set(frame[0]) == set(frame.columns)


@pytest.mark.parametrize("what", ["events", "statements", "commitments", "figures", "flags", "documents"])
def test_nothing_found_has_the_same_columns(desk: Desk, what: str) -> None:
    ask = getattr(desk, what)
    some, none = ask(), ask(page="loan.txt", status="none such")
    assert len(none) == 0
    assert none.df().columns[0] == "id"
    if some:
        assert none.df().columns == some.df().columns


def test_people_outcomes_and_hits(desk: Desk) -> None:
    assert desk.people().df().columns == ["name", "country", "office", "documents"]
    assert desk.search("ラミー").df()[0]["document"]["source"] == "page.txt"
    assert Rows((), Found).df().columns == ["document", "evidence"]
    assert Rows((Somebody("岩屋", "JPN", "外相", 1),)).df() == [
        {"name": "岩屋", "country": "JPN", "office": "外相", "documents": 1}
    ]
    assert desk.add("no-such-folder").df().columns == ["source", "document", "result", "problem", "origin"]


def test_a_record_that_may_lack_evidence_has_its_columns(desk: Desk) -> None:
    assert Rows((), Meeting).df().columns[-4:] == ["evidence", "start", "end", "rule"]
    assert Rows((), Event).df().columns.count("start") == 1


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install jitsuroku\[pandas\]"):
        Rows((), Event).df()


def test_rows_are_a_tuple(desk: Desk) -> None:
    events = desk.events()
    assert tuple(events) == events
    assert hash(events) == hash(tuple(events))
    assert desk.store.save(reading_of(TALKS), READER).value == "no change"
