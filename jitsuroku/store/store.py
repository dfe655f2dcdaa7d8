"""The store: everything that was read, in one SQLite file or on a server. All SQL of the project stands in this folder.

One transaction a page: after a crash every page is in the store whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Self

from jitsuroku.contract import dumps
from jitsuroku.records import Block, DocumentRecord, Judgement, Page, Reading, Record
from jitsuroku.store.arrivals import Custody
from jitsuroku.store.catalogue import Catalogue
from jitsuroku.store.clustering import ClusterTables
from jitsuroku.store.copying import CopyTables
from jitsuroku.store.counts import JOINED, Counts
from jitsuroku.store.days import first_and_last
from jitsuroku.store.entries import as_line, block_values, entry_of, page_from, parties_of, rest_of
from jitsuroku.store.filters import Where, condition
from jitsuroku.store.forgetting import ForgettingTables
from jitsuroku.store.judged import Judge, JudgedTables
from jitsuroku.store.leaving import LeavingTables, hide_private
from jitsuroku.store.links import ends_of
from jitsuroku.store.listing import ListingTables
from jitsuroku.store.loading import LoadingTables
from jitsuroku.store.mending import MendingTables
from jitsuroku.store.opening import (
    IN_MEMORY,
    connect,
    connect_to_read,
    in_plain_words,
    unsign,
)
from jitsuroku.store.postgres.address import Server, is_server
from jitsuroku.store.proof import fault_of
from jitsuroku.store.saving import INSERT_RECORD, Saved
from jitsuroku.store.search import index_words
from jitsuroku.store.watching import WatchTables

PATIENCE = 20.0
EXPORT_ORDER = "d.source IS NULL, d.source, r.kind, r.start, r.id"


class Store(
    ListingTables,
    ClusterTables,
    JudgedTables,
    MendingTables,
    ForgettingTables,
    Catalogue,
    Counts,
    LeavingTables,
    WatchTables,
    CopyTables,
    LoadingTables,
):
    """An open store; use it with ``with`` or close it.

    ``create`` False refuses to make a new file; ``read_only`` changes nothing. ``patience``: seconds to wait while another
    process writes. ``judge`` says what judgements make of a page; without it they are kept and change nothing.
    ``leaving`` shows no private page and nothing that stands on one, and changes nothing.
    Every method raises StoreError, with what to do, when the file cannot be read or written.
    """

    def __init__(
        self,
        path: Path | str = IN_MEMORY,
        *,
        create: bool = True,
        read_only: bool = False,
        patience: float = PATIENCE,
        judge: Judge | None = None,
        leaving: bool = False,
    ) -> None:
        path = Server(path) if isinstance(path, str) and is_server(path) else path
        self.path, self.patience, self._judge, self._leaving = path, patience, judge, leaving
        self._db = connect_to_read(path) if read_only else connect(path, create=create, timeout=patience)
        if leaving:
            with in_plain_words(path):
                hide_private(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def leaving(self) -> bool:
        """Whether private pages, and what stands on them, are left out."""
        return self._leaving

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        self._db.close()
        unsign(self.path)

    # --- writing ---------------------------------------------------------------------------------------------------

    def has(self, page: Page, reader: str) -> bool:
        """Whether these bytes stand in the store as this version of the reader read them."""
        found = self._row("SELECT reader FROM documents WHERE id = ?", (page.id,))
        return found is not None and found[0] == reader

    def keep_first_name(self, page: Page) -> None:
        """A page that comes under two names keeps the first in order, so that the order of adding does not matter."""
        found = self._row("SELECT source FROM documents WHERE id = ?", (page.id,))
        if found is not None and page.source < found[0]:
            with self._writing():
                self._rename(page.id, page.source)

    def _rename(self, document: str, source: str) -> None:
        self._db.execute("UPDATE documents SET source = ? WHERE id = ?", (source, document))
        self._db.execute("UPDATE pages SET page = json_set(page, '$.source', ?) WHERE document = ?", (source, document))
        self._rewrite(document, source=source)
        self._list_anew([document])

    def _rewrite(self, document: str, **changes: Any) -> None:
        for (line,) in self._db.execute("SELECT json FROM records WHERE id = ?", (document,)).fetchall():
            changed = dumps(replace(self._restored(line), **changes))
            if changed != line:
                self._db.execute("UPDATE records SET json = ? WHERE id = ?", (changed, document))
                self._apply(document)

    def save(
        self,
        reading: Reading,
        reader: str,
        *,
        again: bool = False,
        private: bool = False,
        custody: Custody | None = None,
    ) -> Saved:
        """Put a page with its records into the store, whole or not at all. ``reader``: the version that read it.

        A page that stands there as this version read it stays as it is, unless ``again``; ``private`` marks it as private.
        ``custody``: how it came in.
        """
        page = reading.page
        if not again and self.has(page, reader):
            self.keep_first_name(page)
            self.receive(page.id, custody)
            return Saved.SAME
        with self._writing():
            return self._save(page, reading.document.blocks, reading.records, reader, private, custody)

    def _save(
        self,
        page: Page,
        blocks: Iterable[Block],
        records: Iterable[Record],
        reader: str,
        private: bool,
        custody: Custody | None,
    ) -> Saved:
        """Put a page in the place of what an earlier reading made of it, in a transaction that is under way."""
        records = tuple(records)
        own = next(r for r in records if isinstance(r, DocumentRecord))
        old = self._db.execute("SELECT number, source FROM documents WHERE id = ?", (page.id,)).fetchone()
        if old is None:
            number = self._insert_document(page, own, reader)
        else:
            number, page = old[0], replace(page, source=min(page.source, old[1]))
            self._forget_reading(page.id, number)
            self._update_document(page, own, reader)
        self._insert_page(page, blocks, number, own)
        self._insert_records(replace(r, source=page.source) if r is own else r for r in records)
        if private:
            self._mark(page.id, True)
        self._receive(page.id, custody)
        versions = self._chain(page.id)
        self._apply(page.id)
        if old is not None:
            return Saved.READ_AGAIN
        return Saved.NEW_VERSION if versions > 1 else Saved.NEW

    def _thread_of(self, page: Page) -> str:
        """The thread of an earlier version: the same address, or the same source where one of them has no address."""
        found = self._db.execute(
            "SELECT thread FROM documents WHERE address = ? OR (source = ? AND (address IS NULL OR ? IS NULL)) "
            "ORDER BY address = ? DESC NULLS LAST, number LIMIT 1",
            (page.address, page.source, page.address, page.address),
        ).fetchone()
        return str(found[0]) if found else page.id

    def _insert_document(self, page: Page, own: DocumentRecord, reader: str) -> int:
        cursor = self._db.execute(
            "INSERT INTO documents (id, thread, newest, source, address, reader, language, published, day_from, day_to, "
            "outlet) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (page.id, self._thread_of(page), *_columns(page, own, reader)),
        )
        return int(cursor.lastrowid)

    def _update_document(self, page: Page, own: DocumentRecord, reader: str) -> None:
        self._db.execute(
            "UPDATE documents SET source = ?, address = ?, reader = ?, language = ?, published = ?, day_from = ?, "
            "day_to = ?, outlet = ? WHERE id = ?",
            (*_columns(page, own, reader), page.id),
        )

    def _forget_reading(self, document: str, number: int) -> None:
        """Take out what the reader made of a page. What a person decided about it stays."""
        self._db.execute("DELETE FROM records WHERE document = ? AND kind <> 'judgement'", (document,))
        for table in ("pages", "people"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        self._db.execute("DELETE FROM search WHERE rowid = ?", (number,))

    def _insert_page(self, page: Page, blocks: Iterable[Block], number: int, own: DocumentRecord) -> None:
        self._db.execute(
            "INSERT INTO pages (document, text, page, blocks) VALUES (?, ?, ?, ?)",
            (page.id, page.text, as_line(rest_of(page)), as_line(block_values(blocks))),
        )
        people = {(f, page.id, p.name, p.country, p.office, p.actor) for p in own.people for f in (p.name, *p.forms)}
        self._db.executemany("INSERT OR IGNORE INTO people VALUES (?, ?, ?, ?, ?, ?)", sorted(people, key=str))
        words = index_words("\n".join([own.title or "", own.text]))
        self._db.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (number, words))

    def _insert_records(self, records: Iterable[Record], layer: int = 0) -> None:
        for record in records:
            e = entry_of(record)
            # A judgement may come before its page.
            known = not isinstance(record, Judgement) or e.document is None or self._document_row(e.document)
            document = e.document if known else None
            values = (e.id, e.kind, document, e.start, e.type, e.status, e.day_from, e.day_to, e.json, layer)
            self._db.execute(INSERT_RECORD, values)
            if parties := [(code, side, e.id) for code, side in parties_of(record)]:
                self._db.executemany("INSERT INTO event_parties VALUES (?, ?, ?)", parties)
            if ends := list(ends_of(record)):
                self._db.executemany("INSERT OR IGNORE INTO link_ends (record, link) VALUES (?, ?)", ends)

    def _chain(self, document: str) -> int:
        """Each version of a page replaces the one that came before it; the last is the newest. Gives their number."""
        thread = self._db.execute("SELECT thread FROM documents WHERE id = ?", (document,)).fetchone()[0]
        return self._chain_thread(thread)

    def _chain_thread(self, thread: str) -> int:
        query = "SELECT id FROM documents WHERE thread = ? ORDER BY coalesce(seen, ''), number"
        found = self._db.execute(query, (thread,))
        ids = [row[0] for row in found]
        private = self._keep_private(thread)
        for earlier, own in zip([None, *ids], ids, strict=False):
            self._db.execute("UPDATE documents SET newest = ? WHERE id = ?", (int(own == ids[-1]), own))
            self._rewrite(own, replaces=earlier, private=private)
        self._list_anew(ids)
        return len(ids)

    def put(self, records: Iterable[Record]) -> None:
        """Store records that belong to no single page (links, meetings), and judgements."""
        kept = tuple(records)
        with self._writing():
            self._insert_records(kept)
            self._apply_to({r.document for r in kept if isinstance(r, Judgement) and r.document})

    def remove(self, documents: Iterable[str]) -> int:
        """Take documents (ids) out of everything, the search index included; gives how many there were."""
        with self._writing():
            gone = [found for d in documents if (found := self._document_row(d)) is not None]
            copies = self._copies_of(document for document, _, _ in gone)
            for document, number, _ in gone:
                self._db.execute("DELETE FROM search WHERE rowid = ?", (number,))
                self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
            for thread in sorted({thread for _, _, thread in gone}):
                self._chain_thread(thread)
            self._tell_originals(copies)
            # Merges the index, so that its words leave the file and not only the results.
            self._db.execute("INSERT INTO search (search) VALUES ('optimize')")
        return len(gone)

    def _document_row(self, document: str) -> tuple[str, int, str] | None:
        row = self._db.execute("SELECT id, number, thread FROM documents WHERE id = ?", (document,)).fetchone()
        return (row[0], row[1], row[2]) if row else None

    # --- reading ---------------------------------------------------------------------------------------------------

    def find_documents(self, name: str, *, newest: bool = True) -> tuple[str, ...]:
        """The ids of the document with this id, else of the pages with this source or address, else of those with this
        file name. Of a page the newest version, or with ``newest`` False all."""
        if self._row("SELECT 1 FROM documents WHERE id = ?", (name,)):
            return (name,)
        exact = self._documents_where("source = ?1 OR address = ?1", name, newest)
        return exact or self._documents_where("substr(source, length(source) - length(?1)) = '/' || ?1", name, newest)

    def _documents_where(self, called: str, name: str, newest: bool) -> tuple[str, ...]:
        query = (
            f"SELECT id FROM documents WHERE newest >= ?2 AND thread IN (SELECT thread FROM documents WHERE {called}) "
            "ORDER BY source, number"
        )
        return tuple(row[0] for row in self._rows(query, (name, int(newest))))

    def records(self, where: Where) -> Iterator[Record]:
        """The records asked for, in the order of the export; events and statements by day where one is asked for."""
        asked, values = condition(where)
        by_day = where.since is not None or where.until is not None
        order = f"r.day_from, {EXPORT_ORDER}" if by_day else EXPORT_ORDER
        line = "coalesce(r.judged, r.json)" if where.judged else "r.json"
        query = f"SELECT {line} {JOINED} WHERE {asked} ORDER BY {order}"
        if where.limit is not None:
            query += f" LIMIT {int(where.limit)}"
        for (line,) in self._rows(query, values):
            yield self._restored(line)

    def undated(self, where: Where) -> int:
        """How many records ``since`` and ``until`` leave out because they carry no date."""
        asked, values = condition(replace(where, since=None, until=None))
        return int(self._row(f"SELECT count(*) {JOINED} WHERE {asked} AND r.day_from IS NULL", values)[0])

    def page(self, document: str) -> Page:
        """The page as received. Raises KeyError when the document is not in the store."""
        found = self._row("SELECT page, text FROM pages WHERE document = ?", (document,))
        if found is None:
            raise KeyError(document)
        return page_from(json.loads(found[0]), found[1])

    def blocks(self, document: str) -> tuple[Block, ...]:
        """The blocks of a page. Raises KeyError when the document is not in the store."""
        found = self._row("SELECT blocks FROM pages WHERE document = ?", (document,))
        if found is None:
            raise KeyError(document)
        return tuple(Block(*block) for block in json.loads(found[0]))

    def untrue(self) -> Iterator[str]:
        """What is wrong with each stored line that can no longer be proved from its own content and its page."""
        query = "SELECT id, json FROM records WHERE {} ORDER BY kind, start, id"
        pages = self._rows(
            "SELECT d.id, p.text FROM documents d LEFT JOIN pages p ON p.document = d.id ORDER BY number"
        )
        for document, text in chain(pages, [(None, None)]):
            if document is not None and text is None:
                yield f"{document}: its page is missing"
            which = ("document IS NULL", ()) if document is None else ("document = ?", (document,))
            for id, line in self._rows(query.format(which[0]), which[1]):
                if fault := fault_of(id, line, text):
                    yield fault

    def stale(self, reader: str) -> tuple[str, ...]:
        """The documents that another version of the reader read."""
        found = self._rows("SELECT id FROM documents WHERE reader <> ? ORDER BY number", (reader,))
        return tuple(row[0] for row in found)

    def state(self) -> tuple[int, int]:
        """A value that is another whenever the store has changed, by this process or another one."""
        return int(self._row("PRAGMA data_version")[0]), int(self._db.total_changes)


def _columns(page: Page, own: DocumentRecord, reader: str) -> tuple[str | None, ...]:
    """What the documents table holds of a page beside its id and thread."""
    first, last = first_and_last(own.published or own.anchor)
    return page.source, page.address, reader, own.language, own.published, first, last, own.outlet
