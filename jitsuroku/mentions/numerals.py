"""Numbers as Japanese pages write them: 2,600億, 1億3千万, 5兆2500億, 10.5億, 三百億."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
KANJI = "[〇零一二三四五六七八九]"
_GROUP = rf"(?:(?:{_PLAIN}|{KANJI}{{1,9}})?[千百十])+(?:{_PLAIN}|{KANJI}{{1,9}})?|{_PLAIN}|{KANJI}{{1,9}}"
# A number does not begin inside another one, nor after 数, 何 or 第: 「数十億」 says no amount.
NUMBER = rf"(?<![\d.,兆億亿万千百十数何第])(?:(?<!{KANJI})|(?=\d))(?:(?:{_GROUP})[兆億亿万])*(?:{_GROUP})?(?<=[\d兆億亿万千百十〇零一二三四五六七八九])(?![\d,.]\d)"
# What every number has.
NUMERALS = r"\d〇零一二三四五六七八九十百千"
NUMERAL = re.compile(f"[{NUMERALS}]")
_TOKEN = re.compile(rf"{_PLAIN}|{KANJI}{{1,9}}|[十百千万億亿兆]")
_MAGNITUDE = re.compile(r"[兆億亿万]+$")


def value(written: str) -> Decimal | None:
    """The value of a folded number; None when its parts stand in no order (「3万2億」).

    ``value("1億3千万") == 130000000``
    """
    total, group, number = Decimal(0), Decimal(0), None
    ceiling = None
    for token in _TOKEN.findall(written):
        if token in SMALL:
            group += (1 if number is None else number) * SMALL[token]
            number = None
        elif token in LARGE:
            size = LARGE[token]
            if ceiling is not None and size >= ceiling:
                return None
            group += number or 0
            total += (group or 1) * size
            group, number, ceiling = Decimal(0), None, size
        else:
            number = _plain(token)
    return total + group + (number or 0)


def _plain(token: str) -> Decimal:
    if token[0] in DIGITS:
        return Decimal("".join(str(DIGITS[c]) for c in token))
    return Decimal(token.replace(",", ""))


def shown(number: Decimal) -> str:
    """A decimal string without exponent: whole numbers without a point.

    ``shown(Decimal("1050000000.0")) == "1050000000"``
    """
    return str(int(number)) if number == number.to_integral_value() else format(number.normalize(), "f")


def magnitude(written: str) -> str:
    """The large unit a number ends with: ``億`` for 「60億」, empty for 「60」."""
    found = _MAGNITUDE.search(written)
    return found[0] if found else ""


def longest_first(words: tuple[str, ...]) -> str:
    """An alternation that prefers the longer word; one that never matches when there is no word."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) or r"(?!)"
