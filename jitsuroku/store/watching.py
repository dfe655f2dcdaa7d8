"""Saved queries, and how far the watch has told what came in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jitsuroku.store.access import Access


@dataclass(frozen=True, slots=True)
class Poll:
    """A report of the watch: the documents numbered from after ``since`` up to ``upto``, told of at a moment."""

    since: int
    upto: int
    at: str


class WatchTables(Access):
    """The part of the store on which watching stands."""

    def save_query(self, name: str, asked: Mapping[str, Any]) -> None:
        """Keep a query under a name, in the place of one that is called so."""
        with self._writing():
            values = (name, json.dumps(asked, ensure_ascii=False, sort_keys=True))
            self._db.execute("INSERT OR REPLACE INTO queries (name, asked) VALUES (?, ?)", values)

    def queries(self) -> dict[str, dict[str, Any]]:
        """The saved queries by name."""
        return {name: json.loads(asked) for name, asked in self._rows("SELECT name, asked FROM queries ORDER BY name")}

    def remove_query(self, name: str) -> None:
        """Forget a query, and how far it was told."""
        with self._writing():
            self._db.execute("DELETE FROM queries WHERE name = ?", (name,))
            self._db.execute("DELETE FROM polls WHERE query = ?", (name,))

    def newest_number(self) -> int:
        """The number of the document that came last; 0 where there is none."""
        return int(self._row("SELECT coalesce(max(number), 0) FROM documents")[0])

    def number_of(self, document: str) -> int:
        """Which document by arrival it is; 0 when it is not there."""
        found = self._row("SELECT number FROM documents WHERE id = ?", (document,))
        return int(found[0]) if found else 0

    def arrived(self, since: int, upto: int) -> tuple[str, ...]:
        """The documents numbered from after ``since`` up to ``upto``, in the order of arrival."""
        found = self._rows("SELECT id FROM documents WHERE number > ? AND number <= ? ORDER BY number", (since, upto))
        return tuple(row[0] for row in found)

    def polls(self, query: str, most: int) -> tuple[Poll, ...]:
        """The last reports on a query, the newest first."""
        asked = "SELECT since, upto, at FROM polls WHERE query = ? ORDER BY upto DESC LIMIT ?"
        return tuple(Poll(*row) for row in self._rows(asked, (query, most)))

    def told(self, query: str, poll: Poll) -> None:
        """Note that a report was given."""
        with self._writing():
            values = (query, poll.since, poll.upto, poll.at)
            self._db.execute("INSERT OR REPLACE INTO polls (query, since, upto, at) VALUES (?, ?, ?, ?)", values)
