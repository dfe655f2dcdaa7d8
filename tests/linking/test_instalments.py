"""Deliveries in parts: only where the page says that it is one. A case a line in instalments.tsv."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jitsuroku.contract import with_id
from jitsuroku.lexicon import read_table
from jitsuroku.linking.instalments import part_named
from jitsuroku.linking.knowledge import HERE
from jitsuroku.records import Commitment, DocumentRecord, Evidence, Row
from tests.linking.records import commitment, document
from tests.linking.test_pairs import kinds, links
from tests.making import CASES, table

ROWS = table(CASES / "linking" / "instalments.tsv")


def told(line: str, page: DocumentRecord, giver: str = "FRA") -> Commitment:
    """``8 機 delivered what:戦闘機 :words``, from France to Germany."""
    head, _, words = line.partition(" :")
    amount, unit, stage, *pairs = head.split(" ")
    given: dict[str, object] = dict(pair.split(":", 1) for pair in pairs)
    made = commitment(giver, "DEU", int(amount), unit, page, stage=stage, words=words, **given)
    return made if unit.isascii() else with_id(replace(made, currency=None, unit=unit, item=made.what))


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_parts(row: dict[str, str]) -> None:
    pages = [document(name, day) for name, day in zip("ab", row["told"].split("|"), strict=True)]
    both = [(told(row[side], page), page) for side, page in zip(("promised", "given"), pages, strict=True)]
    wanted = [] if row["links"] == "-" else row["links"].split("|")
    assert sorted(kinds(*both)) == wanted
    assert sorted(kinds(*reversed(both))) == wanted


TWENTY, FIRST = (
    "20 機 pledged what:戦闘機 :仏は戦闘機20機を供与すると約束した",
    "8 機 delivered what:戦闘機 :仏は第1陣として戦闘機8機を引き渡した",
)


def test_the_delivery_stands_left_and_the_link_says_how_much_of_what() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-08-05")
    promise, given = told(TWENTY, one), told(FIRST, other)
    (link,) = links((promise, one), (given, other))
    assert (link.link, link.left, link.right) == ("part-of", given.id, promise.id)
    assert link.reasons == ("8 of 20 機: part 1", "told on 2025-03-04 and 2025-08-05")


def test_a_part_that_two_promises_may_have_is_none_of_either() -> None:
    pages = [document(name, day) for name, day in (("a", "2025-03-04"), ("b", "2025-04-04"), ("c", "2025-08-05"))]
    thirty = "30 機 pledged what:戦闘機 :仏はさらに戦闘機30機を供与すると約束した"
    both = [(told(line, page), page) for line, page in zip((TWENTY, thirty, FIRST), pages, strict=True)]
    assert kinds(*both) == []


def test_a_promise_told_twice_is_one() -> None:
    pages = [document(name, day) for name, day in (("a", "2025-03-04"), ("b", "2025-03-05"), ("c", "2025-08-05"))]
    both = [(told(line, page), page) for line, page in zip((TWENTY, TWENTY, FIRST), pages, strict=True)]
    assert sorted(kinds(*both)) == ["part-of", "part-of", "same-commitment"]


def test_what_others_hand_over_is_no_part_of_it() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-08-05")
    assert kinds((told(TWENTY, one), one), (told(FIRST, other, "ITA"), other)) == []


@pytest.mark.parametrize("row", read_table(HERE / "instalments.tsv").rows, ids=lambda r: r.rule)
def test_words_for_parts(row: Row) -> None:
    wanted = {"first": "1", "numbered": "2"}.get(row["kind"], row["kind"])
    assert part_named(Evidence(row["example"], 0, len(row["example"]), "", "")) == wanted


def test_the_words_may_stand_before_the_evidence_in_its_sentence() -> None:
    words = "5億ユーロを供与した"
    assert part_named(Evidence(words, 9, 18, "仏は残り", "。")) == "rest"
    assert part_named(Evidence(words, 9, 18, "仏は残りの分として", "。")) == "rest"
    assert part_named(Evidence(words, 9, 18, "残りの話をした。仏は", "。")) is None
    assert part_named(Evidence(words, 9, 18, "居残りで", "。")) is None
