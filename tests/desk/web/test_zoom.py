"""Time is looked at closer and from farther off: decades, years, months, days, each with how much begins in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from jitsuroku import Desk
from jitsuroku.desk.web import asking
from jitsuroku.desk.web.tongue import Tongue
from tests.desk.web.visiting import Visitor

CHIPS = re.compile(r'<nav class="chips zoom.*?</nav>', re.S)
CHIP = re.compile(r'<a ([^>]*)href="([^"]*)"[^>]*>([^<]*?) ?(?:<small>([\d,]+)</small>)?</a>', re.S)
OLD = "{}年の会談\n2025年6月3日\n\n日本の外相は{}年5月3日、英国の外相とロンドンで会談した。\n"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose events reach over decades."""
    folder = tmp_path_factory.mktemp("long")
    for year in (1972, 1985, 1994, 2003, 2024):
        (folder / f"{year}.txt").write_text(OLD.format(year, year), encoding="utf-8")
    with Desk(":memory:") as desk:
        desk.add(folder)
        yield desk


def chips(visitor: Visitor, place: str) -> dict[str, tuple[str, str | None]]:
    """The spans that a page leads to, each with its address and number."""
    (nav,) = CHIPS.findall(visitor.get(place).text)
    return {label.strip(): (unescape(href), number or None) for _, href, label, number in CHIP.findall(nav)}


@pytest.mark.parametrize("place", ["/timeline", "/network", "/map"])
def test_from_decades_to_a_day(long: Desk, place: str) -> None:
    visitor = Visitor(long)
    whole = chips(visitor, f"{place}?lang=en")
    assert [label for label in whole if label.endswith("s")] == ["1970s", "1980s", "1990s", "2000s", "2020s"]
    href, number = whole["2020s"]
    assert number == "1"
    assert "since=2020&until=2029" in href
    assert {"Everything", "2020s", "2024"} <= chips(visitor, href).keys()
    months = chips(visitor, f"{place}?since=2024&until=2024&lang=en")
    href, number = months["May 2024"]
    assert (number, len(chips(visitor, href))) == ("1", 5)
    day, _ = chips(visitor, href)["May 3, 2024"]
    assert [*chips(visitor, day)] == ["Everything", "2020s", "2024", "May 2024", "May 3, 2024"]


def test_the_number_is_that_of_the_closer_page(visitor: Visitor) -> None:
    for label, (href, number) in chips(visitor, "/timeline?lang=en").items():
        if number:
            assert len(visitor.get(href.replace("/timeline", "/timeline.json")).json()) == int(number), label


def test_where_not_all_are_looked_at_no_number_is_told(long: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_ON_A_PAGE", 2)
    visitor = Visitor(long)
    assert {label: number for label, (_, number) in chips(visitor, "/timeline?lang=en").items()} == {
        "Everything": None,
        **dict.fromkeys(("1970s", "1980s", "1990s", "2000s", "2020s"), None),
    }


def test_fields_of_the_window_that_are_empty_ask_for_nothing(visitor: Visitor) -> None:
    whole = visitor.get("/network.json").json()
    assert visitor.get("/network.json?since=&until=").json() == whole
    assert visitor.get("/map?since=&until=").status_code == 200


def test_days_on_an_axis_as_one_writes_them(visitor: Visitor) -> None:
    assert '<text class="axis"' in visitor.get("/timeline").text
    assert [Tongue("ja").short(day) for day in ("2025", "2025-06", "2025-06-05")] == ["2025年", "2025年6月", "6月5日"]
    assert [Tongue("en").short(day) for day in ("2025", "2025-06", "2025-06-05")] == ["2025", "Jun 2025", "Jun 5"]
    assert not re.search(r'class="axis"[^>]*>\d{4}-\d\d', visitor.get("/timeline?lang=ja").text)
