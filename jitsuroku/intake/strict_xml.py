"""XML -> a small tree, by the standard library's expat with everything refused that a feed does not need.

A document type is where entities are declared, outside files named and bombs built: a file with one is refused before
anything in it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from xml.parsers import expat

from jitsuroku.intake.received import PageError

DEEPEST, MOST_NODES = 200, 500_000
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# HTML's names of characters, which feeds use although XML does not know them.
NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(slots=True)
class Node:
    """An element: its name without a namespace's prefix, its namespace, and what stands in it in order."""

    name: str
    space: str
    attributes: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Node]:
        """The children with one of these names, in order."""
        return (child for child in self.inside if isinstance(child, Node) and child.name in names)

    def first(self, *names: str) -> Node | None:
        """The first child of the first of these names that there is."""
        return next((child for name in names for child in self.all(name)), None)

    def text(self) -> str:
        """All words below, without markup."""
        parts, waiting = [], list(reversed(self.inside))
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                parts.append(part)
            else:
                waiting.extend(reversed(part.inside))
        return "".join(parts)

    def markup(self) -> str:
        """What stands inside as HTML."""
        parts: list[str] = []
        waiting: list[tuple[Node | str, bool]] = [(part, False) for part in reversed(self.inside)]
        while waiting:
            part, closing = waiting.pop()
            if isinstance(part, str):
                parts.append(escape(part, quote=False))
            elif closing:
                parts.append(f"</{part.name}>")
            else:
                parts.append(f"<{part.name}>")
                waiting.append((part, True))
                waiting.extend((inner, False) for inner in reversed(part.inside))
        return "".join(parts)


class _Refused(Exception):
    """Raised inside expat's calls, with the reason."""


def parse_xml(text: str) -> tuple[Node, str | None]:
    """The root, and what is wrong behind what could be read, None when nothing is.

    Raises PageError when there is a document type, when it is too deep or large, or no element at all.
    """
    root, count = Node("", "", {}), 0
    opened = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(opened) > DEEPEST or count > MOST_NODES:
            raise _Refused("too deep or too large for a feed")
        space, _, local = name.rpartition("}")
        node = Node(local, space, {key.rpartition("}")[2]: value for key, value in attributes.items()})
        opened[-1].inside.append(node)
        opened.append(node)

    def refuse(*_: object) -> None:
        raise _Refused("has a document type (DTD), which may name other files; take the <!DOCTYPE …> out")

    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: opened.pop()
    parser.CharacterDataHandler = lambda words: opened[-1].inside.append(words)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    wrong = None
    try:
        parser.Parse(_tidy(text).encode(), True)
    except _Refused as problem:
        raise PageError(f"{problem}") from problem
    except expat.ExpatError as problem:
        wrong = f"{expat.ErrorString(problem.code)} in line {problem.lineno}"
    found = root.first(*(child.name for child in root.inside if isinstance(child, Node)))
    if found is None:
        raise PageError(f"no XML ({wrong or 'empty'})")
    return found, wrong


def _tidy(text: str) -> str:
    """Without what XML forbids and feeds hold: control characters, and HTML's names of characters outside XML's five."""
    return CONTROLS.sub("", NAMED.sub(lambda name: escape(unescape(name[0])), text))
