"""How many there are in the store: records by kind, people by pages, flags by rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jitsuroku.records import Record
from jitsuroku.store.access import Access
from jitsuroku.store.filters import Where, condition

JOINED = "FROM records r LEFT JOIN documents d ON d.id = r.document"
FLAGS_BY_RULE = (
    "SELECT json_extract(r.json, '$.rule'), count(*), sum(r.hidden) FROM records r "
    "JOIN documents d ON d.id = r.document WHERE r.kind = 'flag' AND d.newest = 1 GROUP BY 1 ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class Called:
    """A person as one page knows him or her."""

    name: str
    country: str | None
    office: str | None
    document: str


class Counts(Access):
    """The part of the store that counts."""

    def counts(self, *, judged: bool = False) -> Counter[str]:
        """How many newest records of each kind there are; ``judged``: as people judged them, without what they rejected."""
        asked, values = condition(Where(judged=judged))
        return Counter(dict(self._rows(f"SELECT r.kind, count(*) {JOINED} WHERE {asked} GROUP BY r.kind", values)))

    def count(self, where: Where) -> int:
        """How many records are asked for, whatever its limit."""
        asked, values = condition(where)
        return int(next(self._rows(f"SELECT count(*) {JOINED} WHERE {asked}", values))[0])

    def records_with(self, ids: Iterable[str]) -> Iterator[Record]:
        """The records with these ids, as people judged them, by id."""
        query = "SELECT coalesce(judged, json) FROM records WHERE hidden = 0 AND id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return (self._restored(row[0]) for row in self._rows(query, (json.dumps(sorted(ids)),)))

    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of these ids that records of the newest pages, or of no page, have."""
        query = (
            "SELECT r.id FROM records r LEFT JOIN documents d ON d.id = r.document WHERE (r.document IS NULL OR "
            "d.newest = 1) AND r.id IN (SELECT value FROM json_each(?))"
        )
        return {row[0] for row in self._rows(query, (json.dumps(sorted(ids)),))}

    def people(self) -> Iterator[tuple[str, str | None, str | None, int]]:
        """Name, country, office and number of documents of everyone named, by number and name."""
        query = "SELECT name, nullif(country, ''), office, documents FROM people_counts ORDER BY documents DESC, name, country"
        return ((row[0], row[1], row[2], row[3]) for row in self._rows(query))

    def people_called(self, form: str) -> tuple[Called, ...]:
        """Everyone whom a newest page calls so, page by page."""
        query = (
            "SELECT n.name, n.country, n.office, n.document FROM people n JOIN documents d ON d.id = n.document "
            "WHERE d.newest = 1 AND n.form = ? ORDER BY n.document, n.name"
        )
        return tuple(Called(*row) for row in self._rows(query, (form,)))

    def any_flag_hidden(self) -> bool:
        """Whether people took any flag away."""
        return next(self._rows("SELECT 1 FROM records WHERE hidden = 1 AND kind = 'flag' LIMIT 1"), None) is not None

    def flags_by_rule(self) -> Iterator[tuple[str, int, int]]:
        """Of each rule how many flags it raised on the newest pages, and how many of them people took away."""
        return ((row[0], row[1], row[2]) for row in self._rows(FLAGS_BY_RULE))
