"""The named rules that tell what is not the text of a page. A rule gives a verdict or is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jitsuroku.lexicon import read_table

TABLE = Path(__file__).with_name("junk.tsv")
REACHES = ("end", "rest", "line")
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
    """A row of junk.tsv: ``reach`` is line, rest or end; ``prose`` tells that it may drop running text too."""

    name: str
    reach: str
    prose: bool
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """JUNK: the rules, those that open a section of junk first, else in the table's order."""
    rows = [
        Rule(row.rule, row["reach"], row["prose"] == "yes", re.compile(row["pattern"], re.IGNORECASE))
        for row in read_table(TABLE).rows
    ]
    return tuple(sorted(rows, key=lambda rule: REACHES.index(rule.reach)))


def verdict(line: str, prose: bool) -> Rule | None:
    """The first rule that drops a folded line, or None; ``prose`` tells that the line is running text."""
    return next((rule for rule in rules() if (rule.prose or not prose) and rule.pattern.search(line)), None)


def markup(tags: Iterable[str]) -> str | None:
    """The rule that drops a line for where it stands in the markup: navigation, aside, footer, a share box ..."""
    for tag in sorted(tags, reverse=True):
        name = tag.removeprefix("junk:") if tag.startswith("junk:") else MARKUP.get(tag)
        if name:
            return f"clean/markup#{name}"
    return None
