"""sum: shares that make more than a hundred, a share of an amount that is another amount, a change that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jitsuroku.checks.case import Case
from jitsuroku.records import Flag, Money, Quantity, Sentence

RULE = "checks/shares#"
HUNDRED = Decimal(100)
OPEN = re.compile(r"複数回答|重複|など|ほか|延べ|約|およそ|ほぼ|以上|超|余り|弱|未満|前後|程度")
PART = re.compile(
    r"^(?:\([^()]*\))?(?:の|のうち|のうちの|、(?:この|その)?うち|。(?:この|その)?うち)、?(?:(\d+(?:\.\d+)?)%|(\d+(?:\.\d+)?)割|(半分|半額)|(\d)分の(\d))"
    r"(?:に当たる|に相当する|にあたる|の|、|となる|である)$"
)
CHANGE = re.compile(r"^(?:\([^()]*\))?(?:から|より)(?:約)?(\d+(?:\.\d+)?)%(増|減|増加|減少)(?:の|し|して)、?$")
WRITTEN = re.compile(r"\d[\d,]*(?:\.(\d+))?(兆|億|千万|百万|万)?")
SCALES = {"兆": 12, "億": 8, "千万": 7, "百万": 6, "万": 4, "": 0}
# A part or a change may be rounded to the last digit of either side, and to half a percent.
SLACK = Decimal("0.03")
CHANGE_SLACK = Decimal("0.012")


def shares_over_a_hundred(case: Case) -> Iterator[Flag]:
    """「賛成が24%、反対が78%」: together 102."""
    exact = [q for q in case.mentions.quantities if q.unit == "%" and q.bound == "exact"]
    answers = [row.list("answers") for row in case.rows("exclusive")] if exact else []
    for sentence in case.sentences:
        here = [q for q in exact if sentence.start <= q.start < sentence.end]
        for words in answers if here else ():
            found = [_share(case, sentence, word, here) for word in words]
            shares = [s for s in found if s is not None]
            if len(shares) != len(words) or len({s.start for s in shares}) != len(shares):
                continue
            span = min(s.start for s in shares), max(s.end for s in shares)
            if OPEN.search(case.text[sentence.start : span[1]]):
                continue
            total = sum((Decimal(s.n) for s in shares), Decimal(0))
            if total > HUNDRED + len(shares) * _unit(shares):
                message = f"{' + '.join(s.n for s in shares)} make {total:f} %, more than all"
                yield case.flag("sum", "error", span, message, None, RULE + "over-a-hundred")


def _unit(shares: list[Quantity]) -> Decimal:
    """Half a unit of the last digit given."""
    exponent = min(int(Decimal(s.n).as_tuple().exponent) for s in shares)
    return Decimal(5).scaleb(exponent - 1)


def _share(case: Case, sentence: Sentence, word: str, shares: list[Quantity]) -> Quantity | None:
    """The share that stands right behind an answer: 「賛成」は24%."""
    pattern = re.compile(rf"(?<![一-龥]){re.escape(word)}」?(?:は|が|と答えた人は|)?(?:全体の)?$")
    return next((q for q in shares if pattern.search(case.text[sentence.start : q.start])), None)


def parts_of_amounts(case: Case) -> Iterator[Flag]:
    """「100億ドルの40%に当たる50億ドル」: it would be 40億."""
    for first, second in zip(case.mentions.money, case.mentions.money[1:], strict=False):
        between = case.text[_end(case, first) : second.start]
        m = PART.match(between)
        if not m or not _comparable(first, second):
            continue
        right = Decimal(first.amount) * _fraction(m)
        if abs(right - Decimal(second.amount)) > right * SLACK + _rounding(case, second):
            message = f"{m[0].strip('の、にあ当たる')} of {first.amount} {first.currency} is {right.normalize():f}, not {second.amount}"
            yield case.flag("sum", "error", (first.start, second.end), message, f"{right:f}", RULE + "part")


def _fraction(m: re.Match[str]) -> Decimal:
    if m[1]:
        return Decimal(m[1]) / HUNDRED
    if m[2]:
        return Decimal(m[2]) / 10
    if m[3]:
        return Decimal("0.5")
    return Decimal(m[5]) / Decimal(m[4])


def changes_that_do_not_fit(case: Case) -> Iterator[Flag]:
    """「前年の100億ドルから30%増の150億ドル」: it would be 130億."""
    for first, second in zip(case.mentions.money, case.mentions.money[1:], strict=False):
        m = CHANGE.match(case.text[_end(case, first) : second.start])
        if not m or not _comparable(first, second):
            continue
        factor = 1 + Decimal(m[1]) / HUNDRED * (1 if m[2].startswith("増") else -1)
        right = Decimal(first.amount) * factor
        slack = Decimal(first.amount) * CHANGE_SLACK + _rounding(case, first) + _rounding(case, second)
        if abs(right - Decimal(second.amount)) > slack:
            message = f"{m[1]} % {'more' if factor > 1 else 'less'} than {first.amount} is {right.normalize():f}, not {second.amount}"
            yield case.flag("sum", "error", (first.start, second.end), message, f"{right:f}", RULE + "change")


def _end(case: Case, money: Money) -> int:
    if money.gloss is None:
        return money.end
    end = max(money.end, money.gloss.end)
    return end + (case.text[end : end + 1] == ")")


def _comparable(first: Money, second: Money) -> bool:
    exact = first.bound == second.bound == "exact" and not first.amount_max and not second.amount_max
    return exact and first.currency is not None and first.currency == second.currency and Decimal(first.amount) > 0


def _rounding(case: Case, money: Money) -> Decimal:
    """Half a unit of the last digit as written: 0.5億 for 「100億」, 0.05兆 for 「1.5兆」."""
    written = list(WRITTEN.finditer(case.text[money.start : money.end]))
    if not written:
        return Decimal(0)
    scale = Decimal(10) ** SCALES[written[-1][2] or ""]
    return scale.scaleb(-len(written[-1][1] or "")) / 2
