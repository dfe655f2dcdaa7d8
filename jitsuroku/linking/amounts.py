"""Numbers in words: 「3億7500万ドル相当」 is 375,000,000 ドル, about."""

from __future__ import annotations

import re
from decimal import Decimal

from jitsuroku.contract import fold
from jitsuroku.linking.types import Amount

RUN = re.compile(r"\d[\d,]*(?:\.\d+)?(?:[兆億万千][\d,.]*)*")
PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)?([兆億万千]*)")
UNIT = re.compile(
    r"\s*((?:[カかヶヵ箇ケ](?:国|所|月|年))|(?:営業日|項目|平方|立方)?(?:メートル|キロ)|営業日|項目"
    r"|[米豪加]ドル|ドル|人民元|[ァ-ヴー]{2,}|[一-鿿]|%)"
)
TIMES = {"兆": 10**12, "億": 10**8, "万": 10**4, "千": 10**3}
# Numbers that say when, not how many; 期 and 条 name a part of something.
NO_AMOUNT = frozenset("年月日時条号期")
SAME_UNIT = {
    "か国": "カ国",
    "ヶ国": "カ国",
    "ヵ国": "カ国",
    "箇国": "カ国",
    "ケ国": "カ国",
    "人民元": "元",
    "名": "人",
    "米ドル": "ドル",
}
BEFORE = re.compile(r"(約|およそ|最大|最低|少なくとも|ほぼ|総額|計|推計|のべ|延べ)$")
EXACT = ("", "exact")
AFTER = re.compile(r"(?:以上|余り|余|超|強|弱|以内|以下|未満|近く|程度|規模|相当|前後)")


def amounts_in(text: str) -> tuple[Amount, ...]:
    """The numbers of a text with a unit, in order; dates, clock times and ordinals of articles are none."""
    folded = fold(text)
    found = (_amount(folded, match) for match in RUN.finditer(folded))
    return tuple(amount for amount in found if amount is not None)


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    unit = UNIT.match(text, match.end())
    value = _value(match.group())
    if unit is None or value is None or unit.group(1)[0] in NO_AMOUNT:
        return None
    ordinal = "第" if text[: match.start()].endswith("第") else ""
    name = ordinal + SAME_UNIT.get(unit.group(1), unit.group(1))
    before, after = BEFORE.search(text[: match.start()]), AFTER.match(text, unit.end())
    bound = "".join(word.group() for word in (before, after) if word)
    return Amount(value, name, bound, match.start(), unit.end())


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
    return rough.bound not in EXACT and _rounds_to(rough.value, exact.value)


def _rounds_to(small: Decimal, large: Decimal) -> bool:
    kept = digits(small)
    exponent = large.adjusted() - kept + 1
    unit = Decimal(10) ** exponent
    cut = (large // unit) * unit
    return kept < digits(large) and small in (cut, cut + unit) and abs(large - small) <= unit


def digits(number: Decimal) -> int:
    """How many digits a number has before its trailing zeros: 5500億 has two."""
    return len(number.normalize().as_tuple().digits)
