"""Briefs on the desk: asked for in a form, every sentence and term with where it comes from, saved without what is private."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.web.briefs import MEDIA
from jitsuroku.desk.web.guard import Entry
from tests.desk.export.pages import OPEN, PRIVATE, SECRET
from tests.desk.web.visiting import Visitor
from tests.making import whole_world

PAIR = "/brief?on=USA&on=CHN"


def test_the_form_alone_until_something_is_asked(visitor: Visitor) -> None:
    page = visitor.get("/brief?lang=en").text
    assert page.count('name="on"') == 2
    assert 'name="since"' in page
    assert "<article>" not in page
    assert "<article>" in visitor.get("/brief?lang=en&on=&on=&since=").text, "the whole record"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_brief_has_its_terms_its_words_and_its_references(visitor: Visitor, desk: Desk, language: str) -> None:
    page = visitor.get(f"{PAIR}&lang={language}").text
    made = desk.brief("USA", "CHN", language=language)
    assert made.cards
    assert page.count('class="card"') == len(made.cards)
    assert len(re.findall(r'<li id="n\d+"', page)) == len(made.notes)
    assert len(re.findall(r'<li id="ref\d+"', page)) == len(made.references)
    cited = set(re.findall(r'href="#(n\d+|ref\d+)"', page))
    assert cited <= set(re.findall(r'id="(n\d+|ref\d+)"', page))


def test_what_is_left_out_for_length_can_be_had(visitor: Visitor) -> None:
    short = visitor.get(f"{PAIR}&lang=en").text
    assert "full=1" in short or " more</a>" not in short
    assert len(visitor.get(f"{PAIR}&lang=en&full=1").text) >= len(short)


def test_promises_alone_and_a_window(visitor: Visitor) -> None:
    assert visitor.get("/brief.json?on=USA&promises=1").json()["sections"][0]["key"] == "promised"
    assert "2025" in visitor.get("/brief.json?on=USA&since=2025-06&until=2025-06").json()["title"]
    assert visitor.get("/brief?on=USA&since=gestern").status_code == 400
    assert visitor.get("/brief?on=USA&on=CHN&on=JPN").status_code == 400


@pytest.mark.parametrize("form", MEDIA)
def test_it_is_saved(visitor: Visitor, form: str) -> None:
    pytest.importorskip({"docx": "docx", "pdf": "weasyprint"}.get(form, "json"))
    answer = visitor.get(f"/brief.{form}?on=USA&on=CHN&lang=ja")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="brief.')
    assert answer.headers["content-type"] == MEDIA[form]
    assert f"/brief.{form}?" in visitor.get(PAIR).text
    if form == "csl":
        assert json.loads(answer.content)


def test_what_is_saved_holds_nothing_private_whoever_asks(tmp_path: Path) -> None:
    with Desk(tmp_path / "my.sqlite", world=whole_world()) as desk:
        for name, text in (("open.txt", OPEN), ("private.txt", PRIVATE)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            desk.add(tmp_path / name, private=name == "private.txt")
        owner = Visitor(desk, Entry(frozenset({"*"}), "own", "visiting"))
        for form in ("md", "html", "csl"):
            answer = owner.get(f"/brief.{form}?on=JPN&on=KOR", headers={"authorization": "Bearer own"})
            assert answer.status_code == 200
            assert [word for word in (SECRET, "灰鷺", "private.txt") if word in answer.text] == []
