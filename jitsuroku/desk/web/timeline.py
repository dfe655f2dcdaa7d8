"""The timeline: events in lanes by pair or format, as a drawing and as a list; a vague date is a bar as long as it is vague."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jitsuroku.desk.passages import parties_of
from jitsuroku.desk.web.asking import Asked, Shown, Table, Wrong
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.desk.web.windows import Row, dated, once
from jitsuroku.desk.web.zoom import zoom
from jitsuroku.records import Event
from jitsuroku.store.days import first_and_last

MOST_LANES, WIDTH, HEIGHT, LEFT = 9, 1000, 30, 150
# So many are drawn, and so many listed on a page.
MOST_DRAWN, A_STRETCH = 300, 100
OTHERS = ""
LAST_DAY = datetime.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the drawing: where it begins, and its width where its day is not known exactly."""

    event: Event
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of the drawing."""

    parties: tuple[str, ...]
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    date: str
    x: float


def timeline(asked: Asked) -> Shown:
    """Events by day; ``?lanes=pair`` or ``format``, ``?since=`` and ``?until=`` to look closer."""
    lanes = asked.query.get("lanes", "pair")
    if lanes not in ("pair", "format"):
        raise Wrong("?lanes= takes pair or format")
    found = asked.window("event", **asked.between())
    rows = once(dated(found.rows))
    start = asked.start()
    drawn = _events(asked, rows[max(0, len(rows) - MOST_DRAWN) :])
    part = _events(asked, rows[::-1][start : start + A_STRETCH])
    first, last = _reach(drawn, asked)
    shows = {
        "lanes": _lanes(drawn, lanes, first, last),
        "by": lanes,
        "ticks": _ticks(first, last),
        "width": WIDTH,
        "left": LEFT,
        "step": HEIGHT,
        "zoom": zoom(asked, rows, found.cut),
        "months": [(m, list(part)) for m, part in groupby(part, key=lambda e: (e.date or "")[:7])],
        "told": {e.id: c for e in drawn if (c := asked.sources.cluster_with(e.id))},
        "undated": asked.sources.undated_events(),
        "cut": found.cut,
        "drawn": len(drawn),
        "total": len(rows),
        "start": start,
        "stretch": A_STRETCH,
    }

    def table() -> Table:
        return records_table(_events(asked, rows))

    return Shown("timeline.html", shows, lambda: [row.value for row in rows], table)


def _events(asked: Asked, rows: Sequence[Row]) -> list[Event]:
    return [record for record in asked.sources.records_of(rows) if isinstance(record, Event)]


def _day(date: str) -> int:
    return datetime.date.fromisoformat(date).toordinal()


def _reach(events: Sequence[Event], asked: Asked) -> tuple[int, int]:
    """First and last day of the drawing."""
    ends = [first_and_last(e.date) for e in events]
    asked_first = first_and_last(asked.query.get("since"))[0]
    asked_last = first_and_last(asked.query.get("until"))[1]
    first = asked_first or min((a for a, _ in ends if a), default="2000-01-01")
    last = asked_last or max((b for _, b in ends if b), default=first)
    begin = min(_day(first), LAST_DAY - 1)
    return begin, max(_day(last), begin + 1)


def _lanes(events: Sequence[Event], by: str, first: int, last: int) -> list[Lane]:
    keys = {e.id: _lane_of(e, by) for e in events}
    counts = Counter(keys.values())
    most = [k for k, _ in sorted(counts.items(), key=lambda p: (-p[1], p[0])) if k][:MOST_LANES]
    lanes = []
    for n, key in enumerate([*most, ()]):
        own = [e for e in events if (keys[e.id] if keys[e.id] in most else ()) == key]
        if own:
            lanes.append(Lane(key, n * HEIGHT, tuple(_mark(e, first, last) for e in own)))
    return lanes


def _lane_of(event: Event, by: str) -> tuple[str, ...]:
    if by == "format":
        return (event.framework,) if event.framework else ()
    parties = tuple(sorted(parties_of(event)))
    return parties if len(parties) == 2 else ()


def _mark(event: Event, first: int, last: int) -> Mark:
    begin, end = first_and_last(event.date)
    assert begin is not None
    assert end is not None
    left, right = max(_day(begin), first), min(_day(end), last)
    return Mark(event, _x(left, first, last), max(_x(right, first, last) - _x(left, first, last), 0.0))


def _x(day: int, first: int, last: int) -> float:
    return round(LEFT + 12 + (day - first) / (last - first) * (WIDTH - LEFT - 24), 1)


def _ticks(first: int, last: int) -> list[Tick]:
    """About eight days of the axis: whole years where it is long, else months, else days."""
    days = range(first, last + 1)
    dates = [datetime.date.fromordinal(d) for d in (days if len(days) < 40_000 else days[:: len(days) // 40_000])]
    years = [d for d in dates if (d.month, d.day) == (1, 1)]
    months = [d for d in dates if d.day == 1]
    chosen = years if len(years) > 6 else months if len(months) > 3 else dates
    step = max(1, -(-len(chosen) // 8))
    form = 4 if chosen is years else 7 if chosen is months else 10
    return [Tick(d.isoformat()[:form], _x(d.toordinal(), first, last)) for d in chosen[::step]]
