"""A connection to a server that answers as one to an SQLite file does, so that the store need not know which it has."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg

from jitsuroku.store.postgres.address import Server
from jitsuroku.store.postgres.dialect import SCHEMA, of_rows, translated, values_for
from jitsuroku.store.problem import StoreError

# The one lock that every writer of a database takes: "jits" in ASCII.
WRITER = 0x6A697473
CONNECT_WITHIN = 10
AT_ONCE = 500
BEGIN_ALONE = f"BEGIN; SET LOCAL lock_timeout = {{patience}}; SELECT pg_advisory_xact_lock({WRITER})"
WRITING = f"; UPDATE {SCHEMA}.state SET writes = writes + 1"
HOLDER = (
    "SELECT a.pid, a.usename FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    f"WHERE l.locktype = 'advisory' AND l.objid = {WRITER} AND l.granted AND l.database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)
# What a session has to be told again after its connection broke: without its views it would see private pages.
OF_SESSION = ("CREATE TEMP", "PRAGMA query_only")


class Answer:
    """What a question gave."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def fetchone(self) -> Any:
        """The next row; None after the last."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return list(self._cursor.fetchall())

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return int(self._cursor.rowcount)

    @property
    def description(self) -> Any:
        """The columns, each with its name first."""
        return self._cursor.description

    @property
    def lastrowid(self) -> int:
        """The number that the row put in last was given."""
        return int(self._cursor.connection.execute("SELECT lastval()").fetchone()[0])


class Connection:
    """A connection that commits each statement by itself, but between BEGIN and COMMIT. Raises psycopg.Error.

    ``patience``: seconds to wait while another process writes. When the server ended the connection between two
    transactions, the next question opens it again.
    """

    total_changes = 0

    def __init__(self, server: Server, patience: float) -> None:
        self.server, self._patience = server, patience
        self._of_session: list[str] = []
        self._process = os.getpid()
        # Whether a transaction is under way, also one that broke off with the connection and was not ended by us yet.
        self.in_transaction = False
        self._own = self._opened()

    def _opened(self) -> Any:
        made = psycopg.connect(
            self.server.whole, autocommit=True, cursor_factory=psycopg.ClientCursor, **self._manner()
        )
        made.execute(f"SET search_path = {SCHEMA}")
        for statement in self._of_session:
            made.execute(translated(statement))
        return made

    def _manner(self) -> dict[str, Any]:
        asked = psycopg.conninfo.conninfo_to_dict(self.server.whole)
        ours = {"application_name": "jitsuroku", "connect_timeout": CONNECT_WITHIN, "client_encoding": "UTF8"}
        return {name: value for name, value in ours.items() if name not in asked}

    @property
    def encoding(self) -> str:
        """The database's character set."""
        return str(self._own.info.parameter_status("server_encoding"))

    def execute(self, query: str, values: Sequence[Any] = ()) -> Answer:
        """Ask one question of the store's."""
        match query:
            case "BEGIN IMMEDIATE":
                return self.begin_alone(WRITING)
            case "COMMIT" | "ROLLBACK":
                return Answer(self._end(query))
        self._open_again()
        answer = Answer(self._own.execute(translated(query), values_for(query, values)))
        self.in_transaction = self.in_transaction or query == "BEGIN"
        if query.startswith(OF_SESSION):
            self._of_session.append(query)
        return answer

    def _open_again(self) -> None:
        """Open a connection that broke, but not in the middle of a transaction: the rest of it must not stand alone."""
        if self._own.closed and self.in_transaction:
            raise psycopg.OperationalError("the connection broke in the middle of a transaction")
        if self._own.closed:
            self._own = self._opened()

    def _end(self, how: str) -> Any:
        """End a transaction. Raises psycopg.Error when what was to be kept was not: of a transaction in which something failed
        the server keeps nothing, and says so in passing."""
        self.in_transaction = False
        if self._own.closed:
            if how == "COMMIT":
                raise psycopg.OperationalError("the connection broke before the transaction was kept")
            return None
        cursor = self._own.execute(how)
        if cursor.statusmessage != how:
            raise psycopg.InternalError("something failed in the transaction, and nothing of it was kept")
        return cursor

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Say the same of many rows: rows to put in go as one statement, for each statement is a way to the server and back."""
        waiting = list(rows)
        together = AT_ONCE if of_rows(query, 1) else 1
        for first in range(0, len(waiting), together):
            batch = waiting[first : first + together]
            self.execute(of_rows(query, len(batch)) or query, [value for row in batch for value in row])

    def stream(self, query: str) -> Iterator[Any]:
        """Rows one by one, also more than memory holds; inside a transaction."""
        self._own.execute(f"DECLARE rows NO SCROLL CURSOR FOR {translated(query)}")
        while batch := self._own.execute(f"FETCH {AT_ONCE} FROM rows").fetchall():
            yield from batch
        self._own.execute("CLOSE rows")

    def put_in(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put many rows into a table by the server's own way for that."""
        with self._own.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as way:
            for row in rows:
                way.write_row(row)

    def script(self, text: str) -> None:
        """Run statements as they stand, in PostgreSQL's own grammar."""
        self._own.execute(text)

    def begin_alone(self, then: str = "") -> Answer:
        """Begin a transaction in which nobody else writes the store, also where there is none yet. Raises StoreError when
        somebody writes it for too long."""
        self._open_again()
        self.in_transaction = True
        try:
            return Answer(self._own.execute(BEGIN_ALONE.format(patience=max(1, round(self._patience * 1000))) + then))
        except BaseException as problem:
            self._end("ROLLBACK")
            if isinstance(problem, psycopg.errors.LockNotAvailable):
                raise StoreError(f"{self.server}: {self._waited_for()}") from problem
            raise

    def _waited_for(self) -> str:
        """Who writes, for those who waited in vain."""
        found = self._own.execute(HOLDER).fetchone()
        who = f" (process {found[0]} of {found[1]})" if found else ""
        return f"another process is writing{who}; wait for it to end, or stop it, then try again"

    def close(self) -> None:
        """Close the connection. Closing twice does no harm."""
        self._own.close()

    def __del__(self) -> None:
        # A store that is let go without being closed closes, as a file does; not in a process that was forked from its own.
        if hasattr(self, "_own") and self._process == os.getpid():
            self._own.close()
