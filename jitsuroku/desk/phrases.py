"""Words that are looked for in a page as it stands, beside the records: set phrases, and what a topic is known by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jitsuroku.contract import quote
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Evidence, Page, Row

MOST_PLACES = 5
# How long something took: 約90分, 1時間半; not a time of day (15時30分) and no fraction (10分の1).
LENGTH = re.compile(
    r"(?<![時0-9０-９])(?:約|およそ)?(?:(?P<hours>[0-9０-９]+)時間(?P<half>半)?)?(?:(?P<minutes>[0-9０-９]+)分(?!の[0-9０-９]))?"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set phrase in a page."""

    key: str
    evidence: Evidence


@cache
def formulas() -> Mapping[str, Row]:
    """The set phrases by their usual form; the same that are followed from readout to readout."""
    return {row["formula"]: row for row in read_table(PACKAGE / "language" / "ja" / "formulas.tsv").rows}


@cache
def _topics() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    found: dict[str, list[re.Pattern[str]]] = {}
    for row in read_table(PACKAGE / "language" / "ja" / "topics.tsv").rows:
        found.setdefault(row["topic"], []).append(re.compile(row["pattern"]))
    return {topic: tuple(patterns) for topic, patterns in found.items()}


def formulas_in(page: Page, stretches: Iterable[tuple[int, int]]) -> tuple[Phrase, ...]:
    """The set phrases in these stretches of a page, in order of their keys."""
    where = tuple(stretches)
    return tuple(
        Phrase(key, evidence)
        for key, row in sorted(formulas().items())
        for evidence in _places(page, where, (re.compile(row["pattern"]),))
    )


def topic_named(page: Page, stretches: Iterable[tuple[int, int]], topic: str) -> tuple[Evidence, ...]:
    """Where these stretches name a topic."""
    return _places(page, tuple(stretches), _topics().get(topic, ()))


def touched(page: Page, stretches: Iterable[tuple[int, int]], question: str) -> tuple[Evidence, ...]:
    """Where these stretches touch on a question of the comparison."""
    rows = read_table(PACKAGE / "desk" / "touches.tsv").rows
    patterns = tuple(re.compile(row["pattern"]) for row in rows if row["question"] == question)
    return _places(page, tuple(stretches), patterns)


def lengths(page: Page, start: int, end: int) -> tuple[tuple[int, Evidence], ...]:
    """How long something took by the words between two places: minutes, and the words."""
    found = [m for m in LENGTH.finditer(page.text, start, end) if m["hours"] or m["minutes"]]
    return tuple((_minutes(m), quote(page, m.start(), m.end())) for m in found)


def _minutes(match: re.Match[str]) -> int:
    return int(match["hours"] or 0) * 60 + 30 * bool(match["half"]) + int(match["minutes"] or 0)


def _places(
    page: Page, stretches: tuple[tuple[int, int], ...], patterns: tuple[re.Pattern[str], ...]
) -> tuple[Evidence, ...]:
    found = {
        (match.start(), match.end())
        for start, end in stretches
        for pattern in patterns
        for match in pattern.finditer(page.text, start, end)
    }
    return tuple(quote(page, *place) for place in sorted(found)[:MOST_PLACES])
