"""Which records are compared: those that may be one, and not more of them with every year of an archive."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from jitsuroku.desk.at_hand import AtHand
from jitsuroku.desk.linking import relink
from jitsuroku.linking import Profile, keys_of, links_of, may_be_copied, partners, profile
from jitsuroku.linking.keys import LANDMARK, WINDOW
from jitsuroku.linking.sides import agreeing
from jitsuroku.linking.words import landmarks
from jitsuroku.store import Store
from tests.bench.synthetic import again, samples
from tests.linking.records import commitment, document, event
from tests.linking.test_pairs import knowledge

WORDS = "デュラン外相は鉄道の再開のために43億ユーロを供与すると表明し、隣国の外相は感謝した"


def told(name: str, on: str | None, more: str = "") -> Profile:
    page = document(name, on)
    made = profile(event(f"AID FRA>DEU people:デュラン {more}:{WORDS}", page), page, knowledge())
    assert isinstance(made, Profile)
    return made


def meet(one: Profile, other: Profile, *heads: str) -> bool:
    """Whether one is looked for by the other's keys that begin so."""
    asked = {partner for key in keys_of(one, knowledge()) for partner in partners(key)}
    return any(key.partition("|")[0] in heads for key in asked & set(keys_of(other, knowledge())))


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (told("b", "2025-03-09", "day:2025-03-04 "), True),
        (told("b", "2026-03-05", "day:2026-03-04 "), False),
        (told("b", "2026-03-05"), False),
        (told("b", None), True),
    ],
    ids=["the same days", "a year later", "a page a year later", "a page without a day"],
)
def test_a_rare_sum_and_a_sentence_bring_together_what_may_be_of_one_time(other: Profile, together: bool) -> None:
    one = told("a", "2025-03-05", "day:2025-03-04 ")
    for head in ("ever", "words"):
        assert meet(one, other, head) == together
        assert meet(other, one, head) == together


def test_the_same_words_meet_at_any_time() -> None:
    one, other = told("a", "2025-03-05", "day:2025-03-04 "), told("b", "2026-03-05")
    assert meet(one, other, "same")
    assert [link.link for link in links_of([one, other], knowledge())] == ["same-event"]


@pytest.mark.parametrize("key", ["deal|CHN|C5|2013", "sum|USD|3000|2013"])
def test_a_key_that_older_rules_made_finds_nobody(key: str) -> None:
    assert partners(key) == ()


def promised(name: str, amount: int, bound: str) -> Profile:
    page = document(name, "2025-03-05")
    made = profile(commitment("FRA", "DEU", amount, "EUR", page, bound=bound), page, knowledge())
    assert isinstance(made, Profile)
    return made


def test_sums_meet_where_they_are_the_same_or_one_is_the_other_rounded() -> None:
    luck = random.Random(1)
    numbers = [1878, 1880, 1870, 1900, 1800, 2000, 1000, 100, *(luck.randint(1, 300) for _ in range(12))]
    sums = [promised(f"{n}", number * 10**8, luck.choice(("exact", "about"))) for n, number in enumerate(numbers)]
    pairs = [(one, other, bool(agreeing(one, other))) for one, other in combinations(sums, 2)]
    assert {agree for _, _, agree in pairs} == {True, False}
    for one, other, agree in pairs:
        assert meet(one, other, "sum") == meet(other, one, "sum")
        assert meet(one, other, "sum") >= agree
    assert not meet(promised("a", 18 * 10**8, "exact"), promised("b", 19 * 10**8, "exact"), "sum")


def test_a_quarter_of_a_text_in_one_piece_has_marks_enough() -> None:
    luck = random.Random(1)
    for _ in range(200):
        long, short = (luck.randint(300, 2_000) for _ in range(2))
        one, other = ("".join(chr(luck.randint(0x4E00, 0x9000)) for _ in range(n)) for n in (long, short))
        part, at = min(len(one), len(other)) // 4, luck.randint(0, len(other) - 1)
        other = other[:at] + one[:part] + other[at + part :]
        marks = [set(landmarks(text, LANDMARK, WINDOW)) for text in (one, other)]
        shared = len(marks[0] & marks[1])
        if shared:
            assert may_be_copied(shared, *map(len, marks))


def test_the_store_finds_the_links_of_all_pairs() -> None:
    with Store() as store:
        for turn in range(2):
            for page in samples():
                store.save(again(page, turn), "test")
        relink(store)
        hand = AtHand(store, knowledge())
        documents = [again(page, turn).page.id for turn in range(2) for page in samples()]
        items = [item for document in documents for item in hand.items_on(document)]
        assert links_of(items, knowledge()) == tuple(store.links())
