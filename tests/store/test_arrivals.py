"""Custody: what is known of how a page came in, its bytes, and what goes with it."""

from __future__ import annotations

from hashlib import sha256
from itertools import permutations
from pathlib import Path

import pytest

from jitsuroku.intake.pages import page_from_bytes
from jitsuroku.pipeline import read
from jitsuroku.records import DocumentRecord
from jitsuroku.store import Custody, RunPage, Store, Where
from tests.making import whole_world
from tests.store.reading import CALL, READER, TALKS, exported, reading_of, rows_left

pytestmark = pytest.mark.usefixtures("both")

SJIS = TALKS.encode("cp932")


def custody(
    data: bytes, source: str = "page.txt", fetched: str | None = None, by: str = "file", keep: bool = True
) -> Custody:
    digest = sha256(data).hexdigest()
    return Custody(source, None, fetched, by, digest, fetched or "2025-09-06T00:00:00Z", data if keep else None)


def saved(store: Store, data: bytes, given: Custody) -> str:
    reading = read(page_from_bytes(data, given.source), whole_world())
    store.save(reading, READER, custody=given)
    return reading.page.id


@pytest.mark.parametrize("data", [TALKS.encode(), SJIS, TALKS.replace("\n", "\r\n").encode()])
def test_the_bytes_of_a_page_come_back_as_they_were(data: bytes, tmp_path: Path) -> None:
    with Store(tmp_path / "one.sqlite") as store:
        document = saved(store, data, custody(data))
        assert store.original(document) == data
        kept = store._db.execute("SELECT count(*) FROM originals").fetchone()[0]
    assert kept == (0 if data == TALKS.encode() else 1), "what equals the text takes no second place"


def test_text_alone_is_kept_where_that_was_asked_for() -> None:
    with Store() as store:
        assert store.original(saved(store, SJIS, custody(SJIS, keep=False))) is None


def test_every_way_in_is_kept_and_the_earliest_counts() -> None:
    data = TALKS.encode()
    ways = [custody(data, fetched=f"2025-09-0{n}T08:00:00Z", by="warc") for n in (3, 1, 2)]
    exports = set()
    for order in permutations(ways):
        with Store() as store:
            for way in order:
                document = saved(store, data, way)
            assert [c.fetched for c in store.custody(document)] == [f"2025-09-0{n}T08:00:00Z" for n in (1, 2, 3)]
            (own,) = store.records(Where(kinds=("document",)))
            assert isinstance(own, DocumentRecord)
            assert own.fetched == store.page(document).fetched == "2025-09-01T08:00:00Z"
            exports.add("\n".join(exported(store)))
    assert len(exports) == 1


def test_versions_follow_each_other_by_when_they_were_fetched() -> None:
    pages = [(f"{TALKS}第{n}版。\n".encode(), f"2025-09-0{n}T08:00:00Z") for n in (1, 2, 3)]
    exports = set()
    for order in permutations(pages):
        with Store() as store:
            for data, fetched in order:
                saved(store, data, custody(data, fetched=fetched))
            exports.add("\n".join(exported(store, newest=False)))
            assert "第3版" in store.page(store.find_documents("page.txt")[0]).text
    assert len(exports) == 1


def test_what_is_taken_out_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "one.sqlite") as store:
        document = saved(store, SJIS, custody(SJIS, "secret.txt"))
        number = store.begin_run(["folder"], READER, "2025-09-06T00:00:00Z")
        store.note_pages(number, [RunPage("secret.txt", "folder", document, "new", None)])
        store.see_address("https://minato.example/secret.txt", ("x", None, None), document)
        store.remove([document])
        assert rows_left(store, "secret.txt") == {}
        assert rows_left(store, sha256(SJIS).hexdigest()) == {}


def test_bytes_stay_while_another_page_was_made_of_them() -> None:
    with Store() as store:
        first = saved(store, SJIS, custody(SJIS, "a.txt"))
        second = saved(store, SJIS, custody(SJIS, "b.txt"))
        assert first != second
        store.remove([first])
        assert store.original(second) == SJIS


def test_an_address_remembers_its_page_until_it_is_taken_out() -> None:
    with Store() as store:
        reading = reading_of(CALL)
        store.save(reading, READER)
        store.see_address("https://minato.example/1", ('"x"', None, None), reading.page.id)
        store.see_address("https://minato.example/1", ('"y"', "Mon", None))
        assert store.address_seen("https://minato.example/1") == ('"y"', "Mon", None)
        store.remove([reading.page.id])
        assert store.address_seen("https://minato.example/1") == (None, None, None)


def test_what_was_refused_last_is_to_be_tried_again() -> None:
    with Store() as store:
        notes = [
            [("a", "refused"), ("b", "refused"), ("c/1", "new"), ("c/2", "refused")],
            [("a", "new"), ("d", "refused")],
        ]
        for run in notes:
            number = store.begin_run([], READER, "2025-09-06T00:00:00Z")
            store.note_pages(number, [RunPage(source, source[0], None, result, None) for source, result in run])
        assert store.refused_origins() == ("b", "c", "d")
