"""Pages into the store: find, read, save, one after the other; a page that fails never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path

from jitsuroku import __version__
from jitsuroku.desk.arriving import Adding, Arrived, Unchanged, arrivals, with_sample_note
from jitsuroku.desk.prepared import Prepared, prepared
from jitsuroku.desk.reading import Made, Make, reading
from jitsuroku.intake import PageError, Received, Refused, page_of
from jitsuroku.intake.pages import received_from
from jitsuroku.intake.received import instant
from jitsuroku.records import Page, Reading, World
from jitsuroku.samples import PAGES
from jitsuroku.store import Custody, Saved, Store

Told = Callable[[Prepared], None]
PACKAGE = Path(__file__).parents[1]
# What does not change how a page is read.
NOT_READING = frozenset({"store", "desk", "samples", "linking", "cli", "__main__.py", "__init__.py", "__pycache__"})

# Samples on which everything is met once: HTML and text, sums and rates, several languages.
WARMING = ("astana-analysis.html", "c5-paper.txt", "en-c5.txt")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: ``result`` is None when it was refused, and ``problem`` says why. ``origin``: what was
    named, from which it can be had again."""

    source: str
    document: str | None
    result: Saved | None
    problem: str | None
    origin: str = ""


@cache
def reader_version() -> str:
    """The version with a digest over the reader's code, tables and definitions, so that a new word reads pages anew."""
    digest = blake2b(digest_size=8)
    for path in sorted(p for p in PACKAGE.rglob("*") if p.is_file()):
        parts = path.relative_to(PACKAGE).parts
        if parts[0] not in NOT_READING and "__pycache__" not in parts:
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{digest.hexdigest()}"


@cache
def package_world() -> World:
    """The world of the package, made once. Raises lexicon.TableError when a table is broken."""
    from jitsuroku.pipeline import world

    return world()


def read_any(page: Page, world: World | None) -> Reading:
    """Read a page with the world given, or the package's own."""
    from jitsuroku.pipeline import read

    return read(page, world or package_world())


def load_page(path: Path, source: str | None = None) -> Page:
    """The one page of a file. Raises PageError when it is none, or holds several."""
    return page_of(with_sample_note(received_from(path, source), path))


def add_pages(
    store: Store, names: Iterable[str | Path], world: World | None, how: Adding, at: str, told: Told
) -> Iterator[Outcome]:
    """Read what the names lead to (files, folders, archives, feeds, addresses) into the store and tell of each page.

    ``at``: the moment at which they are added; ``told`` is told of each new page, as it was prepared. Raises StoreError when the store cannot be written.
    """
    if how.workers > 1 or how.gate:
        world = world or package_world()
    if how.workers > 1 and world is not None:
        warm(world)
    coming = arrivals(names, how, store.address_seen)
    standing = _Standing(store, reader_version(), how.again)
    for arrived, make in reading(coming, standing, preparing(reader_of(world, how.gate)), how.workers):
        outcome = None if arrived.arrival is None else _brought(store, arrived, make, how, at, told)
        if outcome is not None:
            yield outcome
        if outcome is None or outcome.problem is None or isinstance(arrived.arrival, Refused):
            _remember(store, arrived, outcome)


def warm(world: World) -> None:
    """Read a few samples, so that workers share what is made on the first pages: patterns, rates, pages of the dictionary."""
    read = preparing(reader_of(world, False))
    for name in WARMING:
        read(load_page(PAGES / name, name))


def reader_of(world: World | None, gated: bool) -> Callable[[Page], Reading | None]:
    """What reads a page; with a gate it gives None for one that can hold nothing of ours."""
    if not gated or world is None:
        return lambda page: read_any(page, world)
    from jitsuroku.pipeline import gate

    may_hold = gate(world)
    return lambda page: read_any(page, world) if may_hold(page) else None


def preparing(read: Callable[[Page], Reading | None]) -> Callable[[Page], Prepared | None]:
    """What reads a page and prepares what is kept of it."""
    version = reader_version()

    def read_and_prepare(page: Page) -> Prepared | None:
        reading = read(page)
        return None if reading is None else prepared(reading, version)

    return read_and_prepare


def _remember(store: Store, arrived: Arrived, outcome: Outcome | None) -> None:
    """Keep what an address told for the next time; of a page that could not be read nothing, so that it comes again."""
    seen = arrived.seen
    if arrived.asked is not None and seen is not None:
        document = outcome.document if outcome else None
        store.see_address(arrived.asked, (seen.etag, seen.modified, seen.wait_until), document)


@dataclass(frozen=True, slots=True)
class _Standing:
    store: Store
    reader: str
    again: bool

    def id_of(self, received: Received) -> str | None:
        if self.again:
            return None
        return self.store.came_before(received.source, received.address, sha256(received.data).hexdigest(), self.reader)

    def has(self, page: Page) -> bool:
        return not self.again and self.store.has(page, self.reader)


def _brought(store: Store, arrived: Arrived, make: Make, how: Adding, at: str, told: Told) -> Outcome:
    arrival, origin = arrived.arrival, arrived.origin
    if isinstance(arrival, Refused):
        return Outcome(arrival.source, None, None, arrival.problem, origin)
    if isinstance(arrival, Unchanged):
        return Outcome(arrival.source, None, Saved.SAME, None, origin)
    assert arrival is not None
    custody = custody_of(arrival, how, at)
    return replace(_outcome(arrival.source, lambda: _kept(store, make(), custody, how, told)), origin=origin)


def custody_of(received: Received, how: Adding, at: str) -> Custody:
    """How a page came in, as the store keeps it."""
    fetched = instant(received.fetched)
    digest = sha256(received.data).hexdigest()
    data = None if how.text_only else received.data
    return Custody(received.source, received.address, fetched, received.by, digest, fetched or at, data)


def _kept(store: Store, made: Made, custody: Custody, how: Adding, told: Told) -> tuple[str | None, Saved]:
    """Keep what was made of a page: its reading, or where it stands there already itself or its id; nothing of what the
    gate kept out."""
    if made is None:
        return None, Saved.NOTHING
    if isinstance(made, Prepared):
        saved = store.keep(replace(made.ready, custody=custody, private=how.private), again=how.again)
        if saved is Saved.NEW:
            told(made)
        return made.ready.page.id, saved
    if isinstance(made, Page):
        store.keep_first_name(made)
    document = made.id if isinstance(made, Page) else made
    if isinstance(made, Page) or custody.fetched is not None:
        store.receive(document, custody)
    if how.private:
        store.set_private([document], True)
    return document, Saved.SAME


def read_again(store: Store, world: World | None) -> Iterator[Outcome]:
    """Read the stored pages again that another version of the reader read."""
    for document in store.stale(reader_version()):
        page = store.page(document)
        yield _outcome(page.source, lambda p=page: (p.id, store.save(read_any(p, world), reader_version())))  # type: ignore[misc]


def fault_in(source: str, problem: Exception) -> str:
    """Why a page was refused. A fault of our own in one page must not cost the others: it is told like a refusal.

    What is wrong with the store, the tables or the installation is no page's fault and is raised again.
    """
    from jitsuroku.lexicon import TableError
    from jitsuroku.store import StoreError

    if isinstance(problem, PageError):
        return str(problem)
    if isinstance(problem, StoreError | TableError | ImportError | SyntaxError):
        raise problem
    told = f"{source}: could not be read, by a fault of jitsuroku ({type(problem).__name__}: {problem})"
    return f"{told}; the page was left out, please report it"


def _outcome(source: str, work: Callable[[], tuple[str | None, Saved]]) -> Outcome:
    """What became of a page."""
    try:
        document, result = work()
    except Exception as problem:
        return Outcome(source, None, None, fault_in(source, problem))
    return Outcome(source, document, result, None)
