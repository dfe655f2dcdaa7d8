"""The report on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitsuroku import Desk
from jitsuroku.desk.report import SAMPLE_REMARK, demo_lines, report_lines
from jitsuroku.desk.sheet import sheets
from jitsuroku.desk.terminal import cells, shown, wrapped
from tests.cli.running import page


@given(st.text(max_size=300), st.integers(20, 120))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = list(wrapped(text, "    ", width))
    assert all(cells(line) <= width or " " not in line.strip() for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown(text).split())


def test_no_line_begins_with_a_closing_mark() -> None:
    text = "外相は「関係を強化する」と述べ、首相も同じ考えを示した。" * 5
    for width in range(30, 60):
        assert [line for line in wrapped(text, "  ", width) if line.strip()[0] in "、。」"] == []


@pytest.mark.parametrize("hostile", ["\x1b[31m赤", "\u202eabc", "a\x07b", "\x9b2J", "\u2028"])
def test_nothing_in_a_page_reaches_the_terminal(hostile: str, tmp_path: Path) -> None:
    rest = "両外相は協力を深めることで一致し、年内にもう一度会うことを決めた。\n" * 10
    page(
        tmp_path, "hostile.txt", f"首脳会談{hostile}\n\nフランスの外相は3日、ドイツの外相と{hostile}会談した。\n{rest}"
    )
    with Desk(":memory:") as desk:
        desk.add(tmp_path)
        lines = "\n".join(report_lines(sheets(desk.store)))
    assert "<U+" in lines
    assert not {"\x1b", "\u202e", "\x07", "\x9b", "\u2028"} & set(lines)


def test_every_sample_page_is_marked_and_every_line_has_its_words(desk: Desk) -> None:
    found = list(sheets(desk.store))
    lines = list(report_lines(found))
    assert lines.count(SAMPLE_REMARK) == len(found)
    for number, line in enumerate(lines):
        if line.startswith("  * "):
            following = next(text for text in lines[number + 1 :] if not text.startswith("    ") or "| " in text)
            assert following.startswith("      | "), line


def test_the_demonstration_ends_with_the_sums(desk: Desk) -> None:
    found = tuple(sheets(desk.store))
    ending = " ".join(list(demo_lines(found, 400))[-5:])
    for title, kind in (("events", "event"), ("statements", "statement"), ("to check", "flag")):
        assert f"{title} {len(desk.records((kind,)))}" in ending
    assert "Chinese 1, English 2, Russian 1" in ending


def test_no_pages() -> None:
    with Desk(":memory:") as desk:
        assert list(report_lines(sheets(desk.store))) == ["No pages. Add some with: jitsuroku add FILES"]
