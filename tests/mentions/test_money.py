"""Amounts of money: the cases, and the words of the tables in their own examples."""

from __future__ import annotations

import pytest

from jitsuroku.mentions.money import money_finder
from jitsuroku.records import Money, Row
from tests.mentions.reading import a_world, cases, sentences, tables

CASES = cases("mentions/money.tsv")


def read(text: str) -> tuple[Money, ...]:
    return money_finder(a_world(), tables())(text, sentences(text))


def shown(text: str, money: Money) -> str:
    most = f"..{money.amount_max}" if money.amount_max else ""
    per = f" per {money.per}" if money.per else ""
    gloss = f" [{shown(text, money.gloss)}]" if money.gloss else ""
    return f"{text[money.start : money.end]}={money.amount}{most} {money.currency} {money.bound}{per}{gloss}"


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:30] for c in CASES])
def test_case(case: dict[str, str]) -> None:
    assert " | ".join(shown(case["text"], m) for m in read(case["text"])) == case["expected"]


@pytest.mark.parametrize("row", a_world().tables["currencies"].rows, ids=lambda r: f"{r.rule} {r['context']}")
def test_unit_gives_its_currency(row: Row) -> None:
    assert row["code"] in [m.currency for m in read(row["example"])]


@pytest.mark.parametrize("row", tables()["bounds"].rows, ids=lambda r: r.rule)
def test_bound_holds_in_its_example(row: Row) -> None:
    assert [m.bound for m in read(row["example"])] == [row["bound"]]


@pytest.mark.parametrize("row", tables()["periods"].rows, ids=lambda r: r.rule)
def test_period_holds_in_its_example(row: Row) -> None:
    assert [m.per for m in read(row["example"])] == [row["per"]]


@pytest.mark.parametrize("row", tables()["notmoney"].rows, ids=lambda r: r.rule)
def test_guard_keeps_a_number_from_being_money(row: Row) -> None:
    assert read(row["example"]) == ()
