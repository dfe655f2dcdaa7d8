"""Pages that were read elsewhere into the store, many in one transaction, with the result of saving them one by one.

A page that stands alone (new, no other version of it in the store or among those that come) goes straight into the
tables; every other takes the way of ``save``. A judgement that waits for its page finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zlib import compress

from jitsuroku.records import Block, Page, Record
from jitsuroku.store.arrivals import LEVEL, ArrivalTables, Custody, RunPage
from jitsuroku.store.days import first_and_last
from jitsuroku.store.entries import DOCUMENT, as_line, block_values, date_in, entry_in, parties_in, rest_of
from jitsuroku.store.saving import INSERT_RECORD, Saved
from jitsuroku.store.search import index_words

INSERT = {
    "documents": "INSERT INTO documents (id, thread, newest, source, address, reader, language, published, day_from, "
    "day_to, outlet, private, seen) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "pages": "INSERT INTO pages (document, text, page, blocks) VALUES (?, ?, ?, ?)",
    "records": INSERT_RECORD,
    "event_parties": "INSERT INTO event_parties VALUES (?, ?, ?)",
    "people": "INSERT OR IGNORE INTO people VALUES (?, ?, ?, ?, ?, ?)",
    "custody": "INSERT INTO custody VALUES (?, ?, ?, ?, ?, ?)",
    "originals": "INSERT OR IGNORE INTO originals VALUES (?, ?, ?)",
}
# What a page tells stands together as it came; these are kept by their key.
SORTED = ("event_parties", "people", "custody")
GIVEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Ready:
    """A page as it was read elsewhere: ``lines`` are its records as lines of the export, each with its JSON object, its
    own line among them; ``reader`` the version that read it; ``custody`` how it came in; ``words`` those for the search index,
    None where they are to be made."""

    page: Page
    blocks: tuple[Block, ...]
    lines: tuple[tuple[dict[str, Any], str], ...]
    reader: str
    private: bool = False
    custody: Custody | None = None
    words: str | None = None


class LoadingTables(ArrivalTables):
    """The part of the store that takes many pages at once."""

    def _save(
        self,
        page: Page,
        blocks: Iterable[Block],
        records: Iterable[Record],
        reader: str,
        private: bool,
        custody: Custody | None,
    ) -> Saved:
        raise NotImplementedError

    def _rename(self, document: str, source: str) -> None:
        raise NotImplementedError

    def _mark(self, document: str, private: bool) -> list[str]:
        raise NotImplementedError

    def _anything(self, judgement: str = "") -> bool:
        raise NotImplementedError

    def _list_new(self, documents: Iterable[str]) -> None:
        raise NotImplementedError

    def keep(self, ready: Ready, *, again: bool = False) -> Saved:
        """Put one page into the store, whole or not at all; one that stands there as this version read it stays as it is,
        unless ``again``. Raises StoreError."""
        with self._writing():
            rows = _Rows(self._standing([ready]))
            saved = self._load(ready, rows, again)
            self._flush(rows)
            if self._anything():
                self._apply(ready.page.id)
        return saved

    def hold(self, kilobytes: int) -> None:
        """Keep so much of the file in memory: much for what writes at many places, little for what runs all day."""
        self._db.execute(f"PRAGMA cache_size = -{int(kilobytes)}")

    def load(self, pages: Sequence[Ready], run: int, origin: str) -> tuple[Saved, ...]:
        """Put pages into the store, all of them or none, and note them in a run as come from ``origin``; gives what each
        of them changed. Links are not made. Raises StoreError."""
        with self._writing():
            rows = _Rows(self._standing(pages))
            saved = tuple(self._load(ready, rows) for ready in pages)
            self._flush(rows)
            if self._anything():
                for ready in pages:
                    self._apply(ready.page.id)
            told = zip(pages, saved, strict=True)
            self._note_pages(run, [RunPage(r.page.source, origin, r.page.id, s.value, None) for r, s in told])
        return saved

    def _standing(self, pages: Sequence[Ready]) -> _Standing:
        """What stands in the store of these pages, and beside them under their addresses and sources."""
        ids = as_line(sorted({r.page.id for r in pages}))
        sources = as_line(sorted({r.page.source for r in pages}))
        addresses = as_line(sorted({r.page.address for r in pages if r.page.address}))
        found = self._all(f"SELECT id, source, reader, private FROM documents WHERE id IN {GIVEN}", ids)
        taken = self._all(f"SELECT source FROM documents WHERE source IN {GIVEN}", sources)
        reached = self._all(f"SELECT address FROM documents WHERE address IN {GIVEN}", addresses)
        came = self._all(f"SELECT document, source, address, fetched, by FROM custody WHERE document IN {GIVEN}", ids)
        return _Standing(
            {row[0]: (row[1], row[2], row[3]) for row in found},
            {row[0] for row in taken},
            {row[0] for row in reached},
            {tuple(row) for row in came},
        )

    def _load(self, ready: Ready, rows: _Rows, again: bool = False) -> Saved:
        page = ready.page
        if rows.standing.is_alone(page):
            rows.add(ready)
            return Saved.NEW
        if not again and rows.standing.is_known(ready):
            return Saved.SAME
        self._flush(rows)
        found = self._db.execute("SELECT source, reader FROM documents WHERE id = ?", (page.id,)).fetchone()
        if found is None or found[1] != ready.reader or again:
            records = (self._restored(line) for _, line in ready.lines)
            return self._save(page, ready.blocks, records, ready.reader, ready.private, ready.custody)
        if page.source < found[0]:
            self._rename(page.id, page.source)
        self._receive_again(page.id, ready.custody)
        if ready.private:
            self._mark(page.id, True)
        return Saved.SAME

    def _flush(self, rows: _Rows) -> None:
        """Write what waits, and each page's words under its number."""
        for table, query in INSERT.items():
            waiting = rows.tables[table]
            self._db.executemany(query, sorted(waiting, key=_by_key) if table in SORTED else waiting)
            waiting.clear()
        query = f"SELECT id, number FROM documents WHERE id IN {GIVEN}"
        numbers = dict(self._db.execute(query, (as_line(list(rows.words)),)).fetchall())
        found = sorted((numbers[id], words) for id, words in rows.words.items())
        self._db.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", found)
        self._list_new(rows.words)
        rows.words.clear()


def _by_key(row: tuple[Any, ...]) -> tuple[str, str, str]:
    return row[0], str(row[1]), str(row[2])


class _Standing:
    """What is known of the pages that stand in the store, and of those that were put beside them just now."""

    def __init__(
        self, known: dict[str, tuple[str, str, int]], sources: set[str], addresses: set[str], came: set[tuple[Any, ...]]
    ) -> None:
        self.known, self.sources, self.addresses, self.came = known, sources, addresses, came
        self.ids = set(known)

    def is_alone(self, page: Page) -> bool:
        """Whether no version of the page is there."""
        return not (page.id in self.ids or page.source in self.sources or page.address in self.addresses)

    def is_known(self, ready: Ready) -> bool:
        """Whether the page stands there as it came, so that nothing changes."""
        source, reader, private = self.known.get(ready.page.id, ("", "", 0))
        same = (source, reader) == (ready.page.source, ready.reader) and private >= ready.private
        return same and (ready.custody is None or _way(ready.page.id, ready.custody)[:5] in self.came)

    def note(self, page: Page) -> None:
        """The page stands there now."""
        self.ids.add(page.id)
        self.sources.add(page.source)
        if page.address:
            self.addresses.add(page.address)


class _Rows:
    """The rows of pages that stand alone, by table, as long as they wait to be written."""

    def __init__(self, standing: _Standing) -> None:
        self.standing = standing
        self.tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in INSERT}
        self.words: dict[str, str] = {}

    def add(self, ready: Ready) -> None:
        """Let a page wait."""
        page, custody = ready.page, ready.custody
        self.standing.note(page)
        rest = rest_of(page) | ({"fetched": custody.fetched} if custody and custody.fetched else {})
        self.tables["pages"].append((page.id, page.text, as_line(rest), as_line(block_values(ready.blocks))))
        for value, line in ready.lines:
            if value["kind"] == DOCUMENT:
                told = value | {"source": page.source, "fetched": rest["fetched"], "private": ready.private}
                self._add_document(ready, told)
                self._add_record(told, as_line(told))
            else:
                self._add_record(value, line)
        if custody is not None:
            self._receive(page, custody)

    def _add_document(self, ready: Ready, own: dict[str, Any]) -> None:
        page, seen = ready.page, ready.custody.seen if ready.custody else None
        days = first_and_last(date_in(own))
        told = (page.source, page.address, ready.reader, own["language"], own["published"], *days, own["outlet"])
        self.tables["documents"].append((page.id, page.id, *told, int(ready.private), seen))
        found: set[tuple[Any, ...]] = set()
        for p in own["people"]:
            forms = {p["name"], *p["forms"]}
            found |= {(f, page.id, p["name"], p["country"], p["office"], p["actor"]) for f in forms}
        self.tables["people"] += sorted(found, key=str)
        self.words[page.id] = ready.words or index_words("\n".join([own["title"] or "", own["text"]]))

    def _add_record(self, value: dict[str, Any], line: str) -> None:
        e = entry_in(value, line)
        self.tables["records"].append(
            (e.id, e.kind, e.document, e.start, e.type, e.status, e.day_from, e.day_to, e.json, 0)
        )
        self.tables["event_parties"] += [(code, side, e.id) for code, side in parties_in(value)]

    def _receive(self, page: Page, custody: Custody) -> None:
        self.tables["custody"].append(_way(page.id, custody))
        if custody.data is not None and sha256(page.text.encode()).hexdigest() != custody.sha256:
            self.tables["originals"].append((custody.sha256, len(custody.data), compress(custody.data, LEVEL)))


def _way(document: str, custody: Custody) -> tuple[str, ...]:
    """A way in which a page came in, as a row."""
    told = (custody.source, custody.address or "", custody.fetched or "", custody.by)
    return (document, *told, custody.sha256)
