"""What the tests of dates, money, counts and checks share: the tables and a plain splitter into sentences."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jitsuroku.lexicon import PACKAGE, read_tables
from jitsuroku.records import Language, Quotation, Sentence, Span, Table, World

CASES = Path(__file__).parents[1] / "cases"
SENTENCE = re.compile(r"(?:「[^」\n]*」|[^。\n])+。?")


@cache
def tables() -> dict[str, Table]:
    return read_tables(PACKAGE / "language" / "ja")


@cache
def a_world() -> World:
    """The package's own tables of the world; no daily rates."""
    language = Language("ja", lambda text: (), tables())
    return World(read_tables(PACKAGE / "world"), {}, {}, {"ja": language}, lambda day, currency: None)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Each line is a paragraph; a sentence ends at 。 outside 「」."""
    found, at = [], 0
    for number, line in enumerate(text.split("\n")):
        found += [_sentence(text, at + m.start(), at + m.end(), number) for m in SENTENCE.finditer(line)]
        at += len(line) + 1
    return tuple(found)


def _sentence(text: str, start: int, end: int, paragraph: int) -> Sentence:
    marks = [m.span() for m in re.finditer("「[^」]*」", text[start:end])]
    quoted = tuple(Quotation(start + a, start + b, Span(start + a + 1, start + b - 1), 1) for a, b in marks)
    return Sentence(start, end, paragraph, (), quoted, ())


def cases(name: str) -> list[dict[str, str]]:
    """The rows of a table of cases; ¶ in a text begins a paragraph, lines that start with # are notes."""
    lines = [n for n in (CASES / name).read_text(encoding="utf-8").split("\n") if n and not n.startswith("#")]
    header = lines[0].split("\t")
    rows = [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
    return [{**row, "text": row["text"].replace("¶", "\n")} for row in rows]
