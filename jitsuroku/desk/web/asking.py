"""What a view is given and what it gives: the question with the desk, and an answer in three forms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from jitsuroku.desk.grouped import grouped_near
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.judging.rates import NOTE, fallen, lowered
from jitsuroku.desk.query import Desk
from jitsuroku.desk.web.tongue import Tongue
from jitsuroku.desk.web.windows import Row, Window
from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store import Grouped, Listed
from jitsuroku.store.restore import restore

# So many records of a kind are counted and shown at most, to programs and on a page; a question with more must be narrowed.
MOST_RECORDS, MOST_ON_A_PAGE = 5_000, 1_000
A_PAGE = 50
MOST_ANSWERS = 24
# The judgements just made, which the page after it offers to take back.
DONE = "done"
FLAG, UNDATED = "flag", "undated:"


class Missing(LookupError):
    """Nothing has that name."""


class Wrong(ValueError):
    """A question that cannot be answered; the message says what would do."""


@dataclass(frozen=True, slots=True)
class Table:
    """The same answer as rows, for CSV."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: the template with what it shows; what makes the values for JSON, and the table for CSV."""

    template: str
    shows: Mapping[str, Any]
    values: Callable[[], Any]
    table: Callable[[], Table]


class Page(NamedTuple):
    """A template with what it shows."""

    template: str
    shows: Mapping[str, Any]


class Sources:
    """The desk with what many pages of the web ask again and again, kept until the store changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._state: tuple[int, int] | None = None
        # By document, which names its text: these hold however the store changes.
        self.readings: dict[str, Any] = {}
        self._forget()

    def _forget(self) -> None:
        self._clusters: dict[str, Grouped | None] = {}
        self._parted: dict[str, Grouped] | None = None
        self._undated: int | None = None
        self._fallen: frozenset[str] | None = None
        self._documents: dict[str, DocumentRecord] = {}
        self._answers: dict[Hashable, Page] = {}

    def fresh(self) -> None:
        """Forget what was kept if the store has changed."""
        state = self.desk.store.state()
        if state != self._state:
            self._state = state
            self._forget()

    def remembered(self, key: Hashable, make: Callable[[], Shown]) -> Page:
        """What a page shows, made once as long as the store does not change; the oldest go first. What it was chosen from
        is not kept."""
        if key not in self._answers:
            while len(self._answers) >= MOST_ANSWERS:
                del self._answers[next(iter(self._answers))]
            made = make()
            self._answers[key] = Page(made.template, made.shows)
        return self._answers[key]

    def clusters(self, kind: str | None = None, *, start: int = 0, most: int) -> list[Grouped]:
        """What several pages tell of, most independent sources first."""
        found = [*self.desk.store.clusters(kind, most=start + most)]
        found += [c for c in self._as_visitors_see().values() if kind in (None, c.kind)]
        return sorted(found, key=lambda c: (-c.independent, -len(c.places), c.id))[start : start + most]

    def disputed(self, most: int) -> list[Grouped]:
        """That of which pages differ in most."""
        found = [*self.desk.store.disputed(most), *(c for c in self._as_visitors_see().values() if c.differing)]
        return sorted(found, key=lambda c: (-len(c.differing), -c.independent, c.id))[:most]

    def number_of_clusters(self) -> Counter[str]:
        """How many there are of each kind."""
        return Counter(self.desk.store.number_of_clusters()) + Counter(c.kind for c in self._as_visitors_see().values())

    def _as_visitors_see(self) -> dict[str, Grouped]:
        """Of the clusters with records on private pages what is left without these, by id."""
        if self._parted is None:
            ids = self.desk.store.parted_by_private() if self.desk.store.leaving else ()
            self._parted = {c.id: c for c in grouped_near(shown_links(self.desk.store), ids)} if ids else {}
        return self._parted

    def cluster_with(self, record: str) -> Grouped | None:
        """The cluster that a record belongs to."""
        if record not in self._clusters:
            self.gather([record])
        return self._clusters[record]

    def gather(self, records: Iterable[str]) -> None:
        """Look the clusters of many records up at once."""
        asked = [id for id in records if id not in self._clusters]
        kept = self.desk.store.clusters_of(asked) if asked else {}
        parted = {record: c for c in self._as_visitors_see().values() for record, _ in c.places}
        self._clusters |= {id: kept.get(id) or parted.get(id) for id in asked}

    def fallen(self) -> frozenset[str]:
        """The rules whose flags are notes, because people dismiss them too often."""
        if self._fallen is None:
            self._fallen = fallen(self.desk.store)
        return self._fallen

    def undated_events(self) -> int:
        """How many events tell no day."""
        if self._undated is None:
            self._undated = self.desk.store.number_listed("event", UNDATED)
        return self._undated

    def records_of(self, rows: Iterable[Row]) -> list[Record]:
        """The records of rows, to be shown: what is asked of each of them is looked up at once."""
        found = list(lowered((restore(row.listed.line) for row in rows), self.fallen()))
        self.gather(record.id for record in found)
        return found

    def document(self, id: str) -> DocumentRecord:
        """A page by its id."""
        if id not in self._documents:
            found = self.desk.record(id)
            assert isinstance(found, DocumentRecord)
            self._documents[id] = found
        return self._documents[id]

    def page_of(self, record: Record) -> DocumentRecord | None:
        """The page that a record stands on; None for those of no single page."""
        if isinstance(record, DocumentRecord):
            return record
        document = getattr(record, "document", None)
        return self.document(document) if document else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its path without the ending, what stands after ``?``, the language, and the desk; ``writes`` tells whether
    who asks may add and judge, ``by`` under which name, ``by_program`` whether the answer is no page."""

    sources: Sources
    tongue: Tongue
    path: str
    query: QueryParams
    names: Mapping[str, str] = field(default_factory=dict)
    writes: bool = True
    by: str = ""
    by_program: bool = False

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.sources.desk

    def one(self, name: str) -> str:
        """A parameter that the question must have. Raises Wrong."""
        value = self.query.get(name, "").strip()
        if not value:
            raise Wrong(f"?{name}= is missing")
        return value

    def records(self, kinds: Sequence[str], **more: Any) -> tuple[list[Record], bool]:
        """The records asked for, and whether there are more than are shown. Raises Wrong when a date is none."""
        try:
            found = list(self.desk.records(kinds, limit=MOST_RECORDS + 1, **more))
        except ValueError as problem:
            raise Wrong(str(problem)) from problem
        return found[:MOST_RECORDS], len(found) > MOST_RECORDS

    def between(self) -> dict[str, Any]:
        """The window asked for; a field of a form that was left empty asks for nothing."""
        return {end: self.query.get(end, "").strip() or None for end in ("since", "until")}

    def most(self) -> int:
        """So many records are looked at."""
        return MOST_RECORDS if self.by_program else min(MOST_RECORDS, MOST_ON_A_PAGE)

    def fewer(self) -> int:
        """So many of each kind where a page looks at several."""
        return self.most() if self.by_program else max(1, self.most() // 2)

    def window(self, kind: str, *facets: str, most: int | None = None, **window: Any) -> Window:
        """The newest records of a kind under all of the facets, at most ``most``; ``since``, ``until`` and ``year`` narrow
        them, ``soonest`` turns their order. Raises Wrong when a date is none."""
        most = self.most() if most is None else most
        try:
            found = self.desk.store.listed(kind, facets, most=most + 1, **window)
        except ValueError as problem:
            raise Wrong(str(problem)) from problem
        notes = self.sources.fallen() if kind == FLAG else frozenset()
        return Window([_row(each, notes) for each in found[:most]], len(found) > most)

    def person(self, kind: str, name: str) -> Window:
        """The newest records of a kind with a person, by any form of the name."""
        found = self.desk.store.listed_with(kind, name, self.most() + 1)
        return Window([_row(each, frozenset()) for each in found[: self.most()]], len(found) > self.most())

    def start(self) -> int:
        """Where the part of a long list begins. Raises Wrong."""
        asked = self.query.get("from", "0")
        if not asked.isascii() or not asked.isdigit() or len(asked) > 6:
            raise Wrong("?from= takes a number")
        return int(asked)

    def link(self, path: str | None = None, /, **changes: object) -> str:
        """An address in the desk. Without a path this one, with parameters changed (None takes one away)."""
        kept = self._lasting() if path is None else _spoken(self.query)
        pairs = [(k, v) for k, v in kept if k not in changes]
        pairs += [(k, str(v)) for k, v in changes.items() if v is not None]
        return (self.path if path is None else path) + (f"?{urlencode(pairs)}" if pairs else "")

    def form(self, form: str) -> str:
        """This answer as ``json`` or ``csv``."""
        name = "/index" if self.path == "/" else self.path
        pairs = self._lasting()
        return f"{name}.{form}" + (f"?{urlencode(pairs)}" if pairs else "")

    def _lasting(self) -> list[tuple[str, str]]:
        """The question without what only the answer before left in the address."""
        return [pair for pair in self.query.multi_items() if pair[0] != DONE]


def _row(listed: Listed, notes: frozenset[str]) -> Row:
    value = json.loads(listed.line)
    return Row(value | {"severity": NOTE} if notes and value.get("rule") in notes else value, listed)


def _spoken(query: QueryParams) -> list[tuple[str, str]]:
    return [("lang", query["lang"])] if "lang" in query else []


def table_of(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table from its columns and rows."""
    return Table(tuple(columns), list(rows))
