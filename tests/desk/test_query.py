"""The desk in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import jitsuroku as j
from jitsuroku.desk import rows
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.query import NotFound
from jitsuroku.samples import PAGES
from tests.cli.running import page

TEXT = "フランスのデュラン外相は3日、ドイツのケラー外相とベルリンで会談した。\n"


def test_a_store_is_made_filled_and_asked(tmp_path: Path) -> None:
    desk = j.Desk(tmp_path / "my.db")
    assert all(o.problem is None for o in desk.add(PAGES))
    events = desk.events(actor="KAZ", since="2025")
    assert events
    for event in events:
        assert "KAZ" in event.actor
        page = desk.store.page(event.document)
        assert page.text[event.evidence.start : event.evidence.end] == event.evidence.text
    desk.close()
    with j.Desk(tmp_path / "my.db", create=False) as again:
        assert again.events(actor="KAZ", since="2025") == events


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KAZ", "KAZ"),
        ("kaz", "KAZ"),
        ("Kazakhstan", "KAZ"),
        ("カザフスタン", "KAZ"),
        ("上海協力機構", "SCO"),
        ("トカエフ", "トカエフ"),
    ],
)
def test_a_party_is_asked_for_by_code_or_name(name: str, code: str) -> None:
    assert code_for(name) == code


def test_each_question_gives_its_kind(desk: j.Desk) -> None:
    answers = (desk.events(), desk.statements(), desk.commitments(), desk.figures(), desk.flags(), desk.documents())
    assert [{r.kind for r in answer} for answer in answers] == [
        {"event"}, {"statement"}, {"commitment"}, {"figure"}, {"flag"}, {"document"},
    ]  # fmt: skip
    assert desk.people()[0].documents >= desk.people()[-1].documents


def test_questions_narrow(desk: j.Desk) -> None:
    assert {e.type for e in desk.events(type="CONSULT")} == {"CONSULT"}
    assert all({"USA", "CHN"} <= {*e.actor, *e.recipient} for e in desk.events(pair=("USA", "China")))
    assert {s.speaker for s in desk.statements(speaker="習近平")} == {"習近平"}
    assert len(desk.events(limit=3)) == 3
    assert {e.document for e in desk.events(page="call-agency.txt")} == {desk.document("call-agency.txt").id}
    with pytest.raises(ValueError, match="is no date; write 2025"):
        desk.events(since="last week")


def test_search_gives_the_places(desk: j.Desk) -> None:
    for found in desk.search("会談"):
        text = desk.store.page(found.document.id).text
        assert {text[e.start : e.end] for e in found.evidence} == {"会談"}


def test_what_is_not_there_is_said_so(desk: j.Desk) -> None:
    with pytest.raises(NotFound, match=r"nowhere\.txt: no such page in"):
        desk.document("nowhere.txt")
    with pytest.raises(NotFound, match="event0: no record with this id"):
        desk.record("event0")


def test_two_pages_of_one_name_are_told_apart_by_id(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        page(tmp_path / folder, "same.txt", TEXT + folder)
    with j.Desk(":memory:") as desk:
        desk.add(tmp_path)
        with pytest.raises(NotFound, match=r"more than one page is called so: a/same\.txt \(document"):
            desk.document("same.txt")
        assert desk.document("a/same.txt").id != desk.document("b/same.txt").id


def test_read_gives_every_step() -> None:
    reading = j.read(PAGES / "call-agency.txt")
    assert reading.language == "ja"
    assert reading.sentences
    assert reading.records[0].kind == "document"


def test_without_pandas_a_frame_says_what_to_install(desk: j.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(rows, "import_module", missing)
    with pytest.raises(ImportError, match=r"pandas is not installed: pip install jitsuroku\[pandas\]"):
        desk.events().df()


def test_a_frame_has_a_line_for_each_record(desk: j.Desk) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed; ./dev extra pandas")
    events = desk.events()
    frame = events.df()
    assert len(frame) == len(events)
    assert list(frame["evidence"]) == [e.evidence.text for e in events]
    assert list(frame["start"]) == [e.evidence.start for e in events]
    assert "kind" not in frame.columns
    assert len(desk.events(actor="ISL").df()) == 0
