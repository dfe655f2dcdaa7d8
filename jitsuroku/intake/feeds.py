"""Feeds: RSS, Atom and JSON Feed -> entries; OPML -> the addresses of feeds.

Strict where a feed could do harm (no document type, no address but http and https, no markup in titles), patient where it
is only untidy: what stands before a fault is read and the fault told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from jitsuroku.intake.charset import CharsetError, decode
from jitsuroku.intake.mail import iso_of
from jitsuroku.intake.received import Arrival, PageError, Received, Refused
from jitsuroku.intake.rows import html_with_title
from jitsuroku.intake.strict_xml import Node, parse_xml

MOST_ENTRIES = 10_000
LONGEST_TITLE = 2_000
FEEDS = frozenset({"rss", "RDF", "feed"})
XML_HEAD = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:\w+:)?(rss|RDF|feed|opml)\b", re.S
)
DOCTYPE_HEAD = re.compile(r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<!DOCTYPE\s+(?:rss|rdf|feed|opml)\b", re.I)
TAG = re.compile(r"<[^<>]{0,2000}>")
ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of a page. ``published`` and ``updated`` in ISO, as far as they are dates; ``html`` is the page's
    text as far as the feed has it, often its beginning only."""

    title: str
    address: str | None
    published: str | None
    updated: str | None
    html: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its own order; ``problem`` tells what of it could not be read."""

    title: str
    entries: tuple[Entry, ...]
    problem: str | None = None


def looks_like_feed(data: bytes) -> bool:
    """Whether these bytes begin as a feed does, or a list of feeds."""
    head = data[:4096].decode("utf-8", "replace")
    return bool(XML_HEAD.match(head) or DOCTYPE_HEAD.match(head)) or "https://jsonfeed.org/version/" in head[:1000]


def read_feed(data: bytes, source: str, address: str | None = None, charset: str | None = None) -> Feed:
    """The entries of a feed. ``address``: where the feed was, for links relative to it.

    Raises PageError when it is none, or has a document type.
    """
    text = _text(data, source, charset)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _json_feed(text, source, address)
    root, wrong = _tree(text, source)
    if root.name not in FEEDS:
        raise PageError(f"{source}: no feed (its first element is <{root.name[:40]}>); give the address of a feed")
    channel = root.first("channel") or root
    found = (*channel.all("item", "entry"), *(root.all("item") if channel is not root else ()))
    if wrong:
        # The last element was still open where the fault stands.
        found = found[:-1]
    problem = f"{source}: {wrong}; the entries before it were read" if wrong else None
    if len(found) > MOST_ENTRIES:
        problem = f"{source}: more than {MOST_ENTRIES} entries; the first ones were read"
    title = channel.first("title")
    entries = tuple(_entry(node, address) for node in found[:MOST_ENTRIES])
    return Feed(_line(title.text()) if title else "", entries, problem)


def read_opml(data: bytes, source: str) -> tuple[str, ...]:
    """The addresses of the feeds in an OPML list, each once. Raises PageError when it is none."""
    root, wrong = _tree(_text(data, source, None), source)
    if root.name.lower() != "opml" or wrong:
        raise PageError(
            f"{source}: no OPML list ({wrong or f'its first element is <{root.name[:40]}>'}); export it again"
        )
    found: dict[str, None] = {}
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if address := web_address(node.attributes.get("xmlUrl", "")):
            found[address] = None
        waiting.extend(reversed([child for child in node.inside if isinstance(child, Node)]))
    return tuple(found)


def is_opml(data: bytes) -> bool:
    """Whether these bytes begin as an OPML list."""
    match = XML_HEAD.match(data[:4096].decode("utf-8", "replace"))
    return match is not None and match[1] == "opml"


def pages_of_feed(feed: Feed, source: str) -> Iterator[Arrival]:
    """The entries of a feed that was saved as pages: what the feed itself has of each."""
    for n, entry in enumerate(feed.entries, 1):
        name = f"{source}/{n}"
        if not entry.html.strip():
            told = f"{name}: the feed has no text of it, only its title; add its address: {entry.address or 'none'}"
            yield Refused(name, told)
            continue
        told_of = (
            ("title", entry.title),
            ("article:published_time", entry.published),
            ("article:modified_time", entry.updated),
        )
        metadata = tuple((key, value) for key, value in told_of if value)
        data = html_with_title(entry.title, entry.html).encode("utf-8", "replace")
        yield Received(name, data, "html", "feed", entry.address, "utf-8", metadata=metadata)
    if feed.problem:
        yield Refused(source, feed.problem)


def web_address(told: str, base: str | None = None) -> str | None:
    """An address of the web, whole; None for ``javascript:``, ``data:`` and all else."""
    try:
        address = urljoin(base or "", told.strip())
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _text(data: bytes, source: str, charset: str | None) -> str:
    try:
        return decode(data, charset)[0]
    except CharsetError as problem:
        raise PageError(f"{source}: is not text ({problem}); give the address of a feed") from problem


def _tree(text: str, source: str) -> tuple[Node, str | None]:
    try:
        return parse_xml(text)
    except PageError as problem:
        raise PageError(f"{source}: {problem}") from problem


def _entry(node: Node, base: str | None) -> Entry:
    return Entry(
        _line(_words(node, "title")),
        _link(node, base),
        date_of(_words(node, "published", "pubDate", "date", "issued")),
        date_of(_words(node, "updated", "modified")),
        _content(node),
    )


def _words(node: Node, *names: str) -> str:
    found = node.first(*names)
    return found.text().strip() if found else ""


def _link(node: Node, base: str | None) -> str | None:
    for link in node.all("link"):
        if link.attributes.get("rel", "alternate") == "alternate":
            address = web_address(link.attributes.get("href") or link.text(), base)
            if address:
                return address
    guid = node.first("guid", "id")
    told = guid.text() if guid and guid.attributes.get("isPermaLink") != "false" else ""
    return web_address(told) if told else None


def _content(node: Node) -> str:
    found = node.first("encoded", "content", "description", "summary")
    if found is None:
        return ""
    kind = found.attributes.get("type", "")
    if kind == "xhtml":
        return found.markup()
    text = found.text()
    # Atom's plain text; RSS does not say, and means HTML.
    return (
        text.replace("&", "&amp;").replace("<", "&lt;") if kind == "text" or (kind == "" and _is_atom(node)) else text
    )


def _is_atom(node: Node) -> bool:
    return node.name == "entry"


def _line(title: str) -> str:
    """A title as one line of plain text: feeds put markup into titles, and hide more behind names of characters."""
    plain = unescape(TAG.sub("", unescape(title)))
    return " ".join(TAG.sub("", plain).split())[:LONGEST_TITLE]


def date_of(told: str) -> str | None:
    """A feed's date in ISO; None when it is none. A date without a zone stays without one."""
    told = told.strip()[:64]
    return told if ISO.fullmatch(told) else iso_of(told)


def _json_feed(text: str, source: str, base: str | None) -> Feed:
    try:
        told: Any = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as problem:
        raise PageError(f"{source}: no JSON feed; give the address of a feed") from problem
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise PageError(f"{source}: no JSON feed (no list of items); give the address of a feed")
    entries = tuple(_json_entry(item, base) for item in items[:MOST_ENTRIES] if isinstance(item, dict))
    return Feed(_line(_string(told.get("title"))), entries)


def _json_entry(item: dict[str, Any], base: str | None) -> Entry:
    html, text = _string(item.get("content_html")), _string(item.get("content_text") or item.get("summary"))
    return Entry(
        _line(_string(item.get("title"))),
        web_address(_string(item.get("url")) or _string(item.get("id")), base),
        date_of(_string(item.get("date_published"))),
        date_of(_string(item.get("date_modified"))),
        html or text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>"),
    )


def _string(value: Any) -> str:
    """A JSON value that ought to be text. Halves of characters, which no file can keep, become what stands for them."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
