"""Search: words and fields together, facets whose counts are what one gets, nothing found where nothing fits."""

from __future__ import annotations

from typing import Any

import pytest

from jitsuroku import Desk
from jitsuroku.desk.web.searching import FIELDS
from tests.desk.web.visiting import Visitor


def found(visitor: Visitor, **asked: str) -> dict[str, Any]:
    answer: dict[str, Any] = visitor.get("/search.json", params=asked).json()
    return answer


def sources(visitor: Visitor, **asked: str) -> set[str]:
    return {page["source"] for page in found(visitor, **asked)["pages"]}


def test_every_value_of_a_facet_leads_to_as_many_pages_as_it_says(visitor: Visitor) -> None:
    answer = found(visitor, q="会談")
    assert (
        answer["facets"].keys() == {"party", "person", "type", "source", "year", "language"} & answer["facets"].keys()
    )
    assert {"party", "person", "type", "source"} <= answer["facets"].keys() <= FIELDS.keys()
    for name, values in answer["facets"].items():
        for value, number in values.items():
            assert found(visitor, q="会談", **{name: value})["total"] == number, (name, value)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "会談", "title": "中印"}, {"sco-short.txt"}),
        ({"title": "社説"}, {"call-opinion.txt"}),
        ({"q": "電話", "type": "readout"}, {"tariff-readout.txt"}),
        ({"q": "会談", "party": "インド"}, {"sco-short.txt"}),
        ({"person": "モディ"}, {"sco-short.txt"}),
        ({"q": "会談", "since": "2025-11"}, {"c5-paper.txt"}),
        ({"q": "会談", "until": "2025-05"}, {"tariff-readout.txt"}),
        ({"q": "会談", "year": "1999"}, set()),
        ({"q": "ここにない言葉"}, set()),
        ({"q": "%"}, set()),
        ({"party": "NOBODY"}, set()),
    ],
)
def test_fields_narrow(visitor: Visitor, desk: Desk, asked: dict[str, str], expected: set[str]) -> None:
    assert sources(visitor, **asked) == expected


def test_without_words_the_newest_come_first(visitor: Visitor) -> None:
    days = [page["published"] or "" for page in found(visitor, party="USA")["pages"]]
    assert days == sorted(days, reverse=True)
    assert len(days) > 3


def test_nothing_asked_shows_how_to_ask(visitor: Visitor) -> None:
    page = visitor.get("/search?lang=en").text
    assert "Pages that hold every word" in page
    assert 'name="title"' in page
    assert found(visitor) == {"total": 0, "at_least": False, "facets": {}, "pages": []}


def test_a_date_that_is_none_is_told(visitor: Visitor) -> None:
    assert visitor.get("/search?q=会談&since=gestern").status_code == 400


def test_what_was_chosen_stays_when_the_words_change(visitor: Visitor) -> None:
    page = visitor.get("/search?lang=en&q=会談&type=opinion").text
    assert '<input type="hidden" name="type" value="opinion">' in page
    assert 'class="chosen" aria-current="true"' in page
