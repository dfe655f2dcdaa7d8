"""Keeps the store's links in step with its pages: after every change only what the change touches is compared again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice

from jitsuroku.lexicon import PACKAGE
from jitsuroku.linking import (
    MEETING,
    Gathering,
    Knowledge,
    Profile,
    Text,
    account_of,
    gatherings,
    groups_around,
    keys_of,
    load,
    most_holders,
    occasions_of,
    partners,
    profile,
    record_of,
)
from jitsuroku.records import DocumentRecord, Flag, Link
from jitsuroku.store import Store

GROUPS_AT_A_TIME = 200
# What the id of a document begins with.
DOCUMENT = "document"
PAGES_AT_HAND, TEXTS_AT_HAND, RECORDS_AT_HAND, OCCASIONS_AT_HAND = 500, 300, 20_000, 50_000
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
    """Bring the links up to date. Interrupted, it goes on where it stopped; the result is that of one run.

    Raises StoreError when the store cannot be written.
    """
    for document in store.unlinked(linker_version()):
        _give_keys(store, document)
    if not store.has_waiting():
        return
    groups = _groups(store, *store.take_waiting())
    while store.replace_links(islice(groups, GROUPS_AT_A_TIME)):
        pass
    for key in store.waiting_keys(MEETING):
        _set_meetings(store, key)
    store.done_waiting()


def _set_meetings(store: Store, key: str) -> None:
    series = key.partition("|")[2]
    found = ((record_of(each), each.accounts) for each in meetings_of(store, series))
    store.replace_meetings(series, ((made, [a.event for a in told]) for made, told in found if made is not None))


def meetings_of(store: Store, series: str) -> tuple[Gathering, ...]:
    """The meetings of a series in order, as pages and the world's list tell of them."""
    key, item = f"{MEETING}|{series}", _reader(store)
    told = (item(id) for id in store.holders(key, most_holders(key)))
    return gatherings(series, [account_of(e, knowledge()) for e in told if isinstance(e, Profile)], knowledge())


def _give_keys(store: Store, document: str) -> None:
    records = store.compared(document)
    page = next(r for r in records if isinstance(r, DocumentRecord))
    occasions = occasions_of(records, page, knowledge())
    items = [profile(r, page, knowledge(), occasions) for r in records]  # type: ignore[arg-type]
    keys = [(key, item.id) for item in items for key in keys_of(item, knowledge())]
    store.set_keys(document, keys, linker_version(), most_holders)


def _groups(
    store: Store, records: tuple[str, ...], keys: tuple[str, ...]
) -> Iterator[tuple[frozenset[str], tuple[Link | Flag, ...]]]:
    item = _reader(store)

    def held(key: str) -> tuple[str, ...]:
        found = store.holders(key, most_holders(key))
        return found if len(found) <= most_holders(key) else ()

    changed = dict.fromkeys((*records, *(id for key in keys for other in partners(key) for id in held(other))))
    for group in groups_around(map(item, changed), lambda key: map(item, held(key)), knowledge()):
        yield group.records, (*group.links, *group.flags)


def _reader(store: Store) -> Callable[[str], Profile | Text]:
    """Gives records as they are compared, with those looked at last kept at hand."""

    @lru_cache(maxsize=PAGES_AT_HAND)
    def page(document: str) -> DocumentRecord:
        found = store.by_id(document)
        assert isinstance(found, DocumentRecord)
        return found

    @lru_cache(maxsize=OCCASIONS_AT_HAND)
    def occasions(document: str) -> frozenset[str]:
        return occasions_of(store.compared(document), page(document), knowledge())

    @lru_cache(maxsize=TEXTS_AT_HAND)
    def text(id: str) -> Profile | Text:
        return profile(page(id), page(id), knowledge())

    @lru_cache(maxsize=RECORDS_AT_HAND)
    def told(id: str) -> Profile | Text:
        record = store.by_id(id)
        document = getattr(record, "document", "")
        return profile(record, page(document), knowledge(), occasions(document))  # type: ignore[arg-type]

    return lambda id: text(id) if id.startswith(DOCUMENT) else told(id)
