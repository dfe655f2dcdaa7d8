"""The watch over addresses and feeds: a server of the tests' own on loopback, which only the visitor handed in may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jitsuroku.cli.watching import Ways, look
from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.query import Desk
from tests.cli.running import run
from tests.intake.serving import Site, site, visitor

PAGE = "<html lang=ja><head><title>{0}</title></head><body><h1>{0}</h1><p>2025年9月8日</p><p>{1}</p></body></html>"
CALL = "米国のトランプ大統領は7日、インドのモディ首相と電話で協議した。"
TALKS = "日本の岩屋毅外相は5日、韓国の趙顕外相とソウルで会談した。"
ENTRY = "<item><title>t</title><link>{}</link></item>"


@pytest.fixture
def own() -> Iterator[Site]:
    with site() as found:
        found.page("/call", PAGE.format("電話協議", CALL))
        found.page("/talks", PAGE.format("会談", TALKS))
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "my.sqlite") as found:
        yield found


def same_or(body: str, tag: str, **fields: str) -> Any:
    """An answer that sends a body once and says from then on that nothing changed."""

    def answer(request: Any) -> Any:
        same = request.headers.get("If-None-Match") == tag
        return (304, {}, b"") if same else (200, {"ETag": tag, **fields}, body.encode())

    return answer


def feed_of(own: Site, *paths: str) -> Any:
    body = "<rss><channel>" + "".join(ENTRY.format(own.url(path)) for path in paths) + "</channel></rss>"
    return same_or(body, f'"{len(paths)}"', **{"Content-Type": "application/rss+xml"})


def changes(desk: Desk, own: Site, capsys: pytest.CaptureFixture[str], *names: str | Path) -> list[tuple[str, str]]:
    """What one round over these names tells."""
    look(desk, list(names), Adding(fetcher=visitor(own)), "", Ways(True, None, None), once=True)
    report = json.loads(capsys.readouterr().out)
    return [(change["change"], change["source"].rpartition("/")[2]) for change in report["changes"]]


def test_a_page_at_an_address_is_told_once_and_not_sent_again(
    desk: Desk, own: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    own.answers["/call"] = same_or(
        PAGE.format("電話協議", CALL), '"x1"', **{"Content-Type": "text/html; charset=utf-8"}
    )
    assert changes(desk, own, capsys, own.url("/call")) == [("new event", "call")]
    assert changes(desk, own, capsys, own.url("/call")) == []
    assert [fields.get("if-none-match") for path, fields in own.asked if path == "/call"] == [None, '"x1"']


def test_new_entries_of_a_feed_are_told(desk: Desk, own: Site, capsys: pytest.CaptureFixture[str]) -> None:
    own.answers["/feed"] = feed_of(own, "/talks")
    assert changes(desk, own, capsys, own.url("/feed")) == [("new event", "talks")]
    asked = own.paths().count("/talks")
    assert changes(desk, own, capsys, own.url("/feed")) == []
    assert own.paths().count("/talks") == asked, "a feed that did not change leads nowhere"
    own.answers["/feed"] = feed_of(own, "/call", "/talks")
    assert changes(desk, own, capsys, own.url("/feed")) == [("new event", "call")]


def test_the_feeds_of_a_list_and_a_folder_beside_them(
    desk: Desk, own: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.answers["/feed"] = feed_of(own, "/talks")
    feeds = tmp_path / "feeds.opml"
    feeds.write_text(f'<opml><body><outline xmlUrl="{own.url("/feed")}"/></body></opml>', encoding="utf-8")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "call.txt").write_text(f"青藍新聞\n2025年9月8日\n\n{CALL}\n", encoding="utf-8")
    told = changes(desk, own, capsys, feeds, tmp_path / "news")
    assert sorted(told) == [("new event", "call.txt"), ("new event", "talks")]


def test_a_page_whose_host_was_busy_comes_in_a_later_round(
    desk: Desk, own: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    own.answers["/feed"] = feed_of(own, "/call")
    own.page("/call", "", 503, Retry_After="7200")
    assert changes(desk, own, capsys, own.url("/feed")) == []
    own.page("/call", PAGE.format("電話協議", CALL))
    desk.store.see_address(own.url("/call"), (None, None, None))
    assert changes(desk, own, capsys, own.url("/feed")) == [("new event", "call")]


def test_a_corrected_page_at_an_address_is_told(desk: Desk, own: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert changes(desk, own, capsys, own.url("/talks")) == [("new event", "talks")]
    own.page("/talks", PAGE.format("会談", TALKS.replace("ソウル", "釜山")))
    assert ("page corrected", "talks") in changes(desk, own, capsys, own.url("/talks"))


def test_without_the_allowance_of_the_tests_loopback_is_refused_with_its_reason(tmp_path: Path, own: Site) -> None:
    address = own.url("/call", host="127.0.0.1")
    ran = run("watch", "--once", address, "--db", tmp_path / "my.sqlite")
    assert ran.code == 1
    assert "not in the public internet" in ran.err
    assert own.asked == []


def test_a_list_of_feeds_is_not_followed_offline(tmp_path: Path, own: Site) -> None:
    feeds = tmp_path / "feeds.opml"
    feeds.write_text(f'<opml><body><outline xmlUrl="{own.url("/feed")}"/></body></opml>', encoding="utf-8")
    ran = run("watch", "--once", "--offline", feeds, "--db", tmp_path / "my.sqlite")
    assert ran.code == 1
    assert "--offline" in ran.err
    assert own.asked == []
