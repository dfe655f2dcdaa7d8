"""A whole record from one store to another: from a file to a server, and back."""

from __future__ import annotations

from pathlib import Path

from jitsuroku.desk.judging.state import apply
from jitsuroku.store import Server, Store


def private_pages(place: Path | Server) -> int:
    """How many private pages a store holds. Raises StoreError."""
    with Store(place, create=False) as store:
        return len(store.private_documents())


def copy(origin: Path | Server, target: Path | Server) -> dict[str, int]:
    """Copy a record with all that belongs to it into an empty or a new store; gives the number of rows by table.

    The copy is whole or not there. Raises StoreError when there is nothing to copy from or the target holds a record.
    """
    with Store(origin, create=False) as source:
        is_new = isinstance(target, Path) and not target.exists()
        try:
            with Store(target, judge=apply) as store:
                return store.take_in(source)
        except BaseException:
            if is_new:
                for end in ("", "-wal", "-shm", "-writer"):
                    Path(f"{target}{end}").unlink(missing_ok=True)
            raise
