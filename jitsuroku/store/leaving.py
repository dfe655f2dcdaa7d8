"""What may leave this machine: everything but private pages, what was read from them, and what joins them with others."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jitsuroku.records import Record
from jitsuroku.store.access import Access
from jitsuroku.store.postgres.address import Server

if TYPE_CHECKING:
    from jitsuroku.store.filters import Where

# A link, a flag between pages and a meeting stand on records of several pages, a judgement quotes records as they stood.
LEAVES = (
    "coalesce(d.private, 0) = 0 AND (r.kind NOT IN ('flag', 'link', 'meeting') OR NOT EXISTS (SELECT 1 FROM link_ends e "
    "JOIN records x ON x.id = e.record JOIN documents y ON y.id = x.document WHERE e.link = r.id AND y.private = 1)) "
    "AND (r.kind <> 'judgement' OR NOT EXISTS (SELECT 1 FROM documents y JOIN records x ON x.document = y.id "
    "WHERE y.private = 1 AND (instr(r.json, x.id) > 0 OR instr(r.json, y.id) > 0)))"
)
# The tables as one sees them who may not see private pages: views of the same names that stand before them, so that no
# question, whoever wrote it, finds what is private.
OF_PRIVATE = "EXISTS (SELECT 1 FROM main.documents own WHERE own.id = {} AND own.private = 1)"
BY_DOCUMENT = ("pages", "people", "custody", "run_pages", "addresses")
BY_RECORD = {
    "event_parties": "event",
    "link_keys": "record",
    "link_new": "record",
    "listing": "record",
    "cluster_members": "record",
    "cluster_stale": "record",
}
ON_RECORD = (
    "EXISTS (SELECT 1 FROM main.records s JOIN main.documents own ON own.id = s.document "
    "WHERE s.id = t.{} AND own.private = 1)"
)

# A cluster with a record on a private page has other members, and may have fewer sources, for those who may not see it.
WITH_PRIVATE = (
    "EXISTS (SELECT 1 FROM main.cluster_members c JOIN main.documents own ON own.id = c.document "
    "WHERE c.cluster = t.id AND own.private = 1)"
)
# Of those whom private pages name, the pages that may be seen are left, and the office as one of these has it; the others are
# counted already.
ON_PRIVATE = (
    "SELECT n.name, coalesce(n.country, '') AS country, count(*) AS pages FROM main.documents d "
    "CROSS JOIN main.people n ON n.document = d.id WHERE d.private = 1 AND d.newest = 1 AND n.form = n.name "
    "GROUP BY n.name, coalesce(n.country, '')"
)
NAMED = (
    "FROM main.people n JOIN main.documents d ON d.id = n.document WHERE n.form = c.name "
    "AND n.name = c.name AND coalesce(n.country, '') = c.country AND d.newest = 1 AND d.private = 0"
)
PEOPLE_COUNTS = (
    f"SELECT c.name, c.country, CASE WHEN p.pages IS NULL OR EXISTS (SELECT 1 {NAMED} AND n.office = c.office) "
    f"THEN c.office ELSE (SELECT max(n.office) {NAMED}) END AS office, "
    "c.documents - coalesce(p.pages, 0) AS documents FROM main.people_counts c "
    f"LEFT JOIN ({ON_PRIVATE}) p ON p.name = c.name AND p.country = c.country WHERE c.documents > coalesce(p.pages, 0)"
)
OF_PRIVATE_PAGES = "SELECT x.id FROM main.records x JOIN main.documents y ON y.id = x.document WHERE y.private = 1"
OF_PRIVATE_FLAGS = (
    "SELECT e.link FROM main.link_ends e JOIN main.records x ON x.id = e.record JOIN main.documents y ON y.id = x.document "
    "WHERE y.private = 1"
)


def hide_private(connection: Any) -> None:
    """Let a connection see no private page and nothing that stands on one; it writes nothing from then on."""
    between = LEAVES.partition(" AND ")[2]
    for table in ("link_ends", "records", "documents"):
        between = between.replace(f"FROM {table} ", f"FROM main.{table} ").replace(
            f"JOIN {table} ", f"JOIN main.{table} "
        )
    shown = {
        "documents": "t.private = 0",
        "records": f"(t.document IS NULL OR NOT {OF_PRIVATE.format('t.document')}) AND {between.replace('r.', 't.')}",
        "clusters": f"NOT {WITH_PRIVATE}",
        **{table: f"NOT {ON_RECORD.format(column)}" for table, column in BY_RECORD.items()},
        **{table: f"(t.document IS NULL OR NOT {OF_PRIVATE.format('t.document')})" for table in BY_DOCUMENT},
    }
    for table, condition in shown.items():
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} t WHERE {condition}")
    connection.execute(f"CREATE TEMP VIEW people_counts AS {PEOPLE_COUNTS}")
    connection.execute("PRAGMA query_only = ON")


class LeavingTables(Access):
    """The part of the store that keeps private pages back."""

    def _rewrite(self, document: str, **changes: Any) -> None:
        raise NotImplementedError

    def set_private(self, documents: Iterable[str], private: bool) -> int:
        """Mark the pages of documents (ids), all their versions, as private or as no longer so; gives how many documents
        changed."""
        changed: dict[str, None] = {}
        with self._writing():
            for document in documents:
                changed |= dict.fromkeys(self._mark(document, private))
        return len(changed)

    def _mark(self, document: str, private: bool) -> list[str]:
        query = "SELECT id FROM documents WHERE thread = (SELECT thread FROM documents WHERE id = ?) AND private <> ?"
        ids = [row[0] for row in self._db.execute(query, (document, int(private))).fetchall()]
        for id in ids:
            self._db.execute("UPDATE documents SET private = ? WHERE id = ?", (int(private), id))
            self._rewrite(id, private=private)
        return ids

    def _keep_private(self, thread: str) -> bool:
        """Every version of a private page is private, also one that comes later."""
        query = "UPDATE documents SET private = 1 WHERE thread = ?1 AND EXISTS (SELECT 1 FROM documents WHERE thread = ?1 AND private = 1)"
        return int(self._db.execute(query, (thread,)).rowcount) > 0

    def private_documents(self) -> frozenset[str]:
        """The ids of the documents that stay here."""
        return frozenset(row[0] for row in self._rows("SELECT id FROM documents WHERE private = 1"))

    def stream(self, where: Where) -> Generator[Record, None, None]:
        """The records asked for in the order of the export, one state of the store, page by page: sorting them all at once
        would hold them in memory. Without a limit, and whatever day they are of."""
        # What may leave is a part of the condition, which this module says.
        from jitsuroku.store.filters import condition

        asked, values = condition(where)
        line = "coalesce(r.judged, r.json)" if where.judged else "r.json"
        order = "ORDER BY r.kind, r.start, r.id"
        of_source = f"SELECT {line} FROM documents d CROSS JOIN records r ON r.document = d.id WHERE d.source = ? AND {asked} {order}"
        of_none = f"SELECT {line} FROM records r LEFT JOIN documents d ON d.id = r.document WHERE r.document IS NULL AND {asked} {order}"
        return (self._restored(told) for told in self._streamed(of_source, of_none, values))

    def _streamed(self, of_source: str, of_none: str, values: list[str]) -> Iterator[str]:
        with self._snapshot():
            for (source,) in self._db.execute("SELECT DISTINCT source FROM documents ORDER BY source"):
                yield from (row[0] for row in self._db.execute(of_source, (source, *values)))
            yield from (row[0] for row in self._db.execute(of_none, values))

    def lines(self, *, newest: bool = True, judged: bool = False) -> Iterator[tuple[str, str | None]]:
        """Every line of the export in order, or with ``judged`` of what views show; with a document's line its page's
        text. One state of the store."""
        line, shown = ("coalesce(r.judged, r.json)", "r.hidden = 0") if judged else ("r.json", "r.layer < 2")
        # A file gives them source by source, so that nothing is sorted; to a server each question is a way there and back.
        on_server = isinstance(self.path, Server)
        of_source, order = ("", "d.source, ") if on_server else ("d.source = ? AND ", "")
        query = (
            f"SELECT {line}, p.text FROM records r JOIN documents d ON d.id = r.document LEFT JOIN pages p ON p.document "
            f"= r.id WHERE {of_source}d.newest >= {int(newest)} AND {shown} AND {LEAVES} ORDER BY {order}r.kind, r.start, r.id"
        )
        of_none = (
            f"SELECT {line}, NULL FROM records r LEFT JOIN documents d ON d.id = r.document WHERE r.document IS NULL "
            f"AND {shown} AND {LEAVES} ORDER BY r.kind, r.id"
        )
        sources = "SELECT DISTINCT source FROM documents ORDER BY source"
        with self._snapshot():
            if on_server:
                yield from self._db.stream(query)
                yield from self._db.stream(of_none)
                return
            for (source,) in self._db.execute(sources).fetchall():
                yield from self._db.execute(query, (source,))
            yield from self._db.execute(of_none)
