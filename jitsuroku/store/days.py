"""ISO dates of any precision as the first and last day they cover."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
NEVER: tuple[str | None, str | None] = (None, None)


@lru_cache(maxsize=4096)
def first_and_last(value: str | None) -> tuple[str | None, str | None]:
    """``2025-06`` is ``2025-06-01`` to ``2025-06-30``; ``a/b`` runs from a's first day to b's last.

    What is no date, or ends before it begins, gives ``(None, None)``.
    """
    parts = (value or "").split("/")
    first, last = _bounds(parts[0]), _bounds(parts[-1])
    if len(parts) > 2 or first is None or last is None or first[0] > last[1]:
        return NEVER
    return first[0], last[1]


def _bounds(value: str) -> tuple[str, str] | None:
    match = DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = match.groups()
    if int(year) == 0 or not 1 <= int(month or 1) <= 12:
        return None
    days = monthrange(int(year), int(month or 12))[1]
    if not 1 <= int(day or 1) <= days:
        return None
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or f'{days:02}'}"
