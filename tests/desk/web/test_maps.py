"""The map: every place where it lies, one city once, names that cover each other left to the table."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitsuroku import Desk
from jitsuroku.desk.export.places import Point, point_of
from jitsuroku.desk.web.maps import MOST_HEIGHT, WIDTH, Spot, _boxes, _frame, _labelled, _net, _placed
from tests.desk.web.visiting import Visitor

POINTS = st.lists(
    st.builds(Point, st.just("市"), st.floats(-90, 90, width=16), st.floats(-180, 180, width=16)), max_size=12
)


@given(POINTS)
def test_every_point_lies_in_the_drawing(points: list[Point]) -> None:
    frame = _frame(points)
    assert 0 < frame.height <= MOST_HEIGHT + 0.1
    for point in points:
        assert -0.2 <= frame.x(point.longitude) <= WIDTH + 0.2
        assert -0.2 <= frame.y(point.latitude) <= frame.height + 0.2
    lines = _net(frame.west, frame.west + WIDTH / frame.scale, frame.x, "EW")
    assert all(-0.2 <= line.at <= WIDTH + 0.2 for line in lines)
    assert len(lines) < 40


def test_north_is_up_and_east_is_right() -> None:
    tokyo, sydney, astana = (point_of(name) for name in ("東京", "シドニー", "アスタナ"))
    assert tokyo
    assert sydney
    assert astana
    frame = _frame([tokyo, sydney, astana])
    assert frame.y(tokyo.latitude) < frame.y(sydney.latitude)
    assert frame.x(astana.longitude) < frame.x(tokyo.longitude)


@given(POINTS)
def test_no_name_covers_another(points: list[Point]) -> None:
    frame = _frame(points)
    spots = _labelled(_placed(Spot(f"市{n}", (), (), p), frame, 1) for n, p in enumerate(points))
    assert len(spots) == len(points)
    boxes = [next(box for side, box in _boxes(s) if side == s.side) for s in spots if s.label]
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert all(right < a or c < left or bottom < b or d < top for a, b, c, d in boxes[n + 1 :])


def test_each_thing_is_counted_once_and_every_place_stands_in_the_table(visitor: Visitor, desk: Desk) -> None:
    rows = visitor.get("/map.json").json()
    ids = [id for row in rows for id in row["events"]]
    assert len(ids) == len(set(ids))
    assert {e.place for e in desk.events() if e.place} <= {desk.record(id).place for id in ids} | {  # type: ignore[union-attr]
        e.place for c in desk.clusters(kind="event") for e in c.members
    }
    page = visitor.get("/map?lang=en").text
    assert len(re.findall(r"<circle", page)) == sum(row["latitude"] is not None for row in rows) > 2
    assert len(re.findall(r'<th scope="row"', page)) == len(rows)
    assert "no position on borders" in page


def test_a_place_opens_and_a_window_narrows(visitor: Visitor) -> None:
    row = next(row for row in visitor.get("/map.json").json() if row["latitude"] is not None)
    opened = visitor.get("/map", params={"place": row["place"]}).text
    assert opened.count('<li class="item event"') == row["number"]
    assert visitor.get("/map.json?since=1990&until=1990").json() == []
    assert visitor.get("/map?since=&until=").status_code == 200
    assert visitor.get("/map?since=soon").status_code == 400


@pytest.mark.parametrize(("place", "known"), [("モスクワ市内", True), ("ナルニア", False), ("", False)])
def test_where_a_place_lies(place: str, known: bool) -> None:
    assert (point_of(place) is not None) == known
