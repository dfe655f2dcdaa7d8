"""What several pages tell of, kept as groups of records, and which of them have to be made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jitsuroku.store.access import Access
from jitsuroku.store.entries import as_line

GIVEN = "(SELECT value FROM json_each(?))"
COLUMNS = "c.id, c.kind, c.independent, c.origins, c.places, c.differing"
# A limit that is none.
EVERYTHING = 1 << 62
PUT = (
    "INSERT OR REPLACE INTO clusters (id, kind, independent, members, origins, places, differing, differences) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
PUT_MEMBER = "INSERT OR REPLACE INTO cluster_members (record, cluster, document) VALUES (?, ?, ?)"
# Records on a page that is stale go with it: another copy may be no source of its own any more.
TOUCHED = (
    f"SELECT record FROM cluster_members WHERE record IN {GIVEN} OR document IN {GIVEN} OR cluster IN "
    f"(SELECT cluster FROM cluster_members WHERE record IN {GIVEN} OR document IN {GIVEN})"
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A cluster as it is kept: ``places`` are its records in order, each with its page; ``differing`` the fields in which its
    pages do not agree."""

    id: str
    kind: str
    independent: int
    origins: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    differing: tuple[str, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of its pages, in order, each once."""
        return tuple(dict.fromkeys(document for _, document in self.places))


@dataclass(frozen=True, slots=True)
class PageName:
    """How a page is called in a list: by its outlet, else its source."""

    name: str
    language: str | None


class ClusterTables(Access):
    """The part of the store that keeps clusters."""

    def page_names(self, ids: Iterable[str]) -> dict[str, PageName]:
        """How pages are called, by id."""
        query = f"SELECT id, coalesce(outlet, source), language FROM documents WHERE id IN {GIVEN}"
        return {row[0]: PageName(row[1], row[2]) for row in self._rows(query, (as_line(list(ids)),))}

    def stale_clusters(self, most: int) -> tuple[str, ...]:
        """Records, and pages, whose clusters are to be made anew, at most so many."""
        return tuple(row[0] for row in self._rows("SELECT record FROM cluster_stale LIMIT ?", (most,)))

    def touch_clusters(self, ids: Iterable[str]) -> None:
        """Let the clusters of these records be made anew."""
        with self._writing():
            self._db.executemany("INSERT OR IGNORE INTO cluster_stale VALUES (?)", [(id,) for id in ids])

    def clustered_with(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The records of all clusters to which these records belong, or that stand on these pages."""
        told = as_line(list(ids))
        return tuple(row[0] for row in self._rows(TOUCHED, (told,) * 4))

    def replace_clusters(self, stale: Sequence[str], made: Iterable[Grouped]) -> None:
        """Put clusters in the place of all to which the stale records belonged, or that stood on stale pages. Whoever belongs
        to one of them is stale no more."""
        told = as_line(list(stale))
        done = list(stale)
        old = f"SELECT cluster FROM cluster_members WHERE record IN {GIVEN} OR document IN {GIVEN}"
        with self._writing():
            self._db.execute(f"DELETE FROM clusters WHERE id IN ({old})", (told, told))
            for each in made:
                places = [list(place) for place in each.places]
                row = (each.id, each.kind, each.independent, len(each.places), as_line(list(each.origins)))
                self._db.execute(PUT, (*row, as_line(places), as_line(list(each.differing)), len(each.differing)))
                members = [(record, each.id, document) for record, document in each.places]
                self._db.executemany(PUT_MEMBER, members)
                done += [record for record, _ in each.places]
            self._db.execute(f"DELETE FROM cluster_stale WHERE record IN {GIVEN}", (as_line(done),))

    def clusters(self, kind: str | None = None, *, start: int = 0, most: int | None = None) -> tuple[Grouped, ...]:
        """Clusters, those with most independent sources first."""
        asked = "SELECT {} FROM clusters c WHERE c.kind = ? ORDER BY c.independent DESC, c.members DESC, c.id LIMIT ?"
        kinds = ("commitment", "event", "statement") if kind is None else (kind,)
        end = EVERYTHING if most is None else start + most
        found = [_grouped(row) for each in kinds for row in self._rows(asked.format(COLUMNS), (each, end))]
        found.sort(key=lambda c: (-c.independent, -len(c.places), c.id))
        return tuple(found[start:] if most is None else found[start : start + most])

    def cluster_places(self, id: str) -> tuple[tuple[str, str], ...]:
        """The records of a cluster, each with its page; none where there is no such cluster."""
        found = self._row("SELECT places FROM clusters WHERE id = ?", (id,))
        return tuple((record, document) for record, document in json.loads(found[0])) if found else ()

    def disputed(self, most: int) -> tuple[Grouped, ...]:
        """The clusters whose pages differ in most fields."""
        query = (
            f"SELECT {COLUMNS} FROM clusters c WHERE c.differences > 0 "
            "ORDER BY c.differences DESC, c.independent DESC, c.id LIMIT ?"
        )
        return tuple(_grouped(row) for row in self._rows(query, (most,)))

    def parted_by_private(self) -> tuple[str, ...]:
        """The records, of those that are shown, whose cluster has others on private pages."""
        query = (
            "SELECT m.record FROM main.cluster_members m WHERE m.cluster IN (SELECT c.cluster FROM main.documents d "
            "JOIN main.cluster_members c ON c.document = d.id WHERE d.private = 1) ORDER BY m.record"
        )
        found = [row[0] for row in self._rows(query)]
        shown = {row[0] for row in self._rows(f"SELECT id FROM records WHERE id IN {GIVEN}", (as_line(found),))}
        return tuple(id for id in found if id in shown)

    def number_of_clusters(self) -> dict[str, int]:
        """How many there are of each kind."""
        return dict(self._rows("SELECT kind, count(*) FROM clusters GROUP BY kind"))

    def clusters_of(self, records: Iterable[str]) -> dict[str, Grouped]:
        """The clusters to which records belong, by record."""
        query = (
            f"SELECT m.record, {COLUMNS} FROM cluster_members m JOIN clusters c ON c.id = m.cluster "
            f"WHERE m.record IN {GIVEN}"
        )
        return {row[0]: _grouped(row[1:]) for row in self._rows(query, (as_line(list(records)),))}


def _grouped(row: Sequence[Any]) -> Grouped:
    id, kind, independent, origins, places, differing = row
    told = tuple((record, document) for record, document in json.loads(places))
    return Grouped(id, kind, independent, tuple(json.loads(origins)), told, tuple(json.loads(differing)))
