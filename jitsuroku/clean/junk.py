"""The named rules that tell what is not the text of a page. A rule gives a verdict or is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jitsuroku.lexicon import TableError, alternatives, read_table, union_of

TABLE = Path(__file__).with_name("junk.tsv")
# What a row does to the lines after its own, the strongest first.
REACHES = ("end", "rest", "line")
# The longest line of running text that a row may drop, by the row's cell ``prose``.
PROSE = {"no": 0, "short": 160, "yes": 10_000}
LONGER = 10**9
ESCAPE = re.compile(r"\\.")
MARKUP = {
    "nav": "nav",
    "aside": "aside",
    "footer": "footer",
    "form": "form",
    "figcaption": "caption",
    "figure": "caption",
    "caption": "caption",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of junk.tsv: ``role`` is what its line is, ``reach`` line, rest or end, ``longest`` the longest running text
    that it may drop."""

    name: str
    role: str
    reach: str
    longest: int
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """JUNK: the rules, those that open a section of junk first, else in the table's order.

    Raises TableError when a cell holds a word that the room does not know.
    """
    found: list[Rule] = []
    for row in read_table(TABLE).rows:
        if row["reach"] not in REACHES or row["prose"] not in PROSE:
            raise TableError(f"clean/junk.tsv, line {row.line}: reach is {REACHES}, prose is {tuple(PROSE)}")
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        found.append(Rule(row.rule, row["role"], row["reach"], PROSE[row["prose"]], pattern))
    return tuple(sorted(found, key=lambda rule: REACHES.index(rule.reach)))


def verdict(line: str, prose: bool) -> Rule | None:
    """The first rule that drops a folded line, or None; ``prose`` tells that the line is running text."""
    length = len(line) if prose else 0
    able, at_start, anywhere = _rules_for(next((x for x in PROSE.values() if length <= x), LONGER))
    if not any(start.match(line) for start in at_start) and not any(words.search(line) for words in anywhere):
        return None
    return next((rule for rule in able if rule.pattern.search(line)), None)


@lru_cache(maxsize=len(PROSE) + 1)
def _rules_for(longest: int) -> tuple[tuple[Rule, ...], tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """The rules that may drop running text of this length, and what all of them look for at the start of a line and
    anywhere in it: most lines hold neither, and a page may have a hundred thousand."""
    able = tuple(rule for rule in rules() if rule.longest >= longest)
    parts = [part for rule in able for part in alternatives(rule.pattern.pattern)]
    at_start = [part.removeprefix("^") for part in parts if part.startswith("^")]
    anywhere = [part for part in parts if not part.startswith("^")]
    return able, _union(at_start), _union(anywhere)


def _union(parts: list[str]) -> tuple[re.Pattern[str], ...]:
    """The parts as one pattern without letters that have a case, and one with such: blind to case is several times slower."""
    cased = [part for part in parts if (letters := ESCAPE.sub("", part)).upper() != letters.lower()]
    plain = [part for part in parts if part not in cased]
    return union_of(plain), union_of(cased, re.IGNORECASE)


def markup(tags: Iterable[str]) -> str | None:
    """The rule that drops a line for where it stands in the markup: navigation, aside, footer, a share box ..."""
    for tag in sorted(tags, reverse=True):
        name = tag.removeprefix("junk:") if tag.startswith("junk:") else MARKUP.get(tag)
        if name:
            return f"clean/markup#{name}"
    return None
