"""What people decided, applied to what was read: for each page which records are hidden, changed, or added.

How a judgement finds its record is not decided here: the store is given a function for it, and calls it whenever a page
is read or a judgement comes, in the same transaction, so that nobody ever sees the one without the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jitsuroku.contract import dumps
from jitsuroku.records import Judgement, Page, Record
from jitsuroku.store.access import Access
from jitsuroku.store.entries import entry_of, parties_of

OF_A_THREAD = (
    "SELECT r.json FROM records r WHERE r.kind = 'judgement' AND r.document IN "
    "(SELECT id FROM documents WHERE thread = (SELECT thread FROM documents WHERE id = ?)) ORDER BY r.id"
)
# Judgements that were imported before their page came.
WAITING = (
    "UPDATE records SET document = ?1 WHERE kind = 'judgement' AND document IS NULL "
    "AND json_extract(json, '$.document') = ?1"
)
COPIES = (
    "SELECT o.record FROM link_ends e JOIN records l ON l.id = e.link JOIN link_ends o ON o.link = l.id "
    "WHERE e.record = ? AND o.record <> e.record AND l.type = 'copy' ORDER BY o.record"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What judgements make of one page: ``added`` are records of people, ``changed`` the records that are shown
    otherwise, by id, ``extra`` those that are shown beside them, ``hidden`` the ids of those that are not shown."""

    added: tuple[Record, ...]
    changed: Mapping[str, Record]
    extra: tuple[Record, ...]
    hidden: frozenset[str]


# Page, its records as read, the judgements on it (all versions), those on its copies.
Judge = Callable[[Page, tuple[Record, ...], tuple[Judgement, ...], tuple[Judgement, ...]], Judged]


class JudgedTables(Access):
    """The part of the store that applies judgements."""

    _judge: Judge | None

    def page(self, document: str) -> Page:
        """The page as received."""
        raise NotImplementedError

    def _list_anew(self, documents: Iterable[str]) -> None:
        raise NotImplementedError

    def _insert_records(self, records: Iterable[Record], layer: int = 0) -> None:
        raise NotImplementedError

    def _judgements(self, documents: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements on all versions of these pages, by id."""
        lines = {row[0] for d in documents for row in self._db.execute(OF_A_THREAD, (d,)).fetchall()}
        found = (self._restored(line) for line in lines)
        return tuple(sorted((j for j in found if isinstance(j, Judgement)), key=lambda j: j.id))

    def _anything(self, judgement: str = "") -> bool:
        query = "SELECT 1 FROM records WHERE kind = 'judgement' AND (?1 = '' OR type = ?1) LIMIT 1"
        return self._db.execute(query, (judgement,)).fetchone() is not None

    def _copies(self, document: str) -> set[str]:
        """The documents that copy this one or are copied by it, over any number of steps."""
        found, waiting = {document}, [document]
        while waiting:
            beside = {row[0] for row in self._db.execute(COPIES, (waiting.pop(),)).fetchall()}
            waiting += sorted(beside - found)
            found |= beside
        return found - {document}

    def _apply(self, document: str) -> None:
        """Apply what people decided to one version of a page."""
        exists = self._db.execute("SELECT 1 FROM pages WHERE document = ?", (document,)).fetchone()
        if self._judge is None or not exists or not self._anything():
            return
        self._db.execute(WAITING, (document,))
        self._forget_judged(document)
        own = self._judgements([document])
        beside = self._judgements(self._copies(document)) if self._anything("dismiss") else ()
        if not own and not beside:
            self._set_added(document, ())
            self._list_anew([document])
            return
        judged = self._judge(self.page(document), self.as_read(document), own, beside)
        self._set_added(document, judged.added)
        self._write_judged(judged)
        self._list_anew([document])

    def _forget_judged(self, document: str) -> None:
        self._db.execute("DELETE FROM records WHERE document = ? AND layer = 2", (document,))
        changed = "SELECT json FROM records WHERE document = ? AND judged IS NOT NULL"
        for (line,) in self._db.execute(changed, (document,)).fetchall():
            self._show(self._restored(line), None)
        self._db.execute("UPDATE records SET hidden = 0 WHERE document = ? AND hidden = 1", (document,))

    def _set_added(self, document: str, added: tuple[Record, ...]) -> None:
        """Let a page have these records of people and no others. Those that stay keep their links; when others come or go,
        the page is compared anew."""
        query = "SELECT id FROM records WHERE document = ? AND layer = 1"
        old, new = {row[0] for row in self._db.execute(query, (document,)).fetchall()}, {each.id for each in added}
        if old == new:
            return
        self._db.executemany("DELETE FROM records WHERE id = ?", [(id,) for id in sorted(old - new)])
        self._insert_records((each for each in added if each.id not in old), layer=1)
        self._db.execute("UPDATE documents SET linker = NULL WHERE id = ? AND newest = 1", (document,))

    def _write_judged(self, judged: Judged) -> None:
        self._insert_records(judged.extra, layer=2)
        for id, record in judged.changed.items():
            self._show(record, id)
        self._db.executemany("UPDATE records SET hidden = 1 WHERE id = ?", [(id,) for id in sorted(judged.hidden)])

    def _show(self, record: Record, instead_of: str | None) -> None:
        """Let views find and show a record as given, in the place of another or (None) of nothing but itself."""
        id, e = instead_of or record.id, entry_of(record)
        line = None if instead_of is None else dumps(record)
        values = (line, e.type, e.status, e.day_from, e.day_to, id)
        self._db.execute(
            "UPDATE records SET judged = ?, type = ?, status = ?, day_from = ?, day_to = ? WHERE id = ?", values
        )
        self._db.execute("DELETE FROM event_parties WHERE event = ?", (id,))
        parties = [(code, side, id) for code, side in parties_of(record)]
        self._db.executemany("INSERT INTO event_parties VALUES (?, ?, ?)", parties)

    def _apply_to(self, documents: Iterable[str]) -> None:
        """Apply what people decided to all versions of these pages and of their copies."""
        query = "SELECT id FROM documents WHERE thread IN (SELECT thread FROM documents WHERE id = ?)"
        touched = {d for named in documents for d in (named, *self._copies(named))}
        versions = {row[0] for d in touched for row in self._db.execute(query, (d,)).fetchall()}
        for document in sorted(versions):
            self._apply(document)

    def versions(self, document: str) -> tuple[str, ...]:
        """All versions of a page, the one that came last at the end."""
        query = "SELECT id FROM documents WHERE thread = (SELECT thread FROM documents WHERE id = ?) ORDER BY number"
        return tuple(row[0] for row in self._rows(query, (document,)))

    def hidden(self) -> frozenset[str]:
        """The ids of all records that people took out of view."""
        return frozenset(row[0] for row in self._rows("SELECT id FROM records WHERE hidden = 1"))

    def judgements(self) -> Iterator[Judgement]:
        """All judgements, by id."""
        for (line,) in self._rows("SELECT json FROM records WHERE kind = 'judgement' ORDER BY id"):
            found = self._restored(line)
            assert isinstance(found, Judgement)
            yield found

    def last_judged(self) -> str:
        """The time of the last judgement; empty when there is none."""
        query = "SELECT max(json_extract(json, '$.at')) FROM records WHERE kind = 'judgement'"
        return next(self._rows(query))[0] or ""

    def as_read(self, document: str) -> tuple[Record, ...]:
        """The records of one version of a page as the reader made them, by id."""
        query = "SELECT json FROM records WHERE document = ? AND layer = 0 AND kind <> 'judgement' ORDER BY id"
        return tuple(self._restored(row[0]) for row in self._rows(query, (document,)))
