"""What may not be fetched is refused before a connection is made, however it is written."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from jitsuroku.intake.fetch import Fetcher
from jitsuroku.intake.targets import NotFetched, is_public, judged, target_of
from tests.intake.serving import Clock, site, visitor

INSIDE = """
127.0.0.1 127.255.0.9 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.100.100.200 169.254.169.254
169.254.1.1 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16
192.88.99.1 ::1 :: fe80::1 fe80::1%1 fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:169.254.169.254 ::ffff:8.8.8.8 ::127.0.0.1 ::ffff:0:127.0.0.1 2002:7f00:1:: 2002:a9fe:a9fe::1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 3fff::1 100::1 5f00::1
2001:4860::5efe:7f00:1 2001:4860::200:5efe:a00:1 4000::1
""".split()
OUTSIDE = "8.8.8.8 1.1.1.1 172.15.255.255 172.32.0.1 100.128.0.1 169.253.0.1 223.255.255.255 2606:4700::1111 2a00:1450::1 2400:cb00::1"
HIDDEN = """
http://0177.0.0.1/ http://0x7f.0.0.1/ http://0x7f000001/ http://2130706433/ http://127.1/ http://127.0.1/ http://017700000001/
http://1.2.3/ http://00.0.0.0/ http://127.0.0.1./ http://127.0.0.01/ http://①②⑦.⓪.⓪.①/ http://１２７.０.０.１/
http://127。0。0。1/ http://[::1]/ http://[::ffff:7f00:1]/ http://[fe80::1%25eth0]/ http://localhost/ http://localhost./
http://256.1.1.1/ http://0x/ http://4294967295/
""".split()
NO_WEB = """
file:///etc/passwd gopher://minato.example/ ftp://minato.example/ javascript:alert(1) data:text/html,x dict://minato.example/
//minato.example/ minato.example http:///path http:// http://:80/ https://user@minato.example/ http://a:b@minato.example/
http://minato.example:22/ http://minato.example:25/ http://minato.example:99999/ http://minato.example:x/
http://mina<to.example/ http://-minato.example/ http://mina|to.example/ http://[::1/ http://[v1.x]/
""".split()


def never(*_: object, **__: object) -> Sequence[str]:
    raise AssertionError("a connection was made or a name looked up")


@pytest.mark.parametrize("told", INSIDE)
def test_addresses_inside_are_not_public(told: str) -> None:
    from ipaddress import ip_address

    assert not is_public(ip_address(told))


@pytest.mark.parametrize("told", OUTSIDE.split())
def test_addresses_outside_are(told: str) -> None:
    from ipaddress import ip_address

    assert is_public(ip_address(told))


@pytest.mark.parametrize("address", HIDDEN)
def test_no_way_of_writing_leads_inside(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(NotFetched, match="not fetched|no such host|no name"):
        Fetcher().fetch(address)


@pytest.mark.parametrize(
    "address", [*NO_WEB, "http://a.example/\r\nHost: b", "http://a.example/ x", "http://a.example\\@b/"]
)
def test_only_the_web_s_own_addresses_are_fetched(address: str) -> None:
    with pytest.raises(NotFetched):
        Fetcher(resolve=never).fetch(address)


def test_one_answer_inside_among_others_outside_is_enough_to_refuse() -> None:
    target = target_of("https://minato.example/")
    with pytest.raises(NotFetched, match="leads to 10.0.0.1"):
        judged(target, resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])
    assert judged(target, resolve=lambda *_: ["8.8.8.8", "2606:4700::1111"]) == ("8.8.8.8", "2606:4700::1111")


def test_where_one_address_does_not_answer_the_next_is_asked() -> None:
    with site() as own:
        own.page("/a")
        fetcher = visitor(own)
        fetcher.allows = lambda address: str(address).startswith("127.")
        fetcher.resolve = lambda *_: ["127.0.0.9", "127.0.0.1"]
        assert fetcher.fetch(own.url("/a")).data is not None


def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_judged() -> None:
    """DNS rebinding: the second answer would lead inside; it is never asked for."""
    answers = iter(["127.0.0.1"] * 2 + ["169.254.169.254"] * 9)
    with site() as own:
        own.page("/a")
        fetcher = visitor(own)
        fetcher.resolve = lambda *_: [next(answers)]
        assert fetcher.fetch(own.url("/a")).data is not None
        with pytest.raises(NotFetched, match=r"leads to 169\.254\.169\.254"):
            fetcher.fetch(own.url("/a"))


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://2852039166/",
        "file:///etc/passwd",
        "gopher://minato.example/",
        "http://10.0.0.1/",
    ],
)
def test_a_redirect_inside_is_not_followed(place: str) -> None:
    with site() as own:
        own.page("/a", status=302, Location=place)
        with pytest.raises(NotFetched, match="leads to|may not be fetched"):
            visitor(own).fetch(own.url("/a"))


def test_the_system_s_own_names_do_not_lead_to_a_server_here() -> None:
    """With nothing injected the very server that answers on this machine is not reached."""
    with site() as own:
        own.page("/")
        for host in ("localhost", "127.0.0.1", "[::1]", "2130706433"):
            with pytest.raises(NotFetched):
                Fetcher(now=Clock().now).fetch(f"http://{host}:{own.port}/")
        assert own.asked == []
