"""date: days that no calendar has, weekdays that do not belong to their day, acts told in an impossible order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from jitsuroku.checks.case import Case
from jitsuroku.records import Date, Flag, Row, Sentence

RULE = "checks/calendar#"
WEEKDAYS = "月火水木金土日"
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日(?!間)")
WEEKDAY = re.compile(
    rf"\(([{WEEKDAYS}])(?:曜日?)?(?:・祝日?|・休日?)?\)|の?([{WEEKDAYS}])曜日?(?=[にのはかまも、。]|午|夜|朝|未明|早朝|夕|$)"
)
# Between two acts of one subject: 「2015年に始|まり、|2018年に終わった」.
AT_ONCE = re.compile(r"^[ぁ-ん]{0,5}、?(?:その後|のちの?|後の|わずか)?、?$")
OWN_DAY = re.compile(
    rf"(\d{{4}})[年/.-](\d{{1,2}})[月/.-](\d{{1,2}})日?\s?(?:\(([{WEEKDAYS}])(?:曜日?)?\)|([{WEEKDAYS}])曜)"
)
# Closer to the page's day than this, a date without a year can be of no other year.
CERTAIN_DAYS = 60
# An act further from its date than this may belong to another.
NEAR = 25


def impossible_days(case: Case) -> Iterator[Flag]:
    """「2月30日」, and 29 February of a year that has none."""
    for sentence in case.sentences_with("月"):
        for m in DAY.finditer(case.text, sentence.start, sentence.end):
            year, month, day = int(m[1] or 2000), int(m[2]), int(m[3])
            if 1 <= month <= 12 and year >= 1 and day > (last := monthrange(year, month)[1]):
                message = (
                    f"there is no day {day} in month {month}{' of ' + m[1] if m[1] else ''}, which has {last} days"
                )
                yield case.flag("date", "error", m.span(), message, None, RULE + "impossible-day")


def wrong_weekdays(case: Case) -> Iterator[Flag]:
    """A weekday in brackets that is not that of the printed day: 「9月3日(木)」 for a Wednesday."""
    for told in case.mentions.dates:
        m = WEEKDAY.match(case.text, told.end)
        if not m or len(told.value) != len("2025-09-03") or not _certain(case, told):
            continue
        right, day = date.fromisoformat(told.value).weekday(), m[1] or m[2]
        if WEEKDAYS[right] != day:
            message = f"{told.value} was a {NAMES[right]}, not a {NAMES[WEEKDAYS.index(day)]}"
            yield case.flag("date", "error", (told.start, m.end()), message, WEEKDAYS[right], RULE + "weekday")


def wrong_weekdays_of_the_page(case: Case) -> Iterator[Flag]:
    """「2025年9月3日(木) 10:00」 above a text: the page's own day was a Wednesday."""
    for block in case.document.blocks:
        for m in OWN_DAY.finditer(case.text, block.start, block.end) if block.role == "dateline" else ():
            year, month, day = int(m[1]), int(m[2]), int(m[3])
            if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
                continue
            right = date(year, month, day).weekday()
            told = m[4] or m[5]
            if WEEKDAYS[right] != told:
                message = f"{date(year, month, day)} was a {NAMES[right]}, not a {NAMES[WEEKDAYS.index(told)]}"
                yield case.flag("date", "error", m.span(), message, WEEKDAYS[right], RULE + "own-weekday")


def _certain(case: Case, told: Date) -> bool:
    """Whether the year is sure: written, or no other year brings the month so close to the page's own day."""
    written = case.text[told.start : told.end]
    if told.basis == "written":
        return True
    anchor = case.document.anchor
    if not anchor or len(anchor) != len("2025-09-03") or not ("月" in written or "/" in written):
        return False
    return abs((date.fromisoformat(told.value) - date.fromisoformat(anchor)).days) <= CERTAIN_DAYS


def impossible_order(case: Case) -> Iterator[Flag]:
    """「2024年6月19日に署名され、同年2月4日に発効した」: in force before it was signed."""
    rows = [
        r
        for language in case.world.languages.values()
        if "orders" in language.tables
        for r in language.tables["orders"].rows
    ]
    for sentence in case.sentences:
        dates = [d for d in case.dates_in(sentence.start, sentence.end) if "/" not in d.value]
        for row in rows:
            yield from _reversed(case, sentence, dates, row)


def _reversed(case: Case, sentence: Sentence, dates: list[Date], row: Row) -> Iterator[Flag]:
    first = [(d, end) for d in dates if (end := _act(case, sentence, dates, d, row.list("earlier")))]
    then = [(d, end) for d in dates if (end := _act(case, sentence, dates, d, row.list("later")))]
    if len(first) != 1 or len(then) != 1:
        return
    (earlier, end), (later, later_end) = first[0], then[0]
    sure = earlier.basis != "anchor" and later.basis != "anchor"
    if row["adjacent"] and not AT_ONCE.match(case.text[end : later.start]):
        return
    if sure and earlier.start < later.start and _before(later.value, earlier.value):
        message = f"{later.value} cannot follow {earlier.value}: the second act comes after the first"
        yield case.flag("date", "error", (earlier.start, later_end), message, None, RULE + "order")


def _act(case: Case, sentence: Sentence, dates: list[Date], told: Date, words: tuple[str, ...]) -> int | None:
    """Where the first of the words ends that follows the date before the next date."""
    following = min((d.start for d in dates if d.start > told.start), default=sentence.end)
    until = min(following, told.end + NEAR)
    found = [at + len(w) for w in words if (at := case.text.find(w, told.end, until)) >= 0]
    return min(found, default=None)


def _before(one: str, other: str) -> bool:
    """Whether one ISO value is earlier than another as far as both are precise."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
