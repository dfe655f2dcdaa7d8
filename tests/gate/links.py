"""How well the links between pages agree with a folder's clusters.json: same events, look-alikes, copies, differences.

The file is ``{"same_event": [[[page, quote], ...], ...], "not_same": [[[page, quote], [page, quote]], ...],
"copies": [[page, page], ...], "differences": [{"event": [page, quote], "field": ..., "values": {page: value}}, ...]}``,
and where a folder has them ``"same_statement"`` and ``"same_commitment"`` as ``same_event``, ``"part_of"``, ``"fulfils"``
and ``"supersedes"`` as pairs of places in the direction of the link. A record whose evidence touches a quote stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from jitsuroku.desk.query import Desk
from jitsuroku.linking import Difference
from jitsuroku.records import Commitment, Event, Record, Statement, World
from tests.gate.measure import EXTRA, HIT, MISS, Json, Outcome

CLUSTERS = "clusters.json"
Place = tuple[str, str]
Kinds = tuple[type[Record], ...]
TOLD: Kinds = (Event, Statement, Commitment)
# What is joined, by the name of its groups.
SAME: dict[str, Kinds] = {"same_event": (Event,), "same_statement": (Statement,), "same_commitment": (Commitment,)}
DIRECTED = ("part_of", "fulfils", "supersedes")


class Linked:
    """A folder's pages, read and linked, and which record stands for which quote."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        pages = desk.documents()
        self.page = {page.id: Path(page.source).stem for page in pages}
        self._texts = {self.page[page.id]: desk.store.page(page.id).text for page in pages}
        self.told = [r for r in desk.records(("event", "statement", "commitment")) if hasattr(r, "evidence")]
        self.clusters = desk.clusters()
        self._cluster = {member.id: cluster.id for cluster in self.clusters for member in cluster.members}
        self.links = list(desk.links())
        self.copies = {
            frozenset((self.page[link.left], self.page[link.right])) for link in self.links if link.link == "copy"
        }

    def standing_for(self, place: Place, kinds: Kinds = (Event,)) -> list[str]:
        """The records of a page whose words meet the quote."""
        name, quote = place
        start = self._texts[name].index(quote)
        end = start + len(quote)
        return [
            record.id
            for record in self.told
            if isinstance(record, kinds)
            and self.page[record.document] == name
            and any(e.start < end and e.end > start for e in (record.evidence, *record.more))
        ]

    def joined(self, left: Place, right: Place, kinds: Kinds = (Event,)) -> bool:
        """Whether a record of one and a record of the other are one."""
        groups = [self._groups(self.standing_for(place, kinds)) for place in (left, right)]
        return bool(groups[0] & groups[1])

    def _groups(self, ids: Iterable[str]) -> set[str]:
        return {self._cluster.get(id, id) for id in ids}

    def leads(self, kind: str, left: Place, right: Place) -> bool:
        """Whether a link of this kind leads from what is told at one place to what is told at the other."""
        here, there = (self._groups(self.standing_for(place, TOLD)) for place in (left, right))
        found = (link for link in self.links if link.link == kind)
        return any(self._groups([link.left]) <= here and self._groups([link.right]) <= there for link in found)

    def differences(self, place: Place) -> Iterator[Difference]:
        """Where the pages that tell of this differ."""
        ids = self.standing_for(place, TOLD)
        for cluster in dict.fromkeys(self._cluster[id] for id in ids if id in self._cluster):
            yield from self._desk.cluster(cluster).differences


def measure_links(folder: Path, world: World | None = None) -> list[Outcome]:
    """The outcomes of a folder with clusters.json; none where there is no such file."""
    if not (folder / CLUSTERS).exists():
        return []
    wanted = json.loads((folder / CLUSTERS).read_text(encoding="utf-8"))
    pages = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html"))
    with Desk(":memory:", world=world) as desk:
        desk.add(*pages)
        linked = Linked(desk)
        measures = (_same, _apart, _copies, _different, _directed)
        return [outcome for measured in measures for outcome in measured(wanted, linked)]


def _shown(*places: Place) -> str:
    return " / ".join(f"{name} {quote[:24]}" for name, quote in places)


def _places(found: Iterable[list[str]]) -> list[Place]:
    return [(name, quote) for name, quote in found]


def _same(wanted: Json, linked: Linked) -> Iterator[Outcome]:
    """Pairs that were read on both pages: what is not read cannot be joined, and is measured elsewhere."""
    for name, kinds in SAME.items():
        for left, right in (pair for group in wanted.get(name, ()) for pair in combinations(_places(group), 2)):
            if left[0] != right[0] and linked.standing_for(left, kinds) and linked.standing_for(right, kinds):
                verdict = HIT if linked.joined(left, right, kinds) else MISS
                yield Outcome(name.replace("_", " "), left[0], _shown(left, right), verdict)


def _apart(wanted: Json, linked: Linked) -> Iterator[Outcome]:
    for left, right in map(_places, wanted["not_same"]):
        yield Outcome("look-alikes apart", left[0], _shown(left, right), MISS if linked.joined(left, right) else HIT)


def _copies(wanted: Json, linked: Linked) -> Iterator[Outcome]:
    asked = {frozenset(pair) for pair in wanted["copies"]}
    for pair in sorted(asked | linked.copies, key=sorted):
        verdict = EXTRA if pair not in asked else HIT if pair in linked.copies else MISS
        yield Outcome("copies", min(pair), " / ".join(sorted(pair)), verdict)


def _different(wanted: Json, linked: Linked) -> Iterator[Outcome]:
    for asked in wanted.get("differences", ()):
        (place,) = _places([asked["event"]])
        found = any(
            each.field == asked["field"]
            and len({linked.page[c.document] for c in each.cells} & set(asked["values"])) > 1
            for each in linked.differences(place)
        )
        yield Outcome("differences", place[0], f"{asked['field']}: {_shown(place)}", HIT if found else MISS)


def _directed(wanted: Json, linked: Linked) -> Iterator[Outcome]:
    """Pairs of which both ends were read."""
    for name in DIRECTED:
        for left, right in map(_places, wanted.get(name, ())):
            if linked.standing_for(left, TOLD) and linked.standing_for(right, TOLD):
                found = linked.leads(name.replace("_", "-"), left, right)
                yield Outcome(name.replace("_", " "), left[0], _shown(left, right), HIT if found else MISS)
