"""One writer, many readers: a second writer waits and then says for whom, readers see whole pages only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path

import pytest

from jitsuroku.records import Record
from jitsuroku.store import Store, StoreError
from tests.store.reading import CALL, LOAN, READER, TALKS, added, exported, raw, reading_of

pytestmark = pytest.mark.usefixtures("both")

# Of a file our own process; of a server the one that serves it, and its role.
WRITER = rf"process (?:{os.getpid()}|\d+ of owner)"
FORKS = pytest.mark.skipif(os.name != "posix", reason="needs fork")


def test_a_second_writer_waits_a_bounded_time_and_says_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path) as first, Store(path, patience=0.5) as second, Store(path) as third:
        added(first, reading_of(TALKS))
        held = third._db
        held.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StoreError, match=rf"another process is writing \({WRITER}\); wait"):
            second.save(reading_of(CALL, "call.txt"), READER)
        assert 0.4 < time.monotonic() - began < 5
        assert exported(second), "it can still read"
        held.execute("ROLLBACK")
        added(second, reading_of(CALL, "call.txt"))
        assert exported(first) == exported(second)


@pytest.mark.of_files
def test_a_process_that_is_gone_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path, patience=0.1) as store:
        child = get_context("spawn").Process(target=os.getpid)
        child.start()
        child.join()
        (tmp_path / "one.sqlite-writer").write_text(str(child.pid), encoding="ascii")
        held = raw(path)
        held.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing; wait"):
            store.remove(["document0000000000000000"])
        held.close()


@pytest.mark.of_files
def test_whoever_writes_after_another_signs_anew(tmp_path: Path) -> None:
    note = tmp_path / "one.sqlite-writer"
    with Store(tmp_path / "one.sqlite") as store:
        added(store, reading_of(TALKS))
        note.write_text("4711", encoding="ascii")
        added(store, reading_of(CALL, "call.txt"))
        assert note.read_text(encoding="ascii") == str(os.getpid())


@pytest.mark.of_files
@pytest.mark.parametrize("note", ["", "nobody", "-1", "0", "99999999999999999999"])
def test_a_note_that_says_nothing_does_no_harm(tmp_path: Path, note: str) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path, patience=0.1) as store:
        (tmp_path / "one.sqlite-writer").write_text(note, encoding="ascii")
        held = raw(path)
        held.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing; wait"):
            store.remove(["document0000000000000000"])
        held.close()


def test_an_export_shows_one_state_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path) as writer, Store(path) as reader:
        before = exported(added(writer, reading_of(TALKS), reading_of(CALL, "call.txt")))
        lines = reader.lines()
        seen = [next(lines)[0]]
        writer.remove([reading_of(TALKS).page.id])
        added(writer, reading_of(LOAN, "loan.txt"))
        seen += [line for line, _ in lines]
        assert seen == before
        assert exported(reader) == exported(writer) != before


class Watched(Store):
    """A store that tells another what it would see between a page's first and last record."""

    reader: Store
    seen: list[list[str]]

    def _insert_records(self, records: Iterable[Record]) -> None:
        for record in records:
            super()._insert_records([record])
            self.seen.append(exported(self.reader))


def test_readers_see_whole_pages_only(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Watched(path) as writer, Store(path) as reader:
        added(reader, reading_of(CALL, "call.txt"))
        writer.reader, writer.seen = reader, []
        before = exported(reader)
        added(writer, reading_of(TALKS))
        assert len(writer.seen) == len(reading_of(TALKS).records) > 3
        assert all(seen == before for seen in writer.seen)
        assert len(exported(reader)) == len(before) + len(reading_of(TALKS).records)


class Failing(Store):
    """A store that fails at the last step of a page."""

    def _chain(self, document: str) -> int:
        raise RuntimeError("the last step")


def test_a_page_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path) as store:
        before = exported(added(store, reading_of(CALL, "call.txt")))
    with Failing(path) as store, pytest.raises(RuntimeError, match="the last step"):
        added(store, reading_of(TALKS))
    with Store(path) as store:
        assert exported(store) == before
        assert list(store.search("ラミー")) == []
        assert added(store, reading_of(TALKS)).find_documents("page.txt")


def _create(path: Path, source: str) -> None:
    with Store(path) as store:
        added(store, reading_of(TALKS + f"{source}。\n", source))


@FORKS
def test_processes_that_make_the_same_store_at_once_all_succeed(tmp_path: Path) -> None:
    path, fork = tmp_path / "one.sqlite", get_context("fork")
    names = [f"{i}.txt" for i in range(8)]
    for name in names:
        reading_of(TALKS + f"{name}。\n", name)
    children = [fork.Process(target=_create, args=(path, name)) for name in names]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * len(names)
    with Store(path) as store, Store() as alone:
        assert exported(store) == exported(added(alone, *(reading_of(TALKS + f"{n}。\n", n) for n in names)))
