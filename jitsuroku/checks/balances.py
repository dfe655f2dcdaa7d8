"""sum: a balance that exports and imports do not give, a total that so much a year does not make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jitsuroku.checks.case import Case
from jitsuroku.checks.items import Item, comparable, last_digit, priced
from jitsuroku.records import Flag

RULE = "checks/balances#"
EXPORTS = re.compile(r"輸出(?:総?額)?(?:は|が)[^、。「」\d]{0,12}$")
IMPORTS = re.compile(r"輸入(?:総?額)?(?:は|が)[^、。「」\d]{0,12}$")
BALANCE = re.compile(r"^(?:\([^()]*\))?の(黒字|赤字)")
YEARLY = re.compile(r"(?:年間|毎年|年に|(?<![\d半数])年)(?=\d)")
LEAD = 4
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
