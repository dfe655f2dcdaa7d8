"""Numbers in words: 「3億7500万ドル相当」 is 375,000,000 USD, about."""

from __future__ import annotations

import re
from decimal import Decimal

from jitsuroku.contract import fold
from jitsuroku.linking.types import Amount, Knowledge

RUN = re.compile(r"\d[\d,]*(?:\.\d+)?(?:[兆億万千][\d,.]*)*")
PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)?([兆億万千]*)")
TIMES = {"兆": 10**12, "億": 10**8, "万": 10**4, "千": 10**3}
# Numbers that say when, not how many; 号, 条 and 期 name a part of something.
NO_AMOUNT = frozenset("年月日時条号期")
EXACT = ""


def amounts_in(text: str, knowledge: Knowledge) -> tuple[Amount, ...]:
    """The numbers of a text with a unit, in order; dates, clock times and numbers of articles are none."""
    folded = fold(text)
    found = (_amount(folded, match, knowledge) for match in RUN.finditer(folded))
    return tuple(amount for amount in found if amount is not None)


def _amount(text: str, match: re.Match[str], k: Knowledge) -> Amount | None:
    unit = k.unit.match(text, match.end())
    value = _value(match.group())
    if unit is None or value is None or unit.group()[0] in NO_AMOUNT:
        return None
    written = unit.group()
    if code := k.money.get(written):
        return Amount(value, code, True, _bound(text, match.start(), unit.end(), k), match.start(), unit.end())
    ordinal = "第" if text[: match.start()].endswith("第") else ""
    name = ordinal + k.units.get(written, written)
    return Amount(value, name, False, _bound(text, match.start(), unit.end(), k), match.start(), unit.end())


def _bound(text: str, start: int, end: int, k: Knowledge) -> str:
    before = k.before.search(text[max(0, start - 8) : start])
    after = k.after.match(text, end)
    return next((k.bounds[word.group()] for word in (before, after) if word), EXACT)


def _value(run: str) -> Decimal | None:
    total = Decimal(0)
    for number, scales in PART.findall(run):
        plain = number.replace(",", "").rstrip(".")
        if plain.count(".") > 1 or not (number or scales):
            continue
        part = Decimal(plain or 1)
        for scale in scales:
            part *= TIMES[scale]
        total += part
    return total or None


def rounded(left: Amount, right: Amount) -> bool:
    """Whether one number is the other, rounded and said to be so: 約1900億円 for 1878億円, or cut: 1800億円余."""
    rough, exact = sorted((left, right), key=lambda a: digits(a.value))
    return rough.bound != EXACT and _rounds_to(rough.value, exact.value)


def _rounds_to(small: Decimal, large: Decimal) -> bool:
    kept = digits(small)
    exponent = large.adjusted() - kept + 1
    unit = Decimal(10) ** exponent
    cut = (large // unit) * unit
    return kept < digits(large) and small in (cut, cut + unit) and abs(large - small) <= unit


def roundings(number: Decimal) -> list[Decimal]:
    """The numbers that may be this one, rounded or cut to fewer digits: of 1878億 they are 1870億, 1880億, 1800億, 1900億,
    1000億 and 2000億."""
    units = [Decimal(10) ** (number.adjusted() - kept + 1) for kept in range(1, digits(number))]
    return [cut + more for unit in units for cut in (number // unit * unit,) for more in (0, unit)]


def digits(number: Decimal) -> int:
    """How many digits a number has before its trailing zeros: 5500億 has two."""
    return len(number.normalize().as_tuple().digits)
