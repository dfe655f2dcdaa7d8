"""date: an interval that ends before it begins, 「5カ月後の」 that is not five months later, a past act after the page's day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jitsuroku.checks.case import Case
from jitsuroku.records import Date, Flag, Row

RULE = "checks/days#"
DAYS = re.compile(
    r"(\d{1,2})月(\d{1,2})日(?:\([^()]{1,3}\))?(から|〜|~|-|–)(?:(同|\d{1,2}(?=月))月?)?(\d{1,2})日(?!間|目)(まで|に)?"
)
YEARS = re.compile(r"(?<!\d)(\d{4})年(から|〜|~|-|–)(\d{4})年")
# 「30日から2日まで」 runs into the next month.
LATE, EARLY = 20, 12
# An interval that ends more months back than these runs into the next year.
MONTHS_BACK, LAST_OF_MONTH = 3, 28
STEP = re.compile(r"(?:その|約)?(\d{1,3}|[一二三四五六七八九])(年|[かカヶヵケ箇]月|週間|日)(後|前)(?:の|、|に当たる)$")
LATER = re.compile(r"[後前]$")
KANJI = "一二三四五六七八九"
DAY, MONTH, YEAR = len("2025-06-16"), len("2025-06"), len("2025")
# A date without a year that lies this far behind the page's day may be of another year.
NEAR = 31
WEEK = 7


def reversed_intervals(case: Case) -> Iterator[Flag]:
    """「5月10日から8日まで」, 「2025年から2023年」: the end lies before the beginning."""
    for sentence in case.sentences_with("月"):
        for m in DAYS.finditer(case.text, sentence.start, sentence.end):
            same = m[4] is None or m[4] == "同" or m[4] == m[1]
            if not (m[6] or m[3] != "から") or not same:
                continue
            first, last = int(m[2]), int(m[5])
            if last < first and (m[4] is not None or not (first > LATE and last < EARLY)):
                message = f"day {last} comes before day {first}: the interval ends before it begins"
                yield case.flag("date", "error", m.span(), message, None, RULE + "reversed")
        for m in DAYS.finditer(case.text, sentence.start, sentence.end):
            if _ends_in_an_earlier_month(m):
                message = f"month {m[4]} comes before month {m[1]}: the interval ends before it begins"
                yield case.flag("date", "error", m.span(), message, None, RULE + "reversed")
    for sentence in case.sentences_with("年"):
        for m in YEARS.finditer(case.text, sentence.start, sentence.end):
            if int(m[3]) < int(m[1]):
                message = f"{m[3]} comes before {m[1]}: the interval ends before it begins"
                yield case.flag("date", "error", m.span(), message, None, RULE + "reversed")


def _ends_in_an_earlier_month(m: re.Match[str]) -> bool:
    """「11月3日から10月31日まで」; a year from 1 October to 30 September is none such."""
    if m[4] in (None, "同") or not (m[6] or m[3] != "から"):
        return False
    back = int(m[1]) - int(m[4])
    return 1 <= back <= MONTHS_BACK and not (back == 1 and int(m[2]) == 1 and int(m[5]) >= LAST_OF_MONTH)


def wrong_steps(case: Case) -> Iterator[Flag]:
    """「2024年6月19日に署名し、2カ月後の12月4日に発効した」: it is five and a half months. One step more or less is let pass."""
    for sentence in case.sentences:
        told_here = case.dates_in(sentence.start, sentence.end)
        dates = [d for d in told_here if "/" not in d.value and not LATER.search(case.text[d.start : d.end])]
        for first, second in zip(dates, dates[1:], strict=False):
            m = STEP.search(case.text[first.end : second.start])
            steps = _steps(first, second, m[2]) if m else None
            if m is None or steps is None:
                continue
            told = (int(m[1]) if m[1].isdigit() else KANJI.index(m[1]) + 1) * (1 if m[3] == "後" else -1)
            if abs(steps - told) > 1 and not _from_the_page(case, second, m[2], told):
                message = f"from {first.value} to {second.value} it is {abs(steps)}, not {abs(told)} ({m[2]})"
                yield case.flag("date", "error", (first.start, second.end), message, str(abs(steps)), RULE + "step")


def _from_the_page(case: Case, second: Date, unit: str, told: int) -> bool:
    """Whether the steps may be reckoned from the page's own day: 「1991年に独立した国は、|10年前の|2015年」."""
    anchor = case.document.anchor
    if anchor is None:
        return True
    steps = _steps(Date(0, 0, anchor, "anchor", ""), second, unit)
    return steps is None or abs(steps - told) <= 1


def _steps(first: Date, second: Date, unit: str) -> int | None:
    """How many whole units lie between two dates; None where they are not precise enough."""
    one, other = first.value, second.value
    if unit == "年":
        return int(other[:YEAR]) - int(one[:YEAR])
    if unit.endswith("月"):
        if min(len(one), len(other)) < MONTH:
            return None
        return (int(other[:4]) - int(one[:4])) * 12 + int(other[5:7]) - int(one[5:7])
    if min(len(one), len(other)) < DAY:
        return None
    days = (date.fromisoformat(other) - date.fromisoformat(one)).days
    return round(days / WEEK) if unit == "週間" else days


def states_of_another_time(case: Case) -> Iterator[Flag]:
    """「1994年、カザフスタン(当時はソ連)」: the Soviet Union had ended in 1991."""
    told, table = tuple(case.sentences_with("当時")), case.world.tables.get("states")
    if not told:
        return
    ended = {n: r["valid_to"] for r in (table.rows if table else ()) if r["valid_to"] for n in _names(r)}
    pattern = re.compile(
        rf"当時(?:は|の|、)?({'|'.join(map(re.escape, sorted(ended, key=_longest)))})" if ended else "(?!)"
    )
    for sentence in told:
        for m in pattern.finditer(case.text, sentence.start, sentence.end):
            years = {d.value[:YEAR] for d in case.dates_in(sentence.start, m.start())}
            if len(years) == 1 and (year := years.pop()) > ended[m[1]][:YEAR]:
                message = f"{m[1]} had ended by {ended[m[1]]}; the sentence tells of {year}"
                yield case.flag("date", "error", m.span(), message, None, RULE + "ended-state")


def _names(row: Row) -> list[str]:
    return [n for n in (row["name_ja"], *row.list("forms")) if len(n) > 1]


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def days_after_the_page(case: Case) -> Iterator[Flag]:
    """An act told in the past tense on a day after the page's own; where several are, the page's day is the suspect."""
    found = list(_later_acts(case))
    anchor = case.document.anchor
    if not found:
        return
    told = found[0]
    suspect = "the page's own day may be wrong" if len(found) > 1 else "one of the two days is wrong"
    message = f"told as past, but {told.value} lies after {anchor}, the page's own day; {suspect}"
    severity = "error" if told.basis == "written" else "doubt"
    yield case.flag("date", severity, (told.start, told.end), message, None, RULE + "after-the-page")


def _later_acts(case: Case) -> Iterator[Date]:
    anchor = case.document.anchor
    if not anchor or len(anchor) != DAY:
        return
    updated = case.document.updated.value[:DAY] if case.document.updated else anchor
    last = date.fromisoformat(max(anchor, updated) if len(updated) == DAY else anchor)
    late = [d for d in case.mentions.dates if len(d.value) == DAY and _is_later(case, d, last)]
    deeds = {r["word"] for r in case.rows("deeds")}
    for sentence in case.sentences if late else ():
        for clause in sentence.clauses:
            if clause.tense != "past" or clause.inside >= 0 or clause.predicate not in deeds or clause.negative:
                continue
            for argument in clause.arguments:
                inside = [d for d in late if argument.start <= d.start and d.end <= argument.end]
                yield from inside if argument.particle in ("に", "") else ()


def _is_later(case: Case, told: Date, last: date) -> bool:
    """More than a day later, since zones differ; without a year in writing only within the month."""
    days = (date.fromisoformat(told.value) - last).days
    if told.basis == "written":
        return days > 1
    return 1 < days <= NEAR and "月" in case.text[told.start : told.end]
