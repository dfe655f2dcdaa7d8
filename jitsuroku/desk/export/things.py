"""What happened, each thing once however many pages tell it: for tables and graphs that count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from jitsuroku.contract import as_json
from jitsuroku.desk.export.fields import event_types
from jitsuroku.desk.export.taking import Taken
from jitsuroku.linking import clusters
from jitsuroku.records import DocumentRecord, Event


@dataclass(frozen=True, slots=True)
class Thing:
    """``chief`` tells it most fully, ``members`` all tell it; ``pages`` are theirs, ``independent`` counts the sources that
    do not draw on one another."""

    chief: Event
    members: tuple[Event, ...]
    pages: tuple[DocumentRecord, ...]
    independent: int

    @property
    def page(self) -> DocumentRecord:
        """The page of the chief."""
        return next(page for page in self.pages if page.id == self.chief.document)


def things(taken: Taken) -> tuple[Thing, ...]:
    """The things that the events taken tell of, in the order of their chiefs."""
    events = {event.id: event for event in taken.of(Event)}
    taken_ids = events.keys() | taken.documents.keys()
    links = [link for link in taken.links if link.left in taken_ids and link.right in taken_ids]
    made = []
    alone = dict(events)
    for cluster in clusters(links, events, taken.documents):
        members = tuple(events[member.id] for member in cluster.members)
        made.append(Thing(max(members, key=_fullness), members, cluster.documents, cluster.independent))
        for member in members:
            alone.pop(member.id, None)
    made += [Thing(event, (event,), (taken.documents[event.document],), 1) for event in alone.values()]
    order = {id: at for at, id in enumerate(events)}
    return tuple(sorted(made, key=lambda thing: order[thing.chief.id]))


def _fullness(event: Event) -> tuple[int, int, str]:
    """How much a page tells: fields filled, then words, then the id so that the choice is always the same."""
    return sum(bool(value) for value in as_json(event).values()), len(event.evidence.text), event.id


@cache
def symmetric() -> frozenset[str]:
    """The types of events whose sides are not told apart."""
    return frozenset(kind.code for kind in event_types() if kind.symmetric)


def pairs_of(event: Event) -> Iterator[tuple[str | None, str | None]]:
    """Who had to do with whom: each of one side with each of the other; where nobody is told on the other side, those of
    a meeting with each other, else each alone."""
    left, right = event.actor, event.recipient
    if left and right:
        yield from ((a, b) for a in left for b in right if a != b)
    elif event.type in symmetric() and len(left or right) > 1:
        yield from combinations(left or right, 2)
    else:
        yield from ((a, None) for a in left)
        yield from ((None, b) for b in right)
