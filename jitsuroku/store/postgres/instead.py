"""What to use on a server in the place of what keeps a file in order."""

from __future__ import annotations

from pathlib import Path

from jitsuroku.store.postgres.address import Server
from jitsuroku.store.problem import StoreError

COPY = "jitsuroku copy --from {server} --to FILE.sqlite"
INSTEAD = {
    "backup": f"a server is backed up by pg_dump --schema=jitsuroku --format=custom, or as a file by {COPY}",
    "restore": "what pg_dump wrote comes back by pg_restore, a file by jitsuroku copy --from FILE.sqlite --to {server}",
    "compact": "a server keeps its own files; there VACUUM (FULL) on the tables of the schema jitsuroku gives back their room",
    "repair": "a server's files are mended by who runs it (REINDEX, pg_amcheck, a backup); jitsuroku mends only a file of its own",
    "salvage": f"what can be read of a server is read by jitsuroku export, or {COPY}; --salvage is for a damaged file",
}


def refuse_server(place: Path | str, what: str) -> Path:
    """The file on which something is to be done. Raises StoreError, and names what to use instead, when it is a server."""
    if isinstance(place, Server):
        raise StoreError(f"{place}: {INSTEAD[what].format(server=place)}")
    return Path(place)
