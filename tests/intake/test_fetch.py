"""A polite visitor: robots.txt, conditional questions, Retry-After, a pace, and an end to everything."""

from __future__ import annotations

import gzip
import time
from typing import Any

import brotli
import pytest

from jitsuroku.intake.fetch import ComeLater, Fetcher, Manners, Seen
from jitsuroku.intake.received import Limits
from jitsuroku.intake.targets import NotFetched
from tests.intake.serving import HTML, Clock, site, visitor


def test_a_page_comes_with_its_address_time_and_validators() -> None:
    with site() as own:
        own.page("/a?b=1", ETag='"x1"', Last_Modified="Mon, 16 Jun 2025 07:00:00 GMT")
        got = visitor(own).fetch(own.url("/a?b=1#part"))
        assert (got.data, got.media) == (HTML.encode(), "text/html; charset=utf-8")
        assert (got.address, got.at) == (own.url("/a?b=1"), "2025-06-16T08:00:01Z")
        assert got.seen == Seen('"x1"', "Mon, 16 Jun 2025 07:00:00 GMT")
        assert own.asked[-1][1]["user-agent"] == "jitsuroku"
        assert own.asked[-1][1]["host"] == f"minato.example:{own.port}"


def test_what_did_not_change_is_not_sent_again() -> None:
    def answer(request: Any) -> Any:
        same = request.headers.get("If-None-Match") == '"x1"'
        return (304, {}, b"") if same else (200, {"ETag": '"x1"'}, HTML.encode())

    with site() as own:
        own.answers["/a"] = answer
        fetcher = visitor(own)
        first = fetcher.fetch(own.url("/a"))
        again = fetcher.fetch(own.url("/a"), first.seen)
        assert first.data
        assert (again.data, again.seen) == (None, first.seen)


@pytest.mark.parametrize("made", ["gzip", "br"])
def test_packed_bodies_are_unpacked_and_bombs_are_not(made: str) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress}[made]
    with site() as own:
        own.page("/a", pack(HTML.encode()), Content_Encoding=made)
        own.page("/bomb", pack(b"a" * 60_000_000), Content_Encoding=made)
        assert visitor(own).fetch(own.url("/a")).data == HTML.encode()
        with pytest.raises(NotFetched, match="unpacks to more than"):
            visitor(own).fetch(own.url("/bomb"))


# --- robots.txt -----------------------------------------------------------------------------------------------------


def test_robots_txt_is_asked_once_and_obeyed() -> None:
    rules = "User-agent: *\nDisallow: /private\nAllow: /private/open\n\nUser-agent: other\nDisallow: /\n"
    with site() as own:
        own.page("/robots.txt", rules)
        for path in ("/a", "/private/x", "/private/open"):
            own.page(path)
        fetcher = visitor(own)
        assert fetcher.fetch(own.url("/a")).data
        assert fetcher.fetch(own.url("/private/open")).data
        with pytest.raises(NotFetched, match=r"robots\.txt asks not to"):
            fetcher.fetch(own.url("/private/x"))
        assert own.paths() == ["/robots.txt", "/a", "/private/open"]


def test_our_own_name_in_robots_txt_counts_and_its_delay() -> None:
    with site() as own:
        own.page("/robots.txt", "User-agent: jitsuroku\nCrawl-delay: 7\nDisallow: /b\n\nUser-agent: *\nDisallow: /\n")
        own.page("/a")
        clock = Clock()
        fetcher = visitor(own, clock)
        fetcher.fetch(own.url("/a"))
        fetcher.fetch(own.url("/a"))
        assert clock.slept == [1.0, 7.0]
        with pytest.raises(NotFetched, match="robots"):
            fetcher.fetch(own.url("/b"))


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_a_missing_robots_txt_allows_and_a_broken_server_does_not(status: int, allowed: bool) -> None:
    with site() as own:
        own.page("/robots.txt", "User-agent: *\nDisallow: /", status=status)
        own.page("/a")
        if allowed:
            assert visitor(own).fetch(own.url("/a")).data
        else:
            with pytest.raises(NotFetched, match=r"robots\.txt could not be read"):
                visitor(own).fetch(own.url("/a"))


def test_a_redirect_to_another_site_asks_for_its_rules_too() -> None:
    with site() as own:
        own.page("/a", status=301, Location=own.url("/b", "kita.example"))
        own.page("/b")
        got = visitor(own).fetch(own.url("/a"))
        assert (got.asked, got.address) == (own.url("/a"), own.url("/b", "kita.example"))
        assert own.paths() == ["/robots.txt", "/a", "/robots.txt", "/b"]


# --- pace and patience ----------------------------------------------------------------------------------------------


def test_a_host_is_asked_at_its_pace_and_others_meanwhile() -> None:
    with site() as own:
        own.page("/a")
        clock = Clock()
        fetcher = visitor(own, clock, pace=3.0)
        fetcher.fetch(own.url("/a"))
        assert clock.slept == [3.0]
        fetcher.fetch(own.url("/a", "kita.example"))
        assert clock.slept == [3.0, 3.0], "its own robots.txt, then its page"
        fetcher.fetch(own.url("/a"))
        assert clock.slept == [3.0, 3.0], "the first host has waited long enough"


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(status: int) -> None:
    answers = [(status, {"Retry-After": "20"}, b""), (200, {}, HTML.encode())]
    with site() as own:
        own.answers["/a"] = lambda _: answers.pop(0)
        clock = Clock()
        assert visitor(own, clock).fetch(own.url("/a")).data
        assert clock.slept == [1.0, 20.0]


@pytest.mark.parametrize("told", ["86400", "Tue, 17 Jun 2025 08:00:02 GMT"])
def test_a_host_that_wants_a_day_is_left_alone_for_a_day(told: str) -> None:
    with site() as own:
        own.page("/a", status=429, Retry_After=told)
        clock = Clock()
        fetcher = visitor(own, clock)
        with pytest.raises(ComeLater) as raised:
            fetcher.fetch(own.url("/a"))
        assert raised.value.until[:10] == "2025-06-17"
        asked = len(own.asked)
        with pytest.raises(ComeLater):
            fetcher.fetch(own.url("/a"), Seen(wait_until=raised.value.until))
        assert len(own.asked) == asked, "not even asked"
        own.page("/a")
        clock.sleep(90_000)
        assert fetcher.fetch(own.url("/a"), Seen(wait_until=raised.value.until)).data


@pytest.mark.parametrize("told", ["", "soon", "-5", "²", "9" * 400, "Mon, 99 Jun 2025 08:00:00 GMT"])
def test_a_retry_after_that_says_nothing_ends_too(told: str) -> None:
    with site() as own:
        own.page("/a", status=503, Retry_After=told)
        with pytest.raises(ComeLater):
            visitor(own).fetch(own.url("/a"))
        assert len(own.asked) <= 4


# --- ends -----------------------------------------------------------------------------------------------------------


def test_redirects_end() -> None:
    with site() as own:
        own.page("/a", status=302, Location="/a")
        with pytest.raises(NotFetched, match="more than 5 redirects"):
            visitor(own).fetch(own.url("/a"))
        assert own.paths().count("/a") == 6


def test_a_body_ends_at_the_cap_also_where_it_has_no_length() -> None:
    def endless(request: Any) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        try:
            for _ in range(100_000):
                request.wfile.write(b"a" * 10_000)
        except OSError:
            pass

    with site() as own:
        own.answers["/a"] = endless
        fetcher = visitor(own)
        fetcher.limits = Limits(page=1_000_000)
        with pytest.raises(NotFetched, match="larger than 1 MB"):
            fetcher.fetch(own.url("/a"))


@pytest.mark.parametrize("part", ["head", "body"])
def test_bytes_that_drip_in_end_at_the_time(part: str) -> None:
    def dripping(request: Any) -> None:
        request.wfile.write(
            b"HTTP/1.1 200 OK\r\nX: " if part == "head" else b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
        )
        try:
            for _ in range(100):
                request.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            pass

    with site() as own:
        own.answers["/a"] = dripping
        begin = time.monotonic()
        with pytest.raises(NotFetched, match="no whole answer within"):
            visitor(own, seconds=0.5).fetch(own.url("/a"))
        assert time.monotonic() - begin < 3


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>cut off",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_an_answer_that_is_cut_off_or_none_is_refused(sent: bytes) -> None:
    with site() as own:
        own.answers["/a"] = lambda request: request.wfile.write(sent) and None
        with pytest.raises(NotFetched, match="no answer"):
            visitor(own).fetch(own.url("/a"))


@pytest.mark.parametrize(("status", "word"), [(404, "gone"), (410, "gone"), (403, "403"), (500, "500")])
def test_what_is_no_page_is_said(status: int, word: str) -> None:
    with site() as own:
        own.page("/a", status=status)
        with pytest.raises(NotFetched, match=word):
            visitor(own).fetch(own.url("/a"))


def test_a_validator_cannot_smuggle_a_field() -> None:
    with site() as own:
        own.page("/a")
        visitor(own).fetch(own.url("/a"), Seen('"x"\r\nX-Evil: 1'))
        assert "x-evil" not in own.asked[-1][1]


def test_nobody_listens() -> None:
    with site() as own:
        port = own.port
    own.port = port
    with pytest.raises(NotFetched, match="no answer"):
        visitor(own).fetch(own.url("/a"))


def test_the_defaults_are_polite() -> None:
    assert Manners().pace >= 1
    assert Fetcher().manners == Manners()


def test_https_to_a_server_that_has_none_is_refused() -> None:
    with site() as own:
        own.page("/a")
        with pytest.raises(NotFetched, match="no secure connection|no answer"):
            visitor(own).fetch(own.url("/a").replace("http:", "https:"))
        assert own.asked == []


def test_a_secure_page_does_not_lead_to_an_open_one() -> None:
    from jitsuroku.intake.connection import Answer
    from jitsuroku.intake.fetch import _moved
    from jitsuroku.intake.targets import target_of

    secure = target_of("https://minato.example/a/b?c=1")
    assert _moved(secure, Answer(302, {"location": "../d#e"}, b"")).address == "https://minato.example/d"
    with pytest.raises(NotFetched, match="from a secure page to an open one"):
        _moved(secure, Answer(302, {"location": "http://minato.example/"}, b""))
    with pytest.raises(NotFetched, match="to nowhere"):
        _moved(secure, Answer(302, {}, b""))
