"""Where the pages of a cluster differ, field by field; what rounding, precision or a time zone explains is noted only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jitsuroku.linking import Cluster, Difference, differences
from jitsuroku.linking.amounts import amounts_in
from jitsuroku.records import Commitment, DocumentRecord, Event, Person, Vote
from tests.linking.records import commitment, document, event, statement
from tests.linking.test_pairs import knowledge
from tests.making import CASES, table

ROWS = table(CASES / "linking" / "differences.tsv")
NUMBERS = table(CASES / "linking" / "amounts.tsv")


def told(*lines: str, pages: list[DocumentRecord] | None = None) -> tuple[Difference, ...]:
    pages = pages or [document(name, "2025-03-04") for name in "abc"[: len(lines)]]
    members = tuple(event(line, page) for line, page in zip(lines, pages, strict=True))
    return differences(Cluster("cluster", "event", members, tuple(pages), len(pages), ()), knowledge())


def field(found: tuple[Difference, ...], name: str) -> Difference | None:
    return next((difference for difference in found if difference.field == name), None)


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_fields(row: dict[str, str]) -> None:
    found = field(told(row["left"], row["right"]), row["field"])
    verdict = "same" if found is None else "differs" if found.counts else f"noted: {found.note}"
    assert verdict == row["verdict"]


@pytest.mark.parametrize("row", NUMBERS, ids=[row["text"] for row in NUMBERS])
def test_numbers_in_words(row: dict[str, str]) -> None:
    found = amounts_in(row["text"], knowledge())
    assert "|".join(f"{a.value:f} {a.unit}{' ' + a.bound if a.bound else ''}" for a in found) == row["amounts"]
    assert all(row["text"][a.start : a.end] for a in found)


def test_every_cell_keeps_its_words() -> None:
    found = field(
        told(
            "CONSULT FRA>DEU day:2025-03-03 :36カ国の代表が3日に集まった",
            "CONSULT FRA>DEU day:2025-03-03 :集まったのは35カ国の代表だ",
        ),
        "number",
    )
    assert found is not None
    assert [(cell.value, cell.evidence.text) for cell in found.cells] == [
        ("36 カ国", "36カ国の代表が3日に集まった"),
        ("35 カ国", "集まったのは35カ国の代表だ"),
    ]


def test_an_office_that_pages_give_otherwise() -> None:
    pages = [
        document("a", "2025-03-04", people=(Person("デュラン", ("デュラン大統領",), "FRA", "大統領", True),)),
        document("b", "2025-03-04", people=(Person("デュラン", ("デュラン首相",), "FRA", "首相", True),)),
    ]
    lines = (
        "CONSULT FRA>DEU people:デュラン :デュラン大統領が会談した",
        "CONSULT FRA>DEU people:デュラン :デュラン首相が会談した",
    )
    found = field(told(*lines, pages=pages), "office")
    assert found is not None
    assert found.counts
    assert [cell.value for cell in found.cells] == ["大統領", "首相"]


def test_quoted_words_against_a_report_of_them() -> None:
    pages = (document("a", "2025-03-04"), document("b", "2025-03-04"))
    said = (
        statement("デュラン", "交渉が先だ", pages[0]),
        statement("デュラン", "交渉が先になる", pages[1], quoted=False),
    )
    found = field(differences(Cluster("c", "statement", said, pages, 2, ()), knowledge()), "wording")
    assert found is not None
    assert not found.counts
    assert [cell.value for cell in found.cells] == ["quoted", "reported"]


def between(*members: Event | Commitment) -> tuple[Difference, ...]:
    pages = tuple(document(name, "2025-03-04") for name in "ab")
    placed = tuple(replace(m, document=page.id) for m, page in zip(members, pages, strict=True))
    return differences(Cluster("cluster", members[0].kind, placed, pages, 2, ()), knowledge())


def test_who_asked_may_stand_in_the_next_sentence_with_its_own_words() -> None:
    page = document("a", "2025-03-04")
    one = event("CONSULT FRA>DEU day:2025-03-03 :デュラン大統領が空港に着いた", page)
    after = replace(one.evidence, suffix="。来日は、ケラー首相の招待に応えたものだ。式典は")
    other = event("CONSULT FRA>DEU day:2025-03-03 :デュラン大統領が来日した", page)
    found = field(between(replace(one, evidence=after), other), "initiator")
    assert found is not None
    assert not found.counts
    (said, unsaid) = found.cells
    assert (said.value, said.evidence.text, unsaid.value) == (
        "DEU",
        "来日は、ケラー首相の招待に応えたものだ",
        "not said",
    )
    assert said.evidence.start == one.evidence.end + 1


def test_votes_of_one_party_and_stages_of_one_promise() -> None:
    page = document("a", "2025-03-04")
    vote = event("SUPPORT UN day:2025-03-03 :総会は決議を採択した", page)
    votes = [replace(vote, votes=(Vote("USA", each),)) for each in ("against", "abstain")]
    found = field(between(*votes), "votes")
    assert found is not None
    assert [cell.value for cell in found.cells] == ["USA against", "USA abstain"]
    promise = commitment("FRA", "DEU", 2_000_000_000, "EUR", page)
    told = between(replace(promise, stage="considered", horizon="今後3年間"), replace(promise, horizon="今後5年間"))
    assert [each.field for each in told if each.counts] == ["stage", "horizon"]


def test_what_was_spoken_of_at_a_meeting_stands_beside_it() -> None:
    pages = tuple(document(name, "2025-03-04") for name in "ab")
    members = tuple(event("CONSULT FRA>DEU day:2025-03-03 :両首脳は会談した", page) for page in pages)
    asked = replace(event("REQUEST FRA>DEU day:2025-03-03 :鉄道の再開を求めた", pages[0]), topics=("transit",))
    cluster = Cluster("cluster", "event", members, pages, 2, ())
    found = field(differences(cluster, knowledge(), {pages[0].id: [asked]}), "topics")
    assert found is not None
    assert [(c.value, c.evidence.text) for c in found.cells] == [
        ("transit", "鉄道の再開を求めた"),
        ("none", "両首脳は会談した"),
    ]
