"""Records as they are compared, with what stands beside them: those of the pages looked at last are kept at hand.

A page is taken from the store as a whole: what is compared with one of its records is soon compared with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from jitsuroku.linking import Knowledge, Profile, Text, most_holders, occasions_of, partners, profile
from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store import Store

Item = Profile | Text
PAGES, NEIGHBOURS, PLACES = 1_500, 200, 100_000


class _OnPage:
    """The records of a page, each made comparable when it is asked for: beside a new page there are many pages, of most of
    them one record."""

    def __init__(self, records: tuple[Record, ...], knowledge: Knowledge) -> None:
        self.records = {record.id: record for record in records}
        self._knowledge = knowledge
        self._page = next(r for r in records if isinstance(r, DocumentRecord))
        self._occasions = occasions_of(records, self._page, knowledge)
        self._made: dict[str, Item] = {}

    def item(self, id: str) -> Item:
        """The record of an id. Raises KeyError when it is not on the page."""
        if id not in self._made:
            record = self.records[id]
            self._made[id] = profile(record, self._page, self._knowledge, self._occasions)  # type: ignore[arg-type]
        return self._made[id]


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
        return tuple(page.item(id) for id in sorted(page.records, key=lambda id: id != document))

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
        return _OnPage(self._store.compared(document), self._knowledge)

    def _find_neighbours(self, document: str) -> Mapping[str, tuple[str, ...]]:
        """For each record of a page those that have a partner of its keys, by id."""
        asked = {id: [other for key in keys for other in partners(key)] for id, keys in self._keys_on(document).items()}
        held = holders_of(self._store, {key for keys in asked.values() for key in keys})
        return {
            id: tuple(sorted({other for key in keys for other in held.get(key, ())} - {id}))
            for id, keys in asked.items()
        }

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
