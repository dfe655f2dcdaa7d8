"""An amount in dollars and yen, at the rate of its day, and in the money of one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jitsuroku.actors import daily_rates
from jitsuroku.checks.rates import Rate, rate_on
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import World

# The last year of which both indexes are final.
BASE_YEAR = "2024"
PRICES = {"USD": "USA", "JPY": "JPN"}
DIGITS = 6
YEAR = len("2025")


@dataclass(frozen=True, slots=True)
class Worth:
    """What an amount was worth in another currency when it was promised, and in the money of ``BASE_YEAR``; ``rate``
    says what one unit was worth, where from, and of which day or year. ``constant`` is None for years without an index."""

    value: Decimal
    constant: Decimal | None
    rate: str


@cache
def money_tables() -> World:
    """The rates and prices alone, without what only reading needs. Raises lexicon.TableError when one is broken."""
    tables = {name: read_table(PACKAGE / "world" / f"{name}.tsv") for name in ("rates", "prices")}
    return World(tables=tables, event_types={}, triggers={}, languages={}, daily_rate=daily_rates())


def worth(amount: Decimal, currency: str, day: str | None, to: str, world: World) -> Worth | None:
    """The amount in dollars or yen on an ISO day, month or year; None where there is no day or no rate."""
    rate = rate_of(currency, day, to, world)
    if rate is None or day is None:
        return None
    value = amount * Decimal(repr(rate.value))
    index = _indexes(world, PRICES[to])
    then, base = index.get(day[:YEAR]), index.get(BASE_YEAR)
    constant = value * base / then if then and base else None
    return Worth(_rounded(value), _rounded(constant) if constant is not None else None, _said(rate, currency, day, to))


def rate_of(currency: str, day: str | None, to: str, world: World) -> Rate | None:
    """What one unit was worth; a currency in itself is worth one."""
    if currency == to:
        return Rate(1.0, "same", "")
    return rate_on(world, day, currency, to) if day else None


def _said(rate: Rate, currency: str, day: str, to: str) -> str:
    if rate.proof == "same":
        return f"1 {currency}"
    when = day if rate.proof == "daily" else day[:YEAR]
    return f"1 {currency} = {rate.value:.4g} {to} ({rate.proof} rate, {when})"


def _indexes(world: World, country: str) -> Mapping[str, Decimal]:
    rows = world.tables["prices"].rows if "prices" in world.tables else ()
    return {row["year"]: Decimal(row["index"]) for row in rows if row["country"] == country}


def _rounded(value: Decimal) -> Decimal:
    """As exact as a rate allows."""
    return value.quantize(Decimal(1).scaleb(max(value.adjusted() - DIGITS + 1, 0)))
