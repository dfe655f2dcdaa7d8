"""Linking grows with the number of records, not with its square."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest

from jitsuroku.desk.linking import relink
from jitsuroku.linking import Profile, Text, around, keys_of, links_of, profile
from jitsuroku.store import Store
from tests.bench.synthetic import again, pages, samples
from tests.linking.records import document, event
from tests.linking.test_pairs import knowledge

STATES = "USA CHN RUS JPN KOR PRK DEU FRA GBR ITA IND KAZ UZB KGZ TJK TKM UKR TUR IRN ISR".split()
WORDS = "鉄道 港湾 関税 半導体 漁業 査証 原油 通貨 国境 部隊 衛星 資源 農産 研究 留学 郵便 電力 航空 治水 文化".split()
TYPES = ("CONSULT", "AGREE", "ACCUSE", "REQUEST", "SUPPORT")
ACCOUNTS = 4
APART = 400


def made_up(number: int) -> Iterator[Profile | Text]:
    """Events of about one month for every thousand, most told by one page, every tenth by four."""
    luck = random.Random(1)
    for n in range(number):
        day = f"{2020 + n // 12_000}-{n // 1000 % 12 + 1:02}-{luck.randint(1, 28):02}"
        one, other = luck.sample(STATES, 2)
        people = f"人{one}{luck.randint(0, 2)},人{other}{luck.randint(0, 2)}"
        words = "と".join(luck.sample(WORDS, 3))
        line = f"{luck.choice(TYPES)} {one}>{other} people:{people} day:{day} :{one}と{other}は{words}を巡り会談した"
        for account in range(ACCOUNTS if n % 10 == 0 else 1):
            page = document(f"{n}-{account}", day)
            yield profile(event(line, page), page, knowledge())


def seconds(items: list[Profile | Text]) -> float:
    start = time.process_time()
    links_of(items, knowledge())
    return time.process_time() - start


@pytest.mark.slow
def test_ten_thousand_events_in_a_minute_and_nearly_linearly() -> None:
    few, many = list(made_up(2_000)), list(made_up(10_000))
    small, large = seconds(few), seconds(many)
    assert large < 60
    assert large < 10 * small, f"{len(few)} in {small:.1f} s, {len(many)} in {large:.1f} s"


def test_an_event_has_few_keys() -> None:
    numbers = [len(keys_of(item, knowledge())) for item in made_up(200)]
    assert max(numbers) <= 60
    assert sum(numbers) / len(numbers) <= 30


def test_the_synthetic_pages_are_always_the_same() -> None:
    number = len(samples()) + 1
    first, then = ([page.records for page in pages(number)] for _ in range(2))
    assert first == then
    assert len({record.id for records in first for record in records}) == sum(map(len, first))


def test_three_times_the_pages_are_not_nine_times_the_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = compared(2, monkeypatch), compared(6, monkeypatch)
    assert few > 400
    assert many < 5 * few, f"{few} and {many}"


def compared(rounds: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pairs of records are compared when the samples are linked so often, each round more than a year on."""
    found: list[tuple[str, str]] = []
    joined = around._joined

    def counted(one: Profile | Text, other: Profile | Text, *rest: Any) -> bool:
        found.append((one.id, other.id))
        return joined(one, other, *rest)

    with monkeypatch.context() as patched, Store() as store:
        for turn in range(0, rounds * APART, APART):
            for page in samples():
                store.save(again(page, turn), "test")
        patched.setattr(around, "_joined", counted)
        relink(store)
    return len(found)
