"""currency-conversion: the amount in brackets does not fit any rate that the amount before it could have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import log10

from jitsuroku.checks.case import Case
from jitsuroku.checks.rates import Rate, StatedRate, implied, rate_of_the_page, rate_on, recent_rate, stated_rates
from jitsuroku.contract import fold
from jitsuroku.records import Date, Flag, Money

RULE = "checks/conversions#"
TOLERANCE = 0.25
# How far a rate moves around its day, for an amount in brackets that is rounded to one digit.
MOVES = 0.1
# Without a day only a slip by a power of ten is sure: rates move by less within a few years.
WITHOUT_A_DAY = 5
LARGE = (("兆", Decimal(10) ** 12), ("億", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
# 1.25 times off either way, in powers of ten.
NEAR_A_POWER = 0.125
FIRST_NUMERAL = re.compile(r"[\d〇一二三四五六七八九十百千]|[A-Z]{0,3}[$€£¥₩₹₽]")


def conversions(case: Case) -> Iterator[Flag]:
    """Flags for bracketed conversions more than 25 % away from every rate that could hold, rounding allowed for.

    A page's own rate or two agreeing conversions, or the day's rate, make it an error; a yearly average or no day at
    all a doubt (and without a day only a factor of five or more).
    """
    converted = [(money, rate) for money in case.mentions.money if (rate := implied(money)) is not None]
    stated = stated_rates(case) if converted else []
    for money, rate in converted:
        against = _rates(case, money, stated)
        if not against or any(_fits(money, rate, r) for r in against):
            continue
        if _is_apposition(case, money) and not _is_slip(rate / against[0].value):
            continue
        yield _flag(case, money, rate, against[0])


def _is_apposition(case: Case, money: Money) -> bool:
    """「20億ドル、約3000億円の」: most likely the same amount in yen, but it may be another one."""
    assert money.gloss is not None
    return case.text[money.end : money.gloss.start] == "、"


def _is_slip(off: float) -> bool:
    """Whether an amount is off by a power of ten and by little else."""
    power = round(log10(off))
    return power != 0 and abs(log10(off) - power) <= NEAR_A_POWER


def _rates(case: Case, money: Money, stated: list[StatedRate]) -> list[Rate]:
    """The rates to judge by, the best proof first: the page's own, that of the day told of, that of the page's day."""
    assert money.gloss is not None
    one, other = money.currency or "", money.gloss.currency or ""
    own = rate_of_the_page(case, money, stated)
    days = _days(case, money)
    dated = [r for day in days if (r := rate_on(case.world, day, one, other))]
    recent = None if own or dated or days else recent_rate(case.world, one, other)
    return [r for r in (own, *dated, recent) if r]


def _days(case: Case, money: Money) -> list[str]:
    """The nearest date of the sentence, else of the paragraph, and the page's own day; else the latest date told."""
    sentence = case.sentence_at(money.start)
    near: tuple[Date, ...] = ()
    if sentence:
        near = case.dates_in(sentence.start, sentence.end) or case.dates_in(*case.paragraph(sentence.paragraph))
    nearest = min(near, key=lambda d: abs(d.start - money.start), default=None)
    days = [*nearest.value.split("/")] if nearest else []
    if case.document.anchor:
        days.append(case.document.anchor)
    if not days and case.mentions.dates:
        days = [max(d.value.split("/")[-1] for d in case.mentions.dates)]
    return list(dict.fromkeys(days))


def _fits(money: Money, rate: float, against: Rate) -> bool:
    """Whether the conversion holds at a rate, give or take a quarter; else what rounding and a moving rate can do."""
    low, high = rate * (1 - _rounding(money)), rate * (1 + _rounding(money))
    if against.proof == "recent":
        return max(against.value / high, low / against.value) < WITHOUT_A_DAY
    if abs(rate / against.value - 1) <= TOLERANCE:
        return True
    return high >= against.value * (1 - MOVES) and low <= against.value * (1 + MOVES)


def _rounding(money: Money) -> float:
    """Half a unit of the last digit that is no trailing zero, as a part of the amount: 約2億円 may be 1.5 to 2.5."""
    assert money.gloss is not None
    return 0.5 / int(money.gloss.amount.replace(".", "").rstrip("0") or "1")


def _flag(case: Case, money: Money, rate: float, against: Rate) -> Flag:
    assert money.gloss is not None
    amount, converted = Decimal(money.amount), Decimal(money.gloss.amount)
    fitting = _fitting(amount, converted, rate / against.value, against.value)
    unit = _unit(case, money.gloss)
    shown = f"{_japanese(fitting)}{unit}"
    one, other = money.currency, money.gloss.currency
    message = (
        f"{_english(converted)} {other} for {_english(amount)} {one} is {_digits(rate)} {other} to 1 {one}; "
        f"{against.said} about {_digits(against.value)}; {_slip(converted, fitting)}about {shown} would fit"
    )
    severity = "error" if against.proof in ("page-rate", "page-conversions", "daily") else "doubt"
    return case.flag("currency-conversion", severity, _span(case, money), message, shown, RULE + against.proof)


def _fitting(amount: Decimal, converted: Decimal, off: float, rate: float) -> Decimal:
    """The amount that would fit: the same digits at the right power of ten, else the product to two digits."""
    if _is_slip(off):
        return converted.scaleb(-round(log10(off)))
    product = amount * Decimal(repr(rate))
    return product.quantize(Decimal(1).scaleb(product.adjusted() - 1))


def _slip(converted: Decimal, fitting: Decimal) -> str:
    """What slipped, where the written amount and the fitting one differ in their large unit: 億 for 兆."""
    written, right = _large(converted)[0], _large(fitting)[0]
    times = fitting / converted
    if times.normalize().as_tuple().digits != (1,):
        return ""
    factor = f"{times.normalize():f} times too little" if times > 1 else f"{(1 / times).normalize():f} times too much"
    if written == right or not (written and right):
        return f"it is {factor}: "
    return f"{written} stands where {right} belongs: "


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _large(number: Decimal) -> tuple[str, Decimal]:
    return next(((name, size) for name, size in LARGE if abs(number) >= size), ("", Decimal(1)))


def _japanese(number: Decimal) -> str:
    name, size = _large(number)
    return f"{(number / size).normalize():f}{name}"


def _english(number: Decimal) -> str:
    scale = (("trillion", 12), ("billion", 9), ("million", 6))
    name, power = next(((n, p) for n, p in scale if abs(number) >= Decimal(10) ** p), ("", 0))
    return f"{number.scaleb(-power).normalize():f} {name}".strip()


def _unit(case: Case, gloss: Money) -> str:
    """The unit as the page writes it, else the currency's code."""
    written = case.text[gloss.start : gloss.end]
    units = [fold(r["unit"]) for r in case.world.tables["currencies"].rows if r["code"] == gloss.currency]
    found = sorted((u for u in units if u in written and not u.isascii()), key=len)
    return found[-1] if found else f" {gloss.currency}"


def _span(case: Case, money: Money) -> tuple[int, int]:
    """From the amount's first numeral to the bracket that closes the conversion."""
    assert money.gloss is not None
    numeral = FIRST_NUMERAL.search(case.text, money.start, money.end)
    start = numeral.start() if numeral else money.start
    end = money.gloss.end
    return start, end + 1 if case.text[end : end + 1] == ")" else end
