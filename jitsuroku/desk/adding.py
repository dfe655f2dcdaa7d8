"""Pages into the store: find, read, save, one after the other; a page that fails never stops the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jitsuroku import __version__
from jitsuroku.desk.lines import SAMPLE
from jitsuroku.records import Page, Reading, World
from jitsuroku.store import Saved, Store

PACKAGE = Path(__file__).parents[1]
# What does not change how a page is read.
NOT_READING = frozenset({"store", "desk", "samples", "linking", "cli", "__main__.py", "__init__.py", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: ``result`` is None when it was refused, and ``problem`` says why."""

    source: str
    document: str | None
    result: Saved | None
    problem: str | None


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
    """Read a file; when a ``NAME.json`` beside it has the key ``sample``, the page's notes say that it is made up.

    Raises PageError when it is no page.
    """
    from jitsuroku.intake import read_page

    page = read_page(path, source)
    remark = _sample_remark(path.with_suffix(".json"))
    return replace(page, notes=(*page.notes, SAMPLE + remark)) if remark else page


def _sample_remark(sidecar: Path) -> str | None:
    try:
        beside = json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    remark = beside.get("sample") if isinstance(beside, dict) else None
    return str(remark) if remark else None


def find_all(paths: Iterable[Path]) -> Iterator[tuple[Path, str] | Outcome]:
    """The page files below the paths with their sources; a path that does not exist gives an outcome instead."""
    from jitsuroku.intake import PageError, find_pages

    for path in paths:
        try:
            yield from find_pages([path])
        except PageError as problem:
            yield Outcome(str(path), None, None, str(problem))


def add_pages(
    store: Store, paths: Iterable[Path], world: World | None, again: bool = False, private: bool = False
) -> Iterator[Outcome]:
    """Read the pages below the paths into the store and tell of each. ``again`` reads also what did not change,
    ``private`` marks the pages as such.

    Raises StoreError when the store cannot be written.
    """
    for found in find_all(paths):
        if isinstance(found, Outcome):
            yield found
        else:
            path, source = found
            yield _outcome(source, lambda p=path, s=source: _add(store, load_page(p, s), world, again, private))  # type: ignore[misc]


def read_again(store: Store, world: World | None) -> Iterator[Outcome]:
    """Read the stored pages again that another version of the reader read."""
    for document in store.stale(reader_version()):
        page = store.page(document)
        yield _outcome(page.source, lambda p=page: _add(store, p, world))  # type: ignore[misc]


def _add(
    store: Store, page: Page, world: World | None, again: bool = False, private: bool = False
) -> tuple[Page, Saved]:
    reader = reader_version()
    if not again and store.has(page, reader):
        store.keep_first_name(page)
        if private:
            store.set_private([page.id], True)
        return page, Saved.SAME
    return page, store.save(read_any(page, world), reader, again=again, private=private)


def _outcome(source: str, work: Callable[[], tuple[Page, Saved]]) -> Outcome:
    """What became of a page. A fault of our own in one page must not cost the others: it is told like a refusal.

    What is wrong with the store, the tables or the installation is no page's fault and stops the reading.
    """
    from jitsuroku.intake import PageError
    from jitsuroku.lexicon import TableError
    from jitsuroku.store import StoreError

    try:
        page, result = work()
    except PageError as problem:
        return Outcome(source, None, None, str(problem))
    except (StoreError, TableError, ImportError, SyntaxError):
        raise
    except Exception as problem:
        told = f"{source}: could not be read, by a fault of jitsuroku ({type(problem).__name__}: {problem})"
        return Outcome(source, None, None, f"{told}; the page was left out, please report it")
    return Outcome(source, page.id, result, None)
