"""Parts of a page with a time of their own, so that 「17日」 in one is not read against the day of another.

A quoted source begins with its day (「公開日:2025/03/21」) or its first point (✅) and ends with the link to it
(「さらに読む ⇒港新聞 https://…」); what stands between two of them is the page's own voice. In a chronology each
heading that is a year alone (「1956年」) holds for the lines below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.clean.days import LEADS
from jitsuroku.clean.lines import POINT, Line
from jitsuroku.clean.printed import PUBLISHED, full_date
from jitsuroku.records import Block, Found, Section, Span

RULE = "clean/sections#"
MORE = re.compile(
    r"^さらに読む\s*[⇒→>:]*\s*(?P<origin>[^::/\s]{2,30}?)?(?:出典/画像元|出典|引用元)?\s*[::]?\s*(?P<address>https?://[!-~]+)"
)
# The points of a quoted source are few; a link with none close above it closes no section.
MOST_LINES = 12
# A heading of a chronology; so many of them, in order of time, make one.
YEAR = re.compile(r"^\W{0,3}(?P<year>(?:19|20)\d\d)年(?:\s?\([^()\d]{0,4}\d{1,2}年\))?\W{0,3}$")
FEWEST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted source by the numbers of its first and last line, its day and the link that closes it."""

    first: int
    last: int
    day: str | None
    link: re.Match[str]


def sections_of(lines: tuple[Line, ...], blocks: tuple[Block, ...], published: Found | None) -> tuple[Section, ...]:
    """The sections of a digest or a chronology in page order, from the first to the end; none on any other page."""
    bodies = [i for i, b in enumerate(blocks) if b.kept and b.role == "body"]
    top = bodies[LEADS] if len(bodies) > LEADS else len(blocks)
    quoted = tuple(_quoted(lines, blocks, top))
    if not quoted:
        return _years(lines)
    found: list[Section] = []
    for one, following in zip(quoted, (*quoted[1:], None), strict=False):
        found.append(_source(lines, one))
        first, last = one.last + 1, following.first - 1 if following else len(lines) - 1
        if first <= last:
            found.append(_own_voice(lines[first].start, lines[last].end, published))
    return tuple(found)


def _years(lines: tuple[Line, ...]) -> tuple[Section, ...]:
    """The years of a chronology, each from its heading to the next; none where their order is not that of time."""
    heads = [(i, match["year"]) for i, line in enumerate(lines) if (match := YEAR.match(line.text))]
    years = [year for _, year in heads]
    if len(set(years)) < FEWEST_YEARS or years not in (sorted(years), sorted(years, reverse=True)):
        return ()
    ends = [i - 1 for i, _ in heads[1:]] + [len(lines) - 1]
    return tuple(
        Section(lines[first].start, lines[last].end, year, RULE + "year", None, None)
        for (first, year), last in zip(heads, ends, strict=True)
    )


def _quoted(lines: tuple[Line, ...], blocks: tuple[Block, ...], top: int) -> Iterator[Quoted]:
    """``top`` is the line below which a printed day is no longer the page's own."""
    done = 0
    for i, line in enumerate(lines):
        link = MORE.match(line.text) if not blocks[i].kept else None
        if link is None:
            continue
        points = i
        while points > max(done, i - MOST_LINES) and POINT.match(lines[points - 1].text):
            points -= 1
        if points < i:
            above = points - 1
            day = _printed_day(lines[above], blocks[above]) if above >= max(done, top) else None
            yield Quoted(points - 1 if day else points, i, day, link)
        done = i + 1


def _printed_day(line: Line, block: Block) -> str | None:
    """The day of 「公開日:2025/03/21」."""
    day = full_date(line.text) if not block.kept and PUBLISHED.search(line.text) else None
    return day.day if day else None


def _source(lines: tuple[Line, ...], one: Quoted) -> Section:
    start = lines[one.last].start
    origin = one.link["origin"]
    named = Span(start + one.link.start("origin"), start + one.link.end("origin")) if origin else None
    return Section(
        start=lines[one.first].start,
        end=lines[one.last].end,
        anchor=one.day,
        anchor_rule=RULE + ("printed-day" if one.day else "no-day"),
        origin=Found(origin, named, RULE + "origin") if origin else None,
        address=one.link["address"],
    )


def _own_voice(start: int, end: int, published: Found | None) -> Section:
    """What the page says between its sources retells one of them: of the page's own day only the year holds."""
    year = published.value[: len("2025")] if published else None
    return Section(start, end, year, RULE + "own-voice", None, None)
