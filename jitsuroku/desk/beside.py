"""Which records stand beside each other: those that share a key. Asked of the store for many pages at once, in the order of the
keys, because the keys of one page lie all over the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jitsuroku.linking import COPY, STORY, may_be_copied, most_holders, partners
from jitsuroku.store import Store

# So many pages are asked for at once, and so many others remembered.
AT_ONCE, NEIGHBOURS = 100, 200
Keys = dict[str, list[str]]
Near = dict[str, tuple[str, ...]]


class Beside:
    """The records that have a partner of another's key."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: dict[str, Keys] = {}
        self._waiting: Mapping[str, str] = {}
        self._order: list[str] = []
        self._places: dict[str, int] = {}
        self._next = 0
        # Of the pages asked for last, and of those before them: a group that is under way may still lead back.
        self._near: dict[str, Near] = {}
        self._before: dict[str, Near] = {}
        self._alone = lru_cache(maxsize=NEIGHBOURS)(self._of_page)
        self._single = lru_cache(maxsize=NEIGHBOURS)(self._of_record)

    def note_keys(self, document: str, keys: Iterable[tuple[str, str]]) -> None:
        """These are the keys (key, record) of a page that is compared next."""
        found: Keys = {}
        for key, record in keys:
            found.setdefault(record, []).append(key)
        self._noted[document] = found

    def compare(self, waiting: Mapping[str, str]) -> None:
        """These records, each with its document, are compared next, in this order. Pages came, or went, since the last ones."""
        self._waiting, self._order = waiting, list(dict.fromkeys(waiting.values()))
        self._places = {document: place for place, document in enumerate(self._order)}
        self._next, self._near, self._before = 0, {}, {}
        self._alone.cache_clear()
        self._single.cache_clear()

    def done(self) -> None:
        """They have been compared."""
        self.compare({})
        self._noted.clear()

    def of(self, id: str) -> tuple[str, ...]:
        """The ids of the records that one is compared with, in order."""
        document = self._waiting.get(id)
        if document is None:
            # With a record that waits all of its page do; of another page one record is asked for.
            return self._single(id)
        near = self._near.get(document) or self._before.get(document)
        if near is None:
            near = self._looked_at(document) if self._is_next(document) else self._alone(document)
        return near.get(id, ())

    def _is_next(self, document: str) -> bool:
        return self._next <= self._places[document] < self._next + AT_ONCE

    def _looked_at(self, document: str) -> Near:
        some = self._order[self._next : self._next + AT_ONCE]
        self._next += AT_ONCE
        self._before, self._near = self._near, self._beside({each: self._keys_on(each) for each in some})
        return self._near[document]

    def _of_page(self, document: str) -> Near:
        return self._beside({document: self._keys_on(document)})[document]

    def _of_record(self, id: str) -> tuple[str, ...]:
        document = self._store.document_of(id)
        return self._beside({document: {id: self._store.keys_of_record(id)}})[document].get(id, ())

    def _keys_on(self, document: str) -> Keys:
        if document not in self._noted:
            self.note_keys(document, ((key, record) for record, key in self._store.keys_on(document)))
        return self._noted[document]

    def _beside(self, keys_on: Mapping[str, Keys]) -> dict[str, Near]:
        """By page, for each of its records those that have a partner of its keys, by id."""
        asked = {
            document: {id: {other for key in keys for other in partners(key)} for id, keys in of.items()}
            for document, of in keys_on.items()
        }
        held = holders_of(self._store, {key for of in asked.values() for keys in of.values() for key in keys})
        copies = self._copies({document: of[document] for document, of in asked.items() if document in of}, held)
        return {
            document: {id: copies[document] if id == document else _holders(id, keys, held) for id, keys in of.items()}
            for document, of in asked.items()
        }

    def _copies(self, asked: Mapping[str, set[str]], held: Mapping[str, tuple[str, ...]]) -> Near:
        """For each text those that may be copies of it, and those that may be its original in another language. Most that share a
        mark share one, a turn of phrase, and are not read for that."""
        marks = {own: {key for key in keys if key.startswith((f"{COPY}|", f"{STORY}|"))} for own, keys in asked.items()}
        shared = {own: _shared(own, keys, held) for own, keys in marks.items()}
        every = {other for counts in shared.values() for other in counts} | asked.keys()
        numbers = self._store.number_of_keys(sorted(every), COPY)
        found: Near = {}
        for own, counts in shared.items():
            copies = {other for other, n in counts.items() if may_be_copied(n, numbers.get(own, 0), numbers[other])}
            found[own] = tuple(sorted(copies.union(_holders(own, asked[own] - marks[own], held))))
        return found


def _shared(own: str, marks: Iterable[str], held: Mapping[str, tuple[str, ...]]) -> Counter[str]:
    """How many marks others share with a text."""
    found = {(key.split("|")[1], other) for key in marks for other in held.get(key, ()) if other != own}
    return Counter(other for _, other in found)


def _holders(id: str, keys: Iterable[str], held: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({other for key in keys for other in held.get(key, ())} - {id}))


def holders_of(store: Store, keys: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The records that have each of the keys; none for keys that too many have."""
    limits: dict[int, list[str]] = {}
    for key in sorted(keys):
        limits.setdefault(most_holders(key), []).append(key)
    return {key: held for most, some in limits.items() for key, held in store.holders_of(some, most).items()}
