"""sum: balances, yearly totals, breakdowns, points and votes that their numbers do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jitsuroku.checks.case import Case
from jitsuroku.checks.items import OPEN_LIST, Item, comparable, counted, last_digit, priced
from jitsuroku.records import Flag

RULE = "checks/balances#"
EXPORTS = re.compile(r"輸出(?:総?額)?(?:は|が)[^、。「」\d]{0,12}$")
IMPORTS = re.compile(r"輸入(?:総?額)?(?:は|が)[^、。「」\d]{0,12}$")
BALANCE = re.compile(r"^(?:\([^()]*\))?の(黒字|赤字)")
YEARLY = re.compile(r"(?:年間|毎年|年に|(?<![\d半数])年)(?=\d)")
LEAD = 4
# What opens a breakdown right behind its total, and what stands between its items.
BROKEN_DOWN = re.compile(r"^(?:\(|[はがで]、?|。|、|の)(?:内訳は、?|(?<=\())[^、。()\d]{0,14}$")
NEXT_ITEM = re.compile(r"^(?:、|と|・)[^、。()\d]{0,14}$")
ENDS = re.compile(r"^(?:[)。]|だ|で|とな|と(?:い|す)う?)")
MOVED_TO = re.compile(
    r"(?P<from>\d+(?:\.\d+)?)%から(?P<to>\d+(?:\.\d+)?)%(?:へ|に)[^。%\d]{0,16}(?P<points>\d+(?:\.\d+)?)ポイント"
)
MOVED_BY = re.compile(
    r"(?P<from>\d+(?:\.\d+)?)%から(?P<points>\d+(?:\.\d+)?)ポイント(?P<way>引き下げ|下げ|下が|下落|減|引き上げ|上げ|上が|上昇|増)[^。%\d]{0,6}?、(?P<to>\d+(?:\.\d+)?)%(?=とし|とな|にな|に)"
)
MOVED_FROM = re.compile(
    r"(?P<to>\d+(?:\.\d+)?)%で、(?:前回|前月|前年|先月|昨年)[^。%\d]{0,6}の(?P<from>\d+(?:\.\d+)?)%(?:から|より)(?P<points>\d+(?:\.\d+)?)ポイント(?P<way>下が|下落|低|減|上が|上昇|高|増)"
)
POINTS_SLACK = Decimal("1")
VOTES = re.compile(
    r"賛成(?:は|が)?(\d{1,2})(?:カ国|票|か国)?、反対(?:は|が)?(\d{1,2})(?:カ国|票|か国)?、棄権(?:は|が)?(\d{1,2})"
)
# Below this a count is exact.
ROUNDED_FROM = 1000
COUNCIL, SEATS = re.compile(r"安保理|安全保障理事会"), 15
YEARS = re.compile(
    r"^(?:\([^()]*\))?(?:を|ずつ、?|、|を、)?(?:今後)?(\d{1,2})年間?(?:にわたって|にわたり|で|続け|、)*、?(?:計|合計|総額|合わせて)$"
)


def wrong_balances(case: Case) -> Iterator[Flag]:
    """「輸出は584億ドル、輸入は518億ドルで、貿易収支は86億ドルの黒字」: the balance is 66億."""
    for sentence in case.sentences_with("字"):
        items = priced(case, sentence)
        sold, bought = _after(case, sentence.start, items, EXPORTS), _after(case, sentence.start, items, IMPORTS)
        balances = [(i, m[1]) for i in items if (m := BALANCE.match(case.text[i.end : i.end + 16]))]
        if len(sold) != 1 or len(bought) != 1 or len(balances) != 1:
            continue
        (balance, sign), right = balances[0], sold[0].number - bought[0].number
        if not (comparable(sold[0], bought[0]) and comparable(sold[0], balance)):
            continue
        told = balance.number * (1 if sign == "黒字" else -1)
        if abs(told - right) > sum((last_digit(case, i) for i in (sold[0], bought[0], balance)), Decimal(0)):
            message = f"{sold[0].number:f} less {bought[0].number:f} is {right:f}, not {told:f}"
            yield case.flag("sum", "error", (sold[0].start, balance.end), message, f"{right:f}", RULE + "balance")


def _after(case: Case, start: int, items: list[Item], lead: re.Pattern[str]) -> list[Item]:
    return [i for i in items if lead.search(case.text[start : i.start])]


def wrong_yearly_totals(case: Case) -> Iterator[Flag]:
    """「年間20億ドルを5年間、計200億ドル」: it makes 100億."""
    for sentence in case.sentences_with("年"):
        items = priced(case, sentence)
        for each, total in zip(items, items[1:], strict=False):
            m = YEARS.match(case.text[each.end : total.start])
            if (
                not m
                or not comparable(each, total)
                or not YEARLY.search(case.text, max(sentence.start, each.start - LEAD), each.end)
            ):
                continue
            right = each.number * int(m[1])
            if abs(right - total.number) > last_digit(case, total) + last_digit(case, each) * int(m[1]):
                message = f"{each.number:f} a year for {m[1]} years is {right:f}, not {total.number:f}"
                yield case.flag("sum", "error", (each.start, total.end), message, f"{right:f}", RULE + "yearly")


def wrong_breakdowns(case: Case) -> Iterator[Flag]:
    """「31人(男性15人、女性12人、子ども6人)」, 「120人で、内訳は医師40人、看護師50人」: the parts do not make the whole."""
    for sentence in case.sentences:
        for items in (counted(case, sentence), priced(case, sentence)):
            for at, total in enumerate(items[:-2]):
                parts = _broken_down(case, total, items[at + 1 :])
                end = parts[-1].end if parts else 0
                if len(parts) < 2 or OPEN_LIST.search(case.text[total.start : end + 4]):
                    continue
                given = sum((i.number for i in parts), Decimal(0))
                slack = sum((last_digit(case, i) for i in (total, *parts)), Decimal(0)) if _is_large(total) else 0
                if abs(given - total.number) > slack:
                    message = f"{' + '.join(f'{i.number:f}' for i in parts)} make {given:f}, not {total.number:f}"
                    yield case.flag("sum", "error", (total.start, end), message, f"{given:f}", RULE + "breakdown")


def _is_large(item: Item) -> bool:
    return item.number >= ROUNDED_FROM


def _broken_down(case: Case, total: Item, items: list[Item]) -> list[Item]:
    """The items of the breakdown that follows a total, where it is whole."""
    parts: list[Item] = []
    for item in items:
        between = case.text[(parts[-1] if parts else total).end : item.start]
        if not comparable(total, item) or not (NEXT_ITEM if parts else BROKEN_DOWN).match(between):
            break
        parts.append(item)
    return parts if parts and ENDS.match(case.text[parts[-1].end :]) else []


def wrong_points(case: Case) -> Iterator[Flag]:
    """「145%から30%に引き下げ、下げ幅は125ポイント」: it is 115."""
    for sentence in case.sentences_with("ポイント"):
        for pattern in (MOVED_TO, MOVED_BY, MOVED_FROM):
            for m in pattern.finditer(case.text, sentence.start, sentence.end):
                right = abs(Decimal(m["from"]) - Decimal(m["to"]))
                if abs(right - Decimal(m["points"])) > POINTS_SLACK:
                    message = f"from {m['from']} to {m['to']} % it is {right:f} points, not {m['points']}"
                    yield case.flag("sum", "error", m.span(), message, f"{right:f}", RULE + "points")


def too_many_votes(case: Case) -> Iterator[Flag]:
    """「安保理は…賛成13、反対1、棄権2」: the Security Council has fifteen members."""
    for sentence in case.sentences_with("棄権"):
        if not COUNCIL.search(case.text, sentence.start, sentence.end):
            continue
        for m in VOTES.finditer(case.text, sentence.start, sentence.end):
            votes = sum(int(n) for n in m.groups())
            if votes > SEATS:
                message = f"{votes} votes of a council of {SEATS}"
                yield case.flag("sum", "error", m.span(), message, None, RULE + "votes")
