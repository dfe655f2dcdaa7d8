"""The network of parties over time, as GEXF 1.3 and GraphML: a party a node, a thing between two parties an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from jitsuroku.desk.codes import name_of
from jitsuroku.desk.export.columns import Column
from jitsuroku.desk.export.gdelt import Dyad
from jitsuroku.desk.export.markup import add, written
from jitsuroku.desk.export.plover import is_state
from jitsuroku.desk.export.taking import Taken
from jitsuroku.desk.export.things import pairs_of, symmetric, things
from jitsuroku.store.days import first_and_last

GEXF, GRAPHML = "http://gexf.net/1.3", "http://graphml.graphdrawing.org/xmlns"
TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Party:
    """A node: somebody who had to do with somebody, in so many things."""

    code: str
    things: int


NODES = (
    Column("label", "The name, in English where the world's tables have it.", lambda p: name_of(p.code, "en")),
    Column("state", "Whether it is a state, by code. No position on anybody's status is taken.", lambda p: is_state(p.code)),
    Column("things", "In how many things of this file it took part.", lambda p: p.things),
)  # fmt: skip
EDGES = (
    Column("record", "The record that tells it most fully; `explain` leads from it to the page.", lambda d: d.event.id),
    Column("type", "PLOVER's type.", lambda d: d.event.type),
    Column("mode", "PLOVER's mode.", lambda d: d.event.mode),
    Column("quad", "PLOVER's quad class.", lambda d: d.event.quad),
    Column("score", "The type's score from -10 to 10.", lambda d: float(d.event.score)),
    Column("date", "When, as precisely as it is known. Where there is none, the edge has no spell, and programs show it at all times.", lambda d: d.event.date),
    Column("status", "actual, planned or denied: only actual events happened.", lambda d: d.event.status),
    Column("directed", "Whether one side acts on the other. A meeting has no direction, though its edge is written like the others: few programs read both in one file.", lambda d: d.event.type not in symmetric()),
    Column("pages", "How many pages tell it.", lambda d: len(d.thing.pages)),
    Column("independent", "How many of them do not draw on one another.", lambda d: d.thing.independent),
    Column("words", "The exact words.", lambda d: d.event.evidence.text),
    Column("words_start", "Where they begin: code points into the page.", lambda d: d.event.evidence.start),
    Column("words_end", "Where they end, exclusive.", lambda d: d.event.evidence.end),
    Column("source", "The path of the page.", lambda d: d.thing.page.source),
    Column("address", "The address of the page.", lambda d: d.thing.page.address),
    Column("rule", "What made the record.", lambda d: d.event.rule),
)  # fmt: skip
SPELL = (
    Column("start", "The first day on which it may have been.", lambda d: first_and_last(d.event.date)[0]),
    Column("end", "The last day on which it may have been, included.", lambda d: first_and_last(d.event.date)[1]),
)


def dyads_of(taken: Taken) -> list[Dyad]:
    """The things between two parties, a pair an entry."""
    made = (Dyad(thing, a, b) for thing in things(taken) for a, b in pairs_of(thing.chief))
    return [dyad for dyad in made if dyad.left and dyad.right]


def parties_of(edges: Iterable[Dyad]) -> list[Party]:
    """The parties of the edges, by code."""
    told: dict[str, set[str]] = {}
    for dyad in edges:
        for party in (dyad.left, dyad.right):
            told.setdefault(str(party), set()).add(dyad.event.id)
    return [Party(code, len(told[code])) for code in sorted(told)]


def edge_id(dyad: Dyad) -> str:
    """The same for the same record and parties."""
    return f"{dyad.event.id}|{dyad.left}|{dyad.right}"


# --- GEXF -----------------------------------------------------------------------------------------------------------


def gexf(taken: Taken) -> Iterable[bytes]:
    """A dynamic graph: an edge is there from the first day on which its event may have been to the last."""
    edges = dyads_of(taken)
    root = Element("gexf", {"xmlns": GEXF, "version": "1.3"})
    graph = add(root, "graph", mode="dynamic", timeformat="date", defaultedgetype="directed")
    _declare(graph, "node", NODES[1:], parties_of(edges))
    _declare(graph, "edge", EDGES, edges)
    nodes, drawn = add(graph, "nodes"), add(graph, "edges")
    for party in parties_of(edges):
        _values(add(nodes, "node", id=party.code, label=NODES[0].value(party)), NODES[1:], party)
    for dyad in edges:
        first, last = (column.value(dyad) for column in SPELL)
        times = {"start": first, "end": last}
        edge = add(drawn, "edge", id=edge_id(dyad), source=dyad.left, target=dyad.right, kind=dyad.event.id, **times)
        _values(edge, EDGES, dyad)
    return written(root)


def _declare(graph: Element, of: str, columns: Sequence[Column], rows: Sequence[Any]) -> None:
    declared = add(graph, "attributes", class_=of, mode="static")
    for number, column in enumerate(columns):
        add(declared, "attribute", id=f"{of}{number}", title=column.name, type=_type(column, rows))


def _type(column: Column, rows: Sequence[Any]) -> str:
    """The type of a column's values; text where there are none."""
    found = next((value for row in rows if (value := column.value(row)) is not None), "")
    return TYPES[type(found)]


def _values(parent: Element, columns: Sequence[Column], of: Any) -> None:
    kind = parent.tag
    values = add(parent, "attvalues")
    for number, value in _numbered(columns, of):
        add(values, "attvalue", for_=f"{kind}{number}", value=value)


# --- GraphML --------------------------------------------------------------------------------------------------------


def graphml(taken: Taken) -> Iterable[bytes]:
    """The same graph; GraphML has no time of its own, so that the first and the last day are data of the edge."""
    edges = dyads_of(taken)
    root = Element("graphml", {"xmlns": GRAPHML})
    _keys(root, "node", NODES, parties_of(edges))
    _keys(root, "edge", (*EDGES, *SPELL), edges)
    graph = add(root, "graph", id="record", edgedefault="directed")
    for party in parties_of(edges):
        _data(add(graph, "node", id=party.code), "node", NODES, party)
    for dyad in edges:
        edge = add(graph, "edge", id=edge_id(dyad), source=dyad.left, target=dyad.right)
        _data(edge, "edge", (*EDGES, *SPELL), dyad)
    return written(root)


def _keys(root: Element, of: str, columns: Sequence[Column], rows: Sequence[Any]) -> None:
    for number, column in enumerate(columns):
        type_ = {"integer": "int"}.get(made := _type(column, rows), made)
        root.append(Element("key", {"id": f"{of}{number}", "for": of, "attr.name": column.name, "attr.type": type_}))


def _data(parent: Element, of: str, columns: Sequence[Column], row: Any) -> None:
    for number, value in _numbered(columns, row):
        add(parent, "data", value, key=f"{of}{number}")


def _numbered(columns: Sequence[Column], of: Any) -> Iterator[tuple[int, Any]]:
    """The values there are, by the number under which their column is declared."""
    found = ((number, column.value(of)) for number, column in enumerate(columns))
    return ((number, value) for number, value in found if value is not None)
