"""ISO dates of any precision as the numbers of the first and last day they cover."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=20_000)
def span_of(value: str | None) -> tuple[int, int] | None:
    """``2025-06`` is its first and last day; ``a/b`` runs from a's first to b's last. None for what is no date."""
    parts = (value or "").split("/")
    first, last = _bounds(parts[0]), _bounds(parts[-1])
    if len(parts) > 2 or first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def _bounds(value: str) -> tuple[int, int] | None:
    match = ISO.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def iso(day: int) -> str:
    """The day of a number, as ``2025-06-05``."""
    return date.fromordinal(day).isoformat()


def month_day(day: int) -> tuple[int, int]:
    """The month and day of a number."""
    found = date.fromordinal(day)
    return found.month, found.day


def months(first: int, last: int) -> list[str]:
    """The months that the days from ``first`` to ``last`` touch, at most twelve, as ``2025-06``."""
    found = dict.fromkeys(iso(day)[:7] for day in range(first, last + 1, 27))
    found[iso(last)[:7]] = None
    return list(found)[:12]
