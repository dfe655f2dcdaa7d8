"""Whose text is whose, and how many independent sources a matter has."""

from __future__ import annotations

from typing import Any

import pytest

from jitsuroku.linking import Text, descent, independent, links_of, profile
from jitsuroku.records import DocumentRecord, Link, Person
from tests.linking.records import document, event
from tests.linking.test_pairs import knowledge

STORY = (
    "港町ルーヴェの市議会は三日、沿岸の古い灯台を取り壊さずに残す方針を全会一致で決めた。"
    "修理の費用は二年に分けて支出し、足りない分は市民からの寄付で賄うとしている。"
    "市長のデュラン氏は記者団に、灯台の明かりは漁師たちの暮らしの目印だったと語った。"
    "一方、財政を担当するルロワ議員は、寄付が集まらなければ計画を見直すこともあり得ると述べた。"
    "灯台は百二十年前に建てられ、嵐で何度も傷みながら使われてきた。"
)
COMMENTS = (
    "それより駅前の駐輪場を何とかしてほしいという声が町内会では以前から上がっていたのを思い出した。"
    "子どものころ遠足で登った階段がまだ残っているなら、来年の夏に一度訪ねてみたい気もする。"
    "寄付を集めるなら絵はがきでも作って土産物屋に置けばよいのではないか。"
)
MORE = (
    "県の担当者によれば、同じ年代の灯台で今も光るものは三基しかなく、文化財としての登録を勧めていた。"
    "工事は来春に始まり、足場を組むあいだは岬の遊歩道が閉じられるため、観光協会は迂回路の案内板を用意する。"
    "地元の小学校では児童が灯台守の日誌を読み解いて劇に仕立て、秋の祭りで演じることになっている。"
)
OTHER = "山あいの村では五日、雪解け水を使った小さな発電所が動き始め、村長が住民を前に仕組みを説明した。" * 2


def pages(*changes: dict[str, Any]) -> list[DocumentRecord]:
    names = "abcdefgh"
    return [document(names[n], change.pop("told", "2025-03-04"), **change) for n, change in enumerate(changes)]


def copies(*found: DocumentRecord) -> tuple[Link, ...]:
    items = [profile(page, page, knowledge()) for page in found]
    assert all(isinstance(item, Text) for item in items)
    forward = links_of(items, knowledge())
    assert links_of(list(reversed(items)), knowledge()) == forward
    return forward


def pairs(*found: DocumentRecord) -> list[tuple[str, str]]:
    return [(link.left[-1], link.right[-1]) for link in copies(*found)]


def test_the_later_page_is_the_copy() -> None:
    found = pages({"text": STORY, "told": "2025-03-05"}, {"text": STORY, "told": "2025-03-04"}, {"text": OTHER})
    assert pairs(*found) == [("a", "b")]
    assert "the other was published earlier: 2025-03-04, 2025-03-05" in copies(*found)[0].reasons


def test_a_named_source_decides_against_the_days() -> None:
    found = pages(
        {"text": STORY, "told": "2025-03-05", "outlet": "ルーヴェ通信"},
        {"text": STORY, "told": "2025-03-04", "origin": "ルーヴェ通信より転載"},
    )
    assert pairs(*found) == [("b", "a")]
    assert "names its source: ルーヴェ通信より転載" in copies(*found)[0].reasons


def test_other_width_and_line_breaks_do_not_hide_a_copy() -> None:
    broken = STORY.replace("。", "。\n\n").replace("、", "、 ")
    assert pairs(*pages({"text": STORY}, {"text": broken, "told": "2025-03-05"})) == [("b", "a")]


def test_ten_copies_point_at_the_story() -> None:
    found = pages(*({"text": STORY + "続報。" * n, "told": f"2025-03-0{n + 1}"} for n in range(7)))
    assert sorted(pairs(*found)) == [(name, "a") for name in "bcdefg"]


def test_a_quoted_part_is_a_copy_when_its_source_is_named() -> None:
    part = STORY[:150] + COMMENTS + OTHER
    story = {"text": STORY + MORE, "outlet": "ルーヴェ通信"}
    assert pairs(*pages(dict(story), {"text": part, "origin": "ルーヴェ通信"})) == [("b", "a")]
    assert pairs(*pages(dict(story), {"text": part, "origin": None})) == []


def test_two_reports_of_one_matter_are_no_copies() -> None:
    retold = (
        "ルーヴェ市は古い灯台を保存する。市議会が全員の賛成で決めたもので、費用は二年間に分ける。"
        "不足分には寄付を充てる。デュラン市長は灯台が漁師の目印だったと話し、ルロワ議員は見直しに含みを残した。"
        "百二十年前の建築で、嵐にたびたび傷ついている。"
    )
    assert pairs(*pages({"text": STORY}, {"text": retold})) == []


def test_empty_pages_are_no_copies() -> None:
    assert pairs(*pages({"text": ""}, {"text": ""}, {"text": "続報"}, {"text": "続報"})) == []


@pytest.mark.parametrize(
    ("changes", "links", "count"),
    [
        ([{}, {}, {}], [], 3),
        ([{}, {}, {}], [("b", "a")], 2),
        ([{}, {}, {}], [("b", "a"), ("c", "b")], 1),
        ([{"origin": "新華社"}, {"origin": "新華社"}, {}], [], 2),
        ([{"outlet": "新華社"}, {"origin": "新華社"}], [], 1),
        ([{}, {}], [("a", "x"), ("b", "x")], 1),
    ],
    ids=[
        "three of their own",
        "a copy",
        "a copy of a copy",
        "one origin named twice",
        "the origin itself",
        "original not here",
    ],
)
def test_independent_sources(changes: list[dict[str, Any]], links: list[tuple[str, str]], count: int) -> None:
    originals = {f"document{copy}": f"document{original}" for copy, original in links}
    assert len(independent(pages(*changes), originals)) == count


def test_pages_that_stand_on_one_agency_count_once() -> None:
    found = pages({}, {})
    told = [event("CONSULT FRA>DEU via:新華社 :両外相は会談した", page) for page in found]
    assert independent(found, {}, told) == ("新華社",)


def test_a_line_of_descent() -> None:
    copied = {"c": "b", "b": "a"}
    assert descent("c", copied) == ("b", "a")
    assert descent("a", copied) == ()


ENGLISH = "Ishiba and Trump spoke for 113 minutes on August 23. They agreed on 45 projects worth 5,500 million dollars by 2028."
JAPANESE = "石破首相とトランプ大統領は8月23日、113分間話した。2028年までに5500百万ドル相当の45事業で合意した。"
TWO = (Person("石破茂", ("石破首相",), "JPN", "首相", True), Person("トランプ", (), "USA", "大統領", True))


def translation(**changes: Any) -> list[tuple[str, str]]:
    original, copy = pages(
        {"text": ENGLISH, "language": "en", "people": ()},
        {"text": JAPANESE, "genre": "translation", "people": TWO, "told": "2025-03-05", **changes},
    )
    return pairs(original, copy)


def test_a_translation_is_a_copy_when_it_says_so_and_names_and_figures_agree() -> None:
    assert translation() == [("b", "a")]
    assert translation(genre="news") == []
    assert translation(told="2025-03-19") == []
    assert translation(people=TWO[1:]) == []
    assert translation(text=JAPANESE.replace("113", "90").replace("45", "12").replace("5500", "700")) == []
