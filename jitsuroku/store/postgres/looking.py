"""Looks at a store on a server without changing it: its schema, what one may do there, its size."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jitsuroku.store.postgres.address import Server
from jitsuroku.store.postgres.dialect import SCHEMA
from jitsuroku.store.postgres.opening import connect_to_read, in_plain_words, migrations, schema_of

SIZES = (
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
    f"WHERE relnamespace = to_regnamespace('{SCHEMA}') AND relkind = 'r' ORDER BY 2 DESC, 1"
)
MAY_WRITE = f"SELECT has_table_privilege('{SCHEMA}.documents', 'INSERT')"


@dataclass(frozen=True, slots=True)
class ServerLook:
    """``version``: the server's; ``pending``: the migrations that the store lacks; ``kinds``: how many records of each, older
    versions of pages included; ``tables``: the bytes that each takes with its indexes, largest first."""

    version: str
    schema: int
    known: int
    pending: tuple[Path, ...]
    may_write: bool
    kinds: Counter[str]
    tables: dict[str, int]

    @property
    def is_newer(self) -> bool:
        """Whether a newer jitsuroku made it."""
        return self.schema > self.known


def look(server: Server) -> ServerLook:
    """What can be said of a store on a server. Raises StoreError when it cannot be reached or is none."""
    with closing(connect_to_read(server)) as connection, in_plain_words(server):
        schema, known = schema_of(connection) or 0, migrations()
        kinds = connection.execute("SELECT kind, count(*) FROM records GROUP BY kind ORDER BY kind")
        return ServerLook(
            version=str(connection.execute("SHOW server_version").fetchone()[0]),
            schema=schema,
            known=len(known),
            pending=known[schema:],
            may_write=bool(connection.execute(MAY_WRITE).fetchone()[0]),
            kinds=Counter(dict(kinds.fetchall())),
            tables=dict(connection.execute(SIZES).fetchall()),
        )
