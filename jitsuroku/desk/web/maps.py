"""The map: where events took place in a time window, each thing counted once; cities and a net of degrees, no borders."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jitsuroku.desk.export.places import Point, point_of
from jitsuroku.desk.web.asking import Asked, Shown, table_of
from jitsuroku.desk.web.windows import Row, newest, once
from jitsuroku.desk.web.zoom import zoom

WIDTH, LEAST_HEIGHT, MOST_HEIGHT, EDGE = 1000.0, 320.0, 640.0, 40.0
# At least so many degrees are shown, so that two suburbs do not fill the drawing.
LEAST_SPAN = 12.0
STEPS = (30, 20, 10, 5, 2)
LARGEST, SMALLEST = 20.0, 5.0
# With fewer events at the largest place, none is drawn at full size.
LEAST_MOST = 8
MOST_OPENED = 100
LETTER, LINE = 15.0, 17.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the events there. ``x`` and ``y`` are None when nobody knows where it lies; ``label`` tells whether its
    name has room in the drawing, ``side`` on which side."""

    name: str
    names: tuple[str, ...]
    events: tuple[Row, ...]
    point: Point | None
    x: float = 0.0
    y: float = 0.0
    radius: float = 0.0
    label: bool = False
    side: str = "start"


@dataclass(frozen=True, slots=True)
class Degree:
    """A line of the net: a parallel or a meridian, at its place in the drawing."""

    at: float
    says: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The stretch of the world that is drawn, in degrees, with the size of the drawing."""

    west: float
    north: float
    scale: float
    height: float

    def x(self, longitude: float) -> float:
        """Degrees east as a place in the drawing."""
        return round((longitude - self.west) * self.scale, 1)

    def y(self, latitude: float) -> float:
        """Degrees north as a place in the drawing."""
        return round((self.north - latitude) * self.scale, 1)


def drawn(asked: Asked) -> Shown:
    """Events by place; ``?since=`` and ``?until=`` set the window, ``?place=`` opens one place."""
    found = asked.window("event", **asked.between())
    told = once(found.rows)
    events = [row for row in told if row.value["place"]]
    spots = _gathered(events)
    known = [s for s in spots if s.point]
    frame = _frame([s.point for s in known if s.point])
    placed = _labelled([_placed(s, frame, max(len(k.events) for k in known)) for s in known])
    asked_for = asked.query.get("place")
    chosen = next((s for s in spots if asked_for in s.names), None)
    ordered = sorted(spots, key=lambda s: (-len(s.events), s.name))
    shows = {
        "spots": placed,
        "rows": ordered,
        "chosen": chosen,
        "opened": asked.sources.records_of(newest(chosen.events)[:MOST_OPENED]) if chosen else [],
        "frame": frame,
        "width": WIDTH,
        "parallels": _net(frame.north, frame.north - frame.height / frame.scale, frame.y, "NS"),
        "meridians": _net(frame.west, frame.west + WIDTH / frame.scale, frame.x, "EW"),
        "placeless": len(told) - len(events),
        "zoom": zoom(asked, events, found.cut),
        "cut": found.cut,
    }
    rows = [[s.name, len(s.events), *_degrees(s.point), [e.id for e in s.events]] for s in ordered]
    columns = ("place", "number", "latitude", "longitude", "events")

    def values() -> Any:
        return [dict(zip(columns, row, strict=True)) for row in rows]

    return Shown("map.html", shows, values, lambda: table_of(columns, rows))


def _degrees(point: Point | None) -> tuple[float | None, float | None]:
    return (point.latitude, point.longitude) if point else (None, None)


def _gathered(events: Sequence[Row]) -> list[Spot]:
    """The places of the events: one city once, however it is written."""
    by_place: dict[tuple[float, float] | str, list[Row]] = {}
    for event in events:
        name = event.value["place"]
        point = point_of(name)
        by_place.setdefault((point.latitude, point.longitude) if point else name, []).append(event)
    return [_spot(own) for own in by_place.values()]


def _spot(events: Sequence[Row]) -> Spot:
    names = [event.value["place"] for event in events]
    usual = max(sorted(set(names)), key=names.count)
    return Spot(usual, tuple(sorted(set(names))), tuple(events), point_of(usual))


def _frame(points: Sequence[Point]) -> Frame:
    """A frame around the points. Degrees are drawn alike in both directions, as large as the drawing's size allows."""
    north, south = _reach([p.latitude for p in points], 90.0)
    west, east = (-end for end in _reach([-p.longitude for p in points], 180.0))
    room = WIDTH - 2 * EDGE
    scale = min(room / (east - west), (MOST_HEIGHT - 2 * EDGE) / (north - south))
    height = max(LEAST_HEIGHT, (north - south) * scale + 2 * EDGE)
    middle = (west + east) / 2, (north + south) / 2
    return Frame(middle[0] - WIDTH / 2 / scale, middle[1] + height / 2 / scale, scale, round(height, 1))


def _reach(degrees: Sequence[float], most: float) -> tuple[float, float]:
    """The largest and the smallest, at least LEAST_SPAN apart; the whole world without any."""
    if not degrees:
        return most, -most
    high, low = max(degrees), min(degrees)
    more = max(0.0, LEAST_SPAN - (high - low)) / 2
    return high + more, low - more


def _net(first: float, last: float, place: Callable[[float], float], letters: str) -> list[Degree]:
    """The lines of the net between two degrees, about five of them."""
    low, high = sorted((first, last))
    bound = 90 if letters == "NS" else 180
    step = next((s for s in STEPS if (high - low) / s >= 4), STEPS[-1])
    degrees = range(math.ceil(low / step) * step, math.floor(high) + 1, step)
    lines = [Degree(place(d), _says(d, letters)) for d in degrees if abs(d) <= bound]
    return [line for line in lines if line.at < WIDTH - EDGE]


def _says(degree: int, letters: str) -> str:
    return f"{abs(degree)}°{letters[0] if degree > 0 else letters[1] if degree else ''}"


def _placed(spot: Spot, frame: Frame, most: int) -> Spot:
    assert spot.point is not None
    x, y = frame.x(spot.point.longitude), frame.y(spot.point.latitude)
    radius = max(SMALLEST, LARGEST * math.sqrt(len(spot.events) / max(most, LEAST_MOST)))
    return Spot(spot.name, spot.names, spot.events, spot.point, x, y, round(radius, 1))


def _labelled(spots: Iterable[Spot]) -> list[Spot]:
    """The largest places first, each with its name where that covers no other name and no other place's middle."""
    taken: list[tuple[float, float, float, float]] = []
    found: list[Spot] = []
    for spot in sorted(spots, key=lambda s: (-s.radius, s.name)):
        side, box = next(((side, box) for side, box in _boxes(spot) if _is_free(box, taken)), ("start", None))
        if box:
            taken.append(box)
        made = Spot(spot.name, spot.names, spot.events, spot.point, spot.x, spot.y, spot.radius, bool(box), side)
        found.append(made)
    return found


def _boxes(spot: Spot) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Where the name may stand: behind the place, else before it."""
    long, gap = len(spot.name) * LETTER, spot.radius + 5
    top, bottom = spot.y - LINE / 2, spot.y + LINE / 2
    behind = (spot.x + gap, top, spot.x + gap + long, bottom)
    before = (spot.x - gap - long, top, spot.x - gap, bottom)
    return [("start", behind), ("end", before)]


def _is_free(box: tuple[float, float, float, float], taken: Iterable[tuple[float, float, float, float]]) -> bool:
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH
    return inside and all(right < a or c < left or bottom < b or d < top for a, b, c, d in taken)
