"""date: a cited piece that is dated before what it tells, by a slip of one digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jitsuroku.checks.case import Case
from jitsuroku.records import Flag

RULE = "checks/sources#"
# 「『両国が停戦に合意』。港新聞、2005年12月28日」.
CITED = re.compile(
    r"『(?P<title>[^『』]{4,80})』。?(?P<outlet>[^『』、。]{2,20})、(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
WORDS = re.compile(r"[一-龥ァ-ヶー]{2,}")
# How many pairs of letters a headline shares with the others of its event, how many pieces make a day sure, and how far
# these may lie apart.
SHARED, FEWEST, APART = 3, 2, 2
TENS = 10


def slipped_days_of_sources(case: Case) -> Iterator[Flag]:
    """「…港新聞、2005年12月18日」 among pieces of the 28th on the same event: 18 stands for 28, a day before it happened."""
    for block in case.document.blocks:
        if block.role != "sources":
            continue
        cited = [(m, day) for m in CITED.finditer(case.text, block.start, block.end) if (day := _day(m)) is not None]
        for m, day in cited:
            others = [d for other, d in cited if other is not m]
            if len(others) < FEWEST or (max(others) - min(others)).days > APART:
                continue
            told = set().union(*(_pairs(other["title"]) for other, _ in cited if other is not m))
            if len(told & _pairs(m["title"])) < SHARED:
                continue
            if day < min(others) and any(_is_slip(day, right) for right in others):
                right = next(d for d in others if _is_slip(day, d))
                message = f"dated {day}, before the event of which the others tell on {right}"
                yield case.flag("date", "doubt", m.span(), message, right.isoformat(), RULE + "slip")


def _day(m: re.Match[str]) -> date | None:
    try:
        return date(int(m["year"]), int(m["month"]), int(m["day"]))
    except ValueError:
        return None


def _pairs(title: str) -> set[str]:
    return {word[i : i + 2] for word in WORDS.findall(title) for i in range(len(word) - 1)}


def _is_slip(day: date, right: date) -> bool:
    """Whether two days differ in the tens of the day, or in the year alone."""
    tens = (day.year, day.month) == (right.year, right.month) and right.day - day.day in (TENS, 2 * TENS)
    return tens or (right.year - day.year == 1 and (day.month, day.day) == (right.month, right.day))
