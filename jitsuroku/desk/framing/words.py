"""Words of a table found on a page, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from jitsuroku.contract import fold
from jitsuroku.desk.query import Desk
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import DocumentRecord, Row

OPENING, CLOSING = "「『", "」』"
SENTENCE = re.compile(r"[^。!?！？\n]+")
AROUND = 20
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Words on a page: ``text`` is ``page[start:end]``, ``around`` the same with what stands beside it."""

    source: str
    start: int
    end: int
    text: str
    around: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A row of a table, where it was found, and whether inside quotation marks: then it is a speaker's word."""

    row: Row
    place: Place
    quoted: bool


@cache
def patterns(language: str, table: str) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    """The rows of a language's table with their patterns; none where the language has no such table.

    Raises lexicon.TableError when the table is broken.
    """
    path = PACKAGE / "language" / language / f"{table}.tsv"
    rows = read_table(path).rows if path.exists() else ()
    return tuple((row, re.compile(row["pattern"])) for row in rows)


def place_of(document: DocumentRecord, text: str, start: int, end: int) -> Place:
    """The place of ``text[start:end]`` on a page."""
    around = text[max(0, start - AROUND) : end + AROUND].replace("\n", " ").strip()
    return Place(document.source, start, end, text[start:end], around)


def read_spans(desk: Desk, document: DocumentRecord) -> tuple[Span, ...]:
    """The stretches of a page that are headline or body."""
    blocks = desk.store.blocks(document.id)
    return tuple((b.start, b.end) for b in blocks if b.kept or b.role == "headline")


@cache
def forms_of(code: str) -> re.Pattern[str]:
    """The names of a state or organisation in the world's tables, of two characters and more, the longest first."""
    rows = [r for file in ("states.tsv", "organisations.tsv") for r in read_table(PACKAGE / "world" / file).rows]
    names = {name for r in rows if r["code"] == code for name in (r["name_ja"], *r.list("forms"))}
    known = sorted((re.escape(n) for n in names if len(n) > 1), key=lambda n: (-len(n), n))
    # 日中国交正常化 does not name China.
    return re.compile("(?<![日米英露韓朝])(?:" + "|".join(known) + ")(?!交)" if known else re.escape(code))


def named_at(text: str, spans: Iterable[Span], code: str) -> tuple[Span, ...]:
    """Where these stretches name a state or organisation in full."""
    pattern, folded = forms_of(code), fold(text)
    return tuple(m.span() for start, end in spans for m in pattern.finditer(folded, start, end))


def sentences_with(text: str, spans: Iterable[Span], words: Iterable[Span]) -> tuple[Span, ...]:
    """The sentences of the stretches in which one of these words stands."""
    starts = sorted(start for start, _ in words)
    found = (m.span() for start, end in spans for m in SENTENCE.finditer(text, start, end))
    return tuple(s for s in found if any(s[0] <= at < s[1] for at in starts))


def hits(desk: Desk, document: DocumentRecord, table: str, spans: Iterable[Span]) -> Iterator[Hit]:
    """Where the rows of a table stand in these stretches of a page, in page order; of overlapping ones the longest."""
    text = desk.store.page(document.id).text
    folded = fold(text)
    known = patterns(document.language or "", table)
    found = [
        (m.start(), m.end(), row)
        for start, end in spans
        for row, pattern in known
        for m in pattern.finditer(folded, start, end)
    ]
    taken = -1
    for start, end, row in sorted(found, key=lambda f: (f[0], -f[1], f[2].rule)):
        if start >= taken:
            taken = end
            yield Hit(row, place_of(document, text, start, end), _is_quoted(text, start))


def _is_quoted(text: str, at: int) -> bool:
    """Whether more quotation marks open than close before a place of its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return sum(c in OPENING for c in before) > sum(c in CLOSING for c in before)
