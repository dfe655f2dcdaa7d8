"""Looks at a store without changing it: its schema, what a migration would do, whether it may be written, its size."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.store.btree import Broken, Pages
from jitsuroku.store.opening import (
    APPLICATION,
    in_plain_words,
    may_be_written,
    migrations,
    read_only_address,
)
from jitsuroku.store.problem import StoreError

SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Look:
    """``schema`` is the store's own number; ``pending`` tells of each migration that it lacks what it does."""

    schema: int
    pending: tuple[str, ...]
    may_be_written: bool

    @property
    def is_newer(self) -> bool:
        """Whether a newer jitsuroku made it."""
        return self.schema > len(migrations())


def look(path: Path) -> Look:
    """Which schema a store has. Raises StoreError when it is no store of ours."""
    with in_plain_words(path), closing(_raw(path)) as connection:
        schema, application = (_number(connection, p) for p in ("user_version", "application_id"))
    if application != APPLICATION:
        raise StoreError(f"{path}: an SQLite file of another program; choose another --db")
    pending = tuple(_told(migration) for migration in migrations()[schema:])
    return Look(schema, pending, may_be_written(path))


def _raw(path: Path) -> Any:
    return sqlite3.connect(read_only_address(path), uri=True)


def _number(connection: Any, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _told(migration: Path) -> str:
    """``003-judged (What people decided, applied ...)``: a migration by its name and the remark it begins with."""
    first = migration.read_text(encoding="utf-8").split("\n", 1)[0]
    return f"{migration.stem} ({first.removeprefix('--').strip().rstrip('.')})"


def records_by_kind(path: Path) -> Counter[str]:
    """How many records of each kind a store of any schema holds, older versions of pages included."""
    with in_plain_words(path), closing(_raw(path)) as connection:
        return Counter(dict(connection.execute("SELECT kind, count(*) FROM records GROUP BY kind")))


def state_of(path: Path) -> tuple[int, int, bool]:
    """A value that is another when somebody wrote the store meanwhile."""
    now = path.stat()
    return now.st_mtime_ns, now.st_size, Path(f"{path}-wal").exists()


def bytes_by_table(path: Path) -> dict[str, int]:
    """The bytes that each table takes with its indexes, largest first; ``free`` is room that ``compact`` gives back.

    Raises StoreError when the file cannot be read or its tables cannot be told.
    """
    with in_plain_words(path), closing(_raw(path)) as connection:
        query = "SELECT tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0"
        roots = connection.execute(query).fetchall()
        free = _number(connection, "freelist_count")
    found: Counter[str] = Counter()
    with in_plain_words(path), Pages(path) as pages:
        for table, root in roots:
            try:
                found[SEARCH if table.startswith(f"{SEARCH}_") else table] += pages.size * pages.pages_of(root)
            except Broken as problem:
                raise StoreError(f"{path}: {table} cannot be measured: {problem}") from problem
        found["free"] = pages.size * free
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
