"""The network: who had to do with whom in a time window, each thing counted once however many pages tell it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from jitsuroku.desk.web.asking import Asked, Shown, table_of
from jitsuroku.desk.web.windows import once
from jitsuroku.desk.web.zoom import zoom

MOST_PARTIES, RADIUS, MIDDLE, WIDEST = 18, 230, (400, 290), 9.0
AGAINST = "conflict"


@dataclass(frozen=True, slots=True)
class Node:
    """A party on the circle; ``side`` tells on which side its name stands."""

    party: str
    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties, how many events join them, and how many of these are conflict."""

    left: Node
    right: Node
    number: int
    against: int
    width: float


def network(asked: Asked) -> Shown:
    """Parties and the events between them; ``?since=`` and ``?until=`` set the window."""
    found = asked.window("event", **asked.between())
    events = once(found.rows)
    pairs: Counter[tuple[str, str]] = Counter()
    against: Counter[tuple[str, str]] = Counter()
    for event in events:
        for pair in combinations(event.parties, 2):
            pairs[pair] += 1
            against[pair] += AGAINST in event.value["quad"]
    nodes = _nodes(pairs)
    most = max(pairs.values(), default=1)
    ties = [
        Tie(nodes[a], nodes[b], n, against[a, b], round(1 + (WIDEST - 1) * n / most, 1))
        for (a, b), n in sorted(pairs.items(), key=lambda item: (item[1], item[0]))
        if a in nodes and b in nodes
    ]
    rows = [[a, b, n, against[a, b]] for (a, b), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]
    columns = ("left", "right", "events", "conflict")
    shows = {"nodes": list(nodes.values()), "ties": ties, "zoom": zoom(asked, events, found.cut), "cut": found.cut}

    def values() -> Any:
        return [dict(zip(columns, row, strict=True)) for row in rows]

    return Shown("network.html", shows, values, lambda: table_of(columns, rows))


def _nodes(pairs: Counter[tuple[str, str]]) -> dict[str, Node]:
    """The parties with most ties on a circle, the one with most on top."""
    weight: Counter[str] = Counter()
    for pair, number in pairs.items():
        weight.update(dict.fromkeys(pair, number))
    most = [party for party, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:MOST_PARTIES]]
    return {party: _node(party, n, len(most)) for n, party in enumerate(most)}


def _node(party: str, place: int, number: int) -> Node:
    angle = 2 * math.pi * place / number - math.pi / 2
    x, y = MIDDLE[0] + RADIUS * math.cos(angle), MIDDLE[1] + RADIUS * math.sin(angle)
    side = "middle" if abs(x - MIDDLE[0]) < 20 else "start" if x > MIDDLE[0] else "end"
    return Node(party, round(x, 1), round(y, 1), side)
