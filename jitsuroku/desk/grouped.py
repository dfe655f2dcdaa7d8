"""The clusters that the store keeps, in step with its links and with what people decided: after a change only those that it
touches are made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jitsuroku.desk.clusters import linked_near, made
from jitsuroku.desk.judging.links import ShownLinks, ends_of, is_across, remembering, shown_links
from jitsuroku.desk.judging.state import is_undoing
from jitsuroku.desk.linking import knowledge
from jitsuroku.linking import Cluster, differences
from jitsuroku.records import Judgement
from jitsuroku.store import Grouped, Store

AT_A_TIME = 500


def refresh(store: Store) -> None:
    """Bring the clusters up to date. Interrupted, it goes on where it stopped. Raises StoreError."""
    shown: ShownLinks | None = None
    while stale := store.stale_clusters(AT_A_TIME):
        shown = shown or remembering(shown_links(store))
        ids = dict.fromkeys((*stale, *store.clustered_with(stale)))
        store.replace_clusters(stale, list(grouped_near(shown, ids)))


def grouped_near(shown: ShownLinks, ids: Iterable[str]) -> Iterator[Grouped]:
    """The clusters to which records belong, each once."""
    seen: set[str] = set()
    for id in ids:
        links = None if id in seen else linked_near(shown, id)
        for cluster in made(shown, links) if links else ():
            seen |= {member.id for member in cluster.members}
            yield grouped(cluster)


def grouped(cluster: Cluster) -> Grouped:
    """A cluster as the store keeps it."""
    fields = tuple(d.field for d in differences(cluster, knowledge()) if d.counts)
    places = tuple((member.id, member.document) for member in cluster.members)
    return Grouped(cluster.id, cluster.kind, cluster.independent, cluster.origins, places, fields)


def touched_by(store: Store, judgements: Iterable[Judgement]) -> Iterator[str]:
    """The records of which people decided whether they are one thing."""
    known = {j.id: j for j in store.judgements()}
    for judgement in judgements:
        while is_undoing(judgement) and judgement.target in known:
            judgement = known[judgement.target]
        if is_across(judgement):
            yield from (end.id for end in ends_of(store, judgement) or ())
