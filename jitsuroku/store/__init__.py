"""Everything that was read, kept in one SQLite file, or on a PostgreSQL server."""

from jitsuroku.store.arrivals import Custody, Run, RunPage
from jitsuroku.store.catalogue import Outline, Sought
from jitsuroku.store.clustering import Grouped
from jitsuroku.store.filters import Where
from jitsuroku.store.forgetting import Held
from jitsuroku.store.hits import Hit
from jitsuroku.store.judged import Judge, Judged
from jitsuroku.store.listing import Listed
from jitsuroku.store.loading import Ready
from jitsuroku.store.opening import IN_MEMORY, SQLITE_VERSION, damage, migrations
from jitsuroku.store.postgres.address import Server, is_server
from jitsuroku.store.problem import StoreError
from jitsuroku.store.saving import Saved
from jitsuroku.store.store import Store

__all__ = [
    "IN_MEMORY",
    "SQLITE_VERSION",
    "Custody",
    "Grouped",
    "Held",
    "Hit",
    "Judge",
    "Judged",
    "Listed",
    "Outline",
    "Ready",
    "Run",
    "RunPage",
    "Saved",
    "Server",
    "Sought",
    "Store",
    "StoreError",
    "Where",
    "damage",
    "is_server",
    "migrations",
]
