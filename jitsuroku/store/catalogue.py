"""Pages by their words and by what is known of them: title, source, kind, language, day, who is named, who acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from jitsuroku.store.filters import EITHER, day_of
from jitsuroku.store.hits import RANKED, FoundPages
from jitsuroku.store.search import RUN, places, terms_of

# So many candidates are looked at in one go.
AT_ONCE = 500
# A condition that so few records or pages fulfil is looked up first; one that more fulfil is tried on each candidate.
FEW = 5_000
OUTLINE = (
    "SELECT d.id, coalesce(d.outlet, d.source), d.published, r.type, d.language, {title} FROM documents d "
    "JOIN records r ON r.id = d.id WHERE r.hidden = 0 AND d.newest = 1"
)
# Read only where it is asked for: it stands beside the whole text.
TITLE = "json_extract(r.json, '$.title')"
SIDES = ", ".join(f"'{side}'" for side in EITHER if side != "speaker")
ACTS = (
    "EXISTS (SELECT 1 FROM records a CROSS JOIN event_parties p ON p.event = a.id WHERE a.document = d.id "
    f"AND a.hidden = 0 AND p.code = ? AND p.side IN ({SIDES}))"
)
NAMED = "EXISTS (SELECT 1 FROM people n WHERE n.document = d.id AND n.form = ?)"
WITH_PARTY = (
    "SELECT a.document FROM event_parties p CROSS JOIN records a ON a.id = p.event "
    f"WHERE p.code = ? AND p.side IN ({SIDES}) AND a.hidden = 0"
)
WITH_PERSON = "SELECT n.document FROM people n WHERE n.form = ?"
LISTED = "SELECT record FROM listing WHERE facet = ? AND kind = 'document'"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a page must have; what is "" or None does not narrow. ``words`` stand in its title or body, ``title`` in its
    title; ``party`` acts or is acted upon in it, by code or name; ``person`` is named so; ``source`` is its outlet, or
    its file where it names none; ``genre``, ``language``, ``year``; ``since`` and ``until`` are ISO dates, both included."""

    words: str = ""
    title: str = ""
    party: str = ""
    person: str = ""
    source: str = ""
    genre: str = ""
    language: str = ""
    year: str = ""
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A page that was found: its id and what it is told apart by."""

    id: str
    source: str
    published: str | None
    genre: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Catalogued:
    """The pages found, the best or newest first, and whether there may be more."""

    pages: tuple[Outline, ...]
    cut: bool


class Catalogue(FoundPages):
    """The part of the store that finds pages by several fields at once."""

    def catalogued(self, sought: Sought, most: int) -> Catalogued:
        """The pages that have all that is sought, at most ``most``: best first where words are asked for, else newest first.
        Raises ValueError when a date is none."""
        conditions, values = _conditions(sought)
        words = f"{sought.words} {sought.title}".strip()
        # The index knows no marks between words: it cannot tell 「日・米」 from 「日米」.
        plain = all(RUN.fullmatch(term) for term in terms_of(words))
        few = self._few(sought)
        candidates = self._among(words, few)
        # Pages in no order are all looked at, to put the newest first.
        wanted = most if words or few is None else FEW
        found: list[Outline] = []
        looked = 0
        while (chunk := list(islice(candidates, AT_ONCE))) and len(found) <= wanted and looked < RANKED:
            looked += len(chunk)
            fits = {outline.id: outline for outline in self._outlines(chunk, sought, conditions, values)}
            found += [fits[id] for id in chunk if id in fits and (plain or self.hit(id, words).places)]
        if not words:
            found.sort(key=lambda page: page.id)
            found.sort(key=lambda page: page.published or "", reverse=True)
        return Catalogued(tuple(found[:most]), len(found) > most or bool(chunk and looked >= RANKED))

    def _among(self, words: str, few: set[str] | None) -> Iterator[str]:
        """The pages to look at."""
        if words:
            found = self._candidates(words, newest=True)
            return found if few is None else (id for id in found if id in few)
        if few is None:
            return (row[0] for row in self._rows(f"{LISTED} ORDER BY day DESC, record", ("",)))
        return iter(sorted(few))

    def _few(self, sought: Sought) -> set[str] | None:
        """The pages that fulfil those conditions that few fulfil; None where there is no such condition."""
        asked = [
            (WITH_PARTY, sought.party),
            (WITH_PERSON, sought.person),
            (LISTED, sought.source and f"source:{sought.source}"),
            (LISTED, sought.genre and f"type:{sought.genre}"),
        ]
        found: set[str] | None = None
        for query, value in asked:
            rows = list(self._rows(f"{query} LIMIT {FEW + 1}", (value,))) if value else []
            if value and len(rows) <= FEW:
                these = {row[0] for row in rows}
                found = these if found is None else found & these
        return found

    def _outlines(
        self, ids: Sequence[str], sought: Sought, conditions: Sequence[str], values: Sequence[str]
    ) -> Iterator[Outline]:
        query = OUTLINE.format(title=TITLE if sought.title else "NULL")
        query += "".join(f" AND {part}" for part in (f"d.id IN ({', '.join('?' * len(ids))})", *conditions))
        for *outline, title in self._rows(query, (*ids, *values)):
            # The index told only that the words stand on the page.
            if not sought.title or places(title or "", sought.title):
                yield Outline(*outline)

    def parties_on(self, documents: Iterable[str]) -> dict[str, int]:
        """Who acts or is acted upon on the pages, each with the number of pages."""
        ids = list(documents)
        query = (
            "SELECT p.code, count(DISTINCT a.document) FROM records a CROSS JOIN event_parties p ON p.event = a.id "
            f"WHERE a.document IN ({', '.join('?' * len(ids))}) AND a.hidden = 0 AND p.side IN ({SIDES}) GROUP BY p.code"
        )
        return {row[0]: int(row[1]) for row in self._rows(query, ids)} if ids else {}

    def people_on(self, documents: Iterable[str]) -> dict[str, int]:
        """Who is named on the pages, each with the number of pages."""
        ids = list(documents)
        query = (
            "SELECT n.name, count(DISTINCT n.document) FROM people n "
            f"WHERE n.document IN ({', '.join('?' * len(ids))}) AND n.form = n.name GROUP BY n.name"
        )
        return {row[0]: int(row[1]) for row in self._rows(query, ids)} if ids else {}


def _conditions(sought: Sought) -> tuple[list[str], list[str]]:
    asked: list[tuple[str, list[str]]] = []
    asked += [(ACTS, [sought.party])] if sought.party else []
    asked += [(NAMED, [sought.person])] if sought.person else []
    columns = (
        ("coalesce(d.outlet, d.source)", sought.source),
        ("r.type", sought.genre),
        ("d.language", sought.language),
    )
    asked += [(f"{column} = ?", [value]) for column, value in columns if value]
    asked += [("substr(d.published, 1, 4) = ?", [sought.year])] if sought.year else []
    asked += [("d.day_to >= ?", [day_of(sought.since, 0)])] if sought.since else []
    asked += [("d.day_from <= ?", [day_of(sought.until, 1)])] if sought.until else []
    return [condition for condition, _ in asked], [value for _, values in asked for value in values]
