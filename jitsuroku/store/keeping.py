"""Copies of a store that are whole or not there: a backup of one that is in use, and its way back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.store.looking import look
from jitsuroku.store.opening import StoreError, connect_to_read, damage, in_plain_words, mark_damaged, may_be_written

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
        put_aside(path)
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


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place at the end; whatever happens before, the target stays as it was."""
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        yield beside
        _to_disk(beside)
        os.replace(beside, target)
        _to_disk(target.parent)
    finally:
        for name in ("", *BESIDE, "-journal"):
            Path(f"{beside}{name}").unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_aside(path: Path) -> None:
    """Make sure that nobody uses the store that is to be replaced, and that nothing of it stays beside its file.

    Raises StoreError when another process has it open. One that SQLite cannot open is in nobody's use.
    """
    if path.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(str(path), timeout=1.0)) as connection:
            try:
                connection.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.OperationalError as problem:
                if "locked" in str(problem):
                    raise StoreError(f"{path}: another process has it open; stop it, then try again") from problem
    for name in BESIDE:
        Path(f"{path}{name}").unlink(missing_ok=True)


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
