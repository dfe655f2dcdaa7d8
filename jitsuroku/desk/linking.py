"""Keeps the store's links in step with its pages: after every change only what the change touches is compared again."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache, partial
from hashlib import blake2b
from itertools import chain, islice

from jitsuroku.desk.at_hand import AtHand, holders_of
from jitsuroku.desk.judging.links import record_now
from jitsuroku.desk.judging.meetings import JudgedMeetings, judged_meetings
from jitsuroku.desk.judging.state import in_effect
from jitsuroku.lexicon import PACKAGE
from jitsuroku.linking import (
    MEETING,
    Gathering,
    Knowledge,
    account_of,
    gatherings,
    groups_around,
    keys_of,
    load,
    most_holders,
    partners,
    record_of,
)
from jitsuroku.records import Flag, Link
from jitsuroku.store import Store

GROUPS_AT_A_TIME, PAGES_AT_A_TIME = 400, 200
# So many pages are compared before the next ones get their keys; of records and lost keys that wait for other reasons so
# many at a time. What a larger store holds is never in memory at once.
BLOCK, WAITING, KEYS_AT_A_TIME = 1_000, 50_000, 5_000
# Kilobytes of the file in memory while many pages get their keys, which lie all over it.
MUCH = 256_000
# Keys with their records; the records that they were made of, with them.
Keys = tuple[tuple[str, str], ...]
Given = tuple[frozenset[str], Keys]
# What the keys and the comparison come from, beside the linking room itself.
READ_BY_LINKING = (
    "records.py",
    "contract.py",
    "world/organisations.tsv",
    "world/memberships.tsv",
    "world/states.tsv",
    "world/meetings.tsv",
    "world/places.tsv",
    "world/people.tsv",
    "world/currencies.tsv",
    "language/ja/bounds.tsv",
    "language/ja/units.tsv",
)


@cache
def knowledge() -> Knowledge:
    """What comparing needs to know, read once. Raises lexicon.TableError when a table is broken."""
    return load()


@cache
def linker_version() -> str:
    """A digest over the linking rules, so that new rules compare everything anew."""
    files = [PACKAGE / name for name in READ_BY_LINKING]
    files += [p for p in (PACKAGE / "linking").rglob("*") if p.suffix in (".py", ".tsv")]
    files += (PACKAGE / "event_types").glob("*/type.toml")
    digest = blake2b(digest_size=8)
    for path in sorted(files):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def relink(store: Store) -> None:
    """Bring the links, and the clusters that they make, up to date. Interrupted, it goes on where it stopped; the result is
    that of one run.

    Raises StoreError when the store cannot be written.
    """
    Linker(store).finish()


class Linker:
    """Brings a store's links up to date while pages come in; what was restored of other pages is kept at hand meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store, self._hand = store, AtHand(store, knowledge())
        self._version = store.version_elsewhere()
        self._given: dict[str, Given] = {}

    def expect(self, document: str, compared: frozenset[str], keys: Keys) -> None:
        """The records of a page that comes, and their keys, so that they need not be made again."""
        self._given[document] = (compared, keys)

    def catch_up(self) -> None:
        """Compare what came since. Meetings, which are put in order with all others of their series, wait for the end.

        Called after every so many pages it makes the links that are made at the end, for they depend on the pages alone.
        """
        self._compare_all()
        _refresh(self._store)

    def finish(self) -> None:
        """Compare what came since, and put meetings in order. Raises StoreError when the store cannot be written."""
        self._compare_all()
        for key in self._store.lost_keys(MEETING):
            set_meetings(self._store, key.partition("|")[2])
            self._store.done_with([key])
        _refresh(self._store)

    def _compare_all(self) -> None:
        version = self._store.version_elsewhere()
        if version != self._version:
            # Pages are looked at anew where somebody else wrote.
            self._version, self._hand = version, AtHand(self._store, knowledge())
        while (given := self._give_keys()) or self._store.has_waiting(MEETING):
            if given == BLOCK:
                self._store.hold(MUCH)
            self._compare()

    def _give_keys(self) -> int:
        """Give the next pages their keys; tells how many they were."""
        unlinked = self._store.unlinked(linker_version(), BLOCK)
        for first in range(0, len(unlinked), PAGES_AT_A_TIME):
            some = list(unlinked[first : first + PAGES_AT_A_TIME])
            self._hand.forget(some)
            made = ((document, self._keys_on(document)) for document in some)
            self._store.set_keys(made, linker_version(), most_holders)
        return len(unlinked)

    def _keys_on(self, document: str) -> Keys:
        """The keys that came with a page when its records are still those; else as the store has them now."""
        compared, keys = self._given.pop(document, (frozenset(), ()))
        if compared and compared == {id for id, _, _ in self._store.compared(document)}:
            return keys
        return tuple((key, item.id) for item in self._hand.items_on(document) for key in keys_of(item, knowledge()))

    def _compare(self) -> None:
        records, keys = self._store.take_waiting(WAITING, MEETING)
        self._hand.compare(records)
        groups = _groups(self._store, self._hand, records, keys)
        while self._store.replace_links(islice(groups, GROUPS_AT_A_TIME)):
            pass
        self._store.done_waiting(MEETING)


def _refresh(store: Store) -> None:
    # The clusters stand on what this module knows.
    from jitsuroku.desk.grouped import refresh

    refresh(store)


def set_meetings(store: Store, series: str) -> None:
    """Store the meetings of a series, as pages tell of them and as people judged them."""
    found = _as_told(store, series)
    made = ((record_of(each), {account.event for account in each.accounts}) for each in found)
    judged = _judged(store, series, found)
    store.replace_meetings(series, ((record, told) for record, told in made if record), judged.records, judged.told)


def meetings_of(
    store: Store, series: str, *, judged: bool = True, pages: Container[str] | None = None
) -> tuple[Gathering, ...]:
    """The meetings of a series in order, as pages (these, else all) and the world's list tell of them, and with ``judged``
    as people judged them."""
    found = _as_told(store, series, pages)
    return _judged(store, series, found).shown if judged else found


def _as_told(store: Store, series: str, pages: Container[str] | None = None) -> tuple[Gathering, ...]:
    told = (account_of(*each, knowledge()) for each in store.told_under(f"{MEETING}|{series}"))
    return gatherings(series, [a for a in told if pages is None or a.document in pages], knowledge())


def _judged(store: Store, series: str, found: tuple[Gathering, ...]) -> JudgedMeetings:
    judgements = in_effect(store.judgements())
    return judged_meetings(series, found, judgements, partial(record_now, store), store.hidden(), knowledge())


def _groups(
    store: Store, hand: AtHand, records: Iterable[str], keys: tuple[str, ...]
) -> Iterator[tuple[frozenset[str], tuple[Link | Flag, ...]]]:
    for group in groups_around(chain(records, _touched(store, keys)), hand.item, hand.beside, knowledge()):
        yield group.records, (*group.links, *group.flags)


def _touched(store: Store, keys: tuple[str, ...]) -> Iterator[str]:
    """Those who have a partner of a key that was lost. Whose page still waits for keys by the rules of now is compared then."""
    for first in range(0, len(keys), KEYS_AT_A_TIME):
        lost = {other for key in keys[first : first + KEYS_AT_A_TIME] for other in partners(key)}
        touched = {id for held in holders_of(store, lost).values() for id in held}
        yield from sorted(store.linked_by(linker_version(), touched))
