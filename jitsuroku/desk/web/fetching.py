"""An address that somebody gave in the browser, fetched beside the thread that answers, with the guard that every address
passes: what leads into this machine or its network is refused."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from jitsuroku.desk.arriving import Fetches
from jitsuroku.desk.query import Desk
from jitsuroku.intake.feeds import looks_like_feed
from jitsuroku.intake.fetch import Fetched, Fetcher, Manners, Seen
from jitsuroku.intake.targets import NotFetched

# Somebody waits in front of the browser, and Ctrl-C waits for what is under way.
MANNERS = Manners(patience=10.0, seconds=15.0, tries=1)
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Ready:
    """Gives out what was fetched already, or why it was not."""

    got: Fetched | NotFetched

    def fetch(self, address: str, seen: Seen | None = None) -> Fetched:
        """What was fetched. Raises NotFetched."""
        if isinstance(self.got, NotFetched):
            raise self.got
        return self.got


class Fetching:
    """Fetches one address after the other."""

    def __init__(self, desk: Desk, fetcher: Fetches | None) -> None:
        self._desk = desk
        self._fetcher = fetcher or Fetcher(manners=MANNERS)
        self._turn: asyncio.Lock | None = None

    async def ready(self, address: str) -> Ready:
        """The answer for an address; nobody else waits for it."""
        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            seen = Seen(*self._desk.store.address_seen(address))
            return Ready(await asyncio.to_thread(self._fetched, address, seen))

    def _fetched(self, address: str, seen: Seen) -> Fetched | NotFetched:
        try:
            got = self._fetcher.fetch(address, seen)
        except NotFetched as problem:
            return problem
        if got.data is not None and looks_like_feed(got.data):
            told = (
                f"{address}: is a feed; jitsuroku add {address} reads its pages, jitsuroku watch {address} follows it"
            )
            return NotFetched(told)
        return got
