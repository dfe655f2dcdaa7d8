"""From a name to a record: addresses, feeds and lists of feeds, visited once and politely, with custody of each page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jitsuroku import Desk
from jitsuroku.desk.adding import Outcome
from jitsuroku.desk.arriving import Adding
from tests.intake.serving import Clock, Site, site, visitor
from tests.making import whole_world

STORY = "<html><body><h1>仏独外相が会談</h1><p>2025年6月{n}日</p><p>フランスの外相は{n}日、ドイツの外相とベルリンで会談した。</p></body></html>"


@pytest.fixture
def own() -> Iterator[Site]:
    with site() as made:
        for n in (1, 2, 3):
            made.page(f"/{n}", STORY.format(n=n), ETag=f'"{n}"')
        yield made


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk(":memory:", world=whole_world()) as made:
        yield made


def add(desk: Desk, own: Site, *names: Any, clock: Clock | None = None, **how: Any) -> list[Outcome]:
    return list(
        desk.adding(
            [n if isinstance(n, (str, Path)) else own.url(f"/{n}") for n in names],
            Adding(fetcher=visitor(own, clock), **how),
        )
    )


def results(outcomes: list[Outcome]) -> list[str]:
    return [o.result.value if o.result else "refused" for o in outcomes]


def feed(own: Site, *pages: int) -> str:
    items = "".join(f"<item><title>{n}</title><link>{own.url(f'/{n}')}</link></item>" for n in pages)
    return f"<rss><channel><title>港</title>{items}</channel></rss>"


def test_an_address_becomes_a_page_with_its_custody(desk: Desk, own: Site) -> None:
    (outcome,) = add(desk, own, 1)
    document = desk.document(own.url("/1"))
    assert (outcome.document, document.address, document.fetched) == (
        document.id,
        own.url("/1"),
        "2025-06-16T08:00:01Z",
    )
    (kept,) = desk.store.custody(document.id)
    assert (kept.by, kept.address) == ("web", own.url("/1"))
    assert desk.store.original(document.id) == STORY.format(n=1).encode()
    assert [e.date for e in desk.events()] == ["2025-06-01"]


def test_an_address_is_asked_again_with_what_it_told(desk: Desk, own: Site) -> None:
    add(desk, own, 1)
    own.answers["/1"] = lambda request: (304, {}, b"") if request.headers["If-None-Match"] == '"1"' else (500, {}, b"")
    assert results(add(desk, own, 1)) == ["no change"]
    assert results(add(desk, own, 1)) == ["no change"]
    own.page("/1", STORY.format(n=9), ETag='"9"')
    assert results(add(desk, own, 1)) == ["new version"]
    desk.remove(own.url("/1"))
    assert results(add(desk, own, 1)) == ["new"]
    assert "if-none-match" not in own.asked[-1][1], "what was taken out is asked for anew"


def test_the_same_answer_without_validators_is_no_change(desk: Desk, own: Site) -> None:
    own.page("/1", STORY.format(n=1))
    clock = Clock()
    assert results(add(desk, own, 1, clock=clock)) == ["new"]
    clock.sleep(86_400)
    assert results(add(desk, own, 1, clock=clock)) == ["no change"]
    assert desk.document(own.url("/1")).fetched == "2025-06-16T08:00:01Z"
    assert len(desk.store.custody(desk.document(own.url("/1")).id)) == 2


def test_a_feed_brings_its_pages_and_is_asked_again_only_when_they_are_in(desk: Desk, own: Site) -> None:
    own.page("/feed", feed(own, 1, 2, 1), Content_Type="application/rss+xml", ETag='"f"')
    coming = desk.adding([own.url("/feed")], Adding(fetcher=visitor(own)))
    next(coming)
    coming.close()  # type: ignore[attr-defined]
    assert desk.store.address_seen(own.url("/feed"))[0] is None, "broken off: its other pages would be lost"
    assert results(add(desk, own, own.url("/feed"))) == ["no change", "new"]
    assert desk.store.address_seen(own.url("/feed"))[0] == '"f"'
    assert own.paths().count("/2") == 1


def test_a_list_of_feeds(desk: Desk, own: Site, tmp_path: Path) -> None:
    own.page("/a", feed(own, 1))
    own.page("/b", feed(own, 2, 3))
    outlines = "".join(f'<outline xmlUrl="{own.url(path)}"/>' for path in ("/a", "/b"))
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    assert results(add(desk, own, tmp_path / "feeds.opml")) == ["new"] * 3


def test_offline_nothing_is_fetched(desk: Desk, own: Site) -> None:
    (outcome,) = add(desk, own, 1, offline=True)
    assert outcome.problem is not None
    assert "--offline" in outcome.problem
    assert own.asked == []


def test_a_host_that_asks_to_wait_is_left_alone_in_the_next_run_too(desk: Desk, own: Site) -> None:
    own.page("/1", status=429, Retry_After="86400")
    clock = Clock()
    assert results(add(desk, own, 1, clock=clock)) == ["refused"]
    own.page("/1", STORY.format(n=1))
    asked = len(own.asked)
    assert results(add(desk, own, 1, clock=clock)) == ["refused"]
    assert len(own.asked) == asked
    clock.sleep(90_000)
    assert results(add(desk, own, 1, clock=clock)) == ["new"]


@pytest.mark.parametrize(
    ("media", "body"),
    [("image/png", b"\x89PNG"), ("application/json", b"{}"), ("video/mp4", b"x" * 100), ("text/html", b"")],
)
def test_what_is_no_page_is_refused_and_comes_again(desk: Desk, own: Site, media: str, body: bytes) -> None:
    own.page("/1", body, Content_Type=media, ETag='"x"')
    assert results(add(desk, own, 1)) == ["refused"]
    assert results(add(desk, own, 1)) == ["refused"], "not taken for unchanged"


@pytest.mark.parametrize(
    "name", ["file:///etc/passwd", "gopher://minato.example/", "http://169.254.169.254/", "ftp://a.example/"]
)
def test_names_of_other_places_are_refused_in_one_line(desk: Desk, own: Site, name: str) -> None:
    (outcome,) = add(desk, own, name)
    assert outcome.problem is not None
    assert outcome.problem.startswith(name)
    assert own.asked == []


def test_a_page_in_an_old_character_set_is_told_by_its_header(desk: Desk, own: Site) -> None:
    own.page("/1", STORY.format(n=1).encode("euc_jp"), Content_Type="text/html; charset=EUC-JP")
    add(desk, own, 1)
    assert "ベルリンで会談した" in desk.document(own.url("/1")).text


def test_files_keep_their_bytes_and_how_they_came(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(STORY.format(n=1).encode("cp932"))
    desk.add(tmp_path)
    document = desk.document("a.html")
    assert document.fetched is None
    assert desk.store.original(document.id) == STORY.format(n=1).encode("cp932")
    assert [c.by for c in desk.store.custody(document.id)] == ["file"]
