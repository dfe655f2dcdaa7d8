"""HTML -> all visible text in document order, by our own walk, with what the markup says of each part.

The walk never recurses, so that text below a hundred thousand elements is kept. What the text says is judged later, in
the clean room; offsets are always those of this text. Ruby's readings (<rt>) are aids to the eye and left out, so that
the name they explain stays whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from resiliparse.parse.html import ElementNode, HTMLTree, Node, TextNode

from jitsuroku.records import Region

WALK = "html/2"
SILENT = frozenset(
    "script style template noscript head svg math iframe object canvas audio video select textarea rt rp".split()
)
PARAGRAPHS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre article section main header footer nav aside figure form hr".split()
)
LINES = frozenset("div li tr dt dd dl figcaption caption address br summary details option time".split()) - {"time"}
MARKED = frozenset(
    "nav aside header footer figure figcaption h1 h2 h3 h4 h5 h6 p li blockquote time table article main form".split()
)
JUNK_CLASS = re.compile(
    r"(?:^|[\s_-])(share|sns|social|rank(?:ing)?|related|recommend|sidebar|breadcrumb|menu|comment|advert|ads?|banner|"
    r"copyright|tags?|pager|cookie|subscribe|newsletter|footer|login)(?:$|[\s_-])",
    re.I,
)
HALVES = re.compile("[\ud800-\udfff]")
MOST_TEXT = 20_000_000
# A tag with a million attributes costs the parser the square of their number; of such a tag the name is enough. It ends
# at ">" outside a quoted value, and before "</": in a script "a<b" opens none.
LONG_TAG = re.compile(r"""<([A-Za-z][\w-]*+)((?:[^>=<]|<(?!/)|=\s*+(?:"[^"]*"|'[^']*')?){2000,}+>?)""")
MOST_ATTRIBUTES = 1000


@dataclass
class _Walk:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    regions: list[Region] = field(default_factory=list)

    def say(self, text: str) -> None:
        words = re.sub(r"\s+", " ", text)
        if not self.parts or self.parts[-1].endswith(("\n", " ", "\t")):
            words = words.lstrip(" ")
        if words and self.length < MOST_TEXT:
            self.parts.append(words)
            self.length += len(words)

    def end_line(self, blank: bool) -> None:
        """End the line; ``blank`` leaves an empty line after it."""
        wanted = 2 if blank else 1
        while self.parts and (bare := self.parts[-1].rstrip(" \t")) != self.parts[-1]:
            self.length -= len(self.parts[-1]) - len(bare)
            self.parts[-1] = bare
            if not bare:
                self.parts.pop()
        tail = "".join(self.parts[-2:])
        missing = wanted - (len(tail) - len(tail.rstrip("\n"))) if self.parts else 0
        if missing > 0:
            self.parts.append("\n" * missing)
            self.length += missing


def visible_text(html: str) -> tuple[str, tuple[Region, ...], tuple[tuple[str, str], ...]]:
    """The page's text, its regions and its metadata (title, og:*, article:*, JSON-LD, language, canonical address)."""
    tree = HTMLTree.parse(LONG_TAG.sub(_bounded, html))
    walk = _Walk()
    if tree.body is not None:
        _visit(tree.body, walk)
    text = "".join(walk.parts).strip("\n ")
    regions = tuple(
        sorted(
            (r for r in (_trimmed(text, region) for region in walk.regions) if r is not None),
            key=lambda r: (r.start, -r.end, r.tag),
        )
    )
    return text, regions, _metadata(tree)


def _bounded(tag: re.Match[str]) -> str:
    return tag[0] if len(tag[2].split()) <= MOST_ATTRIBUTES else f"<{tag[1]}>"


def _visit(root: Node, walk: _Walk) -> None:
    node: Node | None = root
    opened: list[tuple[ElementNode, int]] = []
    while node is not None:
        if isinstance(node, TextNode):
            walk.say(str(node.node_value or ""))
        elif isinstance(node, ElementNode) and not _is_silent(node):
            _open(node, walk)
            opened.append((node, walk.length))
            if node.first_child is not None:
                node = node.first_child
                continue
            _close(*opened.pop(), walk)
        while node is not None and node.next is None and opened:
            node = opened[-1][0]
            _close(*opened.pop(), walk)
            if not opened:
                return
        node = node.next if node is not None else None


def _is_silent(node: ElementNode) -> bool:
    if node.tag in SILENT or node.hasattr("hidden"):
        return True
    return "display:none" in (node.getattr("style") or "").replace(" ", "").lower()


def _open(node: ElementNode, walk: _Walk) -> None:
    if node.tag in PARAGRAPHS:
        walk.end_line(blank=True)
    elif node.tag in LINES:
        walk.end_line(blank=False)
    elif node.tag in ("td", "th") and walk.parts and not walk.parts[-1].endswith("\n"):
        walk.parts.append("\t")
        walk.length += 1


def _close(node: ElementNode, start: int, walk: _Walk) -> None:
    if node.tag in MARKED:
        walk.regions.append(Region(start, walk.length, node.tag))
    junk = JUNK_CLASS.search(f"{node.class_name or ''} {node.id or ''}")
    if junk and node.tag not in ("body", "main", "article"):
        walk.regions.append(Region(start, walk.length, f"junk:{junk.group(1).lower()}"))
    if node.tag in PARAGRAPHS:
        walk.end_line(blank=True)
    elif node.tag in LINES:
        walk.end_line(blank=False)


def _trimmed(text: str, region: Region) -> Region | None:
    start, end = region.start, min(region.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Region(start, end, region.tag) if end > start else None


def _metadata(tree: HTMLTree) -> tuple[tuple[str, str], ...]:
    document = tree.document
    found: list[tuple[str, str]] = [("title", tree.title)] if tree.title else []
    if document is None:
        return _told(found)
    root = document.query_selector("html")
    if root is not None and root.getattr("lang"):
        found.append(("lang", str(root.getattr("lang"))))
    for node in document.get_elements_by_tag_name("meta"):
        name = node.getattr("property") or node.getattr("name")
        if name and node.getattr("content"):
            found.append((str(name).lower(), str(node.getattr("content"))))
    for node in document.get_elements_by_tag_name("link"):
        if str(node.getattr("rel") or "").lower() == "canonical" and node.getattr("href"):
            found.append(("canonical", str(node.getattr("href"))))
    for node in document.query_selector_all('script[type="application/ld+json"]'):
        found.extend(_linked_data(str(node.text)))
    return _told(found)


def _told(found: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What says something. JSON may hold halves of characters (``"\\ud83d"``), which no file can keep."""
    whole = ((name, HALVES.sub("\ufffd", value).strip()) for name, value in found)
    return tuple((name, value) for name, value in whole if value)


def _linked_data(script: str) -> list[tuple[str, str]]:
    try:
        data: Any = json.loads(script)
    except (ValueError, RecursionError):
        return []
    items = data if isinstance(data, list) else [data]
    found: list[tuple[str, str]] = []
    for item in (i for i in items if isinstance(i, dict)):
        for key in ("headline", "datePublished", "dateModified"):
            if isinstance(item.get(key), str):
                found.append((f"ld:{key}", item[key]))
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            found.append(("ld:publisher", publisher["name"]))
    return found
