"""Arithmetic on ISO days (2025-06-16), months (2025-06), years (2025) and intervals (a/b)."""

from __future__ import annotations

from datetime import date, timedelta

EARLIEST, LATEST = 1600, 2199


def day(year: int, month: int, number: int) -> str | None:
    """The ISO day, None when there is none (30 February) or the year is no year of news."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def month(year: int, number: int) -> str | None:
    """The ISO month, None when there is none."""
    return f"{year:04d}-{number:02d}" if 1 <= number <= 12 and EARLIEST <= year <= LATEST else None


def year(number: int) -> str | None:
    """The ISO year, None when it is no year of news."""
    return f"{number:04d}" if EARLIEST <= number <= LATEST else None


def is_day(value: str) -> bool:
    """Whether a value names one day."""
    return len(value) == 10


def parts(value: str) -> tuple[int, int | None, int | None]:
    """Year, month and day of a value that is no interval; None for what it does not name."""
    numbers = [int(part) for part in value.split("-")]
    return numbers[0], numbers[1] if len(numbers) > 1 else None, numbers[2] if len(numbers) > 2 else None


def shift_days(value: str, days: int) -> str | None:
    """An ISO day moved by some days; None when it leaves the calendar."""
    try:
        return (date.fromisoformat(value) + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def shift_months(year_: int, month_: int, months: int) -> tuple[int, int]:
    """Year and month moved by some months."""
    count = year_ * 12 + month_ - 1 + months
    return count // 12, count % 12 + 1


def week(value: str, weeks: int) -> str:
    """Monday to Sunday of the week of a day, moved by some weeks."""
    that = date.fromisoformat(value)
    monday = that - timedelta(days=that.weekday()) + timedelta(weeks=weeks)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def weekday(value: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return date.fromisoformat(value).weekday()
