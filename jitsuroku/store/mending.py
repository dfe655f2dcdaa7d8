"""Mends a store: indexes, full-text search and all tables that follow from others are made anew, orphans get their page.

Where SQLite can no longer read the file, what can be saved of it (``salvage.py``) goes into a new one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store.access import Access
from jitsuroku.store.entries import parties_of
from jitsuroku.store.links import ends_of
from jitsuroku.store.looking import SEARCH, look
from jitsuroku.store.opening import connect, in_plain_words
from jitsuroku.store.postgres.instead import refuse_server
from jitsuroku.store.problem import StoreError
from jitsuroku.store.salvage import SAVED, Salvaged, salvage
from jitsuroku.store.search import index_words

# What goes with a page that is lost.
OF_PAGES = ("custody", "run_pages", "addresses")
# What follows from records and pages, and what comparing makes anew.
DERIVED = (
    "event_parties",
    "people",
    "link_ends",
    "link_keys",
    "link_new",
    "link_lost",
    "listing",
    "clusters",
    "cluster_members",
    "cluster_stale",
)
ORPHANS = "document IS NOT NULL AND document NOT IN (SELECT id FROM documents)"
OWN_LINES = "SELECT json FROM records WHERE kind = 'document' AND id NOT IN (SELECT id FROM documents) ORDER BY id"
LISTED = (
    "INSERT INTO documents (id, thread, newest, source, address, reader, language, published) "
    "VALUES (?, ?, 1, ?, ?, '', ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done: ``did`` in words; ``kept`` is the copy of the store as it was; ``salvaged`` is set where SQLite could
    not read it."""

    kept: Path
    did: tuple[str, ...]
    salvaged: Salvaged | None = None


class MendingTables(Access):
    """The part of the store that makes anew what follows from pages and records."""

    def _chain_thread(self, thread: str) -> int:
        raise NotImplementedError

    def _list_all(self) -> None:
        raise NotImplementedError

    def _apply(self, document: str) -> None:
        raise NotImplementedError

    def mend(self) -> tuple[str, ...]:
        """Make indexes, search and derived tables of a file anew; give orphans their document; tells what was done."""
        refuse_server(self.path, "repair")
        with self._writing():
            self._db.execute("REINDEX")
            did = ["indexes made anew", *self._adopt_orphans()]
            self._derive()
            did.append(f"full-text search made anew over {self._index_pages()} pages")
            for (thread,) in self._db.execute("SELECT DISTINCT thread FROM documents ORDER BY thread").fetchall():
                self._chain_thread(thread)
            for (document,) in self._db.execute("SELECT id FROM documents ORDER BY number").fetchall():
                self._apply(document)
            self._list_all()
            self._db.execute("INSERT OR IGNORE INTO cluster_stale SELECT record FROM link_ends")
        return tuple(did)

    def _adopt_orphans(self) -> Iterator[str]:
        """Rows whose document has no entry get one from its own line; judgements wait for their page; others go."""
        adopted = [self._list(self._restored(row[0])) for row in self._db.execute(OWN_LINES).fetchall()]
        if adopted:
            yield f"{len(adopted)} documents entered again"
        freed = self._db.execute(f"UPDATE records SET document = NULL WHERE kind = 'judgement' AND {ORPHANS}").rowcount
        if freed:
            yield f"{freed} judgements wait for their page"
        for table in ("records", "pages", "custody"):
            gone = self._db.execute(f"DELETE FROM {table} WHERE {ORPHANS}").rowcount
            if gone:
                yield f"{gone} {table} without a document taken out"

    def _list(self, own: Record) -> str:
        assert isinstance(own, DocumentRecord)
        query = "SELECT thread FROM documents WHERE address = ? OR (address IS NULL AND source = ?) ORDER BY number"
        found = self._db.execute(query, (own.address, own.source)).fetchone()
        thread = found[0] if found else own.id
        values = (own.id, thread, own.source, own.address, own.language, own.published)
        self._db.execute(LISTED, values)
        return own.id

    def _derive(self) -> None:
        """Parties, people and the ends of links from the records; all keys are to be made again."""
        for table in DERIVED:
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("DELETE FROM link_lost")
        self._db.execute("UPDATE documents SET linker = NULL")
        for id, line in self._db.execute("SELECT id, coalesce(judged, json) FROM records ORDER BY id"):
            record = self._restored(line)
            self._insert("event_parties", ((code, side, id) for code, side in parties_of(record)))
            self._insert("link_ends", ends_of(record))
            if isinstance(record, DocumentRecord):
                people = [(f, p) for p in record.people for f in (p.name, *p.forms)]
                self._insert("people", ((f, id, p.name, p.country, p.office, p.actor) for f, p in people))

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            self._db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def _index_pages(self) -> int:
        """Make the search index anew: its tables may be damaged themselves, so they go and come again."""
        made = self._db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (SEARCH,)).fetchone()[0]
        self._db.execute(f"DROP TABLE {SEARCH}")
        self._db.execute(made)
        query = "SELECT d.number, r.json FROM documents d JOIN records r ON r.id = d.id ORDER BY d.number"
        number = 0
        for row, line in self._db.execute(query):
            own = self._restored(line)
            assert isinstance(own, DocumentRecord)
            words = index_words("\n".join([own.title or "", own.text]))
            self._db.execute(f"INSERT INTO {SEARCH} (rowid, words) VALUES (?, ?)", (row, words))
            number += 1
        return number

    def every_document(self) -> tuple[str, ...]:
        """The ids of all documents, all versions, in the order of arrival."""
        return tuple(row[0] for row in self._rows("SELECT id FROM documents ORDER BY number"))

    def set_reader(self, document: str, reader: str) -> None:
        """Another version of the reader reads a page as it stands in the store; its links stay as they are."""
        with self._writing():
            linker = self._db.execute("SELECT linker FROM documents WHERE id = ?", (document,)).fetchone()[0]
            self._db.execute("UPDATE documents SET reader = ? WHERE id = ?", (reader, document))
            self._db.execute("UPDATE documents SET linker = ? WHERE id = ?", (linker, document))

    def drop_pageless(self) -> int:
        """Take out the documents whose page is missing; judgements on them wait for it."""
        pageless = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM pages)"
        with self._writing():
            waiting = f"UPDATE records SET document = NULL WHERE kind = 'judgement' AND document IN ({pageless})"
            self._db.execute(waiting)
            return int(self._db.execute(f"DELETE FROM documents WHERE id IN ({pageless})").rowcount)

    def incomplete(self, lost: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
        """Of the documents that stand here those of which a lost record is known, or whose own line is missing."""
        query = "SELECT id FROM documents WHERE id NOT IN (SELECT id FROM records) ORDER BY number"
        touched = {document for _, document in lost} | {row[0] for row in self._db.execute(query)}
        return tuple(
            row[0] for row in self._db.execute("SELECT id FROM documents ORDER BY number") if row[0] in touched
        )


def rebuilt(path: Path, beside: Path) -> tuple[Salvaged, tuple[str, ...]]:
    """Put what can be saved of a store into a new file; gives what was lost and the other tables that could not be copied.

    Raises StoreError when nothing can be made of it.
    """
    found = salvage(path, beside)
    if not found.documents:
        raise StoreError(f"{path}: nothing of it can be read any more; restore a backup or add your pages again")
    with in_plain_words(beside), closing(connect(beside, create=False, timeout=0.0)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("ATTACH ? AS damaged", (str(path),))
        names = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
        others = [n for n in names if n not in (*SAVED, *DERIVED) and not n.startswith((SEARCH, "sqlite_"))]
        lost = tuple(name for name in others if not _copied(db, name))
        for name in OF_PAGES:
            db.execute(f"DELETE FROM {name} WHERE document NOT IN (SELECT id FROM documents)")
        return found, lost


def _copied(db: Any, table: str) -> bool:
    try:
        db.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM damaged.{table}")
    except sqlite3.Error:
        return False
    return True


def may_be_mended(path: Path) -> None:
    """Raises StoreError where mending is not allowed: no file, another program's, a newer schema, no right to write."""
    if not path.exists():
        raise StoreError(f"{path}: no store there")
    if not os.access(path, os.W_OK) or not os.access(path.absolute().parent, os.W_OK):
        raise StoreError(f"{path}: the file or its folder is read-only; nothing was changed")
    try:
        found = look(path)
    except StoreError as problem:
        if "damaged" in str(problem) or "not a jitsuroku store" in str(problem):
            return
        raise
    if found.is_newer:
        raise StoreError(f"{path}: made by a newer jitsuroku (schema {found.schema}); nothing was changed")
