"""What does not fit on a page: it says how much is left, and a link leads there."""

from __future__ import annotations

import re

import pytest

from jitsuroku import Desk
from jitsuroku.desk.web import asking, parties, timeline
from tests.desk.web.visiting import Visitor

ITEM = '<li class="item'


def test_a_party_s_sections_lead_to_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "MOST_SHOWN", 3)
    monkeypatch.setattr(parties, "MOST_OF_A_TOPIC", 1)
    page = Visitor(desk).get("/actor?name=CHN&lang=en").text
    number = len(desk.store.listed("event", ["party:CHN"], most=999))
    assert number > 3
    (told,) = re.findall(r'<a href="(/events\?[^"]*)">(\d+) more</a>', page)
    assert told[0] == "/events?lang=en&amp;party=CHN"
    assert 0 < int(told[1]) <= number - 3
    assert re.search(r'href="/statements\?lang=en&amp;party=CHN&amp;topic=\w+">\d+ more', page)


def test_nothing_is_left_over_where_all_fits(desk: Desk) -> None:
    assert " more</a>" not in Visitor(desk).get("/actor?name=CHN&lang=en").text


def test_a_pair_goes_on_over_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "A_PAGE", 1000)
    whole = Visitor(desk).get("/pair?left=USA&right=CHN").text
    monkeypatch.setattr(parties, "A_PAGE", 2)
    visitor, seen, start = Visitor(desk), 0, 0
    while ITEM in (page := visitor.get(f"/pair?left=USA&right=CHN&from={start}").text):
        seen, start = seen + page.count(ITEM), start + 2
    assert seen == whole.count(ITEM) > 2


def test_a_timeline_draws_the_newest_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Visitor(desk).get("/timeline?lang=en").text
    monkeypatch.setattr(timeline, "MOST_DRAWN", 5)
    monkeypatch.setattr(timeline, "A_STRETCH", 7)
    page = Visitor(desk).get("/timeline?lang=en").text
    marks = re.compile(r'class="mark ')
    assert len(marks.findall(page)) == 5 < len(marks.findall(whole))
    assert "The newest 5 of" in page
    assert "The newest" not in whole.replace("Newest", "")
    assert page.count(ITEM) == 7
    assert 'rel="next"' in page


def test_years_to_choose_from_are_all_there_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = set(re.findall(r"since=(\d{4})", Visitor(desk).get("/timeline").text))
    monkeypatch.setattr(asking, "MOST_RECORDS", 3)
    assert set(re.findall(r"since=(\d{4})", Visitor(desk).get("/timeline").text)) >= whole
    assert set(re.findall(r"since=(\d{4})", Visitor(desk).get("/network").text)) >= whole


@pytest.mark.parametrize("path", ["/events", "/statements", "/flags", "/sources", "/timeline", "/network", "/map", "/actor?name=CHN", "/pair?left=USA&right=CHN", "/people?name=習近平", "/format?name=SCO", "/"])  # fmt: skip
def test_every_page_answers_where_it_must_cut(desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_RECORDS", 3)
    asked = Visitor(desk)
    assert asked.get(path).status_code == 200
    assert asked.get(path.replace("?", ".json?") if "?" in path else f"{path.rstrip('/') or '/index'}.json").status_code == 200  # fmt: skip


def test_by_a_facet_the_whole_store_is_looked_through(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_RECORDS", 4)
    oldest = desk.store.listed("event", most=999)[-1]
    year = oldest.day[:4]
    found = Visitor(desk).get(f"/events.json?year={year}").json()["records"]
    assert {r["id"] for r in found} <= {each.id for each in desk.store.listed("event", year=year, most=999)}
    assert found


def test_flags_are_cut_after_the_most_severe(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    severities = [f.severity for f in desk.flags()]
    monkeypatch.setattr(asking, "MOST_RECORDS", severities.count("error") or 1)
    found = Visitor(desk).get("/flags.json").json()["records"]
    assert {r["severity"] for r in found} == {"error"}
