"""A judgement finds its record again when the page is read by another version, or comes in a new version itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jitsuroku.records import Event, Page
from tests.desk.judging.pages import WHO, changed_event, desk_of, event_in, read_anew, states
from tests.making import CASES, table
from tests.store.reading import CALL, READER, TALKS, event_of, reading_of

READING = reading_of(TALKS, "a.txt")


def span(page: Page, event: Event, words: str) -> tuple[int, int]:
    start, end = event.evidence.start, event.evidence.end
    return {"same": (start, end), "more": (start, end + 1), "fewer": (start + 2, end), "other": (0, 6)}[words]


@pytest.mark.parametrize("case", table(CASES / "desk" / "attach.tsv"), ids=lambda c: "-".join(c.values())[:70])
def test_read_by_another_version(case: dict[str, str]) -> None:
    desk = desk_of()
    event = event_in(desk)
    changes = json.loads(case["after"]) if case["after"] else None
    desk.judge(case["judgement"], event.id, by=WHO, changes=changes)
    told = json.loads(case["changes"])
    # A reader that reads otherwise never gives the id of before.
    now = changed_event(READING.page, event, span(READING.page, event, case["words"]), {"hedge": None} | told)
    read_anew(desk, READING, now)
    assert states(desk) == ["in effect" if case["found"] == "yes" else "detached"]
    shown = [e for e in desk.events(page="a.txt") if e.id == now.id]
    assert (shown == []) is (case["judgement"] == "reject" and case["found"] == "yes")
    if changes:
        told = {name: list(v) if isinstance(v := getattr(e, name), tuple) else v for e in shown for name in changes}
        assert (told == changes) is (case["found"] == "yes" or changes == {n: told[n] for n in changes})


def test_what_is_gone_is_told_as_detached_and_comes_back() -> None:
    desk = desk_of()
    event = event_in(desk)
    desk.judge("reject", event.id, by=WHO)
    read_anew(desk, READING)
    assert states(desk) == ["detached"]
    assert desk.judgements()[0].judgement.before is not None
    read_anew(desk, READING, event)
    assert states(desk) == ["in effect"]
    assert event.id not in {e.id for e in desk.events()}


def test_one_record_does_not_answer_for_another_that_is_gone() -> None:
    desk = desk_of()
    page = READING.page
    one, two = (event_of(page, actor=("JPN",), recipient=("GBR",), date=day) for day in ("2025-09-04", "2025-09-05"))
    read_anew(desk, READING, one, two)
    desk.judge("reject", one.id, by=WHO)
    desk.judge("confirm", two.id, by=WHO)
    read_anew(desk, READING, two)
    assert sorted(states(desk)) == ["detached", "in effect"]
    assert [e.id for e in desk.events(page="a.txt")] == [two.id]


@pytest.mark.parametrize("judgement", ["reject", "add"])
def test_a_new_version_of_the_page(judgement: str) -> None:
    desk = desk_of()
    event = event_in(desk)
    if judgement == "add":
        words = event.evidence.text[-6:]
        desk.add_record("a.txt", "event", words, by=WHO, type="CONSULT", actor="JPN")
    else:
        desk.judge("reject", event.id, by=WHO)
    desk.store.save(reading_of("【更新】" + TALKS, "a.txt"), READER)
    assert states(desk) == ["in effect"]
    assert len(desk.events(page="a.txt")) == (2 if judgement == "add" else 0)
    assert list(desk.store.untrue()) == []
    desk.store.save(reading_of(CALL, "a.txt"), READER)
    assert states(desk) == ["detached"], "its words are gone from the page"
    desk.store.remove([reading_of(CALL, "a.txt").page.id])
    assert states(desk) == ["in effect"]


def test_an_added_record_stays_at_its_place_among_equal_words() -> None:
    text = "首相は語った。\n外相も語った。\n首相は語った。\n"
    desk = desk_of(text)
    made = desk.add_record("a.txt", "statement", "首相は語った", nth=2, by=WHO, speaker="首相")
    desk.store.save(reading_of("前文。首相は語った。\n" + text, "a.txt"), READER)
    (found,) = [s for s in desk.statements() if s.rule == "human/hanako"]
    assert found.evidence.prefix.endswith(made.evidence.prefix[-8:])
    assert found.evidence.start == made.evidence.start + len("前文。首相は語った。\n")


def test_a_record_that_the_reader_now_makes_itself_is_there_once() -> None:
    desk = desk_of()
    event = event_in(desk)
    read_anew(desk, READING)
    fields = {n: getattr(event, n) for n in ("type", "actor", "recipient", "date", "date_basis", "place", "people")}
    rest: dict[str, Any] = {"actor_sector": event.actor_sector, "mode": event.mode, "score": event.score}
    rest["quad"] = event.quad
    made = desk.add_record("a.txt", "event", event.evidence.text, by=WHO, **fields, **rest)
    assert made.id == event.id
    read_anew(desk, READING, event)
    assert [e.rule for e in desk.events(page="a.txt")] == [event.rule]
    assert states(desk) == ["in effect"]


EVENTS = st.lists(
    st.tuples(st.sampled_from(["JPN", "GBR", "USA"]), st.sampled_from([None, "2025", "2025-09-05"]), st.integers(0, 3)),
    unique=True,
    max_size=5,
)


@settings(max_examples=50)
@given(before=EVENTS, after=EVENTS, judged=st.lists(st.integers(0, 4), max_size=4))
def test_no_record_is_lost_and_none_is_taken_for_two(before: Any, after: Any, judged: list[int]) -> None:
    """Whatever two versions read: as many records are hidden as rejections found theirs, and the export keeps all."""
    desk = desk_of(TALKS)
    old, new = (
        [changed_event(READING.page, EVENT, (at, at + 5), {"actor": [a], "date": d}) for a, d, at in told]
        for told in (before, after)
    )
    read_anew(desk, READING, *old)
    for i in sorted(set(judged)):
        if i < len(old):
            desk.judge("reject", old[i].id, by=WHO)
    read_anew(desk, READING, *new)
    found = [s.record.id for s in desk.judgements() if s.state == "in effect" and s.record is not None]
    assert len(found) == len(set(found))
    assert {e.id for e in desk.events()} == {e.id for e in new} - set(found)
    assert {e.id for e in desk.events(judged=False)} == {e.id for e in new}
    kept = {old[i].id for i in judged if i < len(old)} & {e.id for e in new}
    assert kept <= set(found), "the same record again is found"
    desk.close()


EVENT = event_in(desk_of(TALKS))
STEPS = st.lists(st.sampled_from(["confirm", "reject", "correct", "undo", "again"]), max_size=8)


@settings(max_examples=30)
@given(steps=STEPS)
def test_taking_everything_back_gives_what_was_read(steps: list[str]) -> None:
    desk = desk_of(TALKS)
    before = desk.export(judged=True)
    for step in steps:
        if step == "again":
            desk.store.save(READING, READER, again=True)
        elif step == "undo":
            standing = [s for s in desk.judgements() if s.state == "in effect"]
            if standing:
                desk.undo(by=WHO)
        else:
            desk.judge(step, EVENT.id, by=WHO, changes={"date": "2024"} if step == "correct" else None)
    while any(s.state == "in effect" for s in desk.judgements()):
        desk.undo(by=WHO)
    lines = [line for line in desk.export(judged=True).splitlines(True) if '"kind":"judgement"' not in line]
    assert "".join(lines) == before
    desk.close()
