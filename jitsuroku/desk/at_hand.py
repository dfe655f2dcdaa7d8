"""Records as they are compared, with what stands beside them: those of the pages looked at last are kept at hand.

A page is taken from the store as a whole: what is compared with one of its records is soon compared with the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jitsuroku.linking import (
    COPY,
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
PAGES, NEIGHBOURS, PLACES = 4_000, 200, 200_000


class _OnPage:
    """The records of a page, each restored and made comparable when it is asked for: beside a new page there are many pages,
    of most of them one record."""

    def __init__(self, store: Store, document: str, knowledge: Knowledge) -> None:
        self._store, self._document, self._knowledge = store, document, knowledge
        self._lines = {id: (kind, line) for id, kind, line in store.compared(document)}
        self._restored: dict[str, Record] = {}
        self._occasions: frozenset[str] | None = None
        self._made: dict[str, Item] = {}

    def ids(self) -> list[str]:
        """The id of the page, then those of its records."""
        return sorted(self._lines, key=lambda id: id != self._document)

    def item(self, id: str) -> Item:
        """The record of an id. Raises KeyError when it is not on the page."""
        if id not in self._made:
            kind, _ = self._lines[id]
            page = self._record(self._document)
            assert isinstance(page, DocumentRecord)
            # Only of an event it matters what meetings its page tells of.
            occasions = self._told(page) if kind == EVENT else frozenset[str]()
            self._made[id] = profile(self._record(id), page, self._knowledge, occasions)  # type: ignore[arg-type]
        return self._made[id]

    def _record(self, id: str) -> Record:
        if id not in self._restored:
            self._restored[id] = self._store.restored(self._lines[id][1])
        return self._restored[id]

    def _told(self, page: DocumentRecord) -> frozenset[str]:
        if self._occasions is None:
            events = [self._record(id) for id, (kind, _) in self._lines.items() if kind == EVENT]
            self._occasions = occasions_of(events, page, self._knowledge)
        return self._occasions


class AtHand:
    """What linking asks of the store, remembered for a while."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store, self._knowledge = store, knowledge
        self._at_hand: set[str] = set()
        self._document_of = lru_cache(maxsize=PLACES)(store.document_of)
        self._page = lru_cache(maxsize=PAGES)(self._read)
        self._neighbours = lru_cache(maxsize=NEIGHBOURS)(self._find_neighbours)

    def items_on(self, document: str) -> tuple[Item, ...]:
        """The page's text, then its records."""
        page = self._page(document)
        return tuple(page.item(id) for id in page.ids())

    def item(self, id: str) -> Item:
        """The record of an id. Raises KeyError when it is not in the store."""
        return self._page(self._document_of(id)).item(id)

    def forget(self, documents: Iterable[str]) -> None:
        """These were read anew, or somebody added to them."""
        if not self._at_hand.isdisjoint(documents):
            self._page.cache_clear()
            self._at_hand.clear()

    def forget_neighbours(self) -> None:
        """Pages came, or went."""
        self._neighbours.cache_clear()

    def beside(self, item: Item) -> tuple[str, ...]:
        """The ids of the records that one is compared with."""
        document = item.id if isinstance(item, Text) else item.document
        return self._neighbours(document).get(item.id, ())

    def _read(self, document: str) -> _OnPage:
        self._at_hand.add(document)
        return _OnPage(self._store, document, self._knowledge)

    def _find_neighbours(self, document: str) -> Mapping[str, tuple[str, ...]]:
        """For each record of a page those that have a partner of its keys, by id."""
        asked = {id: [other for key in keys for other in partners(key)] for id, keys in self._keys_on(document).items()}
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
        marks = [key for key in keys if key.startswith(f"{COPY}|")]
        shared = Counter(other for key in marks for other in held.get(key, ()) if other != document)
        numbers = self._store.number_of_keys(sorted(shared), COPY)
        copies = {other for other, n in shared.items() if may_be_copied(n, len(marks), numbers[other])}
        others = {other for key in keys if key not in marks for other in held.get(key, ())}
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
