"""An address given on the page for adding: fetched with the guard, refused with its reason, never for a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from jitsuroku import Desk
from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.web import fetching
from jitsuroku.desk.web.guard import Entry
from tests.desk.web.visiting import HOST, Visitor
from tests.intake.serving import Site, site, visitor

OWN = {"origin": f"http://{HOST}"}
TEXT = "日仏首脳が会談\n2025年6月3日\n\nフランスの大統領は3日、日本の首相と東京で会談した。"


@pytest.fixture
def own() -> Iterator[Site]:
    with site() as found:
        found.page("/a")
        yield found


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk(":memory:") as found:
        yield found


def sent(desk: Desk, how: Adding | None, address: str, **more: Any) -> tuple[list[dict[str, Any]], httpx.Response]:
    """What became of an address that was sent, as values and as the page that shows it."""
    asking = Visitor(desk, how=how)
    answer = asking.post("/add", data={"address": address, **more}, headers=OWN)
    assert answer.status_code == 303, answer.text
    place = answer.headers["location"]
    return asking.get(f"{place}.json").json()["outcomes"], asking.get(place, params={"lang": "en"})


def test_a_page_at_an_address_comes_in(desk: Desk, own: Site) -> None:
    outcomes, page = sent(desk, Adding(fetcher=visitor(own)), f" {own.url('/a')} ")
    assert [(o["source"], o["problem"]) for o in outcomes] == [(own.url("/a"), None)]
    (document,) = desk.documents()
    assert document.address == own.url("/a")
    assert desk.store.custody(document.id)[0].by == "web"
    assert f"/page/{document.id}" in page.text


def test_a_pasted_text_and_an_address_at_once(desk: Desk, own: Site) -> None:
    outcomes, _ = sent(desk, Adding(fetcher=visitor(own)), own.url("/a"), text=TEXT, name="own")
    assert {o["source"] for o in outcomes} == {"own.txt", own.url("/a")}


def test_it_is_not_sent_again_when_nothing_changed(desk: Desk, own: Site) -> None:
    own.page("/a", ETag='"x1"')
    how = Adding(fetcher=visitor(own))
    sent(desk, how, own.url("/a"))
    own.answers["/a"] = (304, {}, b"")
    outcomes, _ = sent(desk, how, own.url("/a"))
    assert outcomes[0]["result"] == "no change"
    assert own.asked[-1][1]["if-none-match"] == '"x1"'


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1:{port}/a", "not in the public internet"),
        ("http://[::1]:{port}/a", "not in the public internet"),
        ("http://169.254.169.254/latest/meta-data", "not in the public internet"),
        ("http://2130706433/", "four of them with dots"),
        ("file:///etc/passwd", "only http and https"),
        ("http://name:word@minato.example/", "name or password"),
    ],
)
def test_what_may_not_be_fetched_is_refused_with_its_reason(desk: Desk, own: Site, address: str, reason: str) -> None:
    outcomes, page = sent(desk, None, address.format(port=own.port))
    assert reason in outcomes[0]["problem"]
    assert reason in page.text
    assert own.asked == []
    assert len(desk.documents()) == 0


def test_a_redirect_into_this_machine_is_refused(desk: Desk, own: Site) -> None:
    own.answers["/out"] = (302, {"Location": "http://127.0.0.2/a"}, b"")
    outcomes, _ = sent(desk, Adding(fetcher=visitor(own)), own.url("/out"))
    assert "not in the public internet" in outcomes[0]["problem"]


def feed_of(own: Site, *paths: str) -> str:
    items = "".join(f"<item><link>{own.url(path)}</link></item>" for path in paths)
    own.page("/feed", f"<rss><channel>{items}</channel></rss>", ETag='"f1"')
    return own.url("/feed")


def test_the_pages_of_a_feed_come_in_as_by_the_command_line(desk: Desk, own: Site) -> None:
    own.page("/b", TEXT)
    address = feed_of(own, "/a", "/b", "/a", "/gone")
    outcomes, page = sent(desk, Adding(fetcher=visitor(own)), address)
    assert [(o["source"], bool(o["problem"])) for o in outcomes] == [
        (own.url("/a"), False),
        (own.url("/b"), False),
        (own.url("/gone"), True),
    ]
    assert {d.address for d in desk.documents()} == {own.url("/a"), own.url("/b")}
    assert own.paths().count("/a") == 1
    with Desk(":memory:") as other:
        list(other.adding([address], Adding(fetcher=visitor(own))))
        assert other.export() == desk.export()
    assert desk.store.address_seen(address)[0] == '"f1"'


def test_of_a_long_feed_the_rest_is_left_for_the_next_time(
    desk: Desk, own: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_PAGES", 2)
    paths = [f"/p{n}" for n in range(4)]
    for n, path in enumerate(paths):
        own.page(path, f"{TEXT}\n第{n}報。")
    address, how = feed_of(own, *paths), Adding(fetcher=visitor(own))
    outcomes, _ = sent(desk, how, address)
    assert [bool(o["problem"]) for o in outcomes] == [False, False, True, True]
    assert "left for the next time" in outcomes[-1]["problem"]
    assert desk.store.address_seen(address) == (None, None, None), "it must be sent whole again"
    assert "/p3" not in own.paths()
    monkeypatch.setattr(fetching, "MOST_PAGES", 200)
    sent(desk, how, address)
    assert len(desk.documents()) == 4


def test_a_feed_that_cannot_be_read_is_refused(desk: Desk, own: Site) -> None:
    own.page("/feed", '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel></channel></rss>')
    outcomes, _ = sent(desk, Adding(fetcher=visitor(own)), own.url("/feed"))
    assert outcomes[0]["problem"]
    assert own.paths().count("/feed") == 1


def test_a_feed_leads_nowhere_into_this_machine(desk: Desk, own: Site) -> None:
    own.page("/feed", "<rss><channel><item><link>http://127.0.0.2/a</link></item></channel></rss>")
    outcomes, _ = sent(desk, Adding(fetcher=visitor(own)), own.url("/feed"))
    assert "not in the public internet" in outcomes[0]["problem"]


def test_offline_refuses_and_has_no_field_for_it(desk: Desk, own: Site) -> None:
    how = Adding(fetcher=visitor(own), offline=True)
    outcomes, _ = sent(desk, how, own.url("/a"))
    assert "--offline" in outcomes[0]["problem"]
    assert own.asked == []
    assert 'name="address"' not in Visitor(desk, how=how).get("/add").text
    assert 'name="address"' in Visitor(desk).get("/add").text


def test_a_visitor_has_nothing_fetched_and_sees_no_reading(desk: Desk, own: Site) -> None:
    asking = Visitor(desk, Entry(frozenset({"*"}), "own", "visiting"), Adding(fetcher=visitor(own)))
    visiting, writing = ({"authorization": f"Bearer {token}", **OWN} for token in ("visiting", "own"))
    assert asking.post("/add", data={"address": own.url("/a")}, headers=visiting).status_code == 403
    assert own.asked == []
    place = asking.post("/add", data={"address": own.url("/a")}, headers=writing).headers["location"]
    assert asking.get(place, headers=writing).status_code == 200
    assert asking.get(place, headers=visiting).status_code == 404
    assert asking.get(f"{place}.json", headers=visiting).status_code == 404


@pytest.mark.parametrize("address", ["minato.example/a", "x" * 10, "https://minato.example/" + "a" * 5_000])
def test_what_is_no_address_is_told(desk: Desk, address: str) -> None:
    assert Visitor(desk).post("/add", data={"address": address}, headers=OWN).status_code == 400
