"""Records that belong to no single page: stored once, exported last, valid like any other line."""

from __future__ import annotations

import json

import pytest

from jitsuroku.contract import quote, with_id
from jitsuroku.records import Judgement, Meeting, Record
from jitsuroku.store import Store, Where
from tests.contract.exported import faults
from tests.contract.promises import order_of
from tests.store.reading import CALL, TALKS, added, exported, reading_of

pytestmark = pytest.mark.usefixtures("both")

PAGE = reading_of(TALKS).page
EVENT = next(r.id for r in reading_of(TALKS).records if r.kind == "event")
JUDGED = with_id(
    Judgement("", "hanako", "2025-09-06", "confirm", PAGE.id, EVENT, TALKS[:5], None, None, "as the page says")
)
LOOSE: tuple[Record, ...] = (
    with_id(Meeting("", "C5+1", 2, "2025-11-06", "ワシントン", "USA", ("KAZ", "USA"), None, "test")),
    with_id(Meeting("", "G7", None, None, None, None, (), quote(PAGE, 0, 3), "test")),
    with_id(Judgement("", "hanako", "2025-09-06T10:00+09:00", "merge", None, EVENT, None, None, None, None)),
)


def test_they_come_last_sorted_and_valid() -> None:
    with Store() as store:
        before = exported(added(store, reading_of(TALKS), reading_of(CALL, "z.txt")))
        store.put(LOOSE)
        lines = exported(store)
    assert lines[: len(before)] == before
    last = [json.loads(line) for line in lines[len(before) :]]
    assert [(line["kind"], line["id"]) for line in last] == sorted((r.kind, r.id) for r in LOOSE)
    assert [fault for line in last for fault in faults(line)] == []


def test_putting_again_changes_nothing() -> None:
    with Store() as store:
        store.put(LOOSE)
        before = exported(store)
        store.put(reversed(LOOSE))
        assert exported(store) == before
        assert sorted(r.id for r in store.records(Where(kinds=("meeting", "judgement")))) == sorted(r.id for r in LOOSE)


def test_a_judgement_stands_with_its_page_and_goes_with_it() -> None:
    with Store() as store:
        before = exported(added(store, reading_of(TALKS), reading_of(CALL, "z.txt")))
        store.put([JUDGED])
        lines = [json.loads(line) for line in exported(store)]
        assert order_of(lines) == sorted(order_of(lines))
        assert len(lines) == len(before) + 1
        store.remove([PAGE.id])
        assert {json.loads(line)["kind"] for line in exported(store)} >= {"document"}
        assert JUDGED.id not in {json.loads(line)["id"] for line in exported(store)}


def test_reading_a_page_again_keeps_what_a_person_decided() -> None:
    with Store() as store:
        added(store, reading_of(TALKS)).put([JUDGED])
        before = exported(store)
        store.save(reading_of(TALKS), "reader-2")
        assert exported(store) == before
