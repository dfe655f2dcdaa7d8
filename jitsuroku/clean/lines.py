"""Page -> lines with what can be told of each alone: running text, date line, list item, junk by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from jitsuroku.clean.junk import Rule, markup, verdict
from jitsuroku.clean.mojibake import BEGINS, BROKEN, broken_parts
from jitsuroku.clean.printed import full_date
from jitsuroku.clean.sources import SOURCES, cites, source_tail
from jitsuroku.records import Page, Region

PROSE_LENGTH = 25
SHORT_PROSE = 10
# A judgement needs the two ends of a line, not five million characters between them.
HEAD, TAIL = 2000, 400
DATELINE = 80
ENDS_PROSE = re.compile(r"(?:[。!?」』…\])]|[.!?]['\"”»)]?)$")
SENTENCE = re.compile(r"[。!?]")
# Running text in letters: words, and a sentence that ends.
WESTERN = re.compile(r"[A-Za-zÀ-ɏА-Яа-яЁё가-힣]{2}.{40,}?[.!?…](?:['\"”»)\]]|\s|$)")
BULLET = re.compile(r"^(?:[✅☑💡🔹🔸▶►●○◎■◆◇・•*·→–-]|\d{1,2}(?:[.)、 ]|位\s?))\s*")
# A paragraph of somebody's words, whose last full stop newspapers leave out: 「…会えた」, 首相「…会えた」.
QUOTATION, LONG_QUOTATION = re.compile(r"[^「」。、]{0,12}「.*」$"), 60
# A list with its label, of five or more: 「賛成(5):フランス、ガイアナ、日本、マルタ、スイス」.
LISTED = re.compile(r"[^。、::]{2,20}[::]\s*[^。、::]{2,20}(?:、[^。、::]{2,20}){4,}$")
# Marks that sum up a digest's points: running text even where the full stop is missing.
POINT = re.compile(r"^[✅☑💡🔹🔸]")
# What is glued to running text without a line break: an ad's code, 「(残り500文字)」, 「さらに読む ⇒ https://…」, a caption.
GLUED = re.compile(
    r"^[^。]{0,90}。?\((?:[^()=]{1,10}=)?[^()]{2,8}記者/[^()/]{2,8}\)(?=【|\s|$)|"
    r"(?<=。)写真は[^。]{2,60}。$|"
    r"\[/?[a-z]+_\w+(?:\s[^\[\]]{0,300})?\]"
    r"|[((]?残り\s*[\d,]+文字[))]?$"
    r"|^(?:さらに|続きを)読む.{0,120}?https?://[!-~]+"
)
# One of these stands in whatever is glued.
GLUE = "[読残写/"
# A frame that holds more of the running text than this share is no menu.
MOST = 0.5
# An item of a ticker or a calendar: 「17:52 韓国大統領、中東へ」, 「3月5日 両国、協定に署名」. So many make a page's text where there
# is no running text; beside running text they are a menu of other news.
ITEM, FEWEST_ITEMS = re.compile(r"^(?:\d{1,2}:\d\d|\d{1,2}月\d{1,2}日(?:\([^()]\))?)\s+\S.{7,}"), 5
# Paragraphs that may stand below or among the sources: a note on the translation, who runs the site.
BELOW_SOURCES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, or a part cut from one, with its span (without white space at the ends) and folded text.

    ``prose`` tells that it is running text, ``junk`` is the rule that drops it for its words, ``marked`` the one that
    drops it for its place in the markup, ``cut`` the one that cut it from a paragraph (a list of sources, mojibake);
    ``dated`` tells that it is short, no running text, and holds a full date.
    """

    start: int
    end: int
    text: str
    prose: bool
    junk: Rule | None
    marked: str | None
    cut: str | None
    tags: frozenset[str]
    dated: bool

    @property
    def is_text(self) -> bool:
        """Running text that no rule drops by itself."""
        return self.prose and self.junk is None and self.marked is None and self.cut is None


Part = tuple[int, int, str | None]


def lines_of(page: Page, folded: str) -> tuple[Line, ...]:
    """The page's lines in order, empty ones left out; what is glued to a paragraph is a line of its own."""
    parts: list[Part] = []
    broken = BEGINS.search(folded) is not None and BROKEN.search(folded) is not None
    at = 0
    for raw in folded.split("\n"):
        if raw and not raw.isspace():
            parts.extend((at + a, at + b, cut) for a, b, cut in _parts(raw, broken))
        at += len(raw) + 1
    tags = _tags(page.regions, parts)
    lines = tuple(_line(folded[a:b], a, b, cut, t) for (a, b, cut), t in zip(parts, tags, strict=True))
    return _items(_unmarked(_sources(lines)))


def _parts(raw: str, broken: bool) -> Iterator[Part]:
    """The parts of a line without white space at their ends, each with the rule that cut it off, if one did.

    ``broken`` tells that there is mojibake somewhere on the page.
    """
    tail = source_tail(raw)
    end = len(raw) if tail is None else tail
    spans = [(m.start(), m.end(), None) for m in GLUED.finditer(raw, 0, end)] if any(c in raw for c in GLUE) else []
    spans = sorted([*spans, *(broken_parts(raw, end) if broken else ())])
    at = 0
    for start, stop, cut in spans:
        if start >= at:
            yield from _part(raw, at, start, None)
            yield from _part(raw, start, stop, cut)
            at = stop
    yield from _part(raw, at, end, None)
    yield from _part(raw, end, len(raw), SOURCES)


def _part(raw: str, start: int, end: int, cut: str | None) -> Iterator[Part]:
    words = raw[start:end]
    bare = words.strip()
    if bare:
        start += len(words) - len(words.lstrip())
        yield start, start + len(bare), cut


def _line(text: str, start: int, end: int, cut: str | None, tags: frozenset[str]) -> Line:
    short = text if len(text) <= HEAD else text[:TAIL] + text[-TAIL:]
    prose = is_prose(text)
    return Line(
        start=start,
        end=end,
        text=text,
        prose=prose,
        junk=verdict(short, prose),
        marked=markup(tags),
        cut=cut,
        tags=tags,
        dated=not prose and len(text) <= DATELINE and full_date(text) is not None,
    )


def _tags(regions: tuple[Region, ...], parts: Iterable[Part]) -> Iterator[frozenset[str]]:
    """For every line the tags of the regions that hold the whole of it; one sweep over both."""
    waiting = sorted(regions, key=lambda r: r.start, reverse=True)
    open_, names = list[tuple[int, str]](), Counter[str]()
    for start, end, _ in parts:
        while waiting and waiting[-1].start <= start:
            region = waiting.pop()
            heappush(open_, (region.end, region.tag))
            names[region.tag] += 1
        while open_ and open_[0][0] < end:
            names[heappop(open_)[1]] -= 1
        yield frozenset(name for name, n in names.items() if n > 0)


def _sources(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Citations with a line each, at the end of the page or next to a list of sources, belong to the list."""
    found = list(lines)
    texts = 0
    for i in range(len(found) - 1, -1, -1):
        line = found[i]
        listed = i + 1 < len(found) and found[i + 1].cut == SOURCES
        if line.cut is None and cites(line.text, listed):
            found[i] = replace(line, cut=SOURCES)
        texts += found[i].is_text
        if texts >= BELOW_SOURCES:
            break
    return tuple(found)


def _unmarked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A frame of the markup that holds most of the page's running text is no menu, whatever it is called."""
    weights = Counter[str | None]()
    for line in lines:
        if line.prose and line.cut is None:
            weights[line.marked] += len(line.text)
    wrong = {rule for rule, weight in weights.items() if rule and weight > MOST * weights.total()}
    return tuple(replace(x, marked=None) if x.marked in wrong else x for x in lines)


def _items(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The items of a page that is nothing but items are its text."""
    if any(line.is_text for line in lines):
        return lines
    items = {i for i, x in enumerate(lines) if not (x.junk or x.marked or x.cut) and ITEM.match(x.text)}
    if len(items) < FEWEST_ITEMS:
        return lines
    return tuple(replace(x, prose=True, dated=False) if i in items else x for i, x in enumerate(lines))


def is_prose(text: str) -> bool:
    """A paragraph of running text: it is long enough and ends, or holds, a sentence."""
    text = text if len(text) <= HEAD else text[: HEAD - TAIL] + text[-TAIL:]
    if POINT.match(text):
        return len(text) >= PROSE_LENGTH
    if len(text) < PROSE_LENGTH:
        return len(text) >= SHORT_PROSE and text.endswith("。")
    sentences = len(SENTENCE.findall(text))
    if sentences == 0:
        quotation = len(text) >= LONG_QUOTATION and QUOTATION.match(text)
        return bool(quotation or LISTED.match(text) or WESTERN.search(text))
    return bool(ENDS_PROSE.search(text)) or sentences > 1 or len(text) > 120
