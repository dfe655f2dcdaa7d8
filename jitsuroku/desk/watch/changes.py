"""What the pages of one round changed: new events and promises, promises told otherwise, contradictions, corrected pages.

It is worked out from the store alone and from which documents came in, so that a report that was lost can be made again.
Private pages, and what stands on them, are in none: reports are handed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jitsuroku.desk.clusters import clusters_near
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.lines import line_of
from jitsuroku.desk.watch.versions import Touched, corrected
from jitsuroku.linking import Cluster
from jitsuroku.records import Commitment, DocumentRecord, Event, Evidence, Link, Record, Statement
from jitsuroku.store import Store, Where

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

NEW_EVENT, NEW_PROMISE, PROMISE_CHANGED = "new event", "new commitment", "commitment changed"
CONTRADICTION, CORRECTED = "new contradiction", "page corrected"
ORDER = (CORRECTED, NEW_EVENT, NEW_PROMISE, PROMISE_CHANGED, CONTRADICTION)
OVERTAKES = ("supersedes", "fulfils")
# What of a promise may be told otherwise, beside its words.
TERMS = ("stage", "amount", "amount_max", "currency", "due")
Telling = Event | Statement | Commitment


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise now: what, by which record, in which words. ``why`` says what it is set against."""

    what: str
    record: str
    line: str
    page: DocumentRecord
    evidence: Evidence | None
    why: tuple[str, ...] = ()
    touched: tuple[Touched, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same change of the same record."""
        return f"{self.what}|{self.record}"


@dataclass(frozen=True, slots=True)
class Round:
    """The documents that came in after one number up to another, with what stands on those that leave."""

    store: Store
    since: int
    pages: dict[str, DocumentRecord]
    fresh: tuple[Telling, ...]

    def is_old(self, document: str) -> bool:
        """Whether a document came before this round."""
        return 0 < self.store.number_of(document) <= self.since


def changes(desk: Desk, since: int, upto: int, asked: dict[str, Any] | None = None) -> tuple[Change, ...]:
    """What the documents numbered from after ``since`` up to ``upto`` changed, by kind of change and page; of a question only
    what its answers tell of."""
    store = desk.store
    pages = {p.id: p for d in store.arrived(since, upto) for p in _leaving(store, d) if isinstance(p, DocumentRecord)}
    versions = {id: corrected(store, page) for id, page in pages.items() if _is_old(store, page.replaces, since)}
    kept = {id for version in versions.values() for id in version.kept}
    fresh = (r for id in pages for r in _leaving(store, id) if isinstance(r, Telling) and r.id not in kept)
    round = Round(store, since, pages, tuple(fresh))
    found = [_corrected(pages[id], version.touched) for id, version in versions.items()]
    found += [*_events(round), *_promises(round), *_contradictions(round)]
    answers = None if not asked else {r.id for r in desk.records((), leaving=True, **asked)}
    told = (change for change in found if answers is None or answers & {change.record, *_touched(change)})
    return tuple(sorted(told, key=lambda c: (ORDER.index(c.what), c.page.source, _start(c), c.record)))


def _touched(change: Change) -> Iterator[str]:
    yield from (touched.record for touched in change.touched)


def _start(change: Change) -> int:
    return change.evidence.start if change.evidence else -1


def _is_old(store: Store, document: str | None, since: int) -> bool:
    return document is not None and 0 < store.number_of(document) <= since


def _leaving(store: Store, document: str) -> Iterator[Record]:
    """The records of a document that is the newest of its page and may leave."""
    return store.records(Where(document=document, leaving=True))


def _corrected(page: DocumentRecord, touched: tuple[Touched, ...]) -> Change:
    return Change(CORRECTED, page.id, line_of(page), page, None, (f"replaces {page.replaces}",), touched)


def _change(what: str, record: Telling, round: Round, why: Sequence[str] = ()) -> Change:
    return Change(what, record.id, line_of(record), round.pages[record.document], record.evidence, tuple(why))


def _clusters(round: Round, kind: type[Any]) -> Iterator[tuple[Cluster, list[Any], list[Any]]]:
    """What the round tells of, each thing once: its group, the round's own members, and those of earlier pages."""
    fresh = {r.id: r for r in round.fresh if isinstance(r, kind)}
    private = round.store.private_documents()
    for cluster in clusters_near(round.store, fresh):
        own = [fresh[m.id] for m in cluster.members if m.id in fresh]
        before = [m for m in cluster.members if round.is_old(m.document) and m.document not in private]
        if own:
            yield cluster, own, before


def _fullest(records: Sequence[Any]) -> Any:
    return max(records, key=lambda r: (len(line_of(r)), len(r.evidence.text), r.id))


def _events(round: Round) -> Iterator[Change]:
    for _, own, before in _clusters(round, Event):
        if not before:
            yield _change(NEW_EVENT, _fullest(own), round, _overtaken(_fullest(own), round))


def _promises(round: Round) -> Iterator[Change]:
    for _, own, before in _clusters(round, Commitment):
        chief = _fullest(own)
        if overtaken := _overtaken(chief, round):
            yield _change(PROMISE_CHANGED, chief, round, overtaken)
        elif not before:
            yield _change(NEW_PROMISE, chief, round)
        else:
            for record in own:
                if told := _otherwise(record, before):
                    yield _change(PROMISE_CHANGED, record, round, told)


def _otherwise(record: Commitment, before: Sequence[Commitment]) -> list[str]:
    """The terms in which a promise is told as no earlier page told it; what is left open is no change."""
    told = []
    for term in TERMS:
        now, then = getattr(record, term), {getattr(each, term) for each in before} - {None}
        if now is not None and then and now not in then:
            told.append(f"{term}: {' / '.join(sorted(map(str, then)))} -> {now}")
    return told


def _overtaken(record: Telling, round: Round) -> list[str]:
    """The earlier plans or promises that it takes the place of or keeps."""
    private = round.store.private_documents()
    found = []
    for link in shown_links(round.store).links_of(record.id):
        if link.link in OVERTAKES and link.left == record.id:
            other: Any = round.store.by_id(link.right)
            if other.document not in private:
                found += [f"{link.link} {line_of(other)} ({other.id})", *link.reasons]
    return found


def _contradictions(round: Round) -> Iterator[Change]:
    private, fresh = round.store.private_documents(), {record.id: record for record in round.fresh}
    links: dict[str, Link] = {}
    for id in fresh:
        found = shown_links(round.store).links_of(id)
        links |= {link.id: link for link in found if link.link == "contradicts"}
    for link in links.values():
        own = fresh[link.left if link.left in fresh else link.right]
        other: Any = round.store.by_id(link.right if own.id == link.left else link.left)
        if other.document not in private:
            change = _change(CONTRADICTION, own, round, (*link.reasons, f"against {line_of(other)} ({other.id})"))
            yield replace(change, record=link.id, touched=(_end("one", own), _end("other", other)))


def _end(how: str, record: Telling) -> Touched:
    return Touched(how, record.id, line_of(record))
