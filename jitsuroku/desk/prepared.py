"""A page that was read -> what the store and linking take of it, made where it was read, so that whoever keeps it need not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jitsuroku.contract import as_json, dumps
from jitsuroku.desk.linking import Keys, knowledge
from jitsuroku.linking import keys_of, occasions_of, profile
from jitsuroku.records import Commitment, DocumentRecord, Event, Reading, Record, Statement
from jitsuroku.store import Ready
from jitsuroku.store.search import index_words


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as the store takes it; the ids of the records that are compared, and their keys (key, record)."""

    ready: Ready
    compared: frozenset[str]
    keys: Keys


def prepared(reading: Reading, reader: str) -> Prepared:
    """What is kept of a reading made by this version of the reader."""
    own = next(record for record in reading.records if isinstance(record, DocumentRecord))
    told = [r for r in reading.records if isinstance(r, DocumentRecord | Event | Statement | Commitment)]
    lines = tuple((value := as_json(record), dumps(value)) for record in reading.records)
    ready = Ready(reading.page, reading.document.blocks, lines, reader, words=words_of(own))
    return Prepared(ready, frozenset(record.id for record in told), keys_on(told, own))


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
