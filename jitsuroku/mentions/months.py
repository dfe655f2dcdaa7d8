"""Which year a bare month belongs to and which month a bare day: pure rules over the page's day and the last date."""

from __future__ import annotations

from dataclasses import dataclass

from jitsuroku.mentions import iso
from jitsuroku.mentions.numerals import value

YEARS_AHEAD = 5
# A bare day after the 25th may be followed by one of the next month: 「8月31日から…、1日に閉幕した」.
LATE, EARLY = 25, 7
HALF_A_YEAR, MOST_OF_A_YEAR = 6, 8
MONTHS_SOON, DAYS_SOON = 2, 3


@dataclass(frozen=True, slots=True)
class Anchor:
    """The page's own day as far as it is known."""

    value: str | None
    year: int | None
    month: int | None
    day: int | None

    @classmethod
    def of(cls, written: str | None) -> Anchor:
        """The anchor of an ISO day, month or year; of nothing when there is none."""
        if not written:
            return cls(None, None, None, None)
        year, month, day = iso.parts(written.split("/")[-1])
        return cls(written.split("/")[-1], year, month, day)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the words after a date say: it is planned, surely planned (予定, not only までに), or it is past."""

    planned: bool
    surely: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A date put together: ``days`` one or two numbers, ``months`` what a part of the year stands for (``01/06``)."""

    year: int
    month: int | None
    days: tuple[int, ...]
    months: str
    part_fits: bool
    basis: str
    rule: str


def digits(written: str) -> int:
    """The value of a folded number or of 元 (the first year of an era)."""
    return 1 if written == "元" else int(value(written) or 0)


def full_year(short: int, anchor: Anchor, last: int | None, bare: bool) -> int | None:
    """The year a two-digit year means: in a row of years (1972年、78年) that of the last one's century, else near the
    page's year. ``bare`` tells that no month follows."""
    if bare:
        if last is None or short <= last % 100:
            return None
        year = last - last % 100 + short
        return year if anchor.year is None or year <= anchor.year + YEARS_AHEAD else None
    if anchor.year is None:
        return None
    year = anchor.year - anchor.year % 100 + short
    return year if year <= anchor.year + YEARS_AHEAD else year - 100


def infer_year(anchor: Anchor, month: int, day: int | None, outlook: Outlook) -> int | None:
    """The year of a bare month: the most recent one up to the page's day, a later one for what lies ahead.

    A month soon after the page's own lies ahead unless the sentence tells of the past: who means the last year's says so.
    """
    if anchor.year is None:
        return None
    if anchor.month is None:
        return anchor.year
    later = month > anchor.month or (month == anchor.month and bool(day and anchor.day and day > anchor.day))
    if later:
        soon = month - anchor.month <= MONTHS_SOON and not outlook.past
        return anchor.year if outlook.planned or soon else anchor.year - 1
    if outlook.surely and anchor.month - month >= HALF_A_YEAR:
        return anchor.year + 1
    return anchor.year


def infer_month(anchor: Anchor, day: int, outlook: Outlook) -> tuple[int, int] | None:
    """Year and month of a bare day: the page's month, the one before when that day is still to come and no plan."""
    if anchor.year is None or anchor.month is None:
        return None
    if anchor.day is None or day == anchor.day:
        return anchor.year, anchor.month
    if day > anchor.day:
        ahead = outlook.planned or (day - anchor.day <= DAYS_SOON and not outlook.past)
        return iso.shift_months(anchor.year, anchor.month, 0 if ahead else -1)
    next_month = outlook.surely and anchor.day - day >= LATE - EARLY
    return iso.shift_months(anchor.year, anchor.month, 1 if next_month else 0)


def month_after(last: str, day: int) -> tuple[int, int]:
    """Year and month of a bare day that follows another day in the text."""
    year, month, number = iso.parts(last)
    return iso.shift_months(year, month or 1, 1 if number and number >= LATE and day <= EARLY else 0)


def year_after(last: str, month: int) -> int:
    """Year of a bare month that follows another date: 「2024年12月…、1月」 is the next one."""
    year, number, _ = iso.parts(last)
    return year + (1 if number and number - month >= MOST_OF_A_YEAR else 0)
