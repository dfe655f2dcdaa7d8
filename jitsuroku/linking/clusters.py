"""Links -> groups of records that tell of one thing, with the number of independent sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jitsuroku.contract import digest
from jitsuroku.linking.independence import independent
from jitsuroku.linking.types import Cluster, Told
from jitsuroku.records import DocumentRecord, Link

KINDS = {"same-event": "event", "same-statement": "statement", "same-commitment": "commitment"}


def components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups that pairs make, each sorted, in the order of their first."""
    group: dict[str, set[str]] = {}
    for left, right in pairs:
        joined = group.get(left, {left}) | group.get(right, {right})
        group.update(dict.fromkeys(joined, joined))
    return sorted(sorted(ids) for ids in {id(each): each for each in group.values()}.values())


def clusters(
    links: Iterable[Link], records: Mapping[str, Told], documents: Mapping[str, DocumentRecord]
) -> tuple[Cluster, ...]:
    """The groups of the links, those with most independent sources first.

    ``records`` holds what the links join, ``documents`` the pages they stand on and those that copies lead to.
    """
    known = list(links)
    originals = {link.left: link.right for link in known if link.link == "copy"}
    found = []
    for kind, name in KINDS.items():
        for ids in components((link.left, link.right) for link in known if link.link == kind):
            found.append(_cluster(name, [records[id] for id in ids], documents, originals))
    return tuple(sorted(found, key=lambda c: (-c.independent, -len(c.members), c.id)))


def _cluster(
    kind: str, members: list[Told], documents: Mapping[str, DocumentRecord], originals: Mapping[str, str]
) -> Cluster:
    ordered = sorted(members, key=lambda m: (documents[m.document].source, m.evidence.start, m.id))
    pages = tuple(documents[id] for id in dict.fromkeys(m.document for m in ordered))
    origins = independent(pages, originals, ordered)
    name = "cluster" + digest("|".join(sorted(m.id for m in members)))
    return Cluster(name, kind, tuple(ordered), pages, len(origins), origins)
