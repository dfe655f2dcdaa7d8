"""Promises of two pages: told again, told otherwise, kept, changed, revoked. A case a line in promises.tsv."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jitsuroku.contract import with_id
from jitsuroku.lexicon import read_table
from jitsuroku.linking import profile
from jitsuroku.linking.knowledge import HERE
from jitsuroku.linking.promises import went_on
from jitsuroku.records import Commitment, DocumentRecord, Evidence, Row
from tests.linking.records import commitment, document
from tests.linking.test_pairs import kinds, knowledge, links
from tests.making import CASES, table

ROWS = table(CASES / "linking" / "promises.tsv")


def promise(line: str, page: DocumentRecord) -> Commitment:
    head, _, words = line.partition(" :")
    sides, amount, currency, stage, *pairs = head.split(" ")
    giver, _, receiver = sides.partition(">")
    given: dict[str, object] = dict(pair.split(":", 1) for pair in pairs)
    if words:
        given["words"] = words
    made = commitment(giver, receiver, 0 if amount == "-" else int(amount), currency, page, stage=stage, **given)
    return with_id(replace(made, amount=None, currency=None)) if amount == "-" else made


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_promises(row: dict[str, str]) -> None:
    pages = [document(name, day) for name, day in zip("ab", row["told"].split("|"), strict=True)]
    told = [(promise(row[side], page), page) for side, page in zip(("left", "right"), pages, strict=True)]
    wanted = [] if row["links"] == "-" else row["links"].split("|")
    assert sorted(kinds(*told)) == wanted
    assert sorted(kinds(*reversed(told))) == wanted


def test_the_later_page_stands_left() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-08-05")
    first = promise("FRA>DEU 2500000000 EUR pledged", one)
    then = promise("FRA>DEU 2500000000 EUR delivered", other)
    (link,) = links((first, one), (then, other))
    assert (link.left, link.right) == (then.id, first.id)
    assert link.reasons == ("pledged, later delivered", "told on 2025-03-04 and 2025-08-05")


def test_directions_are_named() -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-03-05")
    first = promise("FRA>DEU 2500000000 EUR pledged", one)
    (link,) = links((first, one), (promise("DEU>FRA 2500000000 EUR pledged", other), other))
    assert {"FRA -> DEU" in link.reasons[0], "DEU -> FRA" in link.reasons[0]} == {True}


@pytest.mark.parametrize("row", read_table(HERE / "changes.tsv").rows, ids=lambda r: r.rule)
def test_word_of_change(row: Row) -> None:
    one, other = document("a", "2025-03-04"), document("b", "2025-08-05")
    first, then = commitment("FRA", "DEU", 300_000_000, "USD", one), commitment("FRA", "DEU", 500_000_000, "USD", other)
    then = replace(then, evidence=Evidence(row["example"], 0, len(row["example"]), "", ""))
    before, after = (profile(r, p, knowledge()) for r, p in ((first, one), (then, other)))
    assert went_on(before, after, knowledge()) is not None  # type: ignore[arg-type]
