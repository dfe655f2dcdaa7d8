"""What a program does to keep its store: back it up, compact it, forget a source, read again what is read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Self

from jitsuroku.desk.linking import relink
from jitsuroku.desk.upkeep.reread import Reread, accepting, rereads
from jitsuroku.records import World
from jitsuroku.store import IN_MEMORY, Held, Server, Store, StoreError
from jitsuroku.store.keeping import backup
from jitsuroku.store.postgres.instead import refuse_server


class UpkeepDesk:
    """The part of the desk that keeps its store in order."""

    store: Store
    path: Path | str
    _world: World | None

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        world: World | None = None,
        create: bool = True,
        leaving: bool = False,
    ) -> None:
        raise NotImplementedError

    def leaving(self) -> Self:
        """Another desk over the same file, without private pages and what stands on them, to read only."""
        return type(self)(self.path, world=self._world, create=False, leaving=True)

    def backup(self, path: str | PathLike[str], *, force: bool = False) -> int:
        """Copy the store to a file, also while others write it; gives the number of records.

        The copy is checked, and the file is whole or not there. Raises StoreError, also when the file stands there and
        ``force`` is not given.
        """
        if str(self.path) == IN_MEMORY:
            raise StoreError("a store in memory has no file to back up; export it, or open one with a path")
        return backup(refuse_server(self.path, "backup"), Path(path), force=force)

    def compact(self) -> tuple[int, int]:
        """Write the store's file anew without the room of what is gone; gives its bytes before and after."""
        return self.store.compact()

    def held(self, source: str) -> Held:
        """What the store holds of an outlet (by name) or a host: what ``forget`` would take out."""
        return self.store.held_of(source)

    def forget(self, source: str) -> Held:
        """Take an outlet or a host out of everything: pages, lines, links, judgements, search; tells what it was.

        A file is compacted afterwards, so that none of its words are left in it. Backups and exports keep theirs.
        """
        held = self.store.held_of(source)
        if held.documents or held.names:
            self.store.forget(held)
            relink(self.store)
            if not isinstance(self.store.path, Server):
                self._without_a_byte()
        return held

    def _without_a_byte(self) -> None:
        try:
            self.store.compact()
        except StoreError as problem:
            told = "it is out of the record; jitsuroku compact then takes its words out of the file"
            raise StoreError(f"{problem}; {told}") from problem

    def rereading(self, *, accept: bool = False, every: bool = False) -> Iterator[Reread]:
        """Read again, one by one, the pages that another version read (``every``: all), and tell what is read otherwise.

        Nothing changes but with ``accept``: each page then is stored before it is told.
        """
        found = rereads(self.store, self._world, every=every)
        return accepting(self.store, found) if accept else found
