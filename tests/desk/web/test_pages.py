"""Every page of the desk answers, in both languages and all forms, holds nothing inline and asks for nothing outside."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest

from jitsuroku import Desk
from jitsuroku.contract import KINDS
from jitsuroku.desk.web import asking, lists
from jitsuroku.desk.web.guard import POLICY
from jitsuroku.samples import PAGES
from jitsuroku.store import Where
from tests.desk.web.places import FORM, PLAIN, in_form, places
from tests.desk.web.visiting import Visitor

INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
ID = re.compile(r"\sid=\"([^\"]*)\"")
# Inputs that a reader's program must be able to name; those within a label are.
LABEL = re.compile(r"<label\b.*?</label>", re.S)
FIELD = re.compile(r"<(?:input|textarea|select)(?![^>]*(?:hidden|aria-label))[^>]*>")
ADDRESS = re.compile(r"(?:href|src|action)=\"([^\"]*)\"")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_answers(visitor: Visitor, desk: Desk, language: str) -> None:
    for place in [*places(desk), FORM]:
        answer = visitor.get(f"{place}{'&' if '?' in place else '?'}lang={language}")
        assert answer.status_code == 200, place
        assert answer.headers["content-security-policy"] == POLICY
        assert f'<html lang="{language}">' in answer.text
        assert INLINE.findall(answer.text) == [], place
        assert [i for i, n in Counter(ID.findall(answer.text)).items() if n > 1] == [], place
        assert FIELD.findall(LABEL.sub("", answer.text)) == [], place
        assert [a for a in ADDRESS.findall(answer.text) if not re.match(r"/(?!/)|#", a)] == [], place


def test_every_link_leads_somewhere(visitor: Visitor) -> None:
    seen: set[str] = set()
    for place in PLAIN:
        found = {a.split("#")[0].replace("&amp;", "&") for a in ADDRESS.findall(visitor.get(place).text)}
        seen |= {a for a in found if a.startswith("/") and not a.startswith("/judge?") and a != "/judge"}
    # A third of them, which holds all kinds: the lists repeat themselves.
    codes = {a: visitor.get(a).status_code for a in sorted(seen)[::3]}
    assert {a: code for a, code in codes.items() if code not in (200, 303)} == {}


@pytest.mark.parametrize("place", PLAIN)
def test_every_page_is_there_for_programs(visitor: Visitor, place: str) -> None:
    assert visitor.get(in_form(place, "json")).json() is not None
    rows = list(csv.reader(io.StringIO(visitor.get(in_form(place, "csv")).text.removeprefix("\ufeff"))))
    assert rows
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_description_names_every_place(visitor: Visitor) -> None:
    paths = visitor.get("/openapi.json").json()["paths"]
    named = {in_form(p.split("?")[0], form) for p in PLAIN for form in ("json", "csv")}
    assert named <= paths.keys()
    assert all(path["get"]["summary"] for path in paths.values())


@pytest.mark.parametrize(
    ("accepted", "language"), [("ja,en;q=0.8", "ja"), ("fr,en;q=0.8,ja;q=0.3", "en"), ("de", "en"), ("ja;q=x", "en")]
)
def test_the_browsers_language(visitor: Visitor, accepted: str, language: str) -> None:
    assert f'<html lang="{language}">' in visitor.get("/", headers={"accept-language": accepted}).text


def test_days_and_numbers_as_one_writes_them(visitor: Visitor) -> None:
    assert "June 5, 2025" in visitor.get("/events?lang=en&party=CHN").text
    assert "2025年6月5日" in visitor.get("/events?lang=ja&party=CHN").text
    assert "550 billion US dollars" in visitor.get("/commitments?lang=en").text
    assert "5,500億米ドル" in visitor.get("/commitments?lang=ja").text


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("/told/nothing", 404),
        ("/page/nothing", 404),
        ("/record/nothing", 404),
        ("/nothing", 404),
        ("/actor", 400),
        ("/events?since=yesterday", 400),
        ("/events?from=x", 400),
        ("/timeline?lanes=x", 400),
        ("/page/call-agency.txt?at=x", 400),
        ("/told/nothing.json", 404),
        ("/events.csv?from=-1", 400),
    ],
)
def test_what_cannot_be_answered_is_told(visitor: Visitor, place: str, code: int) -> None:
    assert visitor.get(place).status_code == code


@pytest.mark.parametrize("words", ["会談", "%", "_", '" OR 1=1 --', "NEAR(", "*", "台湾 " * 3000, "あ" * 900])
def test_searches_end_in_an_answer(visitor: Visitor, words: str) -> None:
    assert visitor.get("/search", params={"q": words}).status_code in (200, 414)


def test_facets_count_and_narrow(visitor: Visitor) -> None:
    all_events = visitor.get("/events.json").json()
    number = all_events["facets"]["party"]["CHN"]
    narrowed = visitor.get("/events.json?party=CHN").json()
    assert narrowed["total"] == number < all_events["total"]
    assert all("CHN" in [*r["actor"], *r["recipient"]] for r in narrowed["records"])
    assert visitor.get("/events.json?party=中国").json()["total"] == number


def test_a_facet_with_many_values_says_how_many_are_left(
    visitor: Visitor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_VALUES", 2)
    names = {page.outlet or page.source for page in desk.documents()}
    page = visitor.get("/sources?lang=en").text
    assert f"{len(names) - 2} more</a>" in page
    assert len(visitor.get("/sources.json").json()["facets"]["source"]) == 2
    assert visitor.get("/sources.json?more=source").json()["facets"]["source"].keys() == names


def test_promises_with_a_due_day_the_next_first(visitor: Visitor, desk: Desk) -> None:
    records = visitor.get("/commitments.json?due=1").json()["records"]
    assert [r["due"] for r in records] == sorted(p.due for p in desk.commitments() if p.due)
    assert f"<small>{len(records)}</small></a></nav>" in visitor.get("/commitments?lang=en").text


def test_every_record_leads_to_its_words(visitor: Visitor, desk: Desk) -> None:
    for kind in KINDS:
        for record in desk.records((kind,), limit=3):
            if kind == "judgement":
                continue
            answer = visitor.get(f"/record/{record.id}")
            assert answer.status_code == 303, record.id
            place = answer.headers["location"]
            page = visitor.get(place.partition("#")[0])
            assert page.status_code == 200
            assert kind in ("link", "document") or 'id="here"' in page.text, record.id


def test_the_queue_says_how_many_of_each_kind_wait() -> None:
    with Desk(":memory:") as desk:
        desk.add(PAGES / "call-tabloid.txt")
        kinds = Visitor(desk).get("/review.json").json()["kinds"]
        assert kinds["event"] == len(desk.events())
        first, second = desk.events()[:2]
        desk.judge("reject", first.id)
        desk.judge("confirm", second.id)
        answer = Visitor(desk).get("/review.json").json()
        assert answer["kinds"]["event"] == kinds["event"] - 2
        assert answer["waiting"] == sum(answer["kinds"].values()) == len(answer["records"])


def test_a_promise_told_by_several_is_summed_once(visitor: Visitor, desk: Desk) -> None:
    told = next(c for c in desk.clusters(kind="commitment") if len(c.members) == 3)
    promise = told.members[0]
    records = visitor.get("/commitments.json?party=JPN").json()["records"]
    assert sum(r["amount"] == 550_000_000_000 for r in records) > 1
    totals = visitor.get("/commitments.json?party=JPN").json()["totals"]
    # What comes every year is no part of what comes once.
    assert [(t["sum"], t["per"]) for t in totals if t["giver"] == ["JPN"]] == [
        ("550000000000", None),
        ("8000000000", "year"),
    ]
    assert "8 billion US dollars <small>a year</small>" in visitor.get("/commitments?party=JPN&lang=en").text
    assert promise.kind == "commitment"


def test_a_long_list_says_how_many_there_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_RECORDS", 5)
    visitor, number = Visitor(desk), len(desk.events())
    told = visitor.get("/events.json").json()
    assert (told["total"], told["at_least"], len(told["records"])) == (number, False, 5)
    assert f"<small>{number}</small></h1>" in visitor.get("/events?lang=en").text
    narrowed = visitor.get("/events.json?party=CHN").json()
    assert (narrowed["total"], narrowed["at_least"]) == (len(desk.events(party="CHN")), False)
    twice = visitor.get("/events.json?party=CHN&type=CONSULT").json()
    assert twice["at_least"]
    assert twice["total"] <= 5
    assert "at least" in visitor.get("/events?lang=en&party=CHN&type=CONSULT").text
    assert visitor.get("/flags.json").json()["total"] == len(desk.flags())


def test_what_was_rejected_is_counted_nowhere() -> None:
    with Desk(":memory:") as desk:
        desk.add(PAGES / "call-tabloid.txt")
        before = Visitor(desk).get("/index.json").json()["counts"]
        desk.judge("reject", desk.events()[0].id)
        after = Visitor(desk).get("/index.json").json()["counts"]
        assert after["event"] == before["event"] - 1 == desk.store.count(Where(kinds=("event",))) == len(desk.events())
