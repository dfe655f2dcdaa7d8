"""What the record holds on a question, each thing once: what several pages tell is one point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jitsuroku.desk.brief.question import Question
from jitsuroku.desk.clusters import Told, cluster_of, clusters_near, told_of
from jitsuroku.linking import Cluster, Difference, descent, originals_of
from jitsuroku.records import Commitment, DocumentRecord, Event, Link, Record, Statement
from jitsuroku.store import Store, Where
from jitsuroku.store.days import first_and_last
from jitsuroku.store.listing import ABOUT, FORMAT, PARTY

MOST = 400
# The fields that a sentence shows.
SHOWN = "actor recipient giver receiver date place framework people quoted amount mode".split()
Telling = Event | Statement | Commitment


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the record holds. ``chief`` is the record that tells it most fully, ``members`` all that tell it;
    ``told`` is the day of the newest page among them, "" when no page has one, ``cluster`` the id of the cluster."""

    chief: Telling
    members: tuple[Telling, ...]
    independent: int
    differences: tuple[Difference, ...]
    links: tuple[Link, ...]
    told: str
    cluster: str

    @property
    def date(self) -> str | None:
        """The day of an event or a statement, the due day of a promise."""
        return self.chief.due if isinstance(self.chief, Commitment) else self.chief.date

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its records."""
        return frozenset(member.id for member in self.members)


@dataclass(frozen=True, slots=True)
class Material:
    """All that a brief is built from. ``cut`` gives for each kind that was cut how many were kept of how many."""

    question: Question
    points: tuple[Point, ...]
    documents: Mapping[str, DocumentRecord]
    undated: int
    cut: tuple[tuple[int, int], ...]
    as_of: str | None

    def of(self, kind: type[Telling]) -> tuple[Point, ...]:
        """The points of a kind."""
        return tuple(point for point in self.points if isinstance(point.chief, kind))


def gather(store: Store, question: Question) -> Material:
    """The record's answer to a question. Raises KeyError when the id asked for is not in the store."""
    kept, cut = _listed(store, question) if _is_listed(question) else _newest(list(_asked(store, question)))
    told = [told_of(store, cluster) for cluster in clusters_near(store, [record.id for record in kept])]
    documents = {page.id: page for each in told for page in each.cluster.documents}
    points = tuple(sorted(copies_joined([_point(each) for each in told], documents), key=_order))
    return Material(
        question, points, documents, _undated(store, question), cut, _newest_day(documents.values()) or None
    )


def _newest_day(pages: Iterable[DocumentRecord]) -> str:
    return max((first_and_last(page.published or page.anchor)[1] or "" for page in pages), default="")


def _order(point: Point) -> tuple[str, str, int, str]:
    chief = point.chief
    return first_and_last(point.date)[0] or "9999", chief.kind, chief.evidence.start, chief.id


def _point(told: Told) -> Point:
    cluster = told.cluster
    copies = {page.id for page in cluster.documents if _copies_another(page, cluster)}
    chief = min(cluster.members, key=lambda m: (m.document in copies, -_fullness(m), -len(m.evidence.text), m.id))
    newest = _newest_day(cluster.documents)
    return Point(chief, cluster.members, cluster.independent, told.differences, told.links, newest, cluster.id)


def copies_joined(points: list[Point], documents: Mapping[str, DocumentRecord]) -> list[Point]:
    """The points, those made one whose words stand in a page and in its copy: a copy tells nothing of its own."""
    originals = originals_of(documents.values())
    first = {id: ([id, *descent(id, originals)])[-1] for id in documents}
    joined: dict[tuple[str, str, str, str], Point] = {}
    for point in sorted(points, key=lambda p: (-p.independent, p.chief.document in originals, p.chief.id)):
        keys = [(m.kind, first[m.document], m.evidence.text, _content(m)) for m in point.members]
        known = next((joined[key] for key in keys if key in joined), None)
        if known is not None:
            members = (*known.members, *(m for m in point.members if m.id not in known.ids))
            point = replace(known, members=members, links=tuple(dict.fromkeys((*known.links, *point.links))))
            keys += [key for key, other in joined.items() if other is known]
        joined |= dict.fromkeys(keys, point)
    return list({id(point): point for point in joined.values()}.values())


def _content(record: Telling) -> str:
    """What a record says beside its words: one clause may hold two statements or two promises."""
    if isinstance(record, Statement):
        return record.text
    return record.type if isinstance(record, Event) else f"{record.amount} {record.what}"


def _copies_another(page: DocumentRecord, cluster: Cluster) -> bool:
    originals = originals_of(cluster.documents)
    here = {each.id for each in cluster.documents}
    return any(original in here for original in descent(page.id, originals))


def _fullness(record: Telling) -> int:
    """How many of the fields shown are filled."""
    # A mode (a call, a visit) says more than any other field.
    return sum(bool(getattr(record, field, None)) for field in SHOWN) + bool(getattr(record, "mode", None))


def _newest(found: list[Telling]) -> tuple[list[Telling], tuple[tuple[int, int], ...]]:
    """At most so many of a kind, the newest; and what was cut."""
    kept, cut = [], []
    for kind in (Event, Statement, Commitment):
        own = [record for record in found if isinstance(record, kind)]
        if len(own) > MOST:
            own = sorted(own, key=lambda r: (first_and_last(_day(r))[1] or "", r.id))[-MOST:]
            cut.append((MOST, sum(isinstance(record, kind) for record in found)))
        kept += own
    return kept, tuple(cut)


def _day(record: Telling) -> str | None:
    return record.due if isinstance(record, Commitment) else record.date


def _asked(store: Store, question: Question) -> Iterator[Telling]:
    """The records that answer, each once."""
    seen: set[str] = set()
    for record in _around(store, question) if question.told else _among(store, question):
        if isinstance(record, Telling) and record.id not in seen:
            seen.add(record.id)
            if not question.promises or isinstance(record, Commitment):
                yield record


def _is_listed(question: Question) -> bool:
    """Whether the store lists what answers, so that only what is told need be read."""
    return not question.told and not question.person


def _under(question: Question) -> dict[str, list[list[str]]]:
    """By kind under what the answers are listed: under all of a list, for each of the lists."""
    parties = [PARTY + code for code in question.parties]
    if len(parties) == 2:
        # What each of a pair said about the other, and what both said together.
        left, right = question.parties
        statements = [[PARTY + left, ABOUT + right], [PARTY + right, ABOUT + left]]
        return {"event": [parties], "statement": statements, "commitment": [parties]}
    under = [[FORMAT + code] for code in question.parties]
    return {"event": [parties, *under], "statement": [parties], "commitment": [parties]}


def _listed(store: Store, question: Question) -> tuple[list[Telling], tuple[tuple[int, int], ...]]:
    """The newest that answer, at most so many of a kind; and what was cut."""
    kept: list[Telling] = []
    cut = []
    for kind, lists in _under(question).items():
        if question.promises and kind != "commitment":
            continue
        days = _days(store, question, kind, lists)
        newest = sorted(days, key=lambda id: (days[id], id))[-MOST:]
        if len(days) > MOST:
            cut.append((MOST, len(days)))
        kept += [record for record in store.records_with(newest) if isinstance(record, Telling)]
    return kept, tuple(cut)


def _days(store: Store, question: Question, kind: str, lists: list[list[str]]) -> dict[str, str]:
    """What answers, with the day by which it is listed. Promises fall due in the window, or a page of the window tells them."""
    found: dict[str, str] = {}
    window = {"since": question.since, "until": question.until}
    if kind != "commitment" or not (question.since or question.until):
        for facets in lists:
            found |= store.days_listed(kind, facets, **window)
        return found
    for facets in lists:
        days = store.days_listed(kind, facets)
        for record in store.records_with(days):
            if isinstance(record, Commitment) and _is_of_the_window(store, record, question):
                found[record.id] = days[record.id]
    return found


def _is_of_the_window(store: Store, promise: Commitment, question: Question) -> bool:
    page = store.by_id(promise.document)
    told = getattr(page, "published", None) or getattr(page, "anchor", None)
    return _within(promise.due, question) or _within(told, question)


def _among(store: Store, question: Question) -> Iterator[Record]:
    """By person and window."""
    asked = Where(since=question.since, until=question.until, person=question.person)
    yield from store.records(replace(asked, kinds=("event",)))
    yield from store.records(replace(asked, kinds=("statement",)))
    for record in store.records(replace(asked, kinds=("commitment",), since=None, until=None)):
        windowed = question.since or question.until
        if not windowed or (isinstance(record, Commitment) and _is_of_the_window(store, record, question)):
            yield record


def _within(date: str | None, question: Question) -> bool:
    first, last = first_and_last(date)
    since, until = first_and_last(question.since)[0], first_and_last(question.until)[1]
    if first is None or last is None:
        return False
    return (since is None or last >= since) and (until is None or first <= until)


def _around(store: Store, question: Question) -> Iterator[Record]:
    """One event, statement or promise, what it is linked with, and what its pages say of it on that day."""
    told = cluster_of(store, question.told or "")
    if told is None:
        raise KeyError(question.told)
    yield from told.cluster.members
    members = {member.id for member in told.cluster.members}
    for link in told.links:
        yield from (store.by_id(end) for end in (link.left, link.right) if end not in members)
    parties = {code for member in told.cluster.members for code in _codes(member)}
    dates = [span for member in told.cluster.members if (span := first_and_last(_day(member)))[0]]
    for page in told.cluster.documents:
        for record in store.records(Where(kinds=("statement",), document=page.id, newest=False)):
            if isinstance(record, Statement) and parties & set(record.for_) and _on_a_day(record.date, dates):
                yield record


def _codes(record: Telling) -> Iterable[str]:
    sides = ("actor", "recipient", "for_", "giver", "receiver")
    return (code for side in sides for code in getattr(record, side, ()))


def _on_a_day(date: str | None, spans: list[tuple[str | None, str | None]]) -> bool:
    """Whether a day is within one of the spans."""
    first, last = first_and_last(date)
    if first is None or last is None:
        return False
    return any(start and end and first <= end and start <= last for start, end in spans)


def _undated(store: Store, question: Question) -> int:
    """How many acts and statements would answer but carry no date, so that no window can hold them."""
    if question.told or question.promises or not (question.since or question.until):
        return 0
    if _is_listed(question):
        lists = [(kind, each) for kind, own in _under(question).items() if kind != "commitment" for each in own]
        return len(set[str]().union(*(store.undated_listed(kind, each) for kind, each in lists)))
    everywhen = replace(question, since=None, until=None)
    found = {record.id: record for record in _among(store, everywhen) if isinstance(record, Event | Statement)}
    return sum(first_and_last(record.date)[0] is None for record in found.values())
