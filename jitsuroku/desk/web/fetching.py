"""An address that somebody gave in the browser, and the pages of the feed there, fetched beside the thread that answers, with
the guard that every address passes: what leads into this machine or its network is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from jitsuroku.desk.arriving import Fetches
from jitsuroku.desk.query import Desk
from jitsuroku.intake import PageError
from jitsuroku.intake.feeds import looks_like_feed, read_feed
from jitsuroku.intake.fetch import ComeLater, Fetched, Fetcher, Manners, Seen
from jitsuroku.intake.targets import NotFetched

# Somebody waits in front of the browser, and Ctrl-C waits for what is under way.
MANNERS = Manners(patience=10.0, seconds=15.0, tries=1)
LONGEST = 4_000
# Of a feed so many pages, or bytes of them, are fetched at once; they wait in memory.
MOST_PAGES, MOST_BYTES = 200, 100_000_000
# What was not asked for need not be waited for: until a moment that is over.
AT_ONCE = "1970-01-01T00:00:00+00:00"


@dataclass(slots=True)
class Ready:
    """Gives out what was fetched already, or why it was not."""

    got: dict[str, Fetched | NotFetched] = field(default_factory=dict)

    def fetch(self, address: str, seen: Seen | None = None) -> Fetched:
        """What was fetched. Raises NotFetched; ComeLater for what of a long feed is left for the next time."""
        found = self.got.get(address)
        if found is None:
            told = f"{address}: left for the next time, for the feed names more than {MOST_PAGES} pages; add it again"
            raise ComeLater(told, AT_ONCE)
        if isinstance(found, NotFetched):
            raise found
        return found

    def is_full(self) -> bool:
        """Whether no more is fetched."""
        known = [each for each in self.got.values() if isinstance(each, Fetched)]
        return len(self.got) > MOST_PAGES or sum(len(each.data or b"") for each in known) > MOST_BYTES


class Fetching:
    """Fetches one address after the other."""

    def __init__(self, desk: Desk, fetcher: Fetches | None) -> None:
        self._desk = desk
        self._fetcher = fetcher or Fetcher(manners=MANNERS)
        self._turn: asyncio.Lock | None = None

    async def ready(self, address: str, told: Callable[[int], None]) -> Ready:
        """The answer for an address, and for the pages of the feed there, of which ``told`` is given the number; nobody else
        waits for it."""
        self._turn = self._turn or asyncio.Lock()
        found = Ready()
        async with self._turn:
            got = await self._fetch(address)
            found.got[address] = got
            entries = _entries(address, got) if isinstance(got, Fetched) else []
            told(len(entries))
            for entry in entries:
                if not found.is_full():
                    found.got[entry] = await self._fetch(entry)
        return found

    async def _fetch(self, address: str) -> Fetched | NotFetched:
        seen = Seen(*self._desk.store.address_seen(address))
        return await asyncio.to_thread(self._fetched, address, seen)

    def _fetched(self, address: str, seen: Seen) -> Fetched | NotFetched:
        try:
            return self._fetcher.fetch(address, seen)
        except NotFetched as problem:
            return problem


def _entries(address: str, got: Fetched) -> list[str]:
    """The pages that a feed names, each once; none where there is no feed, or one that cannot be read, which is told later."""
    if got.data is None or not looks_like_feed(got.data):
        return []
    try:
        feed = read_feed(got.data, address, got.address)
    except PageError:
        return []
    return list(dict.fromkeys(each.address for each in feed.entries if each.address))
