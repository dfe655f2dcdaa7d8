"""What saving a page changed, and the row of a record."""

from __future__ import annotations

from enum import Enum

INSERT_RECORD = (
    "INSERT OR REPLACE INTO records (id, kind, document, start, type, status, day_from, day_to, json, layer) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Saved(Enum):
    """What saving a page changed."""

    NEW = "new"
    NEW_VERSION = "new version"
    READ_AGAIN = "read again"
    SAME = "no change"
    # Nothing was saved: the gate kept it out.
    NOTHING = "nothing of ours"
