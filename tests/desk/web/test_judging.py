"""Judging in the browser, as plain forms: dismissals, the queue, links, records that people add; visitors only read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from jitsuroku import Desk
from jitsuroku.contract import KINDS, as_json
from jitsuroku.desk.export.fields import fields_of
from jitsuroku.desk.judging.review import queue
from jitsuroku.desk.judging.values import checked, open_fields
from jitsuroku.desk.web.deciding import OWN as OWN_ADDRESS
from jitsuroku.desk.web.fields import FIRST, inputs, text_of
from jitsuroku.desk.web.guard import Entry
from jitsuroku.desk.web.judging import REASONS
from jitsuroku.desk.web.tongue import Tongue
from jitsuroku.desk.web.writing import nth_of, places
from jitsuroku.samples import PAGES
from tests.desk.web.visiting import HOST, Visitor

OWN = {"origin": f"http://{HOST}"}
CALLS = ("call-agency.txt", "call-broadcast.html", "call-tabloid.txt", "c5-paper.txt", "ru-forum.txt")


@pytest.fixture
def open_desk() -> Iterator[Desk]:
    """A desk of its own, to be written to."""
    with Desk(":memory:") as desk:
        desk.add(*(PAGES / name for name in CALLS))
        yield desk


def send(desk: Desk, **form: object) -> httpx.Response:
    return Visitor(desk).post("/judge", data=form, headers=OWN)


def forms_of(text: str) -> list[dict[str, list[str]]]:
    """The hidden fields of every form that judges."""
    found = []
    for form in re.findall(r'<form method="post".*?</form>', text, re.S):
        pairs = re.findall(r'<(?:input type="hidden"|button) name="([^"]*)" value="([^"]*)"', form)
        found.append({name: [v for n, v in pairs if n == name] for name, _ in pairs})
    return found


def test_a_flag_is_dismissed_by_a_button_of_the_list_and_comes_back(open_desk: Desk) -> None:
    flags = list(open_desk.flags())
    page = Visitor(open_desk).get("/flags?lang=ja")
    forms = [f for f in forms_of(page.text) if f["judgement"] == ["dismiss"] and "reason" in f]
    assert sorted(f["target"][0] for f in forms) == sorted(f.id for f in flags)
    form = forms[0]
    assert form["reason"] == [Tongue("ja").say(key) for key in REASONS]
    answer = send(
        open_desk, judgement="dismiss", target=form["target"][0], reason=form["reason"][0], then=form["then"][0]
    )
    assert answer.status_code == 303
    assert form["target"][0] not in {f.id for f in open_desk.flags()}
    after = Visitor(open_desk).get(answer.headers["location"].split("#")[0])
    undo = next(f for f in forms_of(after.text) if f["judgement"] == ["undo"])
    assert (
        send(open_desk, judgement="undo", target=undo["target"][0], then=undo["then"][0]).headers["location"]
        == "/flags?lang=ja"
    )
    assert list(open_desk.flags()) == flags


def test_the_queue_goes_on_and_back(open_desk: Desk) -> None:
    waiting = queue(open_desk)
    first = Visitor(open_desk).get("/review").text
    assert waiting[0].id in first
    kept = send(open_desk, judgement="confirm", target=waiting[0].id, then="/review").headers["location"]
    assert [r.id for r in queue(open_desk)] == [r.id for r in waiting[1:]]
    second = Visitor(open_desk).get(kept).text
    assert waiting[1].id in second
    reject = next(f for f in forms_of(second) if f["judgement"] == ["reject"] and f["target"] == [waiting[1].id])
    kept = send(
        open_desk, judgement="reject", target=waiting[1].id, then=reject["then"][0], before=reject["before"][0]
    ).headers["location"]
    for back in (1, 0):
        undo = next(f for f in forms_of(Visitor(open_desk).get(kept).text) if f["judgement"] == ["undo"])
        kept = send(
            open_desk, judgement="undo", target=undo["target"][0], then=undo["then"][0], before=undo["before"][0]
        ).headers["location"]
        assert queue(open_desk)[0].id == waiting[back].id
        assert f"at={waiting[back].id}" in kept
    assert "done" not in kept
    assert [r.id for r in queue(open_desk)] == [r.id for r in waiting]


def test_the_queue_is_narrowed_and_ends(open_desk: Desk) -> None:
    values = Visitor(open_desk).get("/review.json?kind=event").json()
    assert {r["kind"] for r in values["records"]} == {"event"}
    assert "Nothing waits" in Visitor(open_desk).get("/review?kind=event&from=999&lang=en").text
    assert Visitor(open_desk).get("/review?kind=x").status_code == 400
    assert Visitor(open_desk).get("/review?page=nowhere").status_code == 404


def test_only_what_was_changed_is_corrected(open_desk: Desk) -> None:
    event = open_desk.events()[0]
    line = as_json(event)
    sent = {f"f.{i.name}": i.text for i in inputs("event", line)} | {"f.date": "2025-06", "f.recipient": "KAZ, UZB"}
    send(open_desk, judgement="correct", target=event.id, **sent)
    (standing,) = open_desk.judgements()
    assert standing.judgement.after == '{"recipient":["KAZ","UZB"],"date":"2025-06"}'
    assert send(open_desk, judgement="correct", target=event.id, **{**sent, "f.date": "soon"}).status_code == 400
    assert len(open_desk.judgements()) == 1


def test_every_field_comes_back_from_a_form_as_it_was(desk: Desk) -> None:
    for kind in FIRST:
        for record in desk.records((kind,), limit=40):
            line = as_json(record)
            sent = {i.name: i.text for i in inputs(kind, line)}
            assert checked(kind, sent) == {name: line[name] for name in sent}


def test_every_field_has_a_name_in_both_languages() -> None:
    for kind in FIRST:
        assert set(FIRST[kind]) <= open_fields(kind).keys()
        names = {f.name for f in fields_of(kind, KINDS[kind])} & open_fields(kind).keys()
        assert [n for n in names if Tongue("ja").field(n) == n] == []


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "true"), (["a", "b"], "a, b"), (["a,b"], '["a,b"]'), (3.5, "3.5")]
)
def test_values_as_one_writes_them(value: object, text: str) -> None:
    assert text_of(value) == text


def test_split_and_merge(open_desk: Desk) -> None:
    event = open_desk.events(page="c5-paper.txt")[0]
    assert (
        send(
            open_desk, judgement="split", target=event.id, parts="recipient=KAZ\r\nrecipient=UZB; date=2025-11-07"
        ).status_code
        == 303
    )
    assert len(open_desk.judgements()) == 1
    first, second = open_desk.events(page="call-agency.txt")[:2]
    page = Visitor(open_desk).get(f"/judge/{first.id}").text
    assert f'name="other" value="{second.id}"' in page
    send(open_desk, judgement="merge", target=first.id, other=second.id)
    assert second.id not in {e.id for e in open_desk.events()}
    assert "out of view" in Visitor(open_desk).get(f"/judge/{second.id}?lang=en").text


def test_a_meeting_is_judged_with_the_events_that_tell_of_it(open_desk: Desk) -> None:
    (meeting,) = open_desk.records(("meeting",))
    events = open_desk.store.tellers(meeting.id)
    assert events
    for lang in ("en", "ja"):
        page = Visitor(open_desk).get(f"/judge/{meeting.id}?lang={lang}")
        assert page.status_code == 200
        assert [id for id in events if f"events={id}" not in page.text] == []
    assert send(open_desk, judgement="correct", target=meeting.id, **{"f.host": "KAZ"}).status_code == 303
    assert [getattr(m, "host", None) for m in open_desk.records(("meeting",))] == ["KAZ"]
    assert send(open_desk, judgement="split", target=meeting.id, parts="host=KAZ").status_code == 400
    assert send(open_desk, judgement="reject", target=meeting.id).status_code == 303
    assert open_desk.records(("meeting",)) == ()
    assert "out of view" in Visitor(open_desk).get(f"/judge/{meeting.id}?lang=en").text
    assert "Nothing waits" in Visitor(open_desk).get("/review?kind=meeting&lang=en").text


def test_one_disagrees_with_a_link(open_desk: Desk) -> None:
    told = open_desk.clusters(kind="event")[0]
    page = Visitor(open_desk).get(f"/told/{told.id}").text
    form = next(f for f in forms_of(page) if f["judgement"] == ["reject"])
    before = {link.id for link in open_desk.links()}
    assert set(form["target"]) <= before
    answer = send(open_desk, judgement="reject", target=form["target"], then=form["then"][0])
    assert {link.id for link in open_desk.links()} == before - set(form["target"])
    assert Visitor(open_desk).get(f"/judge/{form['target'][0]}").status_code == 200
    assert answer.headers["location"].startswith("/told/")


def test_one_page_is_parted_from_the_others(open_desk: Desk) -> None:
    told = max(open_desk.clusters(kind="event"), key=lambda c: len(c.documents))
    assert len(told.documents) > 2
    forms = [f for f in forms_of(Visitor(open_desk).get(f"/told/{told.id}").text) if f["judgement"] == ["reject"]]
    send(open_desk, judgement="reject", target=forms[-1]["target"])
    parted = [c for c in open_desk.clusters(kind="event") if {m.id for m in c.members} & {m.id for m in told.members}]
    assert all(len(c.documents) < len(told.documents) for c in parted)


def test_a_record_is_added_to_a_page_that_is_not_read(open_desk: Desk) -> None:
    page = open_desk.document("ru-forum.txt")
    text = open_desk.store.page(page.id).text
    words = text.split("\n\n")[1][:40]
    form = Visitor(open_desk).get(f"/page/{page.id}/add", params={"words": words, "kind": "event"})
    hidden = next(f for f in forms_of(form.text) if f["judgement"] == ["add"])
    start, end = int(hidden["start"][0]), int(hidden["end"][0])
    assert text[start:end] == words.strip()
    sent = {"f.type": "CONSULT", "f.actor": "RUS, CHN", "f.status": "actual", "f.date": ""}
    answer = send(open_desk, judgement="add", page=page.id, kind="event", start=start, end=end, **sent)
    (event,) = open_desk.events(page=page.id)
    assert (event.type, event.actor, event.date) == ("CONSULT", ("RUS", "CHN"), None)
    assert event.rule.startswith("human/")
    assert text[event.evidence.start : event.evidence.end] == event.evidence.text == words.strip()
    assert event.id in answer.headers["location"]
    assert words.strip() in Visitor(open_desk).get(answer.headers["location"].split("#")[0]).text


@pytest.mark.parametrize(
    "place",
    [
        {"words": "これはどこにもない"},
        {"start": "5", "end": "3"},
        {"start": "0", "end": "99999999"},
        {"words": " "},
        {"start": "x", "end": "3"},
        {"start": "0", "end": "9", "words": "別の言葉"},
    ],
)
def test_words_that_are_not_on_the_page_are_refused(open_desk: Desk, place: dict[str, str]) -> None:
    sent = {"judgement": "add", "page": "call-agency.txt", "kind": "event", "f.type": "CONSULT", **place}
    assert send(open_desk, **sent).status_code == 400
    assert Visitor(open_desk).get("/page/call-agency.txt/add", params=place).status_code == 200
    assert len(open_desk.judgements()) == 0


def test_words_are_found_across_lines_and_counted() -> None:
    text = "会談は三日。\n会談は\n三日。会談は三日。"
    assert [text[a:b] for a, b in places(text, "会談は 三日")] == ["会談は\n三日"]
    assert [nth_of(text, "会談は", start) for start, _ in places(text, "会談は")] == [1, 2, 3]


def test_the_name_under_which_one_judges(open_desk: Desk) -> None:
    answer = send(open_desk, judgement="name", by="花子", then="/review")
    cookie = answer.headers["set-cookie"].split(";")[0]
    flag = open_desk.flags()[0]
    Visitor(open_desk).post(
        "/judge", data={"judgement": "reject", "target": flag.id}, headers={**OWN, "cookie": cookie}
    )
    assert open_desk.judgements()[0].judgement.by == "花子"


@pytest.mark.parametrize(
    "there", ["//evil.example", "https://evil.example/", "/\\evil.example", "/a\r\nset-cookie: x=1", "javascript:1", ""]
)
def test_a_form_leads_back_into_the_desk_alone(open_desk: Desk, there: str) -> None:
    answer = send(open_desk, judgement="confirm", target=open_desk.events()[0].id, then=there)
    assert answer.headers["location"].startswith("/review?done=")
    assert not OWN_ADDRESS.fullmatch(there)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"judgement": "reject", "target": "nothing"}, 404),
        ({"judgement": "reject"}, 400),
        ({"judgement": "nonsense"}, 400),
        ({"judgement": "undo", "target": "judgement0"}, 400),
        ({"judgement": "add", "page": "nowhere", "kind": "event"}, 404),
        ({"judgement": "add", "page": "call-agency.txt", "kind": "link", "words": "会談"}, 400),
    ],
)
def test_what_makes_no_sense_is_told(open_desk: Desk, form: dict[str, str], code: int) -> None:
    assert send(open_desk, **form).status_code == code
    assert len(open_desk.judgements()) == 0


def test_visitors_read_and_nothing_else(open_desk: Desk) -> None:
    visitor = Visitor(open_desk, Entry(frozenset({"*"}), "own", "visiting"))
    reading, writing = ({"authorization": f"Bearer {token}", **OWN} for token in ("visiting", "own"))
    flag = open_desk.flags()[0]
    form = {"judgement": "reject", "target": flag.id}
    for place in ("/", "/flags", "/review", f"/judge/{flag.id}", "/page/call-agency.txt", "/page/call-agency.txt/add"):
        text = visitor.get(place, headers=reading).text
        assert 'method="post"' not in text, place
        assert 'href="/add"' not in text, place
    assert 'method="post"' in visitor.get("/flags", headers=writing).text
    assert visitor.post("/judge", data=form, headers=reading).status_code == 403
    assert visitor.post("/add", data={"text": "x"}, headers=reading).status_code == 403
    assert len(open_desk.judgements()) == 0
    assert visitor.post("/judge", data=form, headers=writing).status_code == 303
    assert visitor.post("/judge", data=form).status_code == 401
    entered = visitor.get("/flags?token=visiting")
    assert (entered.status_code, entered.headers["location"]) == (303, "/flags")


def test_a_judgement_is_no_page_and_what_was_done_is_not_kept_in_links(open_desk: Desk) -> None:
    made = open_desk.judge("reject", open_desk.flags()[0].id)
    assert Visitor(open_desk).get(f"/judge/{made.id}").status_code == 404
    text = Visitor(open_desk).get(f"/events?done={made.id}").text
    assert 'class="done"' in text
    assert [a for a in re.findall(r'href="([^"]*)"', text) if "done=" in a] == []
    assert Visitor(open_desk).get("/events?done=nothing,x").status_code == 200
