"""Judgements: kept beside what was read, shown in views, taken back, handed on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.judging.values import CannotJudge, checked
from jitsuroku.desk.query import NotFound
from jitsuroku.records import Event
from tests.contract.exported import faults
from tests.contract.promises import id_of
from tests.desk.judging.pages import WHO, desk_of, event_in, states
from tests.making import CASES, table, whole_world
from tests.store.reading import CALL, READER, TALKS, exported, reading_of

pytestmark = pytest.mark.usefixtures("both")

AT = "2025-09-06T10:00:00+00:00"


@pytest.mark.parametrize("case", table(CASES / "desk" / "values.tsv"), ids=lambda c: "-".join(c.values())[:60])
def test_values(case: dict[str, str]) -> None:
    if case["kept"] == "REFUSED":
        with pytest.raises(CannotJudge):
            checked(case["kind"], {case["field"]: case["written"]})
    else:
        assert checked(case["kind"], {case["field"]: case["written"]}) == {case["field"]: json.loads(case["kept"])}


def test_another_type_brings_its_quad_class_and_score() -> None:
    event = event_in(desk_of())
    made = checked("event", {"type": "ASSAULT"})
    assert made["quad"] != event.quad
    assert made["score"] < 0
    assert checked("event", {"type": "ASSAULT", "score": -1})["score"] == -1.0


def test_a_rejected_record_is_hidden_and_stays_in_the_export() -> None:
    desk = desk_of()
    before, event = exported(desk.store), event_in(desk)
    made = desk.judge("reject", event.id, by=WHO, reason="they only spoke by phone")
    assert event.id not in {e.id for e in desk.events()}
    assert event.id in {e.id for e in desk.events(judged=False)}
    assert desk.record(event.id) == event, "who has the id can still see it"
    lines = exported(desk.store)
    assert set(before) < set(lines)
    judgement = next(json.loads(line) for line in lines if made.id in line)
    assert (judgement["by"], judgement["target"], judgement["quote"]) == (WHO, event.id, event.evidence.text)
    assert json.loads(judgement["before"])[0]["id"] == event.id
    assert faults(judgement) == []
    assert id_of(judgement) == made.id


def test_a_correction_is_shown_and_found_by_its_new_values_alone() -> None:
    desk = desk_of()
    before, event = exported(desk.store), event_in(desk)
    desk.judge("correct", event.id, by=WHO, changes={"date": "2025-09-04", "recipient": "FRA"})
    shown = desk.record(event.id)
    assert isinstance(shown, Event)
    assert (shown.date, shown.recipient, shown.rule, shown.id) == ("2025-09-04", ("FRA",), "human/hanako", event.id)
    assert [e.id for e in desk.events(recipient="FRA", until="2025-09-04", since="2025-09-04")] == [event.id]
    assert event.id not in {e.id for e in desk.events(recipient="GBR")}
    assert set(before) < set(exported(desk.store)), "what was read stands as it was read"
    assert '"recipient":["FRA"]' in desk.export(judged=True)
    assert '"recipient":["FRA"],"people"' not in desk.export()


def test_the_last_of_two_verdicts_counts() -> None:
    desk = desk_of()
    event = event_in(desk)
    for judgement, seen in (("reject", False), ("confirm", True), ("reject", False)):
        desk.judge(judgement, event.id, by=WHO)
        assert (event.id in {e.id for e in desk.events()}) is seen


def test_undo_and_redo() -> None:
    desk = desk_of()
    before, event = set(exported(desk.store)), event_in(desk)
    made = desk.judge("correct", event.id, by=WHO, changes={"date": "2024"})
    undone = desk.undo(by=WHO)
    assert undone.target == made.id
    assert event_in(desk) == event
    assert states(desk) == ["undone", "undoing"]
    desk.undo(undone.id, by="taro")
    assert event_in(desk).date == "2024"
    assert before < set(exported(desk.store))
    with pytest.raises(CannotJudge, match="taro has no judgement"):
        desk.undo(by="taro")


def test_a_split_record_is_two_and_a_merged_one_has_both_words() -> None:
    desk = desk_of(TALKS.replace("会談した。", "会談し、安保協力で合意した。"))
    event = event_in(desk)
    desk.judge("split", event.id, by=WHO, parts=[{"recipient": "FRA"}, {"recipient": "DEU", "date": "2025-09-04"}])
    parts = [e for e in desk.events() if e.recipient in (("FRA",), ("DEU",))]
    assert {e.recipient[0]: e.date for e in parts} == {"FRA": event.date, "DEU": "2025-09-04"}
    assert '"recipient":["DEU"],"people"' not in desk.export(), "parts are views of the judgement"
    with pytest.raises(CannotJudge, match="split"):
        desk.judge("reject", next(e.id for e in parts if e.id != event.id), by=WHO)
    desk.undo(by=WHO)
    added = desk.add_record("a.txt", "event", "安保協力", by=WHO, type="CONSULT", actor="JPN")
    desk.judge("merge", event.id, by=WHO, others=[added.id])
    assert added.id not in {e.id for e in desk.events()}
    merged = desk.record(event.id)
    assert isinstance(merged, Event)
    assert [e.text for e in merged.more][-1] == "安保協力"


@pytest.mark.parametrize(
    "text", ["Tokayev met Mirziyoyev in Astana on Monday.\n", "外交部发言人毛宁回答了记者提问。\n"]
)
def test_a_record_is_added_on_a_page_in_any_language(text: str) -> None:
    words = text.split("。")[0].split(" on ")[0]
    with desk_of(text) as desk:
        made = desk.add_record("a.txt", "event", words, by=WHO, type="CONSULT", actor="KAZ", recipient=["UZB"])
        assert desk.events(party="UZB") == (made,)
        assert made.rule == "human/hanako"
        line = next(json.loads(x) for x in exported(desk.store) if f'"id":"{made.id}"' in x)
        assert faults(line) == []
        assert list(desk.store.untrue()) == []
        desk.undo(by=WHO)
        assert desk.events() == ()


def test_words_that_do_not_stand_on_the_page_are_refused() -> None:
    desk = desk_of()
    for words, nth in (("岩屋外務大臣", 1), ("", 1), ("会談", 3)):
        with pytest.raises(CannotJudge, match=r"a\.txt"):
            desk.add_record("a.txt", "event", words, nth=nth, by=WHO, type="CONSULT")
    with pytest.raises(CannotJudge, match="event needs also: type"):
        desk.add_record("a.txt", "event", "会談", by=WHO)
    assert states(desk) == []


NONSENSE = [
    ("dismiss", {"reason": "x"}),
    ("correct", {}),
    ("correct", {"changes": {"type": "VISIT"}}),
    ("split", {"parts": [{}]}),
    ("merge", {}),
    ("praise", {}),
]


@pytest.mark.parametrize(("judgement", "more"), NONSENSE)
def test_a_judgement_without_sense_is_refused(judgement: str, more: dict[str, object]) -> None:
    desk = desk_of()
    with pytest.raises(CannotJudge):
        desk.judge(judgement, event_in(desk).id, by=WHO, **more)  # type: ignore[arg-type]
    assert states(desk) == []


def test_what_is_not_there_is_not_judged() -> None:
    with pytest.raises(NotFound):
        desk_of().judge("confirm", "event0123456789abcdef", by=WHO)


def test_judgements_travel_as_json_lines_and_wait_for_their_page() -> None:
    with desk_of() as first, Desk(":memory:", world=whole_world()) as second:
        first.judge("reject", event_in(first).id, by=WHO, at=AT)
        first.add_record("b.txt", "event", "電話", by=WHO, type="CONSULT", actor="USA")
        lines = list(first.export_judgements())
        assert second.import_judgements([*lines, "", first.export().splitlines()[0]]) == 2
        assert second.import_judgements(lines) == 0
        assert states(second) == ["page missing", "page missing"]
        for source, text in (("b.txt", CALL), ("a.txt", TALKS)):
            second.store.save(reading_of(text, source), READER)
        assert states(second) == ["in effect", "in effect"]
        assert second.export(judged=True) == first.export(judged=True)
        assert second.export() == first.export()


@pytest.mark.parametrize("line", ["{", '{"kind": "judgement"}', "[]", '{"kind":"judgement","id":"judgement0"}'])
def test_a_broken_line_is_told_with_its_number(line: str) -> None:
    with desk_of() as desk:
        good = with_judgement(desk)
        with desk_of() as other:
            with pytest.raises(CannotJudge, match="line 2"):
                other.import_judgements([good, line])
            assert states(other) == []
            with pytest.raises(CannotJudge, match="line 1"):
                other.import_judgements([good.replace(WHO, "taro")])


def with_judgement(desk: Desk) -> str:
    desk.judge("reject", event_in(desk).id, by=WHO)
    return next(desk.export_judgements())


def test_what_is_kept_is_in_the_file(tmp_path: Path) -> None:
    for name, text in (("a.txt", TALKS), ("b.txt", CALL)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Desk(tmp_path / "own.sqlite", world=whole_world()) as desk:
        desk.add(tmp_path / "a.txt", tmp_path / "b.txt")
        desk.judge("reject", event_in(desk).id, by=WHO)
        export, judged = desk.export(), desk.export(judged=True)
        assert export != judged
    with Desk(tmp_path / "own.sqlite", world=whole_world()) as desk:
        assert (desk.export(), desk.export(judged=True)) == (export, judged)
        desk.add(tmp_path / "a.txt", tmp_path / "b.txt", again=True)
        assert (desk.export(), desk.export(judged=True)) == (export, judged)
        desk.undo(by=WHO)
        desk.remove("a.txt")
        assert states(desk) == [], "what was decided about a page goes with it"
