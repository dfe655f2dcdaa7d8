"""What one unit of a currency was worth in another: by the page itself, on a day, in a year, over the last years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from jitsuroku.checks.case import Case
from jitsuroku.contract import fold
from jitsuroku.records import Money, World

FIRST_YEAR, LAST_YEAR, YEARS = 2000, 2100, 5
AGREE = 1.10

# One unit of, units of, how many.
StatedRate = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of ``to`` for one unit of the other currency. ``proof`` tells where it comes from: page-rate,
    page-conversions, daily, yearly or recent; ``said`` is that in words."""

    value: float
    proof: str
    said: str


def stated_rates(case: Case) -> list[StatedRate]:
    """The rates the page prints, as (one unit of, units of, value): 「1元は約20.6円」."""
    currencies = case.world.tables.get("currencies")
    if currencies is None:
        return []
    codes: dict[str, set[str]] = {}
    for row in currencies.rows:
        codes.setdefault(fold(row["unit"]), set()).add(row["code"])
    sure = {unit: next(iter(found)) for unit, found in codes.items() if len(found) == 1}
    unit = "|".join(re.escape(u) for u in sorted(sure, key=lambda u: (-len(u), u))) or "(?!)"
    rate = re.compile(
        rf"(?<![\d.])1\s?({unit})(?:は|が|=|あたり|当たり|につき|、)?(?:約|およそ|ほぼ)?(\d+(?:\.\d+)?)\s?({unit})"
    )
    found = (m for s in case.sentences for m in rate.finditer(case.text, s.start, s.end))
    return [(sure[m[1]], sure[m[3]], float(m[2])) for m in found if sure[m[1]] != sure[m[3]] and float(m[2])]


def implied(money: Money) -> float | None:
    """Units of the conversion's currency for one unit of the amount's; None when an amount is zero or open-ended."""
    gloss = money.gloss
    if gloss is None or not money.currency or not gloss.currency:
        return None
    if float(money.amount) <= 0 or float(gloss.amount) <= 0 or bool(money.amount_max) != bool(gloss.amount_max):
        return None
    return float(gloss.amount) / float(money.amount)


def rate_of_the_page(case: Case, money: Money, stated: list[StatedRate]) -> Rate | None:
    """The rate the page states for the pair, else the median of its other conversions when two or more agree."""
    pair = (money.currency, money.gloss.currency if money.gloss else None)
    for one, other, value in stated:
        if (one, other) == pair or (other, one) == pair:
            return Rate(value if (one, other) == pair else 1 / value, "page-rate", "the page itself says")
    others = sorted(_conversions(case, money))
    if len(others) >= 2 and others[-1] <= others[0] * AGREE:
        return Rate(median(others), "page-conversions", "the page's other conversions give")
    return None


def _conversions(case: Case, money: Money) -> list[float]:
    """The rates of the page's other conversions of the pair; the same two amounts told again count once, or not at all
    when they are those in question."""
    assert money.gloss is not None
    rates: dict[tuple[str, str], float] = {}
    for other in case.mentions.money:
        rate = implied(other)
        if rate is None or other.gloss is None:
            continue
        if (other.currency, other.gloss.currency) == (money.currency, money.gloss.currency):
            rates[other.amount, other.gloss.amount] = rate
        elif (other.gloss.currency, other.currency) == (money.currency, money.gloss.currency):
            rates[other.gloss.amount, other.amount] = 1 / rate
    rates.pop((money.amount, money.gloss.amount), None)
    return list(rates.values())


def rate_on(world: World, value: str, one: str, other: str) -> Rate | None:
    """The rate of an ISO day, month or year: the day's, else the yearly average of the tables."""
    days = {4: [f"{value}-{month}-15" for month in ("02", "05", "08", "11")], 7: [f"{value}-15"], 10: [value]}
    quoted = [r for day in days.get(len(value), []) if (r := _daily(world, day, one, other))]
    if quoted:
        return Rate(median(quoted), "daily", f"the rate of {value[:7]} was")
    yearly = _yearly(world, value[:4], one, other)
    return Rate(yearly, "yearly", f"the average of {value[:4]} was") if yearly else None


def _daily(world: World, day: str, one: str, other: str) -> float | None:
    mine = 1.0 if one == "EUR" else world.daily_rate(day, one)
    theirs = 1.0 if other == "EUR" else world.daily_rate(day, other)
    return theirs / mine if mine and theirs else None


def _yearly(world: World, year: str, one: str, other: str) -> float | None:
    mine, theirs = _to_the_dollar(world, year, one), _to_the_dollar(world, year, other)
    return theirs / mine if mine and theirs else None


def _to_the_dollar(world: World, year: str, currency: str) -> float | None:
    """Units of a currency to one dollar in a year, from the table, else from the middle of the year."""
    if currency == "USD":
        return 1.0
    rows = world.tables["rates"].rows if "rates" in world.tables else ()
    listed = [float(r["per_usd"]) for r in rows if r["currency"] == currency and r["year"] == year]
    return listed[0] if listed else _daily(world, f"{year}-06-15", "USD", currency)


def recent_rate(world: World, one: str, other: str) -> Rate | None:
    """The median of the last years for which there are rates, for a page whose day is not known."""
    rates = [r for year in range(FIRST_YEAR, LAST_YEAR) if (r := _daily(world, f"{year}-06-15", one, other))]
    return Rate(median(rates[-YEARS:]), "recent", "in recent years the rate was") if rates else None
