"""Opens a store on a server: its tables stand in a schema of their own, brought up to date by numbered migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from jitsuroku.store.postgres.address import Server
from jitsuroku.store.postgres.connection import Connection
from jitsuroku.store.postgres.dialect import SCHEMA
from jitsuroku.store.problem import StoreError

MIGRATIONS = Path(__file__).parents[1] / "schema" / "postgres"
OWNER = f"SELECT nspowner::regrole::text, pg_has_role(nspowner, 'MEMBER') FROM pg_namespace WHERE nspname = '{SCHEMA}'"
ROLES = "jitsuroku roles --db ADDRESS prints what who runs the server has to say"


def migrations() -> tuple[Path, ...]:
    """The migrations in order; the n-th brings a store from schema n-1 to n."""
    return tuple(sorted(MIGRATIONS.glob("*.sql")))


def connect(server: Server, *, create: bool, patience: float) -> Connection:
    """A connection to a store of the newest schema. ``patience``: seconds to wait for another writer.

    Raises StoreError when there is no store (and none is to be made), it comes from a newer jitsuroku, or the server cannot be
    reached or refuses.
    """
    with in_plain_words(server):
        made = Connection(server, patience)
        try:
            _prepare(made, server, create)
        except BaseException:
            made.close()
            raise
        return made


def connect_to_read(server: Server) -> Connection:
    """A connection that can change nothing, to a store of this or an older schema. Raises StoreError as ``connect`` does."""
    with in_plain_words(server):
        made = Connection(server, 0.0)
        if schema_of(made) is None:
            made.close()
            raise StoreError(_no_store(server))
        made.execute("PRAGMA query_only = ON")
        return made


def _no_store(server: Server) -> str:
    return f"{server}: no store there; make one with: jitsuroku add PAGES --db {server}"


def _prepare(connection: Connection, server: Server, create: bool) -> None:
    if connection.encoding != "UTF8":
        told = f"the database's encoding is {connection.encoding}; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        raise StoreError(f"{server}: {told}")
    version, known = schema_of(connection), len(migrations())
    if version is None and not create:
        raise StoreError(_no_store(server))
    if version is not None and version > known:
        raise StoreError(
            f"{server}: made by a newer jitsuroku (schema {version}, this one knows up to {known}); install the newer one"
        )
    if version is None or version < known:
        _migrate(connection)


def schema_of(connection: Any) -> int | None:
    """The schema of the store in this database; None where there is none. Raises StoreError when it is another program's."""
    if not connection.execute("SELECT to_regclass(?)", (f"{SCHEMA}.state",)).fetchone()[0]:
        strange = f"SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace('{SCHEMA}') LIMIT 1"
        if connection.execute(strange).fetchone():
            raise StoreError(
                f"{connection.server}: a schema {SCHEMA} of another program stands there; choose another database"
            )
        return None
    return int(connection.execute(f"SELECT schema FROM {SCHEMA}.state").fetchone()[0])


def _migrate(connection: Connection) -> None:
    """Apply the missing migrations, all or none of them; a second process that does the same at the time waits."""
    connection.begin_alone()
    try:
        if not connection.execute("SELECT to_regnamespace(?)", (SCHEMA,)).fetchone()[0]:
            connection.script(f"CREATE SCHEMA {SCHEMA}")
        owner, is_member = connection.execute(OWNER).fetchone()
        if is_member:
            # So that the tables belong to the writers' role and not to the person who came first.
            connection.script(f"SET LOCAL ROLE {owner}")
        done = schema_of(connection) or 0
        for number, path in enumerate(migrations(), 1):
            if number > done:
                connection.script(path.read_text(encoding="utf-8"))
                connection.execute(f"UPDATE {SCHEMA}.state SET schema = ?", (number,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def in_plain_words(server: Server) -> Iterator[None]:
    """Turns the server's errors into StoreError with what to do."""
    try:
        yield
    except psycopg.Error as problem:
        raise StoreError(f"{server}: {_remedy(problem)}") from problem


def _remedy(problem: Any) -> str:
    told = " ".join(str(problem).split())
    match problem:
        case psycopg.errors.InsufficientPrivilege() | psycopg.errors.ReadOnlySqlTransaction():
            return f"the server does not let you do this ({told}); {ROLES}"
        case psycopg.errors.DiskFull() | psycopg.errors.InsufficientResources():
            return f"the server has no room ({told}); what was finished is kept, free some space and run it again"
        case psycopg.errors.LockNotAvailable():
            return f"others use it right now ({told}); wait for them to end, then try again"
        case psycopg.errors.UndefinedTable() | psycopg.errors.UndefinedColumn() | psycopg.errors.UndefinedFunction():
            return f"its tables are not those of a store ({told}); jitsuroku doctor says more"
        case psycopg.OperationalError():
            return f"{told}; check that the server runs, host, database, user and password; what was finished is kept"
        case psycopg.ProgrammingError() if problem.sqlstate is None:
            # Its own words would repeat the address, and the password in it.
            return "the address cannot be understood; look at what stands behind the ? in it"
        case _:
            return told
