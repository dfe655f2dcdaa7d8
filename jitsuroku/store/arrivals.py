"""How pages came in: custody with the bytes as received, and the runs that brought them."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from jitsuroku.store.names import NameTables
from jitsuroku.store.postgres.address import Server

# Packed once and seldom read: measured on saved news pages, 9 gains 1 % over 6 and takes twice as long.
LEVEL = 6
DONE, INTERRUPTED, REFUSED = "done", "interrupted", "refused"


@dataclass(frozen=True, slots=True)
class Custody:
    """One way in which a page came in. ``data``: its bytes where they are to be kept; ``seen``: when, in ISO, also
    where it was not fetched."""

    source: str
    address: str | None
    fetched: str | None
    by: str
    sha256: str
    seen: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class RunPage:
    """What became of one page of a run; ``language`` and ``copies`` as the store has them now."""

    source: str
    origin: str
    document: str | None
    result: str
    problem: str | None
    language: str | None = None
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One call to add pages. ``state``: done, interrupted (Ctrl-C), going on, or broken off (killed)."""

    number: int
    began: str
    ended: str | None
    state: str
    asked: tuple[str, ...]
    reader: str
    pages: int
    refused: int


class ArrivalTables(NameTables):
    """The part of the store that knows where its pages come from."""

    def _chain(self, document: str) -> int:
        raise NotImplementedError

    def _rewrite(self, document: str, **changes: Any) -> None:
        raise NotImplementedError

    # --- custody ----------------------------------------------------------------------------------------------------

    def _receive(self, document: str, custody: Custody | None) -> None:
        """Note one way in which a page came in, in a transaction that is under way. The order of such notes does not
        matter: the earliest counts."""
        if custody is None:
            return
        row = (document, custody.source, custody.address or "", custody.fetched or "", custody.by, custody.sha256)
        is_new = self._db.execute("INSERT OR IGNORE INTO custody VALUES (?, ?, ?, ?, ?, ?)", row).rowcount > 0
        if is_new and custody.data is not None:
            self._keep(document, custody.data, custody.sha256)
        query = "SELECT d.seen, min(nullif(c.fetched, '')) FROM documents d JOIN custody c ON c.document = d.id WHERE d.id = ? GROUP BY d.seen"
        seen, fetched = self._db.execute(query, (document,)).fetchone()
        earliest = min(filter(None, (seen, custody.seen)))
        if earliest != seen:
            self._db.execute("UPDATE documents SET seen = ? WHERE id = ?", (earliest, document))
        if fetched is not None:
            query = "UPDATE pages SET page = json_set(page, '$.fetched', ?) WHERE document = ?"
            self._db.execute(query, (fetched, document))
            self._rewrite(document, fetched=fetched)

    def _keep(self, document: str, data: bytes, digest: str) -> None:
        text = self._db.execute("SELECT text FROM pages WHERE document = ?", (document,)).fetchone()[0]
        if sha256(text.encode()).hexdigest() != digest:
            packed = zlib.compress(data, LEVEL)
            self._db.execute("INSERT OR IGNORE INTO originals VALUES (?, ?, ?)", (digest, len(data), packed))

    def receive(self, document: str, custody: Custody | None) -> None:
        """Note that a page which stands in the store came in again, perhaps from somewhere else."""
        if custody is None:
            return
        with self._writing():
            self._receive_again(document, custody)

    def _receive_again(self, document: str, custody: Custody | None) -> None:
        before = self._db.execute("SELECT seen FROM documents WHERE id = ?", (document,)).fetchone()
        self._receive(document, custody)
        if before != self._db.execute("SELECT seen FROM documents WHERE id = ?", (document,)).fetchone():
            self._chain(document)

    def came_before(self, source: str, address: str | None, digest: str, reader: str) -> str | None:
        """The page that came in so before, from here and with these bytes, as this version of the reader read it."""
        query = (
            "SELECT c.document FROM custody c JOIN documents d ON d.id = c.document "
            "WHERE c.sha256 = ? AND c.source = ? AND c.address = ? AND d.reader = ? LIMIT 1"
        )
        found = self._all(query, digest, source, address or "", reader)
        return str(found[0][0]) if found else None

    def custody(self, document: str) -> tuple[Custody, ...]:
        """Every way in which a page came in, the earliest fetched first. Their bytes: ``original``."""
        query = (
            "SELECT c.source, nullif(c.address, ''), nullif(c.fetched, ''), c.by, c.sha256, coalesce(d.seen, '') FROM custody c "
            "JOIN documents d ON d.id = c.document WHERE c.document = ? ORDER BY c.fetched, c.source, c.address, c.by"
        )
        return tuple(Custody(*row) for row in self._all(query, document))

    def original(self, document: str) -> bytes | None:
        """The bytes of a page as they came in; None where only its text was kept."""
        query = "SELECT o.packed FROM custody c JOIN originals o ON o.sha256 = c.sha256 WHERE c.document = ? LIMIT 1"
        if found := self._all(query, document):
            return zlib.decompress(found[0][0])
        query = "SELECT p.text, c.sha256 FROM pages p JOIN custody c ON c.document = p.document WHERE p.document = ? LIMIT 1"
        for text, digest in self._all(query, document):
            if sha256(text.encode()).hexdigest() == digest:
                return bytes(text.encode())
        return None

    # --- addresses --------------------------------------------------------------------------------------------------

    def address_seen(self, address: str) -> tuple[str | None, str | None, str | None]:
        """Entity tag, date of change and until when to wait, as they were told when the address was last asked for."""
        found = self._all("SELECT etag, modified, wait_until FROM addresses WHERE address = ?", address)
        return (found[0][0], found[0][1], found[0][2]) if found else (None, None, None)

    def see_address(
        self, address: str, seen: tuple[str | None, str | None, str | None], document: str | None = None
    ) -> None:
        """Keep what was told of an address, and which page it gave."""
        with self._writing():
            again = (
                "UPDATE addresses SET etag = ?, modified = ?, wait_until = ?, document = coalesce(?, document) "
                "WHERE address = ?"
            )
            if self._db.execute(again, (*seen, document, address)).rowcount == 0:
                first = "INSERT INTO addresses (address, etag, modified, wait_until, document) VALUES (?, ?, ?, ?, ?)"
                self._db.execute(first, (address, *seen, document))

    # --- runs -------------------------------------------------------------------------------------------------------

    def begin_run(self, asked: Sequence[str], reader: str, at: str) -> int:
        """Open a run; gives its number."""
        with self._writing():
            query = "INSERT INTO runs (began, asked, reader, process) VALUES (?, ?, ?, ?)"
            told = json.dumps(list(asked), ensure_ascii=False)
            return int(self._db.execute(query, (at, told, reader, os.getpid())).lastrowid)

    def end_run(self, number: int, state: str, at: str) -> None:
        """Close a run as done or interrupted."""
        with self._writing():
            self._db.execute("UPDATE runs SET ended = ?, state = ? WHERE number = ?", (at, state, number))

    def drop_run(self, number: int) -> None:
        """Forget a run."""
        with self._writing():
            self._db.execute("DELETE FROM runs WHERE number = ?", (number,))

    def note_pages(self, number: int, pages: Sequence[RunPage]) -> None:
        """Write down what became of pages."""
        with self._writing():
            self._note_pages(number, pages)

    def _note_pages(self, number: int, pages: Sequence[RunPage]) -> None:
        query = "SELECT coalesce(max(place), 0) FROM run_pages WHERE run = ?"
        last = self._db.execute(query, (number,)).fetchone()[0]
        told = (
            (number, place, page.source, page.origin, page.document, page.result, page.problem)
            for place, page in enumerate(pages, last + 1)
        )
        self._db.executemany("INSERT INTO run_pages VALUES (?, ?, ?, ?, ?, ?, ?)", told)

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """The last runs, the newest first."""
        return self._runs("ORDER BY number DESC LIMIT ?", limit)

    def run(self, number: int) -> Run | None:
        """The run of this number."""
        return next(iter(self._runs("WHERE number = ?", number)), None)

    def _runs(self, which: str, value: int) -> tuple[Run, ...]:
        query = (
            "SELECT number, began, ended, state, process, asked, reader, "
            "(SELECT count(*) FROM run_pages WHERE run = number), "
            f"(SELECT count(*) FROM run_pages WHERE run = number AND result = '{REFUSED}') FROM runs {which}"
        )
        return tuple(
            Run(row[0], row[1], row[2], row[3] or self._unended(row[4]), tuple(json.loads(row[5])), *row[6:])
            for row in self._all(query, value)
        )

    def refused_origins(self) -> tuple[str, ...]:
        """What pages came from that were refused when they were last tried, in the order in which they were."""
        query = (
            "SELECT origin FROM (SELECT origin, result, run, place, row_number() OVER "
            "(PARTITION BY origin, source ORDER BY run DESC, place DESC) AS back FROM run_pages) AS tried "
            f"WHERE back = 1 AND result = '{REFUSED}' GROUP BY origin ORDER BY min(run), min(place)"
        )
        return tuple(row[0] for row in self._all(query))

    def run_pages(self, number: int, *, refused: bool = False) -> Iterator[RunPage]:
        """What became of each page of a run, in order; ``refused``: only of those that were."""
        query = (
            "SELECT p.source, p.origin, p.document, p.result, p.problem, d.language, "
            "coalesce(json_array_length(r.json, '$.copies_of'), 0) FROM run_pages p "
            "LEFT JOIN documents d ON d.id = p.document LEFT JOIN records r ON r.id = p.document "
            f"WHERE p.run = ? {f'AND p.result = {REFUSED!r} ' if refused else ''}ORDER BY p.place"
        )
        return (RunPage(*row) for row in self._rows(query, (number,)))

    def _unended(self, process: int) -> str:
        """Whether the process of a run that did not end still runs. That of a store on a server may be another machine's."""
        return "going on or broken off" if isinstance(self.path, Server) else unended(process)


def unended(process: int) -> str:
    """Whether the process of a run that did not end still runs on this machine."""
    if os.name != "posix":
        return "going on or broken off"
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return "broken off"
    except OSError:
        pass
    return "going on"
