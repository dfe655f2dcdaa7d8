"""All that one stored page says, gathered for a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jitsuroku.desk.judging.rates import fallen, lowered
from jitsuroku.desk.lines import evidence_of
from jitsuroku.records import Block, DocumentRecord, Page, Record
from jitsuroku.store import Store, Where

# What a report shows of a page, in this order; mentions are in the export only.
SECTIONS = {
    "flag": "To check",
    "event": "Events",
    "statement": "Statements",
    "reading": "Interpretations",
    "commitment": "Commitments",
    "figure": "Figures",
    "unresolved": "Not settled",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, its blocks, and the records of each section in the order in which the page gives their words."""

    document: DocumentRecord
    page: Page
    blocks: tuple[Block, ...]
    sections: tuple[tuple[str, tuple[Record, ...]], ...]

    def records(self) -> Iterator[Record]:
        """The records of all sections."""
        for _, records in self.sections:
            yield from records


def sheets(store: Store, documents: Iterable[str] | None = None) -> Iterator[Sheet]:
    """The sheets of the documents (ids), or of the newest version of every page in order of source."""
    newest, notes = Where(kinds=("document",)), fallen(store)
    for document in documents if documents is not None else [r.id for r in store.records(newest)]:
        yield _sheet(store, document, notes)


def sheet(store: Store, document: str) -> Sheet:
    """The sheet of one document. Raises KeyError when it is not in the store."""
    return _sheet(store, document, fallen(store))


def _sheet(store: Store, document: str, notes: frozenset[str]) -> Sheet:
    found = list(lowered(store.records(Where(document=document, newest=False)), notes))
    own = next((r for r in found if isinstance(r, DocumentRecord)), None)
    if own is None:
        raise KeyError(document)
    by_kind = {kind: tuple(r for r in found if r.kind == kind) for kind in SECTIONS}
    sections = tuple((SECTIONS[k], by_text) for k, v in by_kind.items() if (by_text := _in_text_order(v)))
    return Sheet(own, store.page(document), store.blocks(document), sections)


def _in_text_order(records: tuple[Record, ...]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda r: (evidence_of(r)[0].start if evidence_of(r) else -1, r.id)))
