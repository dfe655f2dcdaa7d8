"""Events on a map: GeoJSON (RFC 7946), a feature for each event whose place is a city of the world's tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jitsuroku.desk.export.columns import Column, filled
from jitsuroku.desk.export.markup import NOT_XML, REPLACEMENT
from jitsuroku.desk.export.places import point_of
from jitsuroku.desk.export.taking import Taken
from jitsuroku.desk.export.things import Thing, things
from jitsuroku.desk.lines import line_of

CAPTION = (
    "A point says where a city lies, within a kilometre or so, and nothing about whose it is. Codes of states (ISO 3166-1) "
    "and names of places stand as the pages and the tables have them; no position on borders or anybody's status is taken."
)
PROPERTIES = (
    Column("record", "The record that tells it most fully; `explain` leads from it to the page.", lambda t: t.chief.id),
    Column("caption", "The event in a line.", lambda t: line_of(t.chief)),
    Column("note", "The same on every feature: a point and a code take no position on borders.", lambda _: CAPTION),
    Column("type", "PLOVER's type.", lambda t: t.chief.type),
    Column("mode", "PLOVER's mode.", lambda t: t.chief.mode),
    Column("quad", "PLOVER's quad class.", lambda t: t.chief.quad),
    Column("actor", "Who acts, by code or name.", lambda t: list(t.chief.actor)),
    Column("recipient", "Whom it is done to or with.", lambda t: list(t.chief.recipient)),
    Column("date", "When: ISO day, month, year or `a/b`.", lambda t: t.chief.date),
    Column("status", "actual, planned or denied: only actual events happened.", lambda t: t.chief.status),
    Column("place", "Where, as written.", lambda t: t.chief.place),
    Column("city", "The city of the world's tables to which the point belongs.", lambda t: (p := point_of(t.chief.place)) and p.name),
    Column("pages", "How many pages tell it.", lambda t: len(t.pages)),
    Column("independent", "How many of them do not draw on one another.", lambda t: t.independent),
    Column("words", "The exact words.", lambda t: t.chief.evidence.text),
    Column("start", "Where they begin: code points into the page.", lambda t: t.chief.evidence.start),
    Column("end", "Where they end, exclusive.", lambda t: t.chief.evidence.end),
    Column("document", "The page.", lambda t: t.chief.document),
    Column("source", "The path of the page.", lambda t: t.page.source),
    Column("address", "The address of the page.", lambda t: t.page.address),
    Column("rule", "What made the record.", lambda t: t.chief.rule),
)  # fmt: skip


def geojson(taken: Taken) -> Iterator[bytes]:
    """The features, one a line; an event without such a place is left out."""
    yield f'{{"type":"FeatureCollection","note":{_json(CAPTION)},"features":['.encode()
    before = "\n"
    for thing in things(taken):
        if feature := _feature(thing):
            yield f"{before}{_json(feature)}".encode()
            before = ",\n"
    yield b"\n]}\n"


def _feature(thing: Thing) -> dict[str, Any] | None:
    point = point_of(thing.chief.place)
    if point is None:
        return None
    return {
        "type": "Feature",
        "id": thing.chief.id,
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {column.name: value for column, value in filled(PROPERTIES, thing)},
    }


def _json(value: Any) -> str:
    return NOT_XML.sub(REPLACEMENT, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
