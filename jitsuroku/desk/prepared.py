"""A page that was read -> what the store and linking take of it, made where it was read, so that whoever keeps it need not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jitsuroku.contract import dumps
from jitsuroku.desk.linking import Keys, knowledge
from jitsuroku.linking import keys_of, occasions_of, profile
from jitsuroku.records import Block, Commitment, DocumentRecord, Event, Page, Reading, Record, Statement
from jitsuroku.store import Custody, Ready
from jitsuroku.store.search import index_words


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as it goes from who reads to who keeps: its records as ``lines`` of the export, the ``words`` for the search
    index, the ids of the records that are ``compared``, and their ``keys`` (key, record)."""

    page: Page
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    reader: str
    words: str
    compared: frozenset[str]
    keys: Keys

    def ready(self, custody: Custody | None = None, *, private: bool = False) -> Ready:
        """The page as the store takes it, with how it came in."""
        lines = tuple((json.loads(line), line) for line in self.lines)
        return Ready(self.page, self.blocks, lines, self.reader, private, custody, self.words)


def prepared(reading: Reading, reader: str) -> Prepared:
    """What is kept of a reading made by this version of the reader."""
    own = next(record for record in reading.records if isinstance(record, DocumentRecord))
    told = [r for r in reading.records if isinstance(r, DocumentRecord | Event | Statement | Commitment)]
    return Prepared(
        page=reading.page,
        blocks=reading.document.blocks,
        lines=tuple(dumps(record) for record in reading.records),
        reader=reader,
        words=words_of(own),
        compared=frozenset(record.id for record in told),
        keys=keys_on(told, own),
    )


def words_of(page: DocumentRecord) -> str:
    """The words of a page for the search index."""
    return index_words("\n".join([page.title or "", page.text]))


def keys_on(told: Iterable[Record], page: DocumentRecord) -> Keys:
    """The keys of the records of a page, each with its record, in order."""
    records = list(told)
    short, occasions = replace(page, text=""), occasions_of(records, page, knowledge())
    found: set[tuple[str, str]] = set()
    for record in records:
        assert isinstance(record, DocumentRecord | Event | Statement | Commitment)
        beside = occasions if isinstance(record, Event) else frozenset[str]()
        item = profile(record, page if record is page else short, knowledge(), beside)
        found.update((key, record.id) for key in keys_of(item, knowledge()))
    return tuple(sorted(found))
