"""Questions and forms of those who mean harm: a bounded answer or a refusal, never another's data, never a change."""

from __future__ import annotations

from time import perf_counter
from urllib.parse import quote

import pytest

from jitsuroku import Desk
from jitsuroku.desk.web.openapi import TAKES
from tests.desk.web.conftest import HARMFUL_WORDS
from tests.desk.web.places import in_form, places
from tests.desk.web.visiting import HOST, Visitor

OWN = {"origin": f"http://{HOST}"}
ANSWERS = {200, 303, 400, 404, 414}
WORDS = (
    "%", "_", "%%%", "'", '"', "' OR 1=1 --", "x'; DROP TABLE records; --", "NEAR(", "NEAR/2", "*", "a*", "-x", "AND OR NOT",
    "col:x", "^", "{x y}", "()", "\x00", "\u202e", "..", "../../../etc/passwd", "-1", "0", "999999", "9" * 30, "1e9", "２０２５",
    "2025-99", "9999-12-31", "0000", "{{ 7919*7 }}", "<script>", "a" * 3_000, "会" * 300, "%u0000", HARMFUL_WORDS,
)  # fmt: skip
LONGEST_ANSWER = 5.0


@pytest.mark.parametrize("path", sorted(TAKES))
def test_every_parameter_takes_anything(harmed: Desk, path: str) -> None:
    visitor, before = Visitor(harmed), harmed.export()
    document, event = harmed.documents()[0].id, harmed.events()[0].id
    own = path.replace("{id}", document if path.startswith("/page") else event)
    # Each parameter a fifth of the words, another one each time; all together take them all.
    for n, name in enumerate(TAKES[path], len(path)):
        for word in WORDS[n % 5 :: 5]:
            begun = perf_counter()
            for form in (own, in_form(own, "json")):
                answer = visitor.get(form, params={name: word})
                assert answer.status_code in ANSWERS, (name, word)
                assert "<script>window" not in answer.text or form != own
                assert "\u202e" not in answer.text or form != own
            assert perf_counter() - begun < LONGEST_ANSWER, (name, word)
    assert harmed.export() == before


@pytest.mark.parametrize("word", [word for word in WORDS if len(word) < 500])
def test_every_name_in_a_path_takes_anything(harmed: Desk, word: str) -> None:
    visitor = Visitor(harmed)
    for path in ("/page/{}", "/page/{}/add", "/told/{}", "/record/{}", "/judge/{}", "/add/{}", "/static/{}", "/{}"):
        answer = visitor.get(path.format(quote(word, safe="")))
        assert answer.status_code in ANSWERS, path
        assert answer.status_code != 200 or path == "/{}" or "root:" not in answer.text


@pytest.mark.parametrize("place", ["/search?q=", "/people?name=", "/page/x?at=", "/events?party="])
def test_a_term_of_60_000_characters_is_refused(harmed: Desk, place: str) -> None:
    assert Visitor(harmed).get(place + "a" * 60_000).status_code == 414


def test_a_percent_sign_is_no_wildcard(visitor: Visitor) -> None:
    assert visitor.get("/search.json", params={"q": "%"}).json()["pages"] == []
    assert visitor.get("/search.json", params={"q": "会_"}).json()["pages"] == []
    assert visitor.get("/events.json", params={"party": "%"}).json()["total"] == 0
    assert visitor.get("/people.json", params={"name": "習%"}).json()["records"] == []


def test_a_huge_offset_gives_an_empty_part(visitor: Visitor) -> None:
    answer = visitor.get("/events", params={"from": "999999"})
    assert answer.status_code == 200
    assert '<li class="item event"' not in answer.text
    assert visitor.get("/events", params={"from": "9" * 7}).status_code == 400


@pytest.mark.parametrize("word", WORDS[::3])
def test_every_field_of_a_judgement_takes_anything(word: str, harmed: Desk) -> None:
    before = harmed.export()
    form = {"judgement": "correct", "target": word, "then": word, "before": word, "reason": word, "f.place": word}
    for judgement in ("confirm", "reject", "correct", "split", "merge", "dismiss", "undo", word):
        answer = Visitor(harmed).post("/judge", data=form | {"judgement": judgement}, headers=OWN)
        assert answer.status_code in (400, 404), judgement
        assert "<script>window" not in answer.text
    added = {"judgement": "add", "page": word, "kind": word, "words": word, "start": word, "end": word}
    assert Visitor(harmed).post("/judge", data=added, headers=OWN).status_code in (400, 404)
    assert harmed.export() == before


@pytest.mark.parametrize("path", ["/judge", "/add"])
def test_a_form_of_a_million_fields_is_refused(harmed: Desk, path: str) -> None:
    plain = {**OWN, "content-type": "application/x-www-form-urlencoded"}
    assert Visitor(harmed).post(path, content=b"a&" * 1_000_000, headers=plain).status_code in (400, 413)
    assert Visitor(harmed).post(path, content=b"a=" + b"\xff" * 100, headers=plain).status_code == 400
    parts = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    fields = b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' for _ in range(1_000)) + b"--x--"
    assert Visitor(harmed).post(path, content=fields, headers=parts).status_code == 400
    assert (
        Visitor(harmed).post(path, content=b"--x", headers={**parts, "content-type": "multipart/x"}).status_code == 400
    )


def test_a_field_of_100_000_characters_is_refused(harmed: Desk) -> None:
    event = harmed.events()[0].id
    form = {"judgement": "reject", "target": event, "reason": "a" * 100_000}
    assert Visitor(harmed).post("/judge", data=form, headers=OWN).status_code == 400


def test_what_programs_get_is_no_page(harmed: Desk) -> None:
    visitor = Visitor(harmed)
    for place in places(harmed):
        told = visitor.get(in_form(place, "json"))
        assert told.headers["content-type"] == "application/json"
        assert told.headers["x-content-type-options"] == "nosniff"
        assert visitor.get(in_form(place, "csv")).headers["content-type"].startswith("text/csv")


def test_an_address_of_a_page_is_shown_and_no_link(harmed: Desk) -> None:
    page = next(d for d in harmed.documents() if d.source == "harm.html")
    text = Visitor(harmed).get(f"/page/{page.id}").text
    assert "evil.example" not in text or 'href="https://evil' not in text
    assert 'href="javascript' not in text
