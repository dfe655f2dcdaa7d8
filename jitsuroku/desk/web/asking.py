"""What a view is given and what it gives: the question with the desk, and an answer in three forms."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from jitsuroku.desk.clusters import clusters_in
from jitsuroku.desk.query import Desk
from jitsuroku.desk.web.tongue import Tongue
from jitsuroku.linking import Cluster
from jitsuroku.records import DocumentRecord, Record

R = TypeVar("R", bound=Record)
# So many records of a kind are counted and shown at most; a question with more must be narrowed.
MOST_RECORDS = 5_000
A_PAGE = 50
MOST_ANSWERS = 24
# The judgements just made, which the page after it offers to take back.
DONE = "done"


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
    """An answer: the template with what it shows, the values for JSON, the table for CSV."""

    template: str
    shows: Mapping[str, Any]
    values: Any
    table: Table


class Sources:
    """The desk with what many pages of the web ask again and again, kept until the store changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._state: tuple[int, int] | None = None
        self._clusters: tuple[Cluster, ...] | None = None
        self._by_member: dict[str, Cluster] = {}
        self._documents: dict[str, DocumentRecord] = {}
        self._answers: dict[Hashable, Shown] = {}
        self.readings: dict[str, Any] = {}

    def fresh(self) -> None:
        """Forget what was kept if the store has changed."""
        state = self.desk.store.state()
        if state != self._state:
            self._state, self._clusters = state, None
            self._documents, self.readings, self._answers = {}, {}, {}

    def remembered(self, key: Hashable, make: Callable[[], Shown]) -> Shown:
        """An answer, made once as long as the store does not change; the oldest go first."""
        if key not in self._answers:
            while len(self._answers) >= MOST_ANSWERS:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = make()
        return self._answers[key]

    def clusters(self) -> tuple[Cluster, ...]:
        """What several pages tell of."""
        if self._clusters is None:
            self._clusters = clusters_in(self.desk.store)
            self._by_member = {member.id: c for c in self._clusters for member in c.members}
        return self._clusters

    def cluster_with(self, record: str) -> Cluster | None:
        """The cluster that a record belongs to."""
        self.clusters()
        return self._by_member.get(record)

    def each_once(self, records: Iterable[R]) -> list[R]:
        """Of what several pages tell only the first."""
        first: dict[str, R] = {}
        for record in records:
            cluster = self.cluster_with(record.id)
            first.setdefault(cluster.id if cluster else record.id, record)
        return list(first.values())

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
    who asks may add and judge, ``by`` under which name."""

    sources: Sources
    tongue: Tongue
    path: str
    query: QueryParams
    names: Mapping[str, str] = field(default_factory=dict)
    writes: bool = True
    by: str = ""

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


def _spoken(query: QueryParams) -> list[tuple[str, str]]:
    return [("lang", query["lang"])] if "lang" in query else []


def table_of(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table from its columns and rows."""
    return Table(tuple(columns), list(rows))
