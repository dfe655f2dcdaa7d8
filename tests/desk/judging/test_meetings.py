"""Judgements on the meetings of formats: they hold when pages come and are read again, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.judging.review import queue
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.linking import Gathering
from jitsuroku.records import Meeting
from tests.desk.judging.pages import WHO, states
from tests.making import whole_world

TIANJIN = "SCO首脳会議が閉幕\n2025年9月2日\n\n上海協力機構(SCO)首脳会議が1日、天津で開かれた。"
JUNE = "SCO首脳会議\n2033年6月18日\n\n上海協力機構(SCO)首脳会議が17日、アスタナで開かれた。"
LATER = "SCO首脳会議\n2033年6月26日\n\n上海協力機構(SCO)首脳会議が25日、アスタナで開かれた。"
JULY = "SCO首脳会議\n2033年7月21日\n\n上海協力機構(SCO)首脳会議が20日、アスタナで開かれた。"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for name, text in {"tianjin": TIANJIN, "june": JUNE, "later": LATER, "july": JULY}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = Desk(":memory:", world=whole_world())
    made.add(tmp_path)
    return made


def shown(desk: Desk) -> list[str]:
    """Each meeting told by pages: number, day, and the pages."""
    return [_line(each) for each in desk.meetings("SCO") if each.accounts]


def _line(meeting: Gathering) -> str:
    return f"{meeting.number or '-'} {meeting.date} {' '.join(a.source.removesuffix('.txt') for a in meeting.accounts)}"


def stored(desk: Desk) -> list[str]:
    return sorted(f"{m.number or '-'} {m.date}" for m in desk.records(("meeting",)) if isinstance(m, Meeting))


def meeting(desk: Desk, day: str) -> Meeting:
    return next(m for m in desk.records(("meeting",)) if isinstance(m, Meeting) and (m.date or "").startswith(day))


AS_READ = ["25 2025-08-31/2025-09-01 tianjin", "- 2033-06-17 june later", "- 2033-07-20 july"]


def test_a_meeting_is_corrected_and_keeps_what_people_wrote(desk: Desk, tmp_path: Path) -> None:
    target, before = meeting(desk, "2033-07"), desk.export()
    desk.judge("correct", target.id, by=WHO, changes={"number": "33", "host": "KAZ"})
    assert shown(desk) == [*AS_READ[:2], "33 2033-07-20 july"]
    assert stored(desk) == ["- 2033-06-17", "25 2025-08-31/2025-09-01", "33 2033-07-20"]
    assert meeting(desk, "2033-07").id == target.id
    assert meeting(desk, "2033-07").rule == f"human/{WHO}"
    assert [m for m in desk.records(("meeting",), judged=False) if m.id == target.id] == [target]
    assert set(before.splitlines()) < set(desk.export().splitlines()), "what was read stays in the export"
    (tmp_path / "more.txt").write_text(JULY.replace("7月21日", "7月22日"), encoding="utf-8")
    desk.add(tmp_path, again=True)
    assert shown(desk) == [*AS_READ[:2], "33 2033-07-20 july more"]
    assert states(desk) == ["in effect"]
    desk.undo(by=WHO)
    assert shown(desk) == [*AS_READ[:2], "- 2033-07-20 july more"]


def test_a_rejected_meeting_is_none_until_that_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    target = meeting(desk, "2033-07")
    desk.judge("reject", target.id, by=WHO)
    assert (shown(desk), len(stored(desk))) == (AS_READ[:2], 2)
    assert desk.record(target.id) == target, "it can be looked at, out of view"
    desk.add(tmp_path, again=True)
    assert shown(desk) == AS_READ[:2]
    undone = desk.undo(by=WHO)
    assert shown(desk) == AS_READ
    desk.undo(undone.id, by=WHO)
    assert shown(desk) == AS_READ[:2]


def test_a_rejected_event_tells_of_no_meeting(desk: Desk, tmp_path: Path) -> None:
    target = meeting(desk, "2033-06")
    first, other, alone = (next(iter(desk.events(page=f"{n}.txt"))).id for n in ("june", "later", "july"))
    desk.judge("reject", first, by=WHO)
    assert shown(desk) == [AS_READ[0], "- 2033-06-25 later", AS_READ[2]]
    assert meeting(desk, "2033-06").rule == f"human/{WHO}"
    assert desk.store.tellers(target.id) == (other,)
    assert [m for m in desk.records(("meeting",), judged=False) if m.id == target.id] == [target]
    desk.judge("reject", alone, by=WHO)
    assert shown(desk) == [AS_READ[0], "- 2033-06-25 later"]
    desk.add(tmp_path, again=True)
    assert shown(desk) == [AS_READ[0], "- 2033-06-25 later"]
    for _ in range(2):
        desk.undo(by=WHO)
    assert shown(desk) == AS_READ
    assert meeting(desk, "2033-06") == target


def test_a_rejected_meeting_of_the_list_stays_there_without_the_page(desk: Desk) -> None:
    desk.judge("reject", meeting(desk, "2025").id, by=WHO)
    assert shown(desk) == AS_READ[1:]
    days = [each.date for each in desk.meetings("SCO")]
    assert days.count("2025-08-31/2025-09-01") == 1
    assert len(days) > 20


def test_a_meeting_is_split_by_who_tells_of_which(desk: Desk, tmp_path: Path) -> None:
    target = meeting(desk, "2033-06")
    one, other = (e.id for name in ("june", "later") for e in desk.events(page=f"{name}.txt"))
    parts = [{"events": one}, {"events": other, "number": 34}]
    desk.judge("split", target.id, by=WHO, parts=parts)
    assert shown(desk) == [AS_READ[0], "- 2033-06-17 june", "34 2033-06-25 later", AS_READ[2]]
    assert stored(desk) == ["- 2033-06-17", "- 2033-07-20", "25 2025-08-31/2025-09-01", "34 2033-06-25"]
    assert meeting(desk, "2033-06-17").id == target.id
    as_read = [line for line in desk.export().splitlines() if '"kind":"meeting"' in line]
    assert len(as_read) == 3, "the export has what was read, and the judgement"
    assert len([line for line in desk.export(judged=True).splitlines() if '"kind":"meeting"' in line]) == 4
    desk.add(tmp_path, again=True)
    assert shown(desk)[2] == "34 2033-06-25 later"
    with pytest.raises(CannotJudge, match="made by a judgement"):
        desk.judge("reject", meeting(desk, "2033-06-25").id, by=WHO)
    desk.remove("later.txt")
    assert shown(desk) == [AS_READ[0], "- 2033-06-17 june", AS_READ[2]]


@pytest.mark.parametrize("events", [["{one}"], ["{one}", "{one}"], ["{one},{two}", ""], ["{one}", "event0"]])
def test_every_event_stands_in_one_part(desk: Desk, events: list[str]) -> None:
    one, two = (e.id for name in ("june", "later") for e in desk.events(page=f"{name}.txt"))
    parts = [{"events": each.format(one=one, two=two)} for each in events]
    with pytest.raises(CannotJudge, match="events=ID,ID"):
        desk.judge("split", meeting(desk, "2033-06").id, by=WHO, parts=parts)


def test_meetings_of_one_format_are_merged(desk: Desk, tmp_path: Path) -> None:
    first, then = meeting(desk, "2033-06"), meeting(desk, "2033-07")
    desk.judge("merge", then.id, by=WHO, others=[first.id], reason="the paper has the month wrong")
    assert shown(desk) == [AS_READ[0], "- 2033-06-17 june later july"]
    assert [m.id for m in desk.records(("meeting",)) if m.id in (first.id, then.id)] == [then.id]
    desk.judge("correct", then.id, by=WHO, changes={"date": "2033-07-20"})
    assert shown(desk) == [AS_READ[0], "- 2033-07-20 june later july"]
    desk.add(tmp_path, again=True)
    assert shown(desk) == [AS_READ[0], "- 2033-07-20 june later july"]
    for _ in range(2):
        desk.undo(by=WHO)
    assert shown(desk) == AS_READ


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    target = meeting(desk, "2033-06").id
    event = next(iter(desk.events())).id
    for judgement, more in {
        "dismiss": {"reason": "no"},
        "correct": {"changes": {"series": "G7"}},
        "merge": {"others": [event]},
        "split": {"parts": []},
    }.items():
        with pytest.raises(CannotJudge):
            desk.judge(judgement, target, by=WHO, **more)  # type: ignore[arg-type]


def test_a_meeting_waits_in_the_queue_until_it_is_confirmed(desk: Desk) -> None:
    waiting = queue(desk, ("meeting",))
    assert len(waiting) == 3
    desk.judge("confirm", waiting[0].id, by=WHO)
    assert queue(desk, ("meeting",)) == waiting[1:]
    assert shown(desk) == AS_READ


def test_judgements_on_meetings_are_handed_on(desk: Desk, tmp_path: Path) -> None:
    desk.judge("correct", meeting(desk, "2033-07").id, by=WHO, changes={"number": "33"})
    other = Desk(":memory:", world=whole_world())
    assert other.import_judgements(desk.export_judgements()) == 1
    assert states(other) == ["detached"]
    other.add(tmp_path)
    assert shown(other) == shown(desk)
    assert states(other) == ["in effect"]


def test_a_meeting_that_lost_its_pages_leaves_the_judgement_detached(desk: Desk) -> None:
    desk.judge("reject", meeting(desk, "2033-07").id, by=WHO)
    desk.remove("july.txt")
    assert states(desk) == ["detached"]
    assert shown(desk) == AS_READ[:2]
