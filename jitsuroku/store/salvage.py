"""Saves from a damaged store what can be read and proved: whole pages with their texts, record by record.

The file is read without SQLite (``btree.py``), rows are known by their shape, and what is found goes into a new store. A
record is kept when its id follows from its content and its words stand on its page. What the indexes name and no row
holds is lost, and told.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.contract import KINDS
from jitsuroku.store.btree import INTERIOR_INDEX, LEAF_INDEX, LEAF_TABLE, Broken, Cell, Pages
from jitsuroku.store.links import ends_of
from jitsuroku.store.opening import connect, in_plain_words
from jitsuroku.store.problem import StoreError
from jitsuroku.store.proof import fault_of
from jitsuroku.store.restore import restore

# A store that is read for this has none of this reader: its pages count as read by nobody.
NOBODY = "salvaged"
DOCUMENT = re.compile(r"document[0-9a-f]{16}", re.ASCII)
RECORD = re.compile(rf"(?:{'|'.join(KINDS)})[0-9a-f]{{16}}", re.ASCII)
SAVED = ("documents", "pages", "records", "custody", "originals")
# How many columns a row has at least, by the first schema.
DOCUMENT_COLUMNS, PAGE_COLUMNS, RECORD_COLUMNS = 11, 4, 9
CUSTODY_COLUMNS, ORIGINAL_COLUMNS = 6, 3
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
MOST_TOLD = 20
PLACEHOLDERS = (
    "INSERT INTO documents (id, thread, newest, source, address, reader, language, published) "
    "SELECT m.id, m.id, 1, coalesce(json_extract(r.json, '$.source'), m.id), json_extract(r.json, '$.address'), ?, "
    "json_extract(r.json, '$.language'), json_extract(r.json, '$.published') FROM (SELECT document AS id FROM records "
    "WHERE document IS NOT NULL UNION SELECT document FROM pages) m LEFT JOIN records r ON r.id = m.id "
    "WHERE m.id NOT IN (SELECT id FROM documents)"
)
PRIVATE = (
    "UPDATE documents SET private = 1 WHERE id IN (SELECT id FROM records WHERE kind = 'document' "
    "AND json_extract(json, '$.private') = 1)"
)
LOOSE = "DELETE FROM records WHERE id IN (SELECT link FROM link_ends WHERE record NOT IN (SELECT id FROM records))"
MISSING = "FROM seen s LEFT JOIN records r ON r.id = s.id WHERE r.id IS NULL ORDER BY s.document, s.id"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much was saved and what was lost.

    ``lost`` are records that an index names: id and the document they belong to, where that is known. ``unproved`` are
    lines that were found and do not fit their id or page; ``cells`` counts places that are no row any more; ``pages`` are
    the documents whose page is gone, ``unlisted`` those whose entry is.
    """

    documents: int
    records: int
    lost: tuple[tuple[str, str | None], ...]
    unproved: tuple[str, ...]
    cells: int
    pages: tuple[str, ...]
    unlisted: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost."""
        return not (self.lost or self.unproved or self.cells or self.pages or self.unlisted)


def salvage(path: Path, into: Path) -> Salvaged:
    """Put what can be read of a damaged store into a new one. Raises StoreError when either cannot be opened."""
    if not path.exists():
        raise StoreError(f"{path}: no store there")
    with (
        in_plain_words(path),
        Pages(path) as pages,
        in_plain_words(into),
        closing(connect(into, create=True, timeout=0.0)) as db,
    ):
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN IMMEDIATE")
        found = _Salvage(pages, db).run()
        db.execute("COMMIT")
    return found


class _Salvage:
    def __init__(self, pages: Pages, db: Any) -> None:
        self._pages, self._db, self._cells = pages, db, 0
        self._unproved: list[str] = []
        self._columns = {table: _columns(db, table) for table in SAVED}
        self._text = lru_cache(maxsize=64)(self._read_text)
        db.execute("CREATE TEMP TABLE seen (id TEXT PRIMARY KEY, document TEXT)")

    def run(self) -> Salvaged:
        for kind, cell in self._every_cell():
            if kind == LEAF_TABLE:
                self._keep_page(cell)
            else:
                self._note(cell.values)
        for kind, cell in self._every_cell():
            if kind == LEAF_TABLE:
                self._keep_record(cell.values)
        unlisted = self._list_documents()
        self._keep_custody()
        self._keep_private()
        return self._told(unlisted)

    def _keep_custody(self) -> None:
        """How pages came in, and bytes, belong to pages that were saved."""
        self._db.execute("DELETE FROM custody WHERE document NOT IN (SELECT id FROM documents)")
        self._db.execute("DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM custody)")

    def _keep_private(self) -> None:
        """What is private stays so: its own line says it too, and links are told by their ends. A meeting does not name the
        pages that it stands on, nor a link those that are lost; comparing makes both again."""
        self._db.execute(PRIVATE)
        if self._db.execute("SELECT 1 FROM documents WHERE private = 1 LIMIT 1").fetchone() is None:
            return
        for (line,) in self._db.execute("SELECT json FROM records WHERE kind IN ('link', 'flag')").fetchall():
            self._db.executemany("INSERT OR IGNORE INTO link_ends (record, link) VALUES (?, ?)", ends_of(restore(line)))
        self._db.execute("DELETE FROM records WHERE kind = 'meeting'")
        self._db.execute(LOOSE)

    def _every_cell(self) -> Iterator[tuple[int, Cell]]:
        self._cells = 0
        for number in range(1, self._pages.number + 1):
            kind = self._pages.kind(number)
            if kind in (LEAF_TABLE, LEAF_INDEX, INTERIOR_INDEX):
                for cell in self._cells_of(number):
                    if cell is None:
                        self._cells += 1
                    else:
                        yield kind, cell

    def _cells_of(self, number: int) -> Iterator[Cell | None]:
        try:
            yield from self._pages.cells(number)
        except Broken:
            yield None

    def _keep_page(self, cell: Cell) -> None:
        """A row of ``documents`` or ``pages``, known by its shape; a document keeps its number, by which versions follow
        each other."""
        values = cell.values
        if len(values) >= DOCUMENT_COLUMNS and values[0] is None and _is_id(values[1]) and _is_id(values[2]):
            self._insert("documents", (cell.row, *values[1:]))
        elif len(values) >= PAGE_COLUMNS and _is_page(*values[:PAGE_COLUMNS]):
            self._insert("pages", values)
        elif len(values) == ORIGINAL_COLUMNS and _is_original(*values):
            self._insert("originals", values)

    def _insert(self, table: str, values: tuple[Any, ...]) -> None:
        """Put a row into a table as far as it goes; one of an older schema lacks the last columns."""
        names, row = self._columns[table][: len(values)], values[: len(self._columns[table])]
        # A row whose columns hold other things than they should is one of another table, or damaged.
        with suppress(sqlite3.IntegrityError, sqlite3.InterfaceError):
            marks = ", ".join("?" * len(row))
            self._db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})", row)

    def _note(self, values: tuple[Any, ...]) -> None:
        """An entry of an index that names a record, alone or with its document, or that is a row of ``custody``."""
        if len(values) == CUSTODY_COLUMNS and all(isinstance(value, str) for value in values):
            self._keep_way(values)
            return
        if len(values) == 2 and _is_record(values[0]) and isinstance(values[1], int):
            id, document = values[0], None
        elif len(values) == 5 and values[1] in KINDS and _is_record(values[3]):
            id, document = values[3], values[0] if _is_id(values[0]) else None
        else:
            return
        again = "ON CONFLICT (id) DO UPDATE SET document = coalesce(document, excluded.document)"
        self._db.execute(f"INSERT INTO seen VALUES (?, ?) {again}", (id, document))

    def _keep_way(self, values: tuple[Any, ...]) -> None:
        """One way in which a page came in, from the table, which is kept as an index, or from the index by bytes."""
        if _is_id(values[0]) and SHA256.fullmatch(values[5]):
            self._insert("custody", values)
        elif SHA256.fullmatch(values[0]) and _is_id(values[2]):
            digest, source, document, address, fetched, by = values
            self._insert("custody", (document, source, address, fetched, by, digest))

    def _keep_record(self, values: tuple[Any, ...]) -> None:
        if len(values) < RECORD_COLUMNS or not _is_record(values[0]) or values[1] not in KINDS:
            return
        if not isinstance(values[8], str):
            return
        document = values[2] if _is_id(values[2]) else None
        fault = fault_of(values[0], values[8], self._text(document))
        if fault is not None:
            self._unproved.append(fault)
            return
        self._insert("records", values)

    def _read_text(self, document: str | None) -> str | None:
        found = self._db.execute("SELECT text FROM pages WHERE document = ?", (document,)).fetchone()
        return found[0] if found else None

    def _list_documents(self) -> tuple[str, ...]:
        """Enter the documents that records and pages belong to and whose entry is gone."""
        before = {row[0] for row in self._db.execute("SELECT id FROM documents")}
        self._db.execute(PLACEHOLDERS, (NOBODY,))
        return tuple(r[0] for r in self._db.execute("SELECT id FROM documents ORDER BY id") if r[0] not in before)

    def _told(self, unlisted: tuple[str, ...]) -> Salvaged:
        gone = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM pages) ORDER BY id"
        documents, records = (
            self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("documents", "records")
        )
        return Salvaged(
            documents=documents,
            records=records,
            lost=tuple(tuple(row) for row in self._db.execute(f"SELECT s.id, s.document {MISSING}")),
            unproved=tuple(sorted(self._unproved)),
            cells=self._cells,
            pages=tuple(row[0] for row in self._db.execute(gone)),
            unlisted=unlisted,
        )


def _columns(db: Any, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in db.execute(f"PRAGMA table_info({table})"))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and DOCUMENT.fullmatch(value) is not None


def _is_record(value: Any) -> bool:
    return isinstance(value, str) and RECORD.fullmatch(value) is not None


def _is_original(digest: Any, size: Any, packed: Any) -> bool:
    """Whether three values are bytes as received: what they unpack to has this length and this digest."""
    if not (isinstance(digest, str) and isinstance(size, int) and isinstance(packed, bytes)):
        return False
    try:
        data = zlib.decompressobj().decompress(packed, max(size, 0) + 1)
    except zlib.error:
        return False
    return len(data) == size and sha256(data).hexdigest() == digest


def _is_page(document: Any, text: Any, page: Any, blocks: Any) -> bool:
    """Whether four values are a page: its id, its text, the rest as a JSON object with the same id, its blocks."""
    if not (_is_id(document) and all(isinstance(value, str) for value in (text, page, blocks))):
        return False
    try:
        return bool(json.loads(page)["id"] == document and isinstance(json.loads(blocks), list))
    except (KeyError, TypeError, ValueError):
        return False


def lost_lines(found: Salvaged) -> Iterator[str]:
    """What was lost, in words."""
    kinds = Counter(next(k for k in KINDS if id.startswith(k)) for id, _ in found.lost)
    if kinds:
        yield f"lost: {', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))}"
    yield from _named("lost record", (f"{id}{f' of {document}' if document else ''}" for id, document in found.lost))
    yield from _named("not kept, for it cannot be proved", found.unproved)
    yield from _named("its page is lost", found.pages)
    yield from _named("its entry is lost, its name and versions may be too", found.unlisted)
    if found.cells:
        yield f"{found.cells} places in the file are no row any more"


def _named(what: str, names: Any) -> Iterator[str]:
    every = tuple(names)
    yield from (f"{what}: {name}" for name in every[:MOST_TOLD])
    if len(every) > MOST_TOLD:
        yield f"{what}: {len(every) - MOST_TOLD} more"
