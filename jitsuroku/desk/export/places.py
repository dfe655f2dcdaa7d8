"""Where the places of events lie: the cities of the world's tables, by name as written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jitsuroku.contract import fold
from jitsuroku.lexicon import PACKAGE, read_table

# What may follow a city's name and still say where it lies.
ENDS = ("市", "市内", "都", "中心部")


@dataclass(frozen=True, slots=True)
class Point:
    """A city in degrees, north and east positive."""

    name: str
    latitude: float
    longitude: float


@cache
def _points() -> dict[str, Point]:
    rows = read_table(PACKAGE / "world" / "coordinates.tsv").rows
    return {row["name"]: Point(row["name"], float(row["latitude"]), float(row["longitude"])) for row in rows}


def point_of(place: str | None) -> Point | None:
    """The city that is called so, also with what says inside it (モスクワ市内); None for anything else."""
    name = fold(place or "").strip()
    known = _points()
    return known.get(name) or next((known[c] for c in (name.removesuffix(s) for s in ENDS) if c in known), None)
