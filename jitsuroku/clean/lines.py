"""Page -> lines with what can be told of each alone: prose, date line, byline, list item, junk by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jitsuroku.clean.junk import Rule, markup, verdict
from jitsuroku.clean.printed import full_date
from jitsuroku.clean.sources import source_tail
from jitsuroku.records import Page, Region

PROSE_LENGTH = 25
SHORT_PROSE = 10
# A judgement needs the two ends of a line, not five million characters between them.
HEAD, TAIL = 2000, 400
DATELINE = 80
ENDS_PROSE = re.compile(r"(?:[。!?」』…\])]|[.!?]['\"”»)]?)$")
SENTENCE = re.compile(r"[。!?]")
WESTERN = re.compile(r"[A-Za-zА-Яа-яЁё]{2}.{40,}?[.!?…]")
BULLET = re.compile(r"^(?:[✅☑💡🔹🔸▶►●○◎■◆◇・•*·-]|\d{1,2}[.)、 ])\s*")
# Marks that sum up a digest's points: running text even where the full stop is missing.
POINT = re.compile(r"^[✅☑💡🔹🔸]")
# 「[カザン=黒田修介]」, 「パク・ソンウ記者」, 「編集委員 小峰 嘉継」, 「文=水野」.
BYLINE = re.compile(
    r"(?:記者|特派員|編集委員|論説委員|編集長)(?:$|[\])】〕\s、・/=])|^(?:文|構成|取材|筆者|執筆|責任編集|記者|編集委員|編集|訳)"
    r"(?:・\S{1,4})?\s*[=::/ ]|^[\[(【〔][^\])】〕]{1,12}[=共時][^\])】〕]{1,16}[\])】〕]$|^(?:By|Автор)[\s:]"
)
# What is glued to running text without a line break: an ad's code, 「(残り500文字)」, 「さらに読む ⇒ https://…」.
GLUED = re.compile(
    r"\[/?[a-z]+_\w+(?:\s[^\[\]]{0,300})?\]"
    r"|[((]?残り\s*[\d,]+文字[))]?$"
    r"|^(?:さらに|続きを)読む.{0,120}?https?://[!-~]+"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page with its span (without white space at the ends), folded text, and first verdicts.

    ``junk`` is the rule that drops it for its words, ``marked`` the one that drops it for its place in the markup,
    ``sources`` tells that it is a list of sources, ``dated`` that it is short and holds a full date.
    """

    start: int
    end: int
    text: str
    prose: bool
    junk: Rule | None
    marked: str | None
    sources: bool
    tags: frozenset[str]
    dated: bool


def lines_of(page: Page, folded: str) -> tuple[Line, ...]:
    """The page's lines in order, empty ones left out; what is glued to a paragraph is a line of its own."""
    spans: list[tuple[int, int, bool]] = []
    at = 0
    for raw in folded.split("\n"):
        spans.extend((at + a, at + b, tail) for a, b, tail in _pieces(raw))
        at += len(raw) + 1
    tags = _tags(page.regions, spans)
    return tuple(_line(folded[a:b], a, b, tail, t) for (a, b, tail), t in zip(spans, tags, strict=True))


def _pieces(raw: str) -> Iterator[tuple[int, int, bool]]:
    """The parts of a line without white space at their ends; True for a list of sources."""
    tail = source_tail(raw) if "年" in raw[-TAIL:] or "20" in raw[-TAIL:] else None
    end = len(raw) if tail is None else tail
    cuts = [0, *(i for m in GLUED.finditer(raw[:end]) for i in m.span()), end]
    parts = [(a, b, False) for a, b in zip(cuts, cuts[1:], strict=False)]
    if tail is not None:
        parts.append((tail, len(raw), True))
    for a, b, sources in parts:
        words = raw[a:b].strip()
        if words:
            start = a + raw[a:b].index(words[0])
            yield start, start + len(words), sources


def _line(text: str, start: int, end: int, sources: bool, tags: frozenset[str]) -> Line:
    short = text if len(text) <= HEAD else text[:TAIL] + text[-TAIL:]
    prose = is_prose(text)
    return Line(
        start=start,
        end=end,
        text=text,
        prose=prose,
        junk=verdict(short, prose),
        marked=markup(tags),
        sources=sources,
        tags=tags,
        dated=len(text) <= DATELINE and full_date(text) is not None,
    )


def _tags(regions: tuple[Region, ...], spans: Iterable[tuple[int, int, bool]]) -> Iterator[frozenset[str]]:
    """For every line the tags of the regions that hold the whole of it; one sweep over both."""
    waiting = sorted(regions, key=lambda r: (r.start, -r.end), reverse=True)
    open_, names = list[Region](), Counter[str]()
    for start, end, _ in spans:
        while waiting and waiting[-1].start <= start:
            region = waiting.pop()
            if region.end >= end:
                open_.append(region)
                names[region.tag] += 1
        while open_ and open_[-1].end < end:
            names[open_.pop().tag] -= 1
        yield frozenset(name for name, n in names.items() if n > 0)


def is_prose(text: str) -> bool:
    """A paragraph of running text: it is long enough and ends, or holds, a sentence."""
    text = text if len(text) <= HEAD else text[: HEAD - TAIL] + text[-TAIL:]
    if POINT.match(text):
        return len(text) >= PROSE_LENGTH
    if len(text) < PROSE_LENGTH:
        return len(text) >= SHORT_PROSE and text.endswith("。")
    sentences = len(SENTENCE.findall(text))
    if sentences == 0:
        return WESTERN.search(text) is not None
    return bool(ENDS_PROSE.search(text)) or sentences > 1 or len(text) > 120
