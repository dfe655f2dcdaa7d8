"""How well the links between pages agree with a folder's clusters.json: same events, look-alikes, copies, differences.

The file is ``{"same_event": [[[page, quote], ...], ...], "not_same": [[[page, quote], [page, quote]], ...],
"copies": [[page, page], ...], "differences": [{"event": [page, quote], "field": ..., "values": {page: value}}, ...]}``.
An event whose evidence touches a quote stands for it.
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
        self.copies = {
            frozenset((self.page[link.left], self.page[link.right])) for link in desk.links() if link.link == "copy"
        }

    def standing_for(self, place: Place, kinds: tuple[type[Record], ...] = (Event,)) -> list[str]:
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

    def joined(self, left: Place, right: Place) -> bool:
        """Whether a record of one and a record of the other are one."""
        groups = [{self._cluster.get(id, id) for id in self.standing_for(place)} for place in (left, right)]
        return bool(groups[0] & groups[1])

    def differences(self, place: Place) -> Iterator[Difference]:
        """Where the pages that tell of this differ."""
        ids = self.standing_for(place, (Event, Statement, Commitment))
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
        return [*_same(wanted, linked), *_apart(wanted, linked), *_copies(wanted, linked), *_different(wanted, linked)]


def _shown(*places: Place) -> str:
    return " / ".join(f"{name} {quote[:24]}" for name, quote in places)


def _places(found: Iterable[list[str]]) -> list[Place]:
    return [(name, quote) for name, quote in found]


def _same(wanted: Json, linked: Linked) -> Iterator[Outcome]:
    """Pairs that were read on both pages: what is not read cannot be joined, and is measured elsewhere."""
    for group in wanted["same_event"]:
        for left, right in combinations(_places(group), 2):
            if left[0] != right[0] and linked.standing_for(left) and linked.standing_for(right):
                yield Outcome("same event", left[0], _shown(left, right), HIT if linked.joined(left, right) else MISS)


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
