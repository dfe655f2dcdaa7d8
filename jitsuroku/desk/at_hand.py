"""Records as they are compared: those of the pages looked at last are kept at hand.

A page is taken from the store as a whole: what is compared with one of its records is soon compared with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from jitsuroku.linking import (
    Knowledge,
    Profile,
    Text,
    occasions_of,
    profile,
)
from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store import Store

Item = Profile | Text
EVENT = "event"
PAGES, PLACES = 10_000, 200_000


class _OnPage:
    """The records of a page, each taken from the store and made comparable when it is asked for: beside a new page there are
    many pages, of most of them one record. Of the page itself what is long, its text, is kept as it is compared alone."""

    def __init__(self, store: Store, document: str, knowledge: Knowledge) -> None:
        self._store, self._document, self._knowledge = store, document, knowledge
        self._known: dict[str, tuple[str, str | None]] = {}
        self._page: DocumentRecord | None = None
        self._occasions: frozenset[str] | None = None
        self._made: dict[str, Item] = {}
        # Only while all of them are made.
        self._records: dict[str, Record] = {}

    def items(self) -> tuple[Item, ...]:
        """The page's text, then its records; all of them are taken from the store at once."""
        self._records = self._store.compared_records(self._document)
        self._known = {id: (record.kind, getattr(record, "type", None)) for id, record in self._records.items()}
        made = tuple(self.item(id) for id in sorted(self._known, key=lambda id: id != self._document))
        self._records = {}
        return made

    def _kinds(self) -> Mapping[str, tuple[str, str | None]]:
        """The kind of each record, and of an event its type."""
        if not self._known:
            self._known = {id: (kind, type) for id, kind, type in self._store.compared(self._document)}
        return self._known

    def item(self, id: str) -> Item:
        """The record of an id. Raises KeyError when it is not on the page."""
        if id not in self._made:
            self._made[id] = self._text() if id == self._document else self._profile(id)
        return self._made[id]

    def _text(self) -> Item:
        whole = self._whole()
        text = profile(whole, whole, self._knowledge)
        assert isinstance(text, Text)
        return replace(text, document=_without_text(whole))

    def _profile(self, id: str) -> Item:
        if self._page is None:
            self._page = _without_text(self._whole())
        kind, _ = self._kinds()[id]
        # Only of an event it matters what meetings its page tells of.
        occasions = self._told(self._page) if kind == EVENT else frozenset[str]()
        return profile(self._record(id), self._page, self._knowledge, occasions)  # type: ignore[arg-type]

    def _record(self, id: str) -> Record:
        return self._records.get(id) or self._store.by_id(id)

    def _whole(self) -> DocumentRecord:
        page = self._record(self._document)
        assert isinstance(page, DocumentRecord)
        return page

    def _told(self, page: DocumentRecord) -> frozenset[str]:
        if self._occasions is None:
            meetings = (id for id, (_, type) in self._kinds().items() if type in self._knowledge.symmetric)
            self._occasions = occasions_of(map(self._record, meetings), page, self._knowledge)
        return self._occasions


def _without_text(page: DocumentRecord) -> DocumentRecord:
    return replace(page, text="")


class AtHand:
    """What linking asks of the store, remembered for a while."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store, self._knowledge = store, knowledge
        self._at_hand: set[str] = set()
        self._waiting: Mapping[str, str] = {}
        self._place = lru_cache(maxsize=PLACES)(store.document_of)
        self._page = lru_cache(maxsize=PAGES)(self._read)

    def items_on(self, document: str) -> tuple[Item, ...]:
        """The page's text, then its records."""
        return self._page(document).items()

    def item(self, id: str) -> Item:
        """The record of an id. Raises KeyError when it is not in the store."""
        return self._page(self._document_of(id)).item(id)

    def forget(self, documents: Iterable[str]) -> None:
        """These were read anew, or somebody added to them."""
        if not self._at_hand.isdisjoint(documents):
            self._page.cache_clear()
            self._at_hand.clear()

    def compare(self, waiting: Mapping[str, str]) -> None:
        """These records, each with its document, are compared next."""
        self._waiting = waiting

    def _document_of(self, id: str) -> str:
        return self._waiting.get(id) or self._place(id)

    def _read(self, document: str) -> _OnPage:
        self._at_hand.add(document)
        return _OnPage(self._store, document, self._knowledge)
