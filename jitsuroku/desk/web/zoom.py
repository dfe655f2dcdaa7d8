"""Closer and farther: the spans of time to which a page leads from the window that it shows, from a day to a decade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jitsuroku.desk.web.asking import Asked
from jitsuroku.desk.web.windows import Row
from jitsuroku.store.days import first_and_last

# Days that a window has at least, for decades, years or months to be offered; below that single days are.
DECADES, YEARS, MONTHS = 30 * 365, 2 * 365, 62
# So much of an ISO date tells each.
DECADE, YEAR, MONTH, DAY = 3, 4, 7, 10


@dataclass(frozen=True, slots=True)
class Span:
    """A window to look at: what tells it, ``202`` for the 2020s, ``2025``, ``2025-06`` or a day; ``number`` how many records
    begin in it, None where not all were looked at."""

    date: str
    number: int | None = None

    @property
    def since(self) -> str:
        """Its first year, month or day."""
        return f"{self.date}0" if len(self.date) == DECADE else self.date

    @property
    def until(self) -> str:
        """Its last year, month or day."""
        return f"{self.date}9" if len(self.date) == DECADE else self.date

    def name(self, asked: Asked) -> str:
        """As the reader's language writes it."""
        tongue = asked.tongue
        return tongue.say("decade", year=self.since) if len(self.date) == DECADE else tongue.day(self.date)


@dataclass(frozen=True, slots=True)
class Zoom:
    """The spans around a window, the widest first, and those in it; ``here`` is the window where it is a span itself."""

    wider: tuple[Span, ...]
    here: Span | None
    closer: tuple[Span, ...]


def zoom(asked: Asked, rows: Sequence[Row], cut: bool) -> Zoom:
    """The spans around and in the window asked for, of which these are the rows; ``cut``: not all of them."""
    here = _here(asked)
    wider = tuple(Span(here.date[:n]) for n in (DECADE, YEAR, MONTH) if here and n < len(here.date))
    days = [row.value["date"].split("/")[0] for row in rows if row.value.get("date")]
    years = asked.desk.store.years_listed("event") if cut else []
    reach = _reach(asked, [*days, *years])
    size = _size(reach)
    if cut:
        closer = [Span(each) for each in _of_calendar(size, reach, years)]
    else:
        numbers = Counter(day[:size] for day in days if len(day) >= size)
        closer = [Span(each, numbers[each]) for each in sorted(numbers)]
    return Zoom(wider, here, tuple(span for span in closer if here is None or span.date != here.date))


def _here(asked: Asked) -> Span | None:
    since, until = (asked.query.get(end, "") for end in ("since", "until"))
    spans = (Span(since), Span(since[:DECADE]))
    fits = (span for span in spans if (span.since, span.until) == (since, until) and first_and_last(since)[0])
    return next(fits, None)


def _reach(asked: Asked, dates: Iterable[str]) -> tuple[date, date] | None:
    """The first and the last day of the window: those asked for, else those of what is in it."""
    ends = [first_and_last(each) for each in dates]
    first = first_and_last(asked.query.get("since"))[0] or min((a for a, _ in ends if a), default=None)
    last = first_and_last(asked.query.get("until"))[1] or max((b for _, b in ends if b), default=None)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last and first <= last else None


def _size(reach: tuple[date, date] | None) -> int:
    days = (reach[1] - reach[0]).days if reach else 0
    return DECADE if days >= DECADES else YEAR if days >= YEARS else MONTH if days >= MONTHS else DAY


def _of_calendar(size: int, reach: tuple[date, date] | None, years: Sequence[str]) -> Iterator[str]:
    """Every span of the size in the window: of decades and years those in which something begins."""
    if reach is None:
        return
    if size <= YEAR:
        yield from dict.fromkeys(year[:size] for year in years if str(reach[0])[:4] <= year <= str(reach[1])[:4])
        return
    days = (reach[0] + timedelta(n) for n in range((reach[1] - reach[0]).days + 1))
    yield from dict.fromkeys(str(day)[:size] for day in days)
