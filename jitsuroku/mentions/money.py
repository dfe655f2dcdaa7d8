"""Amounts of money in any notation, with bound, period and the page's own conversion in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from jitsuroku.contract import fold_page
from jitsuroku.mentions.amounts import ENGLISH, Bounds, Units, bounds_of, units_of
from jitsuroku.mentions.numerals import LARGE, NUMERAL, longest_first, magnitude, shown, value
from jitsuroku.records import Money, Row, Sentence, Table, World

RULE = "mentions/money#"
IN_BRACKETS = re.compile(
    r"^(?:規模|相当|超|余り)?\s?[(\[〔〈](?:1\s?[^\s=()]{1,6}=[\d.]+円換算で|(?:当時|現在)の(?:為替)?レートで)?"
    r"(?:日本円(?:に(?:して|換算で)?|換算で|で)?、?|邦貨換算で|円換算で|同)?$"
)
CLOSES = re.compile(r"(?:に?相当)?[)\]〕〉、,]")
# 「20億ドル、約3000億円の支援」, 「20億ドル=約3000億円」: the second says the first again, in yen.
AGAIN = re.compile(r"^(?:、|\s?=\s?)$")
YEN = "JPY"
IN_WORDS = re.compile(r"^、?日本円(?:に(?:して|換算で)?|換算で|で)、?$")
CHANGED = re.compile(r"^(?:に|へ)")


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence folded, with the text of its paragraph, where its unit's country may stand."""

    text: str
    start: int
    paragraph: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of money: units, bounds, periods, and the names of states that settle an ambiguous unit."""

    units: Units
    bounds: Bounds
    periods: Mapping[str, str]
    period: re.Pattern[str]
    states: tuple[tuple[str, tuple[str, ...]], ...]


def money_finder(world: World, tables: Mapping[str, Table]) -> Callable[[str, tuple[Sentence, ...]], tuple[Money, ...]]:
    """What finds the amounts of a page's sentences, in page order; a bracketed conversion is its amount's ``gloss``.

    Amounts are decimal strings in units of the currency. ``tables`` are those of the language (``bounds``,
    ``periods``, ``notmoney``). An ambiguous unit (クローネ) gets the currency of the one state named in its sentence,
    else in its paragraph, else None. Amounts without a number (数十億ドル) and rates (1元は約20円) are left out.
    """
    if "currencies" not in world.tables:
        return lambda text, sentences: ()
    lexicon = _lexicon(world, tables)

    def find(text: str, sentences: tuple[Sentence, ...]) -> tuple[Money, ...]:
        contexts = _contexts(fold_page(text), sentences, lexicon.units.unit)
        return tuple(m for context in contexts for m in _nested(context, lexicon))

    return find


def _contexts(text: str, sentences: tuple[Sentence, ...], unit: re.Pattern[str]) -> Iterator[Context]:
    """The sentences that may hold an amount: a numeral and a unit."""
    for _, run in groupby(sentences, lambda s: s.paragraph):
        words = [(s.start, text[s.start : s.end]) for s in run]
        paragraph = "".join(w for _, w in words)
        for start, sentence in words:
            if NUMERAL.search(sentence) and unit.search(sentence):
                yield Context(sentence, start, paragraph)


def _lexicon(world: World, tables: Mapping[str, Table]) -> Lexicon:
    bounds = bounds_of(tables)
    rows = tables["periods"].rows if "periods" in tables else ()
    periods = {r["word"]: r["per"] for r in rows}
    states = world.tables["states"].rows if "states" in world.tables else ()
    return Lexicon(
        units_of(world.tables["currencies"], tables, bounds),
        bounds,
        periods,
        re.compile(rf"(?<![\d数一二三四五六七八九十])({longest_first(tuple(periods))})[でに、]?$"),
        tuple((r["code"], tuple(n for n in (r["name_ja"], *r.list("forms")) if len(n) > 1)) for r in states),
    )


def _nested(context: Context, lexicon: Lexicon) -> Iterator[Money]:
    """The amounts of a sentence, each conversion inside the amount it converts."""
    found = list(_amounts(context, lexicon))
    i = 0
    while i < len(found):
        money, i = found[i], i + 1
        if i < len(found) and _converts(context, money, found[i]):
            money, i = replace(money, gloss=found[i]), i + 1
        yield _with_bound_after(context, lexicon, money)


def _converts(context: Context, money: Money, other: Money) -> bool:
    between = context.text[money.end - context.start : other.start - context.start]
    if money.currency == other.currency:
        return False
    if IN_BRACKETS.match(between):
        return bool(CLOSES.match(context.text, other.end - context.start))
    again = AGAIN.match(between) and other.currency == YEN and (other.bound == "about" or between != "、")
    return bool(IN_WORDS.match(between) or again)


def _with_bound_after(context: Context, lexicon: Lexicon, money: Money) -> Money:
    """The bound behind the closing bracket: 「170億ドル(約2兆5500億円)超」."""
    gloss = money.gloss
    if gloss is None:
        return money
    at = gloss.end - context.start
    between = context.text[money.end - context.start : at]
    if "(" in between and context.text[at : at + 1] == ")":
        at += 1
    m = lexicon.bounds.behind.match(context.text, at)
    if not m:
        return money
    bound = lexicon.bounds.strongest(None, m[0].removeprefix("の") if m[0] not in lexicon.bounds.after else m[0])
    end = context.start + m.end()
    return replace(money, bound=bound if bound != "about" or money.bound == "exact" else money.bound, end=end)


def _amounts(context: Context, lexicon: Lexicon) -> Iterator[Money]:
    numbers = lexicon.units.amount.finditer(context.text)
    found = [m for m in numbers if m["sign"] or m["unit"] or (m["low"] and m["lowunit"])]
    rates = [m.span() for m in lexicon.units.rate.finditer(context.text)] if found else []
    for m in found:
        if any(a <= m.start("number") < b for a, b in rates):
            continue
        if not (m["sign"] or m["unit"]):
            yield from _parts(context, lexicon, m, (m[0][: m.start("mark") - m.start()],))
        elif m["low"] and m["lowunit"] and m["mark"] in ("から", "より") and CHANGED.match(context.text[m.end() :]):
            parts = m[0][: m.start("mark") - m.start()], m[0][m.end("mark") - m.start() :]
            yield from _parts(context, lexicon, m, parts)
        else:
            yield from _money(context, lexicon, m)


def _parts(context: Context, lexicon: Lexicon, m: re.Match[str], parts: tuple[str, ...]) -> Iterator[Money]:
    """What looks like a range and is none: 「3億ドルから5億ドルに増やした」 gives two amounts, 「3億ドルから30%増」 one."""
    for part in parts:
        inner = lexicon.units.amount.search(part)
        base = m.start() if inner and m[0].startswith(part) else m.end("mark")
        if inner:
            yield from _money(replace(context, start=context.start + base, text=context.text[base:]), lexicon, inner)


def _money(context: Context, lexicon: Lexicon, m: re.Match[str]) -> Iterator[Money]:
    low, high = _numbers(m, changed=bool(CHANGED.match(context.text[m.end() :])))
    if low is None:
        return
    sign = -1 if m["minus"] else 1
    row, code = _currency(context, lexicon, m["unit"] or m["sign"])
    after = lexicon.bounds.behind.match(context.text, m.end())
    word = after[0] if after and after[0] in lexicon.bounds.after else after[0].removeprefix("の") if after else None
    end = after.end() if after else len(m.string[: m.end()].rstrip())
    start = m.start() if low is not high or not m["low"] else m.start("number")
    yield Money(
        start=context.start + start,
        end=context.start + end,
        amount=shown(low * sign),
        amount_max=shown(high * sign) if high is not None and high is not low else None,
        currency=code,
        bound=lexicon.bounds.strongest((m["before"] or "") + (m["again"] or ""), word),
        per=_period(context.text[:start], lexicon),
        gloss=None,
        rule=row.rule if row else RULE + "ambiguous-unit",
    )


def _numbers(m: re.Match[str], changed: bool) -> tuple[Decimal | None, Decimal | None]:
    """The amount, or the two ends of a range; both the same object where there is one number only."""
    high = value(m["number"])
    if high is not None and m["english"]:
        high *= ENGLISH[m["english"]]
    if high is None or not m["low"]:
        return high, high
    low = value(m["low"])
    size = magnitude(m["number"])
    if low is not None and size and not magnitude(m["low"]) and not m["lowunit"]:
        low *= LARGE[size[-1]]
    elif low is not None and m["english"] and not m["lowunit"]:
        low *= ENGLISH[m["english"]]
    if low is None or low >= high or (changed and m["mark"] in ("から", "より")):
        return high, high
    return low, high


def _currency(context: Context, lexicon: Lexicon, unit: str) -> tuple[Row | None, str | None]:
    """The row and code of a unit; None when several fit the states named nearby, or none does."""
    rows = lexicon.units.rows[unit]
    if len({r["code"] for r in rows}) == 1:
        return rows[0], rows[0]["code"]
    told = {code for row in rows for code in row.list("context")}
    states = [(code, names) for code, names in lexicon.states if code in told]
    for near in (context.text, context.paragraph):
        named = {code for code, names in states if any(n in near for n in names)}
        fitting = [r for r in rows if named & set(r.list("context"))]
        if len({r["code"] for r in fitting}) == 1:
            return fitting[0], fitting[0]["code"]
        if fitting:
            return None, None
    return _default(rows)


def _default(rows: Iterable[Row]) -> tuple[Row | None, str | None]:
    anywhere = [r for r in rows if not r["context"]]
    return (anywhere[0], anywhere[0]["code"]) if len(anywhere) == 1 else (None, None)


def _period(head: str, lexicon: Lexicon) -> str | None:
    m = lexicon.period.search(head)
    return lexicon.periods[m[1]] if m else None
