"""Mends a damaged store: first in its place, then, where that does not do, from what can be saved of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jitsuroku.desk.adding import read_any, reader_version
from jitsuroku.desk.export.jsonl import export_lines
from jitsuroku.desk.judging.state import apply
from jitsuroku.desk.linking import relink
from jitsuroku.records import World
from jitsuroku.store import Store, StoreError, damage
from jitsuroku.store.keeping import keep_copy, replace_store
from jitsuroku.store.mending import Mended, may_be_mended, rebuilt
from jitsuroku.store.opening import mark_damaged
from jitsuroku.store.salvage import Salvaged, lost_lines, salvage


def repair(path: Path, world: World | None = None) -> Mended:
    """Make indexes, search and links anew; where the file itself is damaged, a new one from what can be saved.

    A copy of the store as it was stays beside it. Raises StoreError when it may not be written or nothing can be saved;
    the store then is as it was.
    """
    may_be_mended(path)
    kept = keep_copy(path)
    mark_damaged(path, False)
    try:
        try:
            did = _in_place(path)
        except StoreError as problem:
            return replace(_from_salvage(path, world, str(problem)), kept=kept)
        if not _is_sound(path):
            return replace(_from_salvage(path, world, "damage is left"), kept=kept)
        return Mended(kept, did)
    except BaseException:
        mark_damaged(path, True)
        raise


def _in_place(path: Path) -> tuple[str, ...]:
    with Store(path, create=False, judge=apply) as store:
        did = store.mend()
        relink(store)
    return (*did, "links made anew")


def _is_sound(path: Path) -> bool:
    if damage(path):
        return False
    with Store(path, create=False) as store:
        return next(store.untrue(), None) is None


def _from_salvage(path: Path, world: World | None, reason: str) -> Mended:
    beside = path.with_name(f".{path.name}.mending")
    try:
        _clear(beside)
        found, others = rebuilt(path, beside)
        did = [f"a new file made of what can be read, for in its place it cannot be mended: {reason}"]
        with Store(beside, create=False, judge=apply) as store:
            did += _completed(store, found, world)
            did += store.mend()
            relink(store)
        if not _is_sound(beside):
            raise StoreError(f"{path}: cannot be mended; jitsuroku export --salvage saves what can be read")
        did += [f"table {name} could not be copied" for name in others]
        replace_store(beside, path)
    finally:
        _clear(beside)
    return Mended(path, (*did, "links made anew"), found)


def _clear(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-writer"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _completed(store: Store, found: Salvaged, world: World | None) -> Iterator[str]:
    """Read the pages again of which a line is lost; let go of documents whose page is."""
    gone = store.drop_pageless()
    if gone:
        yield f"{gone} documents whose page is lost taken out"
    again = store.incomplete((*found.lost, *((document, document) for document in found.unlisted)))
    for document in again:
        store.save(read_any(store.page(document), world), reader_version(), again=True)
    if again:
        yield f"{len(again)} pages read again, for some of their lines were lost"


def salvaged_lines(path: Path, folder: Path, *, with_pages: bool = False) -> tuple[Salvaged, Iterator[str]]:
    """What can be saved of a store, as lines of the export with all versions, and what was lost. ``folder``: where to put
    the lines in order."""
    into = folder / "salvaged.sqlite"
    found = salvage(path, into)

    def lines() -> Iterator[str]:
        with Store(into, create=False) as store:
            yield from export_lines(store, with_pages=with_pages, all_versions=True)

    return found, lines()


def mended_lines(done: Mended) -> Iterator[str]:
    """What was done, to be read."""
    yield f"the store as it was: {done.kept}"
    yield from done.did
    if done.salvaged is not None:
        yield from lost_lines(done.salvaged)
