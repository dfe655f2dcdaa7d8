"""Shards of pages that were read elsewhere, into the store: a shard whole or not at all, then the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jitsuroku.desk.adding import reader_version
from jitsuroku.desk.linking import relink
from jitsuroku.desk.runs import now
from jitsuroku.desk.shards import Shard, ShardError, pages_of, shards_in
from jitsuroku.store import RunPage, Saved, Store, StoreError
from jitsuroku.store.arrivals import DONE, INTERRUPTED, REFUSED

# Kilobytes of the file in memory while it is filled: what is written at random places waits there for its neighbours.
MUCH = 256_000


@dataclass(frozen=True, slots=True)
class LoadedShard:
    """What became of a shard: how many of its pages are new, new versions, read again or there already; ``problem`` says why
    it was refused, with none of its pages in the store."""

    name: str
    pages: Counter[Saved]
    problem: str | None = None


def load_shards(store: Store, folder: Path, *, links: bool = True) -> Iterator[LoadedShard]:
    """Load the shards of a folder by name, each in one transaction. Broken off, the same call goes on: what stands in the
    store is passed over. ``links`` False leaves the links to the next call to add pages.

    Raises ShardError when there is no manifest or it cannot be read, StoreError when the store cannot be written.
    """
    shards = shards_in(folder)
    number = store.begin_run([str(folder)], reader_version(), now())
    changed = False
    store.hold(MUCH)
    try:
        for shard in shards:
            loaded = _loaded(store, folder, shard, number)
            changed = changed or loaded.problem is not None or set(loaded.pages) != {Saved.SAME}
            yield loaded
        if links:
            relink(store)
    except BaseException:
        # A store that cannot be written has said so already.
        with suppress(StoreError):
            store.end_run(number, INTERRUPTED, now())
        raise
    store.end_run(number, DONE, now()) if changed else store.drop_run(number)


def _loaded(store: Store, folder: Path, shard: Shard, run: int) -> LoadedShard:
    origin = str((folder / shard.name).absolute())
    try:
        pages = pages_of(folder, shard)
    except ShardError as problem:
        store.note_pages(run, [RunPage(shard.name, origin, None, REFUSED, str(problem))])
        return LoadedShard(shard.name, Counter(), str(problem))
    return LoadedShard(shard.name, Counter(store.load(pages, run, origin)))


def loaded_lines(loaded: list[LoadedShard]) -> Iterator[str]:
    """What was loaded, in words."""
    refused = sum(each.problem is not None for each in loaded)
    counts = sum((each.pages for each in loaded), Counter[Saved]())
    told = ", ".join(f"{n} {what.value}" for what, n in counts.items())
    yield f"{len(loaded)} shard{'s' if len(loaded) != 1 else ''}" + (f", {refused} refused" if refused else "")
    yield f"{counts.total()} pages" + (f": {told}" if told else "")
