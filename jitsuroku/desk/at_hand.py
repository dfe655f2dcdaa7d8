"""Records as they are compared, with what stands beside them: those of the pages looked at last are kept at hand.

A page is taken from the store as a whole: what is compared with one of its records is soon compared with the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from jitsuroku.linking import (
    COPY,
    STORY,
    Knowledge,
    Profile,
    Text,
    may_be_copied,
    most_holders,
    occasions_of,
    partners,
    profile,
)
from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store import Store

Item = Profile | Text
EVENT = "event"
PAGES, NEIGHBOURS, PLACES = 10_000, 200, 200_000


class _OnPage:
    """The records of a page, each taken from the store and made comparable when it is asked for: beside a new page there are
    many pages, of most of them one record. Of the page itself what is long, its text, is kept as it is compared alone."""

    def __init__(self, store: Store, document: str, knowledge: Knowledge) -> None:
        self._store, self._document, self._knowledge = store, document, knowledge
        self._kinds = {id: (kind, type) for id, kind, type in store.compared(document)}
        self._page: DocumentRecord | None = None
        self._occasions: frozenset[str] | None = None
        self._made: dict[str, Item] = {}
        # Only while all of them are made.
        self._records: dict[str, Record] = {}

    def items(self) -> tuple[Item, ...]:
        """The page's text, then its records; all of them are taken from the store at once."""
        self._records = self._store.compared_records(self._document)
        made = tuple(self.item(id) for id in sorted(self._kinds, key=lambda id: id != self._document))
        self._records = {}
        return made

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
        kind, _ = self._kinds[id]
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
            meetings = (id for id, (_, type) in self._kinds.items() if type in self._knowledge.symmetric)
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
        self._neighbours = lru_cache(maxsize=NEIGHBOURS)(self._find_neighbours)
        self._beside = lru_cache(maxsize=NEIGHBOURS)(self._find_beside)

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
        """These records, each with its document, are compared next. Pages came, or went, since the last ones."""
        self._waiting = waiting
        self._neighbours.cache_clear()
        self._beside.cache_clear()

    def beside(self, id: str) -> tuple[str, ...]:
        """The ids of the records that one is compared with."""
        document = self._waiting.get(id)
        # With a record that waits all of its page do; of another page one record is asked for.
        return self._beside(id) if document is None else self._neighbours(document).get(id, ())

    def _document_of(self, id: str) -> str:
        return self._waiting.get(id) or self._place(id)

    def _read(self, document: str) -> _OnPage:
        self._at_hand.add(document)
        return _OnPage(self._store, document, self._knowledge)

    def _find_beside(self, id: str) -> tuple[str, ...]:
        return self._partners_of(self._place(id), {id: self._store.keys_of_record(id)}).get(id, ())

    def _find_neighbours(self, document: str) -> Mapping[str, tuple[str, ...]]:
        return self._partners_of(document, self._keys_on(document))

    def _partners_of(self, document: str, keys_of: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
        """For each record of a page those that have a partner of its keys, by id."""
        asked = {id: [other for key in keys for other in partners(key)] for id, keys in keys_of.items()}
        held = holders_of(self._store, {key for keys in asked.values() for key in keys})
        return {
            id: self._alike(document, keys, held)
            if id == document
            else tuple(sorted({other for key in keys for other in held.get(key, ())} - {id}))
            for id, keys in asked.items()
        }

    def _alike(self, document: str, keys: list[str], held: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The texts that may be copies of one, by id, and those that may be its original in another language. Most that share
        a mark share one, a turn of phrase, and are not read for that."""
        marks = [key for key in keys if key.startswith((f"{COPY}|", f"{STORY}|"))]
        found = {(key.split("|")[1], other) for key in marks for other in held.get(key, ()) if other != document}
        shared = Counter(other for _, other in found)
        number = sum(key.startswith(f"{COPY}|") for key in marks)
        numbers = self._store.number_of_keys(sorted(shared), COPY)
        copies = {other for other, n in shared.items() if may_be_copied(n, number, numbers[other])}
        others = {other for key in set(keys).difference(marks) for other in held.get(key, ())}
        return tuple(sorted((copies | others) - {document}))

    def _keys_on(self, document: str) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for record, key in self._store.keys_on(document):
            found.setdefault(record, []).append(key)
        return found


def holders_of(store: Store, keys: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The records that have each of the keys; none for keys that too many have."""
    limits: dict[int, list[str]] = {}
    for key in sorted(keys):
        limits.setdefault(most_holders(key), []).append(key)
    return {key: held for most, some in limits.items() for key, held in store.holders_of(some, most).items()}
