"""Pages added again, changed, removed: nothing doubled, nothing lost, nothing left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jitsuroku.desk.query import Desk, NotFound
from jitsuroku.store import Saved, Store, Where
from tests.making import whole_world
from tests.store.reading import CALL, LOAN, READER, TALKS, added, exported, reading_of, rows_left

pytestmark = pytest.mark.usefixtures("both")

LATER = TALKS.replace("ロンドン", "バーミンガム")
ADDRESS = "https://example.org/news/1"


def document_of(store: Store, source: str) -> dict[str, object]:
    lines = (json.loads(line) for line in exported(store))
    return next(line for line in lines if line["kind"] == "document" and line["source"] == source)


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "one.sqlite") as store:
        added(store, reading_of(TALKS), reading_of(CALL, "call.txt"))
        before = exported(store)
        assert store.save(reading_of(TALKS), READER) is Saved.SAME
        assert store.save(reading_of(CALL, "call.txt"), READER, again=True) is Saved.READ_AGAIN
        assert exported(store) == before
        assert not store.stale(READER)


def test_another_version_of_the_reader_reads_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "one.sqlite") as store:
        before = exported(added(store, reading_of(TALKS)))
        assert store.stale("reader-2") == (reading_of(TALKS).page.id,)
        assert store.save(reading_of(TALKS), "reader-2") is Saved.READ_AGAIN
        assert exported(store) == before
        assert store.stale("reader-2") == ()


@pytest.mark.parametrize("address", [None, ADDRESS], ids=["by source", "by address"])
def test_a_changed_page_is_a_new_version_beside_the_old(address: str | None) -> None:
    first, second = reading_of(TALKS, "a.txt", address), reading_of(LATER, "a.txt", address)
    with Store() as store:
        added(store, first)
        old = exported(store)
        assert store.save(second, READER) is Saved.NEW_VERSION
        newest = exported(store)
        both = exported(store, newest=False)
    ids = [json.loads(line)["id"] for line in newest]
    assert document_ids(newest) == {second.page.id}
    assert set(old) < set(both), "the old version stands as it was"
    assert set(newest) < set(both)
    assert next(json.loads(x)["replaces"] for x in newest if second.page.id == json.loads(x)["id"]) == first.page.id
    assert len(ids) == len(set(ids))


def document_ids(lines: list[str]) -> set[str]:
    return {line["id"] for line in map(json.loads, lines) if line["kind"] == "document"}


def test_a_third_version_replaces_the_second_and_removing_it_brings_the_second_back() -> None:
    versions = [reading_of(TALKS + f"第{n}版です。\n") for n in (1, 2, 3)]
    with Store() as store:
        added(store, *versions[:2])
        second = exported(store)
        added(store, versions[2])
        assert document_of(store, "page.txt")["replaces"] == versions[1].page.id
        assert store.remove([versions[2].page.id]) == 1
        assert exported(store) == second
        added(store, versions[2])
        store.remove([versions[1].page.id])
        assert document_of(store, "page.txt")["replaces"] == versions[0].page.id


def test_an_older_version_added_again_does_not_become_the_newest() -> None:
    with Store() as store:
        added(store, reading_of(TALKS), reading_of(LATER))
        before = exported(store)
        assert store.save(reading_of(TALKS), READER) is Saved.SAME
        assert exported(store) == before


def test_the_same_bytes_under_two_names_are_one_page_by_the_first_name() -> None:
    one, two = reading_of(TALKS, "b.txt", ADDRESS), reading_of(TALKS, "a.txt", ADDRESS)
    assert one.page.id == two.page.id
    exports = []
    for pair in ((one, two), (two, one)):
        for again in (False, True):
            with Store() as store:
                for reading in pair:
                    store.save(reading, READER, again=again)
                assert store.find_documents("a.txt") == (one.page.id,)
                assert store.find_documents("b.txt") == ()
                assert store.page(one.page.id).source == "a.txt"
                exports.append(exported(store))
    assert document_ids(exports[0]) == {one.page.id}
    assert all(export == exports[0] for export in exports)


def test_removing_a_page_removes_everything_of_it(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path) as store:
        without = exported(added(store, reading_of(CALL, "call.txt")))
        added(store, reading_of(TALKS))
        assert [hit.document.source for hit in store.search("ラミー")] == ["page.txt"]
        assert store.remove([reading_of(TALKS).page.id, "document0000000000000000"]) == 1
        assert exported(store) == without
        assert list(store.search("ラミー")) == []
        assert list(store.records(Where(party="GBR"))) == []
        assert rows_left(store, "ラミー") == {}
        assert rows_left(store, reading_of(TALKS).page.id) == {}


@pytest.mark.of_files
def test_removing_a_page_removes_its_words_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path) as store:
        added(store, reading_of(CALL, "call.txt"), reading_of(TALKS))
        store.remove([reading_of(TALKS).page.id])
    assert "ラミー".encode() not in path.read_bytes(), "the words are gone from the file itself"
    assert "トランプ".encode() in path.read_bytes()


def desk_with(tmp_path: Path, *names: str) -> Desk:
    for i, name in enumerate(names):
        (tmp_path / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / name).write_text(TALKS + f"第{i}報。\n", encoding="utf-8")
    desk = Desk(":memory:", world=whole_world())
    desk.add(tmp_path / "pages")
    return desk


def test_removing_by_name_takes_all_versions_of_that_page_alone(tmp_path: Path) -> None:
    with desk_with(tmp_path, "a/index.txt", "b/index.txt", "c/Other.txt", "d/other.txt") as desk:
        (tmp_path / "pages" / "a" / "index.txt").write_text(LATER, encoding="utf-8")
        desk.add(tmp_path / "pages")
        assert desk.remove("a/index.txt") == 2
        with pytest.raises(NotFound, match="no such page"):
            desk.remove("a/index.txt")
        assert desk.remove("Other.txt") == 1, "the case of letters counts"
        assert [d.source for d in desk.documents()] == ["b/index.txt", "d/other.txt"]


def test_a_name_that_fits_several_pages_removes_none(tmp_path: Path) -> None:
    with desk_with(tmp_path, "a/index.txt", "b/index.txt") as desk:
        with pytest.raises(NotFound, match=r"a/index\.txt.*b/index\.txt"):
            desk.remove("index.txt")
        assert len(desk.documents()) == 2


def test_removing_a_page_takes_its_versions_under_other_names_too() -> None:
    with Store() as store:
        added(store, reading_of(TALKS, "old.txt", ADDRESS), reading_of(LATER, "new.txt", ADDRESS))
        for name in ("old.txt", "new.txt", ADDRESS):
            assert len(store.find_documents(name, newest=False)) == 2
            assert store.find_documents(name) == (reading_of(LATER, "new.txt", ADDRESS).page.id,)


def test_wild_cards_in_names_are_letters() -> None:
    with Store() as store:
        added(store, reading_of(TALKS, "a/page.txt"), reading_of(LOAN, "a/100%_.txt"))
        assert store.find_documents("%") == store.find_documents("____.txt") == ()
        assert len(store.find_documents("100%_.txt")) == 1
