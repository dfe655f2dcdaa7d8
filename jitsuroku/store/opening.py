"""Opens a store: one SQLite file, brought to the newest schema by numbered migrations, with errors in plain words."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.store.postgres.address import Server
from jitsuroku.store.problem import StoreError

MIGRATIONS = Path(__file__).parent / "schema" / "migrations"
# Tells a store of ours from other programs' SQLite files: "jits" in ASCII.
APPLICATION = 0x6A697473
# What a file says of itself whose place another one took while somebody waited for it: "gone".
REPLACED = 0x676F6E65
IN_MEMORY = ":memory:"
# Kilobytes of the file that are kept at hand. The keys of a page lie all over the file: with SQLite's own 2,000 each of them
# is read, and written, again and again.
CACHE = 64_000
SQLITE_VERSION: str = sqlite3.sqlite_version
DAMAGED = (
    "is damaged; jitsuroku doctor says where, jitsuroku doctor --repair mends it, "
    "jitsuroku export --salvage saves what can be read"
)


def migrations() -> tuple[Path, ...]:
    """The migrations in order; the n-th brings a store from schema n-1 to n."""
    return tuple(sorted(MIGRATIONS.glob("*.sql")))


def connect(path: Path | str, *, create: bool, timeout: float) -> Any:
    """A connection to a store of the newest schema. ``timeout``: seconds to wait for another writer.

    Raises StoreError when there is no store (and none is to be made), it is another program's file, it comes from a
    newer jitsuroku, or it cannot be opened.
    """
    if isinstance(path, Server):
        return _server().connect(path, create=create, patience=timeout)
    if str(path) == IN_MEMORY:
        return _opened(path, path, timeout)
    if not create and not Path(path).exists():
        raise StoreError(f"{path}: no store there; make one with: jitsuroku add PAGES --db {path}")
    with in_plain_words(path):
        if create:
            Path(path).absolute().parent.mkdir(parents=True, exist_ok=True)
        try:
            return _opened(path, path, timeout)
        except sqlite3.OperationalError as problem:
            if may_be_written(path) or "locked" in str(problem):
                raise
            return _opened(read_only_address(path), path, timeout, uri=True)


def connect_to_read(path: Path | str) -> Any:
    """A connection that can change nothing and leaves no file behind, to a store of this or an older schema.

    Raises StoreError as ``connect`` does.
    """
    if isinstance(path, Server):
        return _server().connect_to_read(path)
    with in_plain_words(path):
        return _opened(read_only_address(path), path, 0.0, uri=True, migrating=False)


def is_file(path: Path | str) -> bool:
    """Whether a store is a file, not in memory nor on a server."""
    return str(path) != IN_MEMORY and not isinstance(path, Server)


def may_be_written(path: Path | str) -> bool:
    file = Path(path).absolute()
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def read_only_address(path: Path | str) -> str:
    """The address of a store for reading alone.

    SQLite reads a WAL store beside its ``-wal`` and ``-shm`` files, or makes them and leaves them there. Where there are
    none, nobody is writing, so that the file is whole as it stands: ``immutable``.
    """
    whole = not Path(f"{path}-wal").exists()
    return Path(path).absolute().as_uri() + "?mode=ro" + ("&immutable=1" if whole else "")


def _opened(name: Path | str, path: Path | str, timeout: float, uri: bool = False, migrating: bool = True) -> Any:
    connection = sqlite3.connect(str(name), timeout=timeout, isolation_level=None, uri=uri)
    try:
        _prepare(connection, path, timeout, migrating)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, path: Path | str, timeout: float, migrating: bool) -> None:
    # In this order: a process that makes the store right now sets both at once.
    application = _value(connection, "application_id") if _has_tables(connection) else APPLICATION
    if application == REPLACED:
        raise StoreError(f"{path}: was replaced by another file just now; try again")
    if application != APPLICATION:
        raise StoreError(f"{path}: an SQLite file of another program; choose another --db")
    version, known = _value(connection, "user_version"), len(migrations())
    if version > known:
        raise StoreError(
            f"{path}: made by a newer jitsuroku (schema {version}, this one knows up to {known}); install the newer one"
        )
    if version < known and migrating:
        refuse_damaged(path)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    if migrating and (version < known or _journal(connection) == "delete"):
        _use_wal(connection, timeout)
    if migrating and version < known:
        migrate(connection)


def _use_wal(connection: Any, timeout: float) -> None:
    """Switch to the write-ahead log. SQLite does not wait by itself when another process makes the store right now."""
    until = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _value(connection: Any, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _journal(connection: Any) -> str:
    """``wal``; ``delete`` where somebody who was alone with the store did not come to putting it back."""
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def _has_tables(connection: Any) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None


def migrate(connection: Any) -> None:
    """Apply the missing migrations, all or none of them; a second process that does the same at the time waits."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, path in enumerate(migrations(), 1):
            if number > _value(connection, "user_version"):
                for statement in statements(path.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executing a whole script would end the transaction it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _server() -> Any:
    """What opens stores on servers; only who has one needs its library. Raises ImportError, and says what to install."""
    try:
        from jitsuroku.store.postgres import opening
    except ImportError as problem:
        raise ImportError(
            f"a store on a PostgreSQL server needs the extra [postgres] ({problem}): ./dev extra postgres, or "
            "pip install 'jitsuroku[postgres]'"
        ) from None
    return opening


@contextmanager
def in_plain_words(path: Path | str) -> Iterator[None]:
    """Turns SQLite's, the server's and the system's errors into StoreError with what to do."""
    try:
        if isinstance(path, Server):
            with _server().in_plain_words(path):
                yield
        else:
            yield
    except sqlite3.Error as problem:
        raise StoreError(f"{path}: {_remedy(path, str(problem))}") from problem
    except OSError as problem:
        raise StoreError(f"{path}: {problem.strerror}; choose another --db or mend the folder's rights") from problem


def _remedy(path: Path | str, problem: str) -> str:
    known = {
        "locked": f"another process is writing{holder(path)}; wait for it to end, or stop it, then try again",
        "disk is full": "no space left on the disk; what was finished is kept, free some space and run it again",
        "disk I/O": "the disk refuses to write or read; what was finished is kept, check the disk and run it again",
        "readonly": "the file or its folder is read-only; choose another --db or change the rights",
        "unable to open": "cannot be opened; check that the folder exists and may be written",
        "not a database": "is not a jitsuroku store; choose another --db",
        "malformed": DAMAGED,
        "Could not decode": DAMAGED,
    }
    return next((remedy for words, remedy in known.items() if words in problem), problem)


def _note(path: Path | str) -> Path:
    return Path(f"{path}-writer")


def sign(path: Path | str) -> None:
    """Leave beside the store which process writes it, for those who have to wait.

    A note that is ours already stays: writing it anew for every page costs more than the page's records.
    Raises StoreError when the store is known to be damaged.
    """
    if not is_file(path):
        return
    refuse_damaged(path)
    if _writer(path) != os.getpid():
        _note(path).write_text(str(os.getpid()), encoding="ascii")


def unsign(path: Path | str) -> None:
    """Take the note away when it is ours."""
    if is_file(path) and _writer(path) == os.getpid():
        _note(path).unlink(missing_ok=True)


def _writer(path: Path | str) -> int | None:
    try:
        return int(_note(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def holder(path: Path | str) -> str:
    """``" (process 4711)"`` for the process that wrote last, when it still runs; else empty."""
    number = _writer(path)
    if number is None or number <= 0:
        return ""
    if os.name != "posix":
        return f" (process {number})"
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return ""
    except OSError:
        pass
    return f" (process {number})"


def damage(path: Path | str) -> tuple[str, ...]:
    """What SQLite's own check finds wrong in a store, at most twenty lines; () when it is sound."""
    with in_plain_words(path), closing(sqlite3.connect(read_only_address(path), uri=True)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        found += [f"row {r[1]} of {r[0]} points nowhere" for r in connection.execute("PRAGMA foreign_key_check")][:20]
    return tuple(line for line in found if line != "ok")


def _mark(path: Path | str) -> Path:
    return Path(f"{path}-damaged")


def mark_damaged(path: Path | str, damaged: bool) -> None:
    """Leave beside a store that it is damaged, so that nobody writes it before it is mended; or take that away."""
    if may_be_written(path):
        if damaged:
            _mark(path).write_text("found by jitsuroku doctor\n", encoding="ascii")
        else:
            _mark(path).unlink(missing_ok=True)


def refuse_damaged(path: Path | str) -> None:
    """Raises StoreError when the doctor found the store damaged and nobody mended it since."""
    if is_file(path) and _mark(path).exists():
        raise StoreError(f"{path}: {DAMAGED}; nothing is written to it before")
