"""Who wrote the page: 「[港町=水野航]」, 「水野航記者」, "By Anna Harbour", a name above a mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jitsuroku.clean.lines import Line
from jitsuroku.lexicon import read_table
from jitsuroku.records import Block, Found, Page, Span

TABLE = Path(__file__).with_name("bylines.tsv")
GROUP = re.compile(r"\(\?P<\w+>")
LONGEST = 40
LEAD = 120
# Of a very long page so many lines at its top and at its end are looked at.
TOP, END = 300, 100
# What stands around the name: the place or office before it, the trade after it.
AROUND = re.compile(r"^\s*and\s+|^.*=|^(?:編集委員|論説委員|解説委員|特派員|本誌|ライター)[・\s]*|\s*(?:記者|特派員)$")
NAME = re.compile(r"[一-龥々ぁ-ヶーA-Za-zА-Яа-яЁё][\w々・.'’\s-]{0,28}")
NO_NAME = re.compile(
    r"会員|有料|限定|社説|編集部|新聞|通信|放送|網|ネット|版$|局$|省$|時間|支局|公開|配信|更新|入力|写真|記事"
)
SIGNATURE = re.compile(r"[一-龥々ぁ-ヶー・]{2,10}(?:\s[一-龥々]{1,4})?")
# 「水野航=ソウル」: some papers write the place after the name.
NAME_FIRST = re.compile(
    r"([一-龥々]{3,5})=(?:[ァ-ヶー]{2,}|北京|上海|台北|香港|広州|瀋陽|東京)(?:\s([一-龥々]{2,5}))?$"
)
MAIL = "clean/junk.tsv#byline-mail"


@lru_cache(maxsize=1)
def rows() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """The rows of bylines.tsv: rule, whether it fires at the edges of the text only, pattern."""
    return tuple((row.rule, row["edge"] == "yes", re.compile(row["pattern"])) for row in read_table(TABLE).rows)


@lru_cache(maxsize=2)
def _any_row(edge: bool) -> re.Pattern[str]:
    """One pattern for all rows that may fire there; it needs no names of groups."""
    patterns = (pattern.pattern for _, only_edge, pattern in rows() if edge or not only_edge)
    return re.compile("|".join(GROUP.sub("(?:", f"(?:{pattern})") for pattern in patterns))


def is_byline(text: str, edge: bool) -> bool:
    """A short folded line that names who wrote the page; ``edge`` tells that it stands above or below the text."""
    return len(text) <= LONGEST and _any_row(edge).search(text) is not None


def bylines_of(page: Page, lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> tuple[Found, ...]:
    """The names in the lines around the text and at the head of its first paragraph, each once."""
    lead = next((b for b in blocks if b.role == "body"), None)
    found: dict[str, Found] = {}
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if block is not lead and (block.kept or TOP < i < len(lines) - END):
            continue
        names = _named(line, inline=block is lead) if block is lead or _may_name(block) else ()
        for start, end, rule in (*names, *_signature(lines, blocks, i)):
            value = page.text[start:end]
            found.setdefault(value, Found(value, Span(start, end), rule))
    return tuple(found.values())


def _may_name(block: Block) -> bool:
    return block.role in ("byline", "dateline", "junk") and "#section" not in block.rule


def _named(line: Line, inline: bool) -> Iterator[tuple[int, int, str]]:
    """The spans of the names in a line; of a paragraph only what the row ``inline`` finds at its head."""
    text = line.text[:LEAD]
    if not inline and (line.prose or len(text) > 2 * LONGEST):
        return
    for rule, _, pattern in rows():
        if inline and not rule.endswith("#inline"):
            continue
        match = pattern.search(text)
        if match is None:
            continue
        group = "names" if match["names"] else "names2"
        yield from ((line.start + a, line.start + b, rule) for a, b in _parts(match[group], match.start(group)))
        return


def _parts(words: str, at: int) -> Iterator[tuple[int, int]]:
    reversed_ = NAME_FIRST.match(words)
    if reversed_:
        yield from ((at + reversed_.start(i), at + reversed_.end(i)) for i in (1, 2) if reversed_[i])
        return
    for match in re.finditer(r"(?:(?! and )[^、,/&])+", words):
        bare = AROUND.sub("", match[0]).strip()
        bare = AROUND.sub("", bare).strip()
        if len(bare) > 1 and NAME.fullmatch(bare) and not NO_NAME.search(bare):
            start = at + match.start() + match[0].index(bare)
            yield start, start + len(bare)


def _signature(lines: tuple[Line, ...], blocks: tuple[Block, ...], i: int) -> Iterator[tuple[int, int, str]]:
    """A name alone on the line above a mail address."""
    below = blocks[i + 1].rule if i + 1 < len(blocks) else ""
    if below == MAIL and not lines[i].prose and SIGNATURE.fullmatch(lines[i].text):
        yield lines[i].start, lines[i].end, "clean/bylines#signature"
