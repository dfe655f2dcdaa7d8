"""Lists without reading whole tables: records by what they are listed under (``listing``), the newest first.

The view ``listing_of`` in the schema says under what a record is listed; here its rows are kept for the pages that change, and
asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jitsuroku.store.filters import day_of
from jitsuroku.store.leaving import OF_PRIVATE_FLAGS, OF_PRIVATE_PAGES

ALL, LONG = "", "long:"
PARTY, PERSON, FORMAT = "party:", "person:", "format:"
# So far is looked to see which of several conditions fewest records fulfil.
LOOKED_AT = 20_000
A_YEAR = timedelta(366)
KEEP = (
    "INSERT OR IGNORE INTO listing (facet, kind, day, record) "
    "SELECT facet, kind, day, record FROM listing_of WHERE document"
)
ROW = "SELECT l.record, l.kind, l.day, coalesce(r.judged, r.json), coalesce(d.outlet, d.source), m.cluster"
BEHIND = (
    "CROSS JOIN records r ON r.id = l.record CROSS JOIN documents d ON d.id = r.document "
    "LEFT JOIN cluster_members m ON m.record = l.record"
)
ALSO = (
    "EXISTS (SELECT 1 FROM listing x WHERE x.facet = ? AND x.kind = l.kind AND x.day = l.day AND x.record = l.record)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list: its line, the day by which it is listed ("" without one), whose page it stands on (outlet, else
    source), and the cluster that it belongs to."""

    id: str
    kind: str
    day: str
    line: str
    source: str
    cluster: str | None


class ListingTables:
    """The part of the store that lists."""

    _db: Any
    _leaving: bool

    def _rows(self, query: str, values: Any = ()) -> Iterator[Any]:
        raise NotImplementedError

    def _row(self, query: str, values: Any = ()) -> Any:
        raise NotImplementedError

    # --- keeping, in a transaction that is under way -----------------------------------------------------------------

    def _list_anew(self, documents: Iterable[str]) -> None:
        """List the records of pages as they are shown now."""
        for document in documents:
            self._db.execute(
                "DELETE FROM listing WHERE record IN (SELECT id FROM records WHERE document = ?)", (document,)
            )
            self._db.execute(f"{KEEP} = ?", (document,))

    def _list_new(self, documents: Iterable[str]) -> None:
        """List the records of pages of which none is listed yet."""
        self._db.executemany(f"{KEEP} = ?", [(document,) for document in documents])

    def _list_all(self) -> None:
        self._db.execute("DELETE FROM listing")
        self._db.execute(
            "UPDATE documents SET outlet = (SELECT json_extract(r.json, '$.outlet') FROM records r WHERE r.id = documents.id)"
        )
        self._db.execute(f"{KEEP} IS NOT NULL")

    # --- asking -----------------------------------------------------------------------------------------------------

    def listed(
        self,
        kind: str,
        facets: Sequence[str] = (),
        *,
        since: str | None = None,
        until: str | None = None,
        most: int,
    ) -> list[Listed]:
        """The newest records of a kind that are listed under each of the facets ("party:USA", "type:CONSULT"), at most
        ``most``; ``since`` and ``until`` as in ``Where``. Raises ValueError when they are no dates."""
        first, *others = self._rarest(kind, facets) or [ALL]
        found = self._range(kind, first, others, since, until, most)
        if until is not None:
            # What lasts longer than a year may have begun before the end, though it is listed far behind it.
            late = self._range(kind, LONG, [first, *others], since, until, most)
            known = {each.id for each in found}
            found = [*found, *(each for each in late if each.id not in known)]
            found.sort(key=lambda each: each.id)
            found.sort(key=lambda each: each.day, reverse=True)
        return found[:most]

    def _rarest(self, kind: str, facets: Sequence[str]) -> list[str]:
        """The facets, that under which fewest are listed first."""
        if len(facets) < 2:
            return list(facets)
        query = f"SELECT count(*) FROM (SELECT 1 FROM listing WHERE facet = ? AND kind = ? LIMIT {LOOKED_AT})"
        return sorted(facets, key=lambda facet: int(self._row(query, (facet, kind))[0]))

    def _range(
        self, kind: str, facet: str, others: Sequence[str], since: str | None, until: str | None, most: int
    ) -> list[Listed]:
        parts, values = ["l.facet = ?", "l.kind = ?"], [facet, kind]
        for other in others:
            if other != ALL:
                parts.append(ALSO)
                values.append(other)
        if since is not None:
            parts.append("l.day >= ? AND r.day_to >= ?")
            values += [day_of(since, 0)] * 2
        if until is not None:
            last = day_of(until, 1)
            parts.append("r.day_from <= ?")
            values.append(last)
            if facet != LONG and last < str(date.max - A_YEAR):
                parts.append("l.day <= ?")
                values.append(str(date.fromisoformat(last) + A_YEAR))
        query = (
            f"{ROW} FROM listing l {BEHIND} WHERE {' AND '.join(parts)} ORDER BY l.day DESC, l.record LIMIT {int(most)}"
        )
        return [Listed(*row) for row in self._rows(query, values)]

    def number_listed(self, kind: str, facet: str = ALL) -> int:
        """How many records of a kind are listed under a facet."""
        query = "SELECT count(*) FROM main.listing WHERE facet = ? AND kind = ?"
        number = int(self._row(query, (facet, kind))[0])
        return number - self._private_listed(kind, facet) if self._leaving else number

    def _private_listed(self, kind: str, facet: str) -> int:
        """How many of them visitors may not see."""
        if self._row("SELECT 1 FROM main.documents WHERE private = 1 LIMIT 1") is None:
            return 0
        query = (
            f"SELECT count(*) FROM main.listing l WHERE l.facet = ? AND l.kind = ? AND l.record IN ({OF_PRIVATE_PAGES} "
            f"UNION {OF_PRIVATE_FLAGS})"
        )
        return int(self._row(query, (facet, kind))[0])

    def numbers_listed(self) -> Counter[str]:
        """How many records of each listed kind are shown."""
        kinds = ("document", "event", "statement", "reading", "commitment", "figure", "flag", "unresolved")
        return Counter({kind: number for kind in kinds if (number := self.number_listed(kind))})

    def years_listed(self, kind: str) -> list[str]:
        """The years under which records of a kind are listed, each of which is looked for."""
        query = (
            "SELECT substr(day, 1, 4) FROM listing WHERE facet = '' AND kind = ? AND day < ? ORDER BY day DESC LIMIT 1"
        )
        found: list[str] = []
        while (row := self._row(query, (kind, found[-1] if found else "a"))) and row[0]:
            found.append(row[0])
        return found[::-1]
