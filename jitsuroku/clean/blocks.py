"""Lines -> blocks: what each line is, whether it belongs to the body, and the rule that says so.

RULES are asked in turn; each gives a verdict or is silent. A section of junk goes on over the lines that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from jitsuroku.clean.bylines import MAIL, SIGNATURE, is_byline
from jitsuroku.clean.junk import Rule
from jitsuroku.clean.lines import BULLET, POINT, Line
from jitsuroku.clean.printed import PUBLISHED, UPDATED
from jitsuroku.records import Block

LONGEST_HEADING = 90
SECTION_ENDS = 60
LIST_ITEM = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: before ``first`` and after ``last`` there is no running text; ``section`` is the section of
    junk it lies in, ``begun`` whether the text has begun."""

    lines: tuple[Line, ...]
    at: int
    title: Line | None
    headline: str
    first: int
    last: int
    section: Rule | None
    begun: bool

    @property
    def line(self) -> Line:
        return self.lines[self.at]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is. ``opens`` is the section of junk that begins with it, ``closes`` tells that a section ends."""

    role: str
    rule: str
    kept: bool = False
    opens: Rule | None = None
    closes: bool = False


def blocks_of(lines: tuple[Line, ...], title: Line | None) -> tuple[Block, ...]:
    """A block for every line, in page order."""
    begin = lines.index(title) + 1 if title else 0
    first = next((i for i in range(begin, len(lines)) if lines[i].is_text), len(lines))
    last = _last(lines)
    headline = _words(title.text) if title else ""
    found: list[Block] = []
    section: Rule | None = None
    begun = False
    for at, line in enumerate(lines):
        verdict = _verdict(Place(lines, at, title, headline, first, last, section, begun))
        section = verdict.opens or (None if verdict.closes else section)
        begun = begun or (verdict.kept and line.is_text)
        found.append(Block(line.start, line.end, verdict.role, verdict.kept, verdict.rule))
    return tuple(found)


def _last(lines: tuple[Line, ...]) -> int:
    """The last line of running text; what looks like it under 「ランキング」 or after 「コメント一覧」 is none."""
    last, section = -1, False
    for i, line in enumerate(lines):
        if line.junk is not None and line.junk.reach != "line":
            if line.junk.reach == "end" and last >= 0:
                break
            section = True
        elif line.is_text and not (section and _is_link(line)):
            last, section = i, False
    return last


def _is_link(line: Line) -> bool:
    """Under 「関連記事」 a short line or one of a list is a link; a paragraph of running text is text again."""
    return not line.prose or len(line.text) < SECTION_ENDS or BULLET.match(line.text) is not None


def _verdict(place: Place) -> Verdict:
    return next(v for rule in RULES if (v := rule(place)) is not None)


def _headline(place: Place) -> Verdict | None:
    return Verdict("headline", "clean/headline", closes=True) if place.line is place.title else None


def _to_the_end(place: Place) -> Verdict | None:
    """After 「コメント一覧」 or the second post of a thread nothing belongs to the text."""
    section = place.section
    if section is None or section.reach != "end" or not place.begun:
        return None
    return Verdict(section.role, section.name)


def _cut(place: Place) -> Verdict | None:
    cut = place.line.cut
    return Verdict(cut.removeprefix("clean/").split("#")[0], cut) if cut else None


def _marked(place: Place) -> Verdict | None:
    rule = place.line.marked
    return Verdict("caption" if rule.endswith("#caption") else "junk", rule) if rule else None


def _own_day(place: Place) -> Verdict | None:
    """「公開日:2025/03/21」 says its day whatever else it looks like."""
    line = place.line
    labelled = line.dated and not line.prose and (PUBLISHED.match(line.text) or UPDATED.match(line.text))
    return Verdict("dateline", "clean/printed-day") if labelled and place.section is None else None


def _junk(place: Place) -> Verdict | None:
    rule = place.line.junk
    if rule is None:
        return None
    opens = rule if rule.reach == "rest" or (rule.reach == "end" and place.begun) else None
    return Verdict(rule.role, rule.name, opens=opens)


def _repeated_headline(place: Place) -> Verdict | None:
    if place.headline and _words(place.line.text) == place.headline:
        return Verdict("headline", "clean/headline#repeated")
    return None


def _in_section(place: Place) -> Verdict | None:
    """Lines under 「関連記事」 are links, until a paragraph of running text follows."""
    section = place.section
    return Verdict(section.role, section.name) if section and _is_link(place.line) else None


def _text(place: Place) -> Verdict | None:
    return Verdict("body", "clean/prose", kept=True, closes=True) if place.line.prose else None


def _point(place: Place) -> Verdict | None:
    """「💡 交渉は続く」 sums up the text, wherever it stands."""
    return Verdict("list", "clean/point", kept=True) if place.begun and POINT.match(place.line.text) else None


def _day(place: Place) -> Verdict | None:
    return Verdict("dateline", "clean/printed-day") if place.line.dated else None


def _byline(place: Place) -> Verdict | None:
    """A name alone is a byline at the edges of the text only; within it a heading may look the same."""
    edge = place.at < place.first or place.at > place.last
    return Verdict("byline", "clean/byline") if is_byline(place.line.text, edge) else None


def _signature(place: Place) -> Verdict | None:
    """A name alone above a mail address."""
    below = place.lines[place.at + 1] if place.at + 1 < len(place.lines) else None
    signed = below is not None and below.junk is not None and below.junk.name == MAIL
    return Verdict("byline", "clean/bylines#signature") if signed and SIGNATURE.fullmatch(place.line.text) else None


def _outside(place: Place) -> Verdict | None:
    if place.at < place.first:
        return Verdict("junk", "clean/before-the-text")
    return Verdict("junk", "clean/after-the-text") if place.at > place.last else None


def _list_item(place: Place) -> Verdict | None:
    text = place.line.text
    return Verdict("list", "clean/list-item", kept=True) if BULLET.match(text) and len(text) > LIST_ITEM else None


def _heading(place: Place) -> Verdict | None:
    return Verdict("subhead", "clean/heading", kept=True) if len(place.line.text) <= LONGEST_HEADING else None


def _long_line(place: Place) -> Verdict | None:
    return Verdict("body", "clean/long-line", kept=True)


RULES: tuple[Callable[[Place], Verdict | None], ...] = (
    _headline,
    _cut,
    _marked,
    _to_the_end,
    _own_day,
    _junk,
    _repeated_headline,
    _in_section,
    _text,
    _point,
    _day,
    _byline,
    _signature,
    _outside,
    _list_item,
    _heading,
    _long_line,
)


def _words(text: str) -> str:
    return re.sub(r"\s", "", text)
