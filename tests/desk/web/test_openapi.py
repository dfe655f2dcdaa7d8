"""The description of the read API is true: every path answers, and what a view reads of an address is what it is said to take."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest
from starlette.datastructures import QueryParams
from starlette.requests import Request

from jitsuroku import Desk
from jitsuroku.desk.web.app import VIEWS
from jitsuroku.desk.web.openapi import TAKES, description
from tests.desk.web.places import in_form, places
from tests.desk.web.visiting import Visitor

# What is read of every address, whatever it shows; the second by the frame of pages alone.
EVERYWHERE = {"lang", "raw", "done"}
# Together with a record, or with words, a place is not looked at.
MORE = (
    "/page/{}?at=0-5",
    "/page/{}/add?start=0&end=9",
    "/page/{}/add?words=x",
    "/brief?on=USA",
    "/review",
    "/search?q=会談",
)


class Heard(QueryParams):
    """Parameters that remember which of them were asked for."""

    heard: set[str]

    def get(self, key: Any, default: Any = None) -> Any:
        self.heard.add(key)
        return super().get(key, default)

    def getlist(self, key: Any) -> Any:
        self.heard.add(key)
        return super().getlist(key)

    def __getitem__(self, key: Any) -> Any:
        self.heard.add(key)
        return super().__getitem__(key)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    found: set[str] = set()

    def listening(request: Request) -> Heard:
        params = Heard(request.scope["query_string"])
        params.heard = found
        return params

    monkeypatch.setattr(Request, "query_params", property(listening))
    return found


def template_of(path: str) -> str:
    """The path of the table to which an address belongs."""
    for known in sorted(VIEWS, key=len, reverse=True):
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(known)), path):
            return known
    raise AssertionError(path)


def test_what_a_view_reads_is_what_it_takes(desk: Desk, heard: set[str]) -> None:
    read: dict[str, set[str]] = defaultdict(set)
    visitor, page = Visitor(desk), desk.documents()[0].id
    for place in [*places(desk), *(each.format(page) for each in MORE)]:
        heard.clear()
        assert visitor.get(in_form(place, "json")).status_code in (200, 400), place
        read[template_of(place.partition("?")[0])] |= heard - EVERYWHERE
    assert read.keys() == VIEWS.keys()
    assert {path: names for path, names in read.items() if names != set(TAKES.get(path, ()))} == {}


def test_every_path_answers(visitor: Visitor, desk: Desk) -> None:
    page, told, event = desk.documents()[0].id, desk.clusters()[0].id, desk.events()[0].id
    ids = {"/told/{id}": told, "/page/{id}": page, "/page/{id}/add": page, "/judge/{id}": event, "/record/{id}": event}
    asked = {"name": "CHN", "left": "USA", "right": "CHN"}
    for path, what in description(VIEWS)["paths"].items():
        if path.startswith(("/add/", "/brief.pdf", "/brief.docx")):
            continue
        needed = {
            p["name"]: asked[p["name"]] for p in what["get"]["parameters"] if p["required"] and p["in"] == "query"
        }
        answer = visitor.get(path.replace("{id}", ids.get(path.rsplit(".", 1)[0], event)), params=needed)
        assert str(answer.status_code) in what["get"]["responses"], path
        assert answer.status_code in (200, 303), path
        if answer.status_code == 200:
            (media,) = what["get"]["responses"]["200"]["content"]
            assert answer.headers["content-type"].startswith(media.partition(";")[0]), path


def test_every_parameter_says_what_it_means() -> None:
    parameters = [p for what in description(VIEWS)["paths"].values() for p in what["get"]["parameters"]]
    assert all(p["description"] for p in parameters if p["in"] == "query")
