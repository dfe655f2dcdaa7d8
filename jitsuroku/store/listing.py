"""Lists without reading whole tables: records by what they are listed under (``listing``), the newest first.

The view ``listing_of`` in the schema says under what a record is listed; here its rows are kept for the pages that change, and
asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jitsuroku.store.access import Access
from jitsuroku.store.filters import day_of
from jitsuroku.store.leaving import OF_PRIVATE_FLAGS, OF_PRIVATE_PAGES

ALL, LONG = "", "long:"
PARTY, ABOUT, PERSON, FORMAT, STATUS = "party:", "about:", "person:", "format:", "status:"
# So far is looked to see which of several conditions fewest records fulfil.
LOOKED_AT = 20_000
A_YEAR = timedelta(366)
# So many records are named in one question.
MOST_NAMED = 500
KEEP = (
    "INSERT OR IGNORE INTO listing (facet, kind, day, record, begins) "
    "SELECT facet, kind, day, record, begins FROM listing_of WHERE document"
)
ROW = "SELECT l.record, l.kind, l.day, coalesce(r.judged, r.json), coalesce(d.outlet, d.source), d.published, m.cluster"
BEHIND = (
    "CROSS JOIN records r ON r.id = l.record CROSS JOIN documents d ON d.id = r.document "
    "LEFT JOIN cluster_members m ON m.record = l.record"
)
# The day by which a record's year is told: its own, else that of its page.
BEGINS = "coalesce(nullif(l.begins, ''), d.published, '')"
# Kinds that are listed by a day of their own, where they tell one.
WITH_DAYS = frozenset({"event", "statement", "commitment"})
# That a person who is called so is meant by this form on the page.
CALLED = "AND (? = ? OR EXISTS (SELECT 1 FROM people n WHERE n.form = ? AND n.document = r.document AND n.name = ?))"
ALSO = (
    "EXISTS (SELECT 1 FROM listing x WHERE x.facet = ? AND x.kind = l.kind AND x.day = l.day AND x.record = l.record)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list: its line, the day by which it is listed ("" without one), whose page it stands on (outlet, else
    source) and when that came out, and the cluster that it belongs to."""

    id: str
    kind: str
    day: str
    line: str
    source: str
    published: str | None
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom pages name: under which name, of which country, with which office, and on how many pages."""

    name: str
    country: str | None
    office: str | None
    documents: int


class ListingTables(Access):
    """The part of the store that lists."""

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
        year: str | None = None,
        soonest: bool = False,
        most: int,
    ) -> list[Listed]:
        """The newest records of a kind that are listed under each of the facets ("party:USA", "type:CONSULT"), at most
        ``most``; ``since`` and ``until`` as in ``Where``, ``year`` that in which its day, or its page's, begins;
        ``soonest``: those first whose last day comes first. Raises ValueError when a date is none."""
        first, *others = self._rarest(kind, facets) or [ALL]
        window = _window(kind, since, until, year)
        found = self._range(kind, first, others, window, most, soonest)
        if window.behind:
            # What lasts longer than a year may have begun before the end, though it is listed far behind it.
            late = self._range(kind, LONG, [first, *others], window, most, soonest)
            known = {each.id for each in found}
            found = [*found, *(each for each in late if each.id not in known)]
            found.sort(key=lambda each: each.id)
            found.sort(key=lambda each: each.day, reverse=not soonest)
        return found[:most]

    def _rarest(self, kind: str, facets: Sequence[str]) -> list[str]:
        """The facets, that under which fewest are listed first."""
        if len(facets) < 2:
            return list(facets)
        query = f"SELECT count(*) FROM (SELECT 1 FROM listing WHERE facet = ? AND kind = ? LIMIT {LOOKED_AT}) AS few"
        return sorted(facets, key=lambda facet: int(self._row(query, (facet, kind))[0]))

    def _range(
        self, kind: str, facet: str, others: Sequence[str], window: _Window, most: int, soonest: bool
    ) -> list[Listed]:
        condition, values = _condition(kind, facet, others, window)
        order = "ASC" if soonest else "DESC"
        query = f"{ROW} FROM listing l {BEHIND} WHERE {condition} ORDER BY l.day {order}, l.record LIMIT {int(most)}"
        return [Listed(*row) for row in self._rows(query, values)]

    def listed_with(self, kind: str, form: str, most: int) -> list[Listed]:
        """The newest records of a kind with a person: named so, or by the name to which this form belongs on their page."""
        names = [row[0] for row in self._rows("SELECT DISTINCT name FROM people WHERE form = ? ORDER BY 1", (form,))]
        found: dict[str, Listed] = {}
        for name in dict.fromkeys([form, *names]):
            query = f"{ROW} FROM listing l {BEHIND} WHERE l.facet = ? AND l.kind = ? {CALLED} ORDER BY l.day DESC, l.record LIMIT ?"
            rows = self._rows(query, (PERSON + name, kind, name, form, form, name, most))
            found |= {row[0]: Listed(*row) for row in rows}
        by_id = sorted(found.values(), key=lambda each: each.id)
        return sorted(by_id, key=lambda each: each.day, reverse=True)[:most]

    def people_listed(self, start: int, most: int) -> list[Person]:
        """Everyone named, by number of pages and name."""
        query = (
            "SELECT name, nullif(country, ''), office, documents FROM people_counts ORDER BY documents DESC, name, country "
            "LIMIT ? OFFSET ?"
        )
        return [Person(*row) for row in self._rows(query, (most, start))]

    def number_of_people(self) -> int:
        """How many people are named."""
        return int(self._row("SELECT count(*) FROM people_counts")[0])

    def days_listed(
        self, kind: str, facets: Sequence[str] = (), *, since: str | None = None, until: str | None = None
    ) -> dict[str, str]:
        """All records of a kind under all of the facets, by id the day by which each is listed. Raises ValueError when a
        date is none."""
        first, *others = self._rarest(kind, facets) or [ALL]
        window = _window(kind, since, until, None)
        joined = "" if kind in WITH_DAYS else "CROSS JOIN records r ON r.id = l.record"
        asked = [(first, others), *([(LONG, [first, *others])] if window.behind else [])]
        found: dict[str, str] = {}
        for facet, more in asked:
            condition, values = _condition(kind, facet, more, window)
            rows = self._rows(f"SELECT l.record, l.day FROM listing l {joined} WHERE {condition}", values)
            found |= {row[0]: row[1] for row in rows}
        return found

    def undated_listed(self, kind: str, facets: Sequence[str] = ()) -> set[str]:
        """The records of a kind under all of the facets that tell no day of their own."""
        first, *others = self._rarest(kind, facets) or [ALL]
        condition, values = _condition(kind, first, others, _window(kind, None, None, None))
        query = f"SELECT l.record FROM listing l CROSS JOIN records r ON r.id = l.record WHERE {condition}"
        return {row[0] for row in self._rows(f"{query} AND r.day_from IS NULL", values)}

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

    def number_among(self, records: Iterable[str]) -> Counter[str]:
        """How many of the records are listed, by kind."""
        ids, found = sorted(records), Counter[str]()
        for at in range(0, len(ids), MOST_NAMED):
            some = ids[at : at + MOST_NAMED]
            marks = ", ".join("?" * len(some))
            rows = self._rows(
                f"SELECT kind, count(*) FROM listing WHERE facet = '' AND record IN ({marks}) GROUP BY kind", some
            )
            found.update({row[0]: int(row[1]) for row in rows})
        return found

    def formats_listed(self) -> dict[str, int]:
        """The formats under which events took place, each with the number of these."""
        query = (
            "SELECT facet, count(*) FROM listing WHERE facet >= ? AND facet < ? AND kind = 'event' GROUP BY facet "
            "ORDER BY facet"
        )
        # All that begins with the word before ":" stands before the same with ";".
        found = self._rows(query, (FORMAT, FORMAT.replace(":", ";")))
        return {row[0].removeprefix(FORMAT): int(row[1]) for row in found}

    def years_listed(self, kind: str) -> list[str]:
        """The years under which records of a kind are listed, each of which is looked for."""
        query = (
            "SELECT substr(day, 1, 4) FROM listing WHERE facet = '' AND kind = ? AND day < ? ORDER BY day DESC LIMIT 1"
        )
        found: list[str] = []
        while (row := self._row(query, (kind, found[-1] if found else "a"))) and row[0]:
            found.append(row[0])
        return found[::-1]


@dataclass(frozen=True, slots=True)
class _Window:
    """Conditions, each with its value: ``asked`` what is asked, ``near`` where the listing has all of it but what lasts longer
    than a year; ``behind`` tells whether such may stand elsewhere."""

    asked: tuple[tuple[str, str], ...]
    near: tuple[tuple[str, str], ...]
    behind: bool


def _condition(kind: str, facet: str, others: Sequence[str], window: _Window) -> tuple[str, list[str]]:
    """The condition over ``listing l``, and ``records r`` and ``documents d`` where a window is asked for, and its values."""
    also = [other for other in others if other != ALL]
    near = () if facet == LONG else window.near
    parts = ["l.facet = ?", "l.kind = ?", *(ALSO for _ in also), *(part for part, _ in (*window.asked, *near))]
    return " AND ".join(parts), [facet, kind, *also, *(value for _, value in (*window.asked, *near))]


def _window(kind: str, since: str | None, until: str | None, year: str | None) -> _Window:
    asked, near = [], []
    own = kind in WITH_DAYS
    if since is not None:
        first = day_of(since, 0)
        asked += [("l.day >= ?", first), ("l.begins <> '' AND ? <> ''" if own else "r.day_to >= ?", first)]
    if until is not None:
        last = day_of(until, 1)
        asked.append(("l.begins <> '' AND l.begins <= ?" if own else "r.day_from <= ?", last))
        near += _until(last)
    if year is not None:
        # The first is told by the listing alone, before the record is looked up.
        asked += [("(l.begins = '' OR substr(l.begins, 1, 4) = ?)", year), (f"substr({BEGINS}, 1, 4) = ?", year)]
        asked.append(("l.day >= ?", f"{year}-01-01"))
        near += _until(day_of(year, 1))
    return _Window(tuple(asked), tuple(near), bool(near))


def _until(last: str) -> list[tuple[str, str]]:
    """Where what began by a day and lasts no longer than a year is listed."""
    day = date.fromisoformat(last)
    return [("l.day <= ?", str(day + A_YEAR))] if day < date.max - A_YEAR else []
