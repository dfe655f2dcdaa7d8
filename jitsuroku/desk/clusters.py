"""What several pages tell of: the groups, their sources, and field by field where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.judging.links import ShownLinks, shown_links
from jitsuroku.desk.lines import line_of
from jitsuroku.desk.linking import knowledge
from jitsuroku.desk.terminal import shown
from jitsuroku.linking import Cluster, Difference, clusters, descent, differences, originals_of
from jitsuroku.records import Commitment, DocumentRecord, Event, Link, Record, Statement
from jitsuroku.store import Store, Where

SAME = frozenset({"same-event", "same-statement", "same-commitment"})
COPY, CLUSTER = "copy", "cluster"


@dataclass(frozen=True, slots=True)
class Told:
    """A cluster, where its pages differ, and the links of its records to others (plans, contradictions)."""

    cluster: Cluster
    differences: tuple[Difference, ...]
    links: tuple[Link, ...]


def clusters_in(store: Store) -> tuple[Cluster, ...]:
    """All clusters of a store, most independent sources first."""
    shown = shown_links(store)
    return made(shown, list(shown.links()))


def cluster_of(kept: Store, id: str) -> Told | None:
    """The cluster with this id or with a record of this id, or None. What one page alone tells is a cluster of one."""
    store = shown_links(kept)
    for cluster in made(store, _links_for(store, id)):
        members = {member.id for member in cluster.members}
        if id == cluster.id or id in members:
            return _told_of(store, cluster)
    return _alone(store, id)


def _links_for(store: ShownLinks, id: str) -> list[Link]:
    """The links that make the cluster with an id or with a record of this id."""
    kept = store.store
    if found := kept.cluster_places(id):
        return linked_near(store, found[0][0]) or []
    if links := linked_near(store, id):
        return links
    if not id.startswith(CLUSTER):
        return []
    # Not made yet, or for those who may not see some of its records another one.
    if kept.stale_clusters(1):
        return list(store.links())
    return [link for record in kept.parted_by_private() for link in linked_near(store, record) or ()]


def told_of(kept: Store, cluster: Cluster) -> Told:
    """A cluster with where its pages differ and the links of its records to others."""
    return _told_of(shown_links(kept), cluster)


def _told_of(store: ShownLinks, cluster: Cluster) -> Told:
    own = {link.id: link for member in cluster.members for link in store.links_of(member.id)}
    others = tuple(link for _, link in sorted(own.items()) if link.link not in SAME)
    if len(cluster.members) == 1:
        return Told(cluster, (), others)
    return Told(cluster, differences(cluster, knowledge(), _beside(store, cluster)), others)


def _beside(store: ShownLinks, cluster: Cluster) -> dict[str, list[Record]]:
    """What else the pages of a cluster tell, by page."""
    kinds = ("event", "statement")
    pages = (page.id for page in cluster.documents)
    return {page: list(store.store.records(Where(kinds=kinds, document=page, newest=False))) for page in pages}


def clusters_near(kept: Store, ids: Iterable[str]) -> tuple[Cluster, ...]:
    """The clusters to which the records with these ids belong, each once; what one page alone tells is a cluster of one."""
    store = shown_links(kept)
    found: list[Cluster] = []
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            continue
        links = linked_near(store, id)
        near = made(store, links) if links else ()
        alone = None if near else _alone(store, id)
        for cluster in (*near, *((alone.cluster,) if alone else ())):
            found.append(cluster)
            seen |= {member.id for member in cluster.members}
    return tuple(found)


def _alone(store: ShownLinks, id: str) -> Told | None:
    try:
        record = store.by_id(id)
    except KeyError:
        return None
    if not isinstance(record, Event | Statement | Commitment):
        return None
    page = _document(store, record.document)
    return Told(Cluster(id, record.kind, (record,), (page,), 1, (page.source,)), (), store.links_of(id))


def linked_near(store: ShownLinks, id: str) -> list[Link] | None:
    """The links of the group of a record, with the copies among its pages; None when no link touches the record."""
    found: dict[str, Link] = {}
    waiting, seen = [id], set()
    while waiting:
        record = waiting.pop()
        seen.add(record)
        for link in store.links_of(record):
            if link.link in SAME:
                found[link.id] = link
                waiting += [end for end in (link.left, link.right) if end not in seen]
    if not found:
        return None
    ends = {end for link in found.values() for end in (link.left, link.right)}
    pages = {store.store.document_of(end) for end in ends}
    return [*found.values(), *_copies(store, pages)]


def _copies(store: ShownLinks, pages: Iterable[str]) -> Iterator[Link]:
    """The copy links on the way from pages to their originals."""
    waiting, seen = sorted(pages), set(pages)
    while waiting:
        page = waiting.pop()
        for link in store.links_of(page):
            if link.link == COPY and link.left == page:
                yield link
                waiting += [] if link.right in seen else [link.right]
                seen.add(link.right)


def made(store: ShownLinks, links: Sequence[Link]) -> tuple[Cluster, ...]:
    """The clusters that links make."""
    ids = {end for link in links if link.link in SAME for end in (link.left, link.right)}
    told = {id: record for id in sorted(ids) if isinstance(record := store.by_id(id), Event | Statement | Commitment)}
    documents = {id: _document(store, id) for id in sorted({record.document for record in told.values()})}
    return clusters(links, told, documents)


def _document(store: ShownLinks, id: str) -> DocumentRecord:
    found = store.by_id(id)
    assert isinstance(found, DocumentRecord)
    return found


# --- to be read -----------------------------------------------------------------------------------------------------


def clusters_lines(found: Sequence[Cluster]) -> Iterator[str]:
    """One line a cluster: independent sources, pages, what it is, its id."""
    for cluster in found:
        yield shown(f"{_counted(cluster)}  {line_of(cluster.members[0])}")
        yield shown(f"      {cluster.id}  {', '.join(page.source for page in cluster.documents)}")
    if not found:
        yield "nothing that several pages tell of"


def _counted(cluster: Cluster) -> str:
    pages = f"{len(cluster.documents)} pages"
    if len(cluster.documents) == 1:
        return "one page"
    if cluster.independent == 1:
        return f"{pages}, one origin ({cluster.origins[0]})"
    return f"{pages}, {cluster.independent} independent"


def told_lines(told: Told) -> Iterator[str]:
    """A cluster to be read: its sources and their descent, what each says, and the fields in which they differ."""
    cluster = told.cluster
    sources = {page.id: page.source for page in cluster.documents}
    yield shown(f"{cluster.kind}  {_counted(cluster)}  {cluster.id}")
    for member in cluster.members:
        yield shown(f"  * {line_of(member)}")
        yield shown(f"      | {member.evidence.text}  [{sources[member.document]} {_place(member)}]")
    yield from _descent_lines(cluster)
    for difference in told.differences:
        yield from _difference_lines(difference, sources)
    for link in told.links:
        yield shown(f"  {line_of(link)}")


def _place(member: Event | Statement | Commitment) -> str:
    return f"{member.evidence.start}-{member.evidence.end}"


def _descent_lines(cluster: Cluster) -> Iterator[str]:
    names = {page.id: page.source for page in cluster.documents}
    originals = originals_of(cluster.documents)
    for page in cluster.documents:
        if line := descent(page.id, originals):
            yield shown(f"  {page.source} copies {', from '.join(names.get(id, id) for id in line)}")
        elif page.origin:
            yield shown(f"  {page.source} names as its source: {page.origin}")


def _difference_lines(difference: Difference, sources: Mapping[str, str]) -> Iterator[str]:
    yield f"  {difference.field}: {'they differ' if difference.counts else f'noted: {difference.note}'}"
    for cell in difference.cells:
        place = f"{sources[cell.document]} {cell.evidence.start}-{cell.evidence.end}"
        yield shown(f"      {cell.value}  | {cell.evidence.text}  [{place}]")


# --- as JSON --------------------------------------------------------------------------------------------------------


def cluster_value(cluster: Cluster) -> dict[str, Any]:
    """A cluster as JSON values: its records by id, its pages by id and source."""
    return {
        "id": cluster.id,
        "kind": cluster.kind,
        "independent": cluster.independent,
        "origins": list(cluster.origins),
        "records": [member.id for member in cluster.members],
        "documents": [{"id": page.id, "source": page.source} for page in cluster.documents],
    }


def told_value(told: Told) -> dict[str, Any]:
    """A cluster with its records, differences and links as JSON values."""
    return {
        **cluster_value(told.cluster),
        "records": [as_json(member) for member in told.cluster.members],
        "differences": [as_json(difference) for difference in told.differences],
        "links": [as_json(link) for link in told.links],
    }
