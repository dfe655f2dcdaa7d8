"""Records as they are compared, with what stands beside them: those of the pages looked at last are kept at hand.

A page is taken from the store as a whole: what is compared with one of its records is soon compared with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from jitsuroku.linking import Knowledge, Profile, Text, most_holders, occasions_of, partners, profile
from jitsuroku.records import DocumentRecord
from jitsuroku.store import Store

Item = Profile | Text
PAGES, NEIGHBOURS, PLACES = 1_500, 200, 100_000


class AtHand:
    """What linking asks of the store, remembered for a while."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store, self._knowledge = store, knowledge
        self._document_of = lru_cache(maxsize=PLACES)(store.document_of)
        self._items_on = lru_cache(maxsize=PAGES)(self._read)
        self._neighbours = lru_cache(maxsize=NEIGHBOURS)(self._find_neighbours)

    def items_on(self, document: str) -> tuple[Item, ...]:
        """The page's text, then its records."""
        return tuple(self._items_on(document).values())

    def item(self, id: str) -> Item:
        """The record of an id. Raises KeyError when it is not in the store."""
        return self._items_on(self._document_of(id))[id]

    def beside(self, item: Item) -> tuple[str, ...]:
        """The ids of the records that one is compared with."""
        document = item.id if isinstance(item, Text) else item.document
        return self._neighbours(document).get(item.id, ())

    def _read(self, document: str) -> Mapping[str, Item]:
        records = self._store.compared(document)
        page = next(r for r in records if isinstance(r, DocumentRecord))
        occasions = occasions_of(records, page, self._knowledge)
        made = [profile(r, page, self._knowledge, occasions) for r in records]  # type: ignore[arg-type]
        return {each.id: each for each in sorted(made, key=lambda each: isinstance(each, Profile))}

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
