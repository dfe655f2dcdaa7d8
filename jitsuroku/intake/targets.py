"""Which addresses may be fetched: http and https, names and numbers that lead into the public internet and nowhere else.

A page, a feed or a redirect can name any address. One inside the user's own machine or network, or that of a cloud's
metadata, would let a stranger's page ask questions there. So the name is resolved once, every answer judged, and the
connection made to the very address that was judged: a second answer of the name server is never asked for.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit, urlunsplit

from jitsuroku.intake.received import PageError

Address = IPv4Address | IPv6Address
# Whether an address may be connected to. Tests hand in one that knows their own server; nothing else can.
Allows = Callable[[Address], bool]
Resolve = Callable[[str, int], Sequence[str]]
LONGEST = 8_000
# Blocks with a purpose of their own (IANA's registry), and the addresses at which a cloud's metadata answer.
NOT_PUBLIC = tuple(
    map(
        IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
        "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4".split(),
    )
)
# All that is given to the public stands in 2000::/3. Outside are loopback, link-local and private addresses, and those
# that hold an IPv4 address (mapped, compatible, NAT64); inside, Teredo and others of 2001::/23, documentation, 6to4.
PUBLIC_V6 = IPv6Network("2000::/3")
NOT_PUBLIC_V6 = tuple(map(IPv6Network, "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()))
# ISATAP writes an IPv4 address behind these halves of an IPv6 address.
ISATAP = frozenset({0x00005EFE, 0x02005EFE})
# Ports of other services can be made to understand what a browser sends.
WEB_PORTS = frozenset({80, 443})
FIRST_FREE_PORT = 1024
DOTTED = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")
NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.I)
HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")


class NotFetched(PageError):
    """An address that was not fetched; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: ``path`` with its query, as it goes over the line."""

    address: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Scheme, host and port: what robots.txt speaks for."""
        return f"{self.scheme}://{self.host}:{self.port}"


def target_of(address: str) -> Target:
    """An address taken apart. Raises NotFetched when it is none of the web's, or written so as to hide where it leads."""
    if len(address) > LONGEST:
        raise NotFetched(f"{address[:80]}…: longer than {LONGEST} characters; not fetched")
    if re.search(r"[\x00-\x20\x7f\\]", address):
        raise NotFetched(f"{address!r}: holds a space, a backslash or a control character; write it as it was linked")
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as problem:
        raise NotFetched(f"{address}: is no address ({problem}); look at how it is written") from problem
    if ("[" in parts.netloc) != (":" in host):
        raise NotFetched(f"{address}: its host is no address; look at how it is written")
    if parts.scheme not in ("http", "https"):
        raise NotFetched(f"{address}: only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise NotFetched(f"{parts.scheme}://…@{host}: holds a name or password, which is never sent")
    port = port if port is not None else 443 if parts.scheme == "https" else 80
    if port not in WEB_PORTS and port < FIRST_FREE_PORT:
        raise NotFetched(f"{address}: port {port} belongs to another service than the web; not fetched")
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/%:=&?~#+!$,;'@()*[]|^`{}-._<>\"")
    return Target(address, parts.scheme, _ascii(host, address), port, path if path.startswith("/") else f"/{path}")


def _ascii(host: str, address: str) -> str:
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError as problem:
            raise NotFetched(f"{address}: its host is no address; look at how it is written") from problem
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as problem:
        raise NotFetched(f"{address}: its host is no name; look at how it is written") from problem
    if NUMERIC.fullmatch(name) and not DOTTED.fullmatch(name):
        raise NotFetched(f"{address}: a host of numbers is fetched only as four of them with dots; not fetched")
    if not HOST.fullmatch(name):
        raise NotFetched(f"{address}: its host is no name; look at how it is written")
    return name


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, whatever it is wrapped in."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in NOT_PUBLIC)
    if address.scope_id is not None or int(address) >> 32 & 0xFFFFFFFF in ISATAP:
        return False
    return address in PUBLIC_V6 and not any(address in block for block in NOT_PUBLIC_V6)


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, by the system. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def judged(target: Target, allows: Allows = is_public, resolve: Resolve = system_resolve) -> tuple[str, ...]:
    """The addresses to connect to for a target, in turn. Raises NotFetched when any of them is not public."""
    try:
        answers = [ip_address(told) for told in resolve(target.host, target.port)]
    except (OSError, ValueError, UnicodeError) as problem:
        raise NotFetched(f"{target.address}: no such host; check the address and your network") from problem
    if not answers:
        raise NotFetched(f"{target.address}: no such host; check the address and your network")
    for answer in answers:
        if not allows(answer):
            raise NotFetched(f"{target.address}: leads to {answer}, which is not in the public internet; not fetched")
    return tuple(map(str, answers))
