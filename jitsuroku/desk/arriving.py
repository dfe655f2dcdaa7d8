"""What was named on the command line or the web desk -> the pages that come in, from files, archives, feeds and addresses.

Nothing is fetched but what was named: an address, the pages of a feed at an address, the feeds of an OPML list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jitsuroku.desk.lines import SAMPLE
from jitsuroku.intake import Arrival, Opening, PageError, Received, Refused, find_pages, open_file

if TYPE_CHECKING:
    from jitsuroku.intake.fetch import Fetched, Seen

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
LIST_OF_FEEDS = ".opml"
# Entity tag, date of change and until when to wait, as the store keeps them for an address.
Known = Callable[[str], tuple[str | None, str | None, str | None]]


class Fetches(Protocol):
    """What fetches an address, as intake's Fetcher does. Raises NotFetched, ComeLater."""

    def fetch(self, address: str, seen: Seen | None = None) -> Fetched:
        """What stands at an address."""
        ...


@dataclass(frozen=True, slots=True)
class Adding:
    """How pages are to come in. ``again``: read also what did not change; ``offline``: fetch nothing; ``text_only``: do
    not keep their bytes; ``private``: mark them so; ``workers``: processes that read; ``gate``: read only what
    may hold something of ours; ``fetcher``: who fetches, else one
    with the usual manners."""

    again: bool = False
    offline: bool = False
    text_only: bool = False
    private: bool = False
    workers: int = 1
    gate: bool = False
    opening: Opening = field(default_factory=Opening)
    fetcher: Fetches | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An address whose server says that nothing changed since it was last fetched."""

    source: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """One thing that came in. ``origin``: what was named, from which it can be had again; ``asked`` and ``seen``: the
    address that was asked for, and what to know the next time, to be kept once this is in the store. A feed whose
    entries have all come ends with one that has no ``arrival``."""

    origin: str
    arrival: Arrival | Unchanged | None
    asked: str | None = None
    seen: Seen | None = None


def is_address(name: str | Path) -> bool:
    """Whether a name is an address and not a path."""
    return isinstance(name, str) and ADDRESS.match(name) is not None


def named(name: object) -> str | Path:
    """A name as it was given: an address, else a path."""
    return name if isinstance(name, str) and is_address(name) else Path(str(name))


def arrivals(names: Iterable[str | Path], how: Adding, known: Known) -> Iterator[Arrived]:
    """Everything that the names lead to, in order. What cannot be had is told and stops nothing."""
    web = _Web(how, known)
    for name in names:
        if isinstance(name, str) and is_address(name):
            yield from web.visit(name)
        elif Path(name).suffix.lower() == LIST_OF_FEEDS and Path(name).is_file():
            yield from _of_list(Path(name), web)
        else:
            yield from _of_files(Path(name), how.opening)


def _of_files(path: Path, opening: Opening) -> Iterator[Arrived]:
    try:
        for file, source in find_pages([path]):
            for arrival in open_file(file, source, opening):
                told = with_sample_note(arrival, file) if isinstance(arrival, Received) else arrival
                yield Arrived(str(file.absolute()), told)
    except PageError as problem:
        yield Arrived(str(path.absolute()), Refused(str(path), str(problem)))


def with_sample_note(received: Received, file: Path) -> Received:
    """When a ``NAME.json`` beside a page's file has the key ``sample``, the page's notes say that it is made up."""
    remark = _sample_remark(file.with_suffix(".json")) if received.by == "file" else None
    return replace(received, notes=(*received.notes, SAMPLE + remark)) if remark else received


def _sample_remark(sidecar: Path) -> str | None:
    try:
        beside = json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    remark = beside.get("sample") if isinstance(beside, dict) else None
    return str(remark) if remark else None


def _of_list(path: Path, web: _Web) -> Iterator[Arrived]:
    from jitsuroku.intake.feeds import read_opml

    try:
        addresses = read_opml(path.read_bytes(), path.name)
    except (PageError, OSError) as problem:
        yield Arrived(str(path.absolute()), Refused(path.name, str(problem)))
        return
    for address in addresses:
        yield from web.visit(address)


@dataclass(slots=True)
class _Web:
    """Visits addresses for one run."""

    how: Adding
    known: Known
    fetcher: Fetches | None = None

    def visit(self, address: str) -> Iterator[Arrived]:
        """The page at an address, or the pages of the feed there."""
        from jitsuroku.intake.feeds import looks_like_feed, read_feed
        from jitsuroku.intake.fetch import Seen

        got = self._fetch(address)
        if isinstance(got, Arrived):
            yield got
        elif got.data is not None and looks_like_feed(got.data):
            try:
                feed = read_feed(got.data, address, got.address)
            except PageError as problem:
                yield Arrived(address, Refused(address, str(problem)))
                return
            # One that stands in a feed twice is fetched once.
            later = False
            for entry in dict.fromkeys(e.address for e in feed.entries if e.address):
                page = self._page(entry)
                later = later or bool(page.seen and page.seen.wait_until)
                yield page
            if feed.problem:
                yield Arrived(address, Refused(address, feed.problem))
            # A page whose host asked to wait is named only here: the feed must be sent whole again.
            yield Arrived(address, None, address, Seen() if later else got.seen)
        else:
            yield _received(address, got)

    def _page(self, address: str) -> Arrived:
        got = self._fetch(address)
        return got if isinstance(got, Arrived) else _received(address, got)

    def _fetch(self, address: str) -> Fetched | Arrived:
        from jitsuroku.intake.fetch import ComeLater, Fetcher, Seen
        from jitsuroku.intake.targets import NotFetched

        if self.how.offline:
            return Arrived(address, Refused(address, f"{address}: not fetched, because nothing is to be (--offline)"))
        self.fetcher = self.fetcher or self.how.fetcher or Fetcher()
        seen = Seen() if self.how.again else Seen(*self.known(address))
        try:
            got = self.fetcher.fetch(address, seen)
        except ComeLater as problem:
            later = replace(seen, wait_until=problem.until)
            return Arrived(address, Refused(address, str(problem)), address, later)
        except NotFetched as problem:
            return Arrived(address, Refused(address, str(problem)))
        return got if got.data is not None else Arrived(address, Unchanged(address), address, got.seen)


def _received(address: str, got: Fetched) -> Arrived:
    from jitsuroku.intake.received import FORM_OF_MEDIA, media_and_charset

    media, charset = media_and_charset(got.media)
    form = FORM_OF_MEDIA.get(media)
    if got.data is None or (
        form is None and media not in ("", "application/octet-stream", "text/xml", "application/xml")
    ):
        return Arrived(address, Refused(address, f"{address}: is {media[:60]}, no page; give the address of a page"))
    page = Received(address.partition("#")[0], got.data, form, "web", got.address, charset, got.at)
    return Arrived(address, page, address, got.seen)
