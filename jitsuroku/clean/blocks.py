"""Lines -> blocks: which line is the headline, which are body, and the rule that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.clean.lines import BULLET, BYLINE, Line
from jitsuroku.records import Block, Page

LONGEST_HEADING = 90
SECTION_ENDS = 60
SOURCES = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def blocks_of(page: Page, lines: tuple[Line, ...], title: Line | None) -> tuple[Block, ...]:
    """A block for every line, in page order."""
    first = _first_prose(lines, title)
    last = max((i for i, line in enumerate(lines) if _is_body(line)), default=-1)
    headline = _words(title.text) if title else ""
    found: list[Block] = []
    section: str | None = None
    for i, line in enumerate(lines):
        role, kept, rule, section = _role(line, i, lines, first, last, headline, section, line is title)
        found.append(Block(line.start, line.end, role, kept, rule))
    return tuple(found)


def _first_prose(lines: tuple[Line, ...], title: Line | None) -> int:
    begin = lines.index(title) + 1 if title else 0
    return next((i for i in range(begin, len(lines)) if _is_body(lines[i])), len(lines))


def _is_body(line: Line) -> bool:
    return line.prose and line.junk is None and line.marked is None


def _role(
    line: Line,
    i: int,
    lines: tuple[Line, ...],
    first: int,
    last: int,
    headline: str,
    section: str | None,
    is_title: bool,
) -> tuple[str, bool, str, str | None]:
    """Role, whether it is body, the rule, and the junk section that goes on after this line."""
    if is_title:
        return "headline", False, "clean/headline", None
    if line.marked:
        return ("caption" if line.marked.endswith("caption") else "junk"), False, line.marked, section
    if line.junk is not None:
        after = line.junk.name if line.junk.reach == "rest" else section
        return "junk", False, line.junk.name, after
    if headline and _words(line.text) == headline:
        return "junk", False, "clean/headline#repeated", section
    if section and not (line.prose and len(line.text) >= SECTION_ENDS and not BULLET.match(line.text)):
        return "junk", False, section, section
    if line.prose:
        return "body", True, "clean/prose", None
    return (*_short(line, i, lines, first, last), None)


def _short(line: Line, i: int, lines: tuple[Line, ...], first: int, last: int) -> tuple[str, bool, str]:
    """A line that is no prose: what it is depends on where it stands."""
    if line.dated:
        return "dateline", False, "clean/printed-day"
    if BYLINE.search(line.text) and len(line.text) <= 40:
        return "byline", False, "clean/byline"
    if i < first:
        return "junk", False, "clean/before-the-text"
    if i > last:
        return "junk", False, "clean/after-the-text"
    if BULLET.match(line.text) and len(line.text) > 8:
        return "list", True, "clean/list-item"
    if len(line.text) <= LONGEST_HEADING:
        return "subhead", True, "clean/heading"
    return "body", True, "clean/long-line"


def _words(text: str) -> str:
    return re.sub(r"\s", "", text)


def kept_text(page: Page, blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of the kept blocks."""
    return (page.text[b.start : b.end] for b in blocks if b.kept)
