"""The words and frames of briefs: whole in both languages, and each frame's example is one it fits."""

from __future__ import annotations

import re

import pytest

from jitsuroku import read
from jitsuroku.desk.brief.frames import Frame, acts, frame_of, frames
from jitsuroku.desk.brief.wording import SLOT, Wording, filled, words
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Event
from tests.making import page_of

FRAMES = [pytest.param(frame, id=f"{frame.act}-{frame.mode or frame.triggers or 'any'}") for frame in frames()]


@pytest.mark.parametrize("key", sorted(words()))
def test_both_languages_hold_the_same(key: str) -> None:
    texts = words()[key]
    assert sorted(texts) == ["en", "ja"]
    assert sorted(SLOT.findall(texts["en"])) == sorted(SLOT.findall(texts["ja"]))
    assert all(text.strip() for text in texts.values())


def test_every_type_has_a_frame_that_fits_all() -> None:
    last = {frame.act: frame for frame in frames()}
    assert set(last) == {act for act, _ in acts().values()}
    assert [act for act, frame in last.items() if frame.mode or frame.triggers] == []


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_can_be_filled(frame: Frame) -> None:
    ahead = dict(acts().values())[frame.act]
    assert bool(frame.ahead) != ahead
    for language, template in (*frame.done, *frame.ahead):
        assert sorted(SLOT.findall(template)) == ["a", "r"], language
        for recipient in ("", "R"):
            text = filled(template, a="A", r=recipient)
            assert "A" in text
            assert not re.search(r"[\[\]{}]|  | $", text), text


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_knows_triggers_and_modes_of_its_type(frame: Frame) -> None:
    rows = read_table(PACKAGE / "event_types" / frame.act / "ja.tsv").rows
    assert frame.mode is None or frame.mode in {row["mode"] for row in rows}
    for trigger in filter(None, frame.triggers.split("|")):
        assert any(re.search(trigger, row["trigger"]) for row in rows), trigger


@pytest.mark.parametrize("frame", FRAMES)
def test_the_example_is_worded_by_its_frame(frame: Frame) -> None:
    found = read(page_of(f"ノルウェーの外交\n\n2025年6月4日\n\n{frame.example}\n"))
    events = [record for record in found.records if isinstance(record, Event)]
    assert frame in [frame_of(event) for event in events], [(e.type, e.mode, e.rule) for e in events]


def test_words_of_a_page_are_never_slots() -> None:
    assert filled("{a}[ and {r}]", a="{r}", r="") == "{r}"


@pytest.mark.parametrize(
    ("date", "en", "ja"),
    [
        ("2025-06-05", "5 June 2025", "2025年6月5日"),
        ("2025-06", "June 2025", "2025年6月"),
        ("2025", "2025", "2025年"),
        ("2025-05-10/2025-05-11", "10–11 May 2025", "2025年5月10日～11日"),
        ("2025-05-31/2025-06-01", "31 May 2025 to 1 June 2025", "2025年5月31日～2025年6月1日"),
    ],
)
def test_days(date: str, en: str, ja: str) -> None:
    assert (Wording("en").day(date), Wording("ja").day(date)) == (en, ja)


@pytest.mark.parametrize(
    ("amount", "en", "ja"),
    [
        (950, "950", "950"),
        (1_500_000_000, "1,500,000,000", "15億"),
        (5_370_000_000_000, "5,370,000,000,000", "5兆3,700億"),
        (12_345, "12,345", "1万2345"),
        ("2.5", "2.5", "2.5"),
    ],
)
def test_numbers(amount: int | str, en: str, ja: str) -> None:
    assert (Wording("en").number(amount), Wording("ja").number(amount)) == (en, ja)


def test_lists() -> None:
    assert [Wording("en").listed("AB"[:n]) for n in (0, 1, 2)] == ["", "A", "A and B"]
    assert Wording("en").listed("ABC") == "A, B and C"
    assert (Wording("ja").listed("AB"), Wording("ja").listed("ABC")) == ("AとB", "A、B、C")
