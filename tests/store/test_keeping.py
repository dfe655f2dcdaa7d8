"""Backup, restore, compact: whole or not there, checked, never over what stands there unasked."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from jitsuroku.desk.query import Desk
from jitsuroku.store import Store, StoreError, damage, keeping
from jitsuroku.store.keeping import backup, restore_store
from tests.cli.running import run
from tests.store.reading import CALL, LOAN, READER, TALKS, added, exported, raw, reading_of

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "one.sqlite"
    with Store(made) as store:
        added(store, reading_of(TALKS), reading_of(CALL, "call.txt"))
    return made


def lines_of(path: Path) -> list[str]:
    with Store(path, create=False) as store:
        return exported(store)


def test_a_backup_is_one_sound_file_with_the_same_record(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept" / "copy.sqlite"
    number = backup(path, copy)
    assert [p.name for p in copy.parent.iterdir()] == ["copy.sqlite"]
    assert damage(copy) == ()
    assert lines_of(copy) == lines_of(path)
    assert number == raw(path).execute("SELECT count(*) FROM records").fetchone()[0]


def test_a_store_in_use_is_backed_up_as_it_stands(path: Path, tmp_path: Path) -> None:
    with Store(path) as writer:
        before = exported(writer)
        writer._db.execute("BEGIN IMMEDIATE")
        writer._db.execute("DELETE FROM documents")
        backup(path, tmp_path / "copy.sqlite")
        writer._db.execute("ROLLBACK")
        added(writer, reading_of(LOAN, "loan.txt"))
        backup(path, tmp_path / "later.sqlite")
        assert lines_of(tmp_path / "later.sqlite") == exported(writer)
    assert lines_of(tmp_path / "copy.sqlite") == before


def test_what_stands_there_is_replaced_only_when_asked(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    other.write_text("a letter", encoding="utf-8")
    with pytest.raises(StoreError, match=r"other\.sqlite: a file stands there"):
        backup(path, other)
    assert other.read_text(encoding="utf-8") == "a letter"
    backup(path, other, force=True)
    assert lines_of(other) == lines_of(path)


def test_a_damaged_store_gives_no_backup(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "damage", lambda _: ("page 7 is wrong",))
    with pytest.raises(StoreError, match=r"one\.sqlite: the copy is not sound \(page 7 is wrong\)"):
        backup(path, tmp_path / "copy.sqlite")
    assert [p.name for p in tmp_path.iterdir()] == ["one.sqlite"]


def test_a_copy_that_holds_less_is_none(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = iter([(2, 2, 9), (2, 2, 8)])
    monkeypatch.setattr(keeping, "_counts", lambda _: next(counted))
    with pytest.raises(StoreError, match="not sound"):
        backup(path, tmp_path / "copy.sqlite")


def test_a_backup_comes_back(path: Path, tmp_path: Path) -> None:
    expected = lines_of(path)
    backup(path, tmp_path / "copy.sqlite")
    with Store(path) as store:
        added(store, reading_of(LOAN, "loan.txt"))
    with pytest.raises(StoreError, match=r"one\.sqlite: a file stands there"):
        restore_store(tmp_path / "copy.sqlite", path)
    restore_store(tmp_path / "copy.sqlite", path, force=True)
    assert lines_of(path) == expected
    restore_store(tmp_path / "copy.sqlite", tmp_path / "new" / "place.sqlite")
    assert lines_of(tmp_path / "new" / "place.sqlite") == expected
    assert raw(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_damaged_store_is_replaced_by_its_backup(path: Path, tmp_path: Path) -> None:
    expected = lines_of(path)
    backup(path, tmp_path / "copy.sqlite")
    path.write_bytes(b"\0" * 5000)
    Path(f"{path}-damaged").touch()
    restore_store(tmp_path / "copy.sqlite", path, force=True)
    assert lines_of(path) == expected
    with Store(path) as store:
        store.save(reading_of(LOAN, "loan.txt"), READER)


@pytest.mark.parametrize(
    ("change", "words"),
    [("PRAGMA user_version = 99", "made by a newer jitsuroku"), ("PRAGMA application_id = 7", "another program")],
)
def test_what_cannot_be_used_is_not_restored(path: Path, tmp_path: Path, change: str, words: str) -> None:
    expected, copy = lines_of(path), tmp_path / "copy.sqlite"
    backup(path, copy)
    raw(copy).execute(change)
    with pytest.raises(StoreError, match=rf"copy\.sqlite: .*{words}"):
        restore_store(copy, path, force=True)
    assert lines_of(path) == expected


def test_a_store_that_others_have_open_is_not_replaced(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "copy.sqlite")
    with Store(path) as store:
        expected = exported(store)
        with pytest.raises(StoreError, match="another process has it open"):
            restore_store(tmp_path / "copy.sqlite", path, force=True)
        assert exported(store) == expected


def test_a_store_of_an_older_schema_can_be_restored(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(path, copy)
    raw(copy).execute("PRAGMA user_version = 1")
    restore_store(copy, tmp_path / "new.sqlite")
    assert raw(tmp_path / "new.sqlite").execute("PRAGMA user_version").fetchone() == (1,)


# --- compact ------------------------------------------------------------------------------------------------------------


def test_compacting_gives_room_back_and_loses_nothing(path: Path) -> None:
    with Store(path) as store:
        added(store, *(reading_of(TALKS + f"第{n}報。\n", f"{n}.txt") for n in range(20)))
        for n in range(20):
            store.remove(store.find_documents(f"{n}.txt"))
        expected = exported(store)
    with Desk(path) as desk:
        before, after = desk.compact()
    assert after < before
    assert path.stat().st_size == after
    assert lines_of(path) == expected
    assert damage(path) == ()


def test_compacting_needs_room_and_looks_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = lines_of(path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 1000))
    with (
        Store(path) as store,
        pytest.raises(StoreError, match=r"compacting needs [\d,]+ bytes free in .*, there are 1,000"),
    ):
        store.compact()
    assert lines_of(path) == content


def test_a_store_that_others_have_open_is_not_compacted(path: Path) -> None:
    with Store(path) as store, Store(path) as other:
        before = exported(other)
        with pytest.raises(StoreError, match="another process has it open"):
            store.compact()
        assert exported(store) == exported(other) == before
        added(store, reading_of(LOAN, "loan.txt"))
        assert exported(other) == exported(store)
    with Store(path) as store:
        assert store.compact()
        assert raw(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_who_waited_for_a_store_that_was_replaced_is_told(path: Path, tmp_path: Path) -> None:
    """What it would write into the old file would be lost."""
    copy = tmp_path / "copy.sqlite"
    backup(path, copy)
    waiting = os.open(path, os.O_RDONLY)
    restore_store(copy, path, force=True)
    old = tmp_path / "old.sqlite"
    old.write_bytes(os.read(waiting, 10**8))
    os.close(waiting)
    with pytest.raises(StoreError, match=r"old\.sqlite: was replaced by another file just now; try again"):
        Store(old)
    with Store(path) as store:
        assert exported(store)


def test_a_store_that_was_left_without_its_log_gets_it_again(path: Path) -> None:
    raw(path).execute("PRAGMA journal_mode = DELETE")
    with Store(path):
        assert raw(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_commands(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    done = run("backup", copy, "--db", path, "--json").value
    assert done == {"records": done["records"], "bytes": copy.stat().st_size}
    assert run("backup", copy, "--db", path).code == 3
    assert run("restore", copy, "--db", path).code == 3
    assert f"{path}: {done['records']:,} records" in run("restore", copy, "--db", path, "--force").out
    assert "bytes before" in run("compact", "--db", path).out
    assert set(run("compact", "--db", path, "--json").value) == {"before", "after"}
    assert run("backup", tmp_path / "x.sqlite", "--db", tmp_path / "none.sqlite").code == 3
    assert not (tmp_path / "none.sqlite").exists()
