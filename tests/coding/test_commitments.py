"""Promises and figures: the cases, and the words of the tables in their own examples."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Commitment, Figure, Reading, Row
from tests.making import CASES, japanese, page_of, table, whole_world

ROWS = table(CASES / "coding" / "commitments.tsv")
TABLES = japanese().tables


def reading(text: str) -> Reading:
    return read(page_of("2026年5月4日\n\n" + text), whole_world())


def promises(text: str) -> list[Commitment]:
    return [r for r in reading(text).records if isinstance(r, Commitment)]


def shown(record: Commitment | Figure) -> str:
    if isinstance(record, Figure):
        unit, of = record.currency or record.unit, ",".join(record.of) or "-"
        return f"figure {record.measure} {record.amount} {unit} of {of}"
    most = f"..{record.amount_max}" if record.amount_max else ""
    thing = f"{record.item}:{record.unit}" if record.item and record.unit else record.what
    amount = "-" if record.amount is None else f"{record.amount}{most}"
    sides = f"{','.join(record.giver) or '-'} > {','.join(record.receiver) or '-'}"
    time = f" by {record.due}" if record.due else f" in {record.horizon}" if record.horizon else ""
    return f"{sides} {amount} {record.currency or thing} {record.stage}{time}{' part' if record.part_of else ''}"


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_promises(row: dict[str, str]) -> None:
    found = reading(row["text"])
    told = [r for r in found.records if isinstance(r, Commitment | Figure)]
    told.sort(key=lambda r: (r.evidence.start, shown(r)))
    assert " | ".join(shown(r) for r in told) == (row["expected"] if row["expected"] != "none" else "")
    assert all(found.page.text[r.evidence.start : r.evidence.end] == r.evidence.text for r in told)


@pytest.mark.parametrize("row", TABLES["promises"].rows, ids=lambda r: r.rule)
def test_word_of_promise_makes_one(row: Row) -> None:
    assert promises(row["example"])


@pytest.mark.parametrize("row", TABLES["measures"].rows, ids=lambda r: r.rule)
def test_measure_makes_a_figure(row: Row) -> None:
    found = [r for r in reading(row["example"]).records if isinstance(r, Commitment | Figure)]
    assert [r.measure for r in found if isinstance(r, Figure)] == [row["measure"]]
    assert not [r for r in found if isinstance(r, Commitment)]


@pytest.mark.parametrize("row", TABLES["ladder"].rows, ids=lambda r: r.rule)
def test_word_puts_a_promise_on_its_rung(row: Row) -> None:
    assert [p.stage for p in promises(row["example"])] == [row["stage"]]


@pytest.mark.parametrize("row", TABLES["sectors"].rows, ids=lambda r: r.rule)
def test_word_tells_the_field(row: Row) -> None:
    assert [p.sector for p in promises(row["example"])] == [row["sector"]]


@pytest.mark.parametrize("row", TABLES["horizons"].rows, ids=lambda r: r.rule)
def test_time_of_a_promise(row: Row) -> None:
    (found,) = promises(row["example"])
    assert found.horizon
    assert bool(found.due) == (row["kind"] in ("within", "day"))


@pytest.mark.parametrize("row", TABLES["parts"].rows, ids=lambda r: r.rule)
def test_a_part_names_its_whole(row: Row) -> None:
    whole, part = sorted(promises(row["example"]), key=lambda p: p.evidence.start)
    assert (whole.part_of, part.part_of) == (None, whole.id)


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("日本はインドに3億ドルを支援する。内訳は融資2億ドル、無償資金1億ドルである。", [None, 0, 0]),
        ("日本はインドに3億ドルを支援する。うち2億ドルは融資だ。うち1億ドルは鉄道に充てる。", [None, 0, 1]),
    ],
)
def test_the_parts_of_a_list_have_one_whole(text: str, wholes: list[int | None]) -> None:
    found = sorted(promises(text), key=lambda p: p.evidence.start)
    ids = [promise.id for promise in found]
    assert [None if p.part_of is None else ids.index(p.part_of) for p in found] == wholes


@pytest.mark.parametrize("row", TABLES["receiving"].rows, ids=lambda r: r.rule)
def test_receiving_turns_the_sides_round(row: Row) -> None:
    (found,) = promises(row["example"])
    assert found.giver == ("JPN",)


@pytest.mark.parametrize("row", [*TABLES["founding"].rows, *TABLES["institutions"].rows], ids=lambda r: r.rule)
def test_an_act_without_an_amount(row: Row) -> None:
    text = row["example"].replace("両国は", "日本とインドは")
    assert [(p.giver, p.amount) for p in promises(text)] == [(("JPN", "IND"), None)]


def test_a_promise_told_twice_is_one_line_with_more_evidence() -> None:
    (found,) = promises("日本は3日、インドに20億ドルの支援を約束した。首相は、日本が20億ドルの支援を行うと説明した。")
    assert len(found.more) == 1


def test_who_asserts_it_is_named() -> None:
    found = reading("フランスの首相は3日、「日本はインドに20億ドルを投資する」と述べた。")
    statement = next(r for r in found.records if r.kind == "statement")
    (promise,) = (r for r in found.records if isinstance(r, Commitment))
    assert promise.said_by == statement.id


@pytest.mark.parametrize("row", TABLES["refusing"].rows, ids=lambda r: r.rule)
def test_what_is_refused_or_talked_of_is_no_promise(row: Row) -> None:
    assert promises(row["example"]) == []


@pytest.mark.parametrize("row", TABLES["handovers"].rows, ids=lambda r: r.rule)
def test_what_was_handed_over_is_delivered(row: Row) -> None:
    assert [p.stage for p in promises(row["example"])] == ["delivered"]
