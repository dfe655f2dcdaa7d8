"""Copies of a store that are whole or not there: a backup of one that is in use, and its way back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.store.btree import MAGIC
from jitsuroku.store.looking import look
from jitsuroku.store.opening import (
    REPLACED,
    connect_to_read,
    damage,
    in_plain_words,
    mark_damaged,
    may_be_written,
)
from jitsuroku.store.problem import StoreError

COUNTED = ("documents", "pages", "records")
BESIDE = ("-wal", "-shm")


def backup(path: Path, target: Path, *, force: bool = False) -> int:
    """Copy a store, also one that is being written, to a file that is whole or not there; gives the number of records.

    Raises StoreError when there is no store, the target stands there already (without ``force``), or the copy is not sound.
    """
    if not path.exists():
        raise StoreError(f"{path}: no store there")
    _refuse_existing(target, force)
    look(path)
    with in_plain_words(target), _whole_or_nothing(target) as beside:
        return _copied(path, beside, journal="DELETE")


def restore_store(backup: Path, path: Path, *, force: bool = False) -> int:
    """Put a backup where a store stands or shall stand; gives the number of records.

    Raises StoreError when it is no sound store of this or an older version, when a store stands there (without ``force``),
    or when another process uses that one.
    """
    if not backup.exists():
        raise StoreError(f"{backup}: no backup there")
    _refuse_existing(path, force)
    found = look(backup)
    if found.is_newer:
        raise StoreError(f"{backup}: made by a newer jitsuroku (schema {found.schema}); install the newer one")
    with in_plain_words(path), _whole_or_nothing(path) as beside:
        records = _copied(backup, beside, journal="WAL")
    mark_damaged(path, False)
    return records


def _refuse_existing(target: Path, force: bool) -> None:
    if target.exists() and not force:
        raise StoreError(f"{target}: a file stands there; name another one, or replace it with --force")


def _copied(path: Path, beside: Path, *, journal: str) -> int:
    """Copy one state of a store, whatever is written meanwhile, and make sure that the copy is sound and holds as much."""
    with in_plain_words(path), closing(_open(path)) as source:
        source.execute("BEGIN")
        expected = _counts(source)
        with closing(sqlite3.connect(str(beside), isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute(f"PRAGMA journal_mode = {journal}")
            counts = _counts(copy)
    found = damage(beside)
    if found or counts != expected:
        reason = found[0] if found else f"{counts} rows instead of {expected}"
        raise StoreError(f"{path}: the copy is not sound ({reason}); jitsuroku doctor --db {path} says more")
    return counts[COUNTED.index("records")]


def _open(path: Path) -> Any:
    """A connection for copying that keeps to one state of the store; it changes nothing."""
    if may_be_written(path):
        return sqlite3.connect(str(path), isolation_level=None)
    return connect_to_read(path)


def _counts(connection: Any) -> tuple[int, ...]:
    return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED)


def compact_file(path: Path) -> tuple[int, int]:
    """Write a store's file anew without the room of what is gone; gives its bytes before and after.

    SQLite's own VACUUM would hold the whole of it in memory. Raises StoreError when the disk has no room for a second
    file, or another process has the store open; nothing has changed then.
    """
    before = path.stat().st_size
    _refuse_without_room(path, before)
    beside = _beside(path)
    try:
        with alone_with(path) as old:
            expected = _counts(old)
            old.execute("VACUUM INTO ?", (str(beside),))
            with closing(sqlite3.connect(str(beside), isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode = WAL")
                counts = _counts(copy)
            if damage(beside) or counts != expected:
                raise StoreError(f"{path}: cannot be compacted; jitsuroku doctor --db {path} says more")
            put_in_place(beside, path, old)
    finally:
        _clear(beside)
    return before, path.stat().st_size


def _refuse_without_room(path: Path, size: int) -> None:
    folder = path.absolute().parent
    free = shutil.disk_usage(folder).free
    if free < size:
        raise StoreError(
            f"{path}: compacting needs {size:,} bytes free in {folder}, there are {free:,}; free some space first"
        )


@contextmanager
def alone_with(path: Path) -> Iterator[Any]:
    """A connection to a store that no other process has open, nor can open meanwhile. Raises StoreError when one has."""
    with in_plain_words(path), closing(sqlite3.connect(str(path), timeout=1.0, isolation_level=None)) as connection:
        try:
            # Leaving the write-ahead log is allowed to who is alone; who opens the store now goes back to it, and then
            # the lock is refused. What is written from here on has its journal in memory: one beside the file would be
            # taken for the new file's own.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            raise StoreError(f"{path}: another process has it open; stop it, then try again") from problem
        yield connection


def put_in_place(beside: Path, path: Path, old: Any | None) -> None:
    """Let a new file take a store's place. Who waits for the old one (a connection of ``alone_with``) is told that it is
    gone, else what it writes there would be lost."""
    to_disk(beside)
    os.replace(beside, path)
    if old is not None:
        old.execute(f"PRAGMA application_id = {REPLACED}")
    to_disk(path.absolute().parent)


def replace_store(beside: Path, path: Path) -> None:
    """Let a new file take the place of a store, if there is one. One that SQLite cannot open is in nobody's use.

    Raises StoreError when another process has the old one open.
    """
    if not path.exists() or not _is_readable(path):
        for name in BESIDE:
            Path(f"{path}{name}").unlink(missing_ok=True)
        put_in_place(beside, path, None)
        return
    with alone_with(path) as old:
        put_in_place(beside, path, old)


def _is_readable(path: Path) -> bool:
    """Whether SQLite takes the file for a database; locked by others it is one."""
    try:
        with closing(sqlite3.connect(str(path), timeout=0.0)) as connection:
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
    return True


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place at the end; whatever happens before, the target stays as it was."""
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(target)
    try:
        yield beside
        if target.exists() and may_be_store(target):
            replace_store(beside, target)
        else:
            put_in_place(beside, target, None)
    finally:
        _clear(beside)


def may_be_store(path: Path) -> bool:
    """Whether a file that is to be replaced begins as an SQLite file does."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _beside(target: Path) -> Path:
    target = target.absolute()
    return target.with_name(f".{target.name}.{uuid4().hex[:8]}")


def _clear(path: Path) -> None:
    for name in ("", *BESIDE, "-journal"):
        Path(f"{path}{name}").unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Wait until what was written of a file, or into a folder, is on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_copy(path: Path) -> Path:
    """A copy of a store's file, byte by byte with its log, beside it; gives its path."""
    number = 1
    while (copy := Path(f"{path}.before-repair-{number}")).exists():
        number += 1
    with in_plain_words(path):
        shutil.copy2(path, copy)
        log = Path(f"{path}-wal")
        if log.exists() and log.stat().st_size:
            shutil.copy2(log, f"{copy}-wal")
    return copy
