"""Opening a store: what it is made of, older and newer schemas, other programs' files, damage, read-only folders."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.desk.doctor import examine
from jitsuroku.store import SQLITE_VERSION, Store, StoreError, Where, damage, migrations, opening
from tests.store.reading import CALL, READER, TALKS, added, exported, raw, reading_of

FORKS = pytest.mark.skipif(os.name != "posix", reason="needs fork and the rights of a POSIX system")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "one.sqlite"
    with Store(made) as store:
        added(store, reading_of(TALKS), reading_of(CALL, "call.txt"))
    return made


def test_every_table_is_strict_and_the_journal_is_wal(path: Path) -> None:
    connection = raw(path)
    ours = "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    strict = {name: bool(s) for name, s in connection.execute(ours) if not name.startswith("sqlite_")}
    assert set(strict) >= {"documents", "pages", "records", "event_parties", "people"}
    assert all(strict.values())
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO records (id, kind, start, json) VALUES ('x', 'event', 'no number', '{}')")


def test_nothing_is_left_beside_a_closed_store(path: Path) -> None:
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert damage(path) == ()


def test_the_version_of_sqlite_is_free_of_the_wal_race() -> None:
    assert tuple(map(int, SQLITE_VERSION.split("."))) >= (3, 51, 3)


# --- migrations -----------------------------------------------------------------------------------------------------


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the migration after the last one would stand, in a copy of the package's own."""
    folder = tmp_path / "migrations"
    shutil.copytree(opening.MIGRATIONS, folder)
    monkeypatch.setattr(opening, "MIGRATIONS", folder)
    return folder / f"{len(migrations()) + 1:03}-next.sql"


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [int(p.name.partition("-")[0]) for p in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_store_of_the_first_schema_is_brought_to_the_newest(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    first = raw(old)
    for statement in opening.statements(migrations()[0].read_text(encoding="utf-8")):
        first.execute(statement)
    first.execute("PRAGMA user_version = 1")
    first.execute(f"PRAGMA application_id = {opening.APPLICATION}")
    first.close()
    with Store(old, create=False) as store, Store() as fresh:
        assert exported(added(store, reading_of(TALKS))) == exported(added(fresh, reading_of(TALKS)))
        assert [hit.document.source for hit in store.search("会談")] == ["page.txt"]
    assert raw(old).execute("PRAGMA user_version").fetchone() == (len(migrations()),)


def test_a_migration_keeps_what_is_stored(path: Path, next_step: Path) -> None:
    with Store(path) as store:
        before = exported(store)
    next_step.write_text("CREATE TABLE remarks (a TEXT) STRICT;\n", encoding="utf-8")
    with Store(path) as store:
        assert exported(store) == before
    connection = raw(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations()),)
    assert connection.execute("SELECT count(*) FROM remarks").fetchone() == (0,)


def test_a_migration_that_fails_changes_nothing(path: Path, next_step: Path) -> None:
    with Store(path) as store:
        before = exported(store)
    next_step.write_text("CREATE TABLE remarks (a TEXT) STRICT;\nDROP TABLE nothing;\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"one\.sqlite"):
        Store(path)
    next_step.unlink()
    with Store(path) as store:
        assert exported(store) == before
    assert raw(path).execute("SELECT 1 FROM sqlite_schema WHERE name = 'remarks'").fetchall() == []


def test_a_newer_schema_is_refused(path: Path) -> None:
    newer = len(migrations()) + 1
    raw(path).execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(
        StoreError, match=rf"one\.sqlite: made by a newer jitsuroku \(schema {newer}.*install the newer"
    ):
        Store(path)
    assert any(f.trouble == "store" and "newer" in f.found for f in examine(path))


def test_a_line_of_an_older_version_lacks_fields_and_is_read(path: Path) -> None:
    connection = raw(path)
    cut = "UPDATE records SET json = json_remove(json, '$.topics', '$.hedge', '$.background') WHERE kind = 'event'"
    connection.execute(cut)
    with Store(path) as store:
        event = next(r for r in store.records(Where(kinds=("event",))))
        assert getattr(event, "topics", None) == ()
        assert getattr(event, "hedge", "") is None
        assert getattr(event, "background", None) is False


# --- not a store, or no longer ----------------------------------------------------------------------------------------


def test_the_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    connection = raw(other)
    connection.execute("CREATE TABLE mine (a)")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(StoreError, match=r"other\.sqlite: an SQLite file of another program"):
        Store(other)
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a database at all, but long enough to be one" * 100, "is not a jitsuroku store"), (None, "no store there")],
)
def test_what_is_no_store_is_named(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "x.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match=rf"x\.sqlite: {words}"):
        Store(tmp_path / "x.sqlite", create=False)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path)


def test_a_truncated_file_is_named(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match=r"one\.sqlite: is damaged"), Store(path) as store:
        exported(store)
    assert any(f.trouble == "store" and "one.sqlite" in f.found for f in examine(path))


@pytest.mark.parametrize("seed", range(8))
def test_overwritten_pages_never_give_a_traceback(path: Path, seed: int) -> None:
    """Whatever is broken, the error names the file; doctor finds it, or nothing of it was in use."""
    content, dice = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(4):
        at = dice.randrange(1, len(content) // 4096) * 4096
        content[at : at + 4096] = bytes(dice.randrange(256) for _ in range(4096))
    path.write_bytes(bytes(content))
    troubles = [f for f in examine(path) if f.trouble == "store"]
    assert troubles
    told = _use(path)
    assert told == "" or "one.sqlite: " in told


def _use(path: Path) -> str:
    """Read, search and write; gives the error, "" when there is none."""
    try:
        with Store(path) as store:
            list(store.records(Where(kinds=("event",))))
            exported(store)
            list(store.search("会談"))
            store.save(reading_of(TALKS), "reader-2")
    except StoreError as problem:
        return str(problem)
    return ""


def test_a_sound_store_is_true_line_by_line(path: Path) -> None:
    with Store(path) as store:
        assert list(store.untrue()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE pages SET text = replace(text, 'ラミー', 'ラミイ')", "words are not those of the page"),
        ("UPDATE records SET json = replace(json, 'CONSULT', 'ASSAULT') WHERE kind = 'event'", "does not follow"),
        ("UPDATE records SET json = replace(json, 'ラミー', 'ラミイ') WHERE kind = 'event'", "does not follow"),
        ("UPDATE records SET json = substr(json, 2) WHERE kind = 'event'", "no line of the export"),
        ("DELETE FROM pages", "its page is missing"),
    ],
)
def test_what_was_changed_behind_our_back_is_found(path: Path, change: str, words: str) -> None:
    raw(path).execute(change)
    with Store(path) as store:
        found = list(store.untrue())
    assert found
    assert all(words in fault for fault in found)
    assert [f.found for f in examine(path) if f.what == "damage"] == found[:20]


@pytest.mark.parametrize("line", ["{", "[]", '{"kind": "rumour"}', '{"kind": "event"}', "null"])
def test_a_line_that_is_none_is_named(path: Path, line: str) -> None:
    raw(path).execute("UPDATE records SET json = ? WHERE kind = 'event'", (line,))
    with Store(path) as store, pytest.raises(StoreError, match=r"one\.sqlite: is damaged"):
        list(store.records(Where(kinds=("event",))))


# --- rights -----------------------------------------------------------------------------------------------------------


def as_somebody(work: Callable[[], str]) -> str:
    """What the work gives in a process without the rights of root."""
    pipe, end = get_context("fork").Pipe()
    child = get_context("fork").Process(target=_without_rights, args=(work, end))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    return str(pipe.recv())


def _without_rights(work: Callable[[], str], end: Any) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    end.send(work())


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder with a store in it that may be read and not written."""
    folder = Path(tempfile.mkdtemp())
    with Store(folder / "one.sqlite") as store:
        added(store, reading_of(TALKS))
    (folder / "one.sqlite").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _read(path: Path) -> str:
    with Store(path, create=False) as store:
        assert [hit.document.source for hit in store.search("会談")] == ["page.txt"]
        return "\n".join(exported(store))


def _write(path: Path) -> str:
    try:
        with Store(path) as store:
            store.save(reading_of(CALL, "call.txt"), READER)
    except StoreError as problem:
        return str(problem)
    return "written"


@FORKS
def test_a_store_in_a_read_only_folder_can_be_read(locked_folder: Path) -> None:
    with Store() as store:
        expected = "\n".join(exported(added(store, reading_of(TALKS))))
    reading_of(CALL, "call.txt")
    assert as_somebody(lambda: _read(locked_folder / "one.sqlite")) == expected
    assert as_somebody(lambda: "; ".join(damage(locked_folder / "one.sqlite"))) == ""


@FORKS
def test_writing_there_is_refused_in_plain_words(locked_folder: Path) -> None:
    reading_of(CALL, "call.txt")
    told = as_somebody(lambda: _write(locked_folder / "one.sqlite"))
    assert told.startswith(f"{locked_folder / 'one.sqlite'}: ")
    assert "choose another --db" in told
    told = as_somebody(lambda: _write(locked_folder / "new.sqlite"))
    assert told.startswith(f"{locked_folder / 'new.sqlite'}: ")
    assert sorted(p.name for p in locked_folder.iterdir()) == ["one.sqlite"]
