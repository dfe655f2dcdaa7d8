"""A whole store into an empty one, a file or a server: every row of every table as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jitsuroku.records import DocumentRecord
from jitsuroku.store.access import Access
from jitsuroku.store.postgres.address import Server
from jitsuroku.store.problem import StoreError
from jitsuroku.store.search import index_words

# All tables but the search index, which is made anew; each after those that it points to.
TABLES = (
    *("documents", "pages", "records", "event_parties", "people", "link_keys", "link_new", "link_lost", "link_ends"),
    *("listing", "clusters", "cluster_members", "cluster_stale", "people_counts"),
    *("queries", "polls", "originals", "custody", "addresses", "runs", "run_pages"),
)
# Whose numbers are never given twice, also after what had them is gone.
NUMBERED = ("documents", "runs")
INDEXED = "SELECT d.number, r.json FROM documents d JOIN records r ON r.id = d.id ORDER BY d.number"


class CopyTables(Access):
    """The part of the store that takes another one in."""

    def take_in(self, other: CopyTables) -> dict[str, int]:
        """Take in all that another store holds; gives the number of rows by table. All of it or nothing.

        Raises StoreError when this store is not empty, or holds other numbers afterwards.
        """
        with other._snapshot(), self._writing():
            if any(self._number_of(table) for table in TABLES):
                raise StoreError(f"{self.path}: a record stands there already; name an empty store")
            for table in TABLES:
                # What triggers made of the tables before.
                self._db.execute(f"DELETE FROM {table}")
                self._fill(table, other)
            for table in NUMBERED:
                self._set_last_number(table, other._last_number(table))
            self._index(other)
            found = {table: self._number_of(table) for table in TABLES}
            expected = {table: other._number_of(table) for table in TABLES}
            if found != expected:
                raise StoreError(f"{self.path}: {found} rows instead of {expected}; nothing was kept")
        return found

    def _number_of(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def _each(self, query: str) -> Iterator[Any]:
        """Rows one by one, also more than memory holds; inside a transaction."""
        return iter(self._db.stream(query) if isinstance(self.path, Server) else self._db.execute(query))

    def _fill(self, table: str, other: CopyTables) -> None:
        columns = [column[0] for column in other._db.execute(f"SELECT * FROM {table} LIMIT 0").description]
        self._put_in(table, columns, other._each(f"SELECT {', '.join(columns)} FROM {table}"))

    def _put_in(self, table: str, columns: list[str], rows: Iterator[Any]) -> None:
        if isinstance(self.path, Server):
            self._db.put_in(table, columns, rows)
        else:
            marks = ", ".join("?" * len(columns))
            self._db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def _index(self, other: CopyTables) -> None:
        rows = ((number, self._words(line)) for number, line in other._each(INDEXED))
        self._put_in("search", ["rowid", "words"], rows)

    def _words(self, line: str) -> str:
        own = self._restored(line)
        assert isinstance(own, DocumentRecord)
        return index_words("\n".join([own.title or "", own.text]))

    def _last_number(self, table: str) -> int:
        if isinstance(self.path, Server):
            query = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table}_number_seq"
        else:
            query = f"SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = '{table}'"
        return int(self._db.execute(query).fetchone()[0])

    def _set_last_number(self, table: str, number: int) -> None:
        if isinstance(self.path, Server):
            query = f"SELECT setval('{table}_number_seq', {max(number, 1)}, {str(number > 0).lower()})"
            self._db.execute(query)
        else:
            self._db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            self._db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
