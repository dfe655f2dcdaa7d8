"""The gate before the reading of archives: it keeps out what holds nothing, and loses no page that holds something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jitsuroku.desk.adding import load_page
from jitsuroku.intake import PageError, page_from_bytes
from jitsuroku.pipeline import gate, read
from jitsuroku.records import Page
from jitsuroku.samples import PAGES
from tests.gate.score import SETS, gold_folder
from tests.making import whole_world

ROOT = Path(__file__).parents[2]
GOLD = gold_folder()
OURS = [PAGES, ROOT / "tests" / "gate" / "pages", ROOT / "tests" / "pages", ROOT / "tests" / "linking" / "pages"]
ANNOTATED = [GOLD / "gold" / name for name in SETS] if GOLD else []


@pytest.fixture(scope="module")
def may_hold() -> Callable[[Page], bool]:
    return gate(whole_world())


def page(text: str) -> Page:
    return page_from_bytes(text.encode(), "page.txt")


@pytest.mark.parametrize(
    "text",
    [
        "ケニアの外相が隣国の外相と会談した。",
        "日米、来週にも協議",
        "報道官は記者団に「返事を待つ」と述べた。",
        "ユネスコは遺跡の修復を支援する。",
        "モディ首相は港を訪れた。",
    ],
)
def test_what_may_hold_a_record_goes_through(may_hold: Callable[[Page], bool], text: str) -> None:
    assert may_hold(page(text))


@pytest.mark.parametrize(
    "text",
    [
        "大根は厚めの輪切りにして面取りをする。鍋に水と昆布を入れて弱火にかける。",
        "夕方からは雲が広がり、ところにより雨が降る見込みだ。明日の最高気温は平年並みでしょう。",
        "猫は日当たりのよい縁側で丸くなっていた。",
        "The ministers of Kenya and Japan met on Monday.",
        "ケニア、モンバサ",
    ],
)
def test_what_cannot_is_kept_out(may_hold: Callable[[Page], bool], text: str) -> None:
    assert not may_hold(page(text))
    assert {r.kind for r in read(page(text), whole_world()).records} <= {"document", "mention"}


@pytest.mark.parametrize(
    "folder", [*OURS, *ANNOTATED], ids=lambda folder: folder.name if folder in ANNOTATED else folder.parent.name
)
def test_no_page_with_a_record_is_lost(may_hold: Callable[[Page], bool], folder: Path) -> None:
    seen, lost = 0, []
    for file in sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".html", ".md")):
        try:
            found = load_page(file)
        except PageError:
            continue
        seen += 1
        if not may_hold(found) and {r.kind for r in read(found, whole_world()).records} - {"document", "mention"}:
            lost.append(file.name)
    assert seen > 0
    assert lost == []
