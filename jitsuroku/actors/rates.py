"""Daily rates of the euro, as the European Central Bank publishes them, from the library ``currencyconverter``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

DAYS_BACK = 10


def daily_rates() -> Callable[[str, str], float | None]:
    """A function that gives the units of a currency to one euro on an ISO day or on the nearest day before it.

    ``daily_rates()("2025-06-17", "JPY")`` is about 167. None when the currency is not quoted, nothing was published
    within the ten days before, or the day is no ISO day. The library is loaded at the first question.
    """
    return _rate


def _rate(day: str, currency: str) -> float | None:
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        return None
    found = (
        _published(asked - timedelta(days=back), currency) for back in range(min(DAYS_BACK, asked.toordinal() - 1) + 1)
    )
    return next((rate for rate in found if rate is not None), None)


def _published(day: date, currency: str) -> float | None:
    from currency_converter import RateNotFoundError

    try:
        return float(_library().convert(1, "EUR", currency, date=day))
    except (RateNotFoundError, ValueError):
        return None


@cache
def _library():  # type: ignore[no-untyped-def]
    from currency_converter import CurrencyConverter

    return CurrencyConverter()
