"""Blocks: every line once, in order, with exact offsets, in any text; and in time that grows with the page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitsuroku.clean import clean
from jitsuroku.clean.length import MOST_READ
from jitsuroku.intake import page_from_bytes
from jitsuroku.records import Block, Page
from tests.making import page_of

PIECES = [
    "港の会談、来週に",
    "外相は10日、港町で隣国の大臣と会談し、協力を続けることで一致したと述べた。",
    "関連記事",
    "・港の猫",
    "✅ 交渉は24日に札幌で始まると両国の外務省が発表した。",
    "さらに読む ⇒港新聞出典/画像元: https://minato.example/1",
    "公開日:2025/03/06",
    "2026年3月4日",
    "『港の会談』。港新聞、2025年3月3日。",
    "[港町=水野航]",
    "縺薙�譁�ｭ励�",
    "(残り500文字)",
    "[ad_1]",
    "2 :名無しさん",
    "コメント一覧",
    "１２３　",
    "\t",
    "\u3000",
    "\n",
    "\n\n",
    " ",
    "。",
    "「",
    "Port talks go on, the minister told reporters on Friday in the harbour town. ",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=20).map("".join)


def words_of(text: str) -> str:
    return "".join(text.split())


@given(TEXTS)
def test_blocks_cover_every_word_once_in_order(text: str) -> None:
    page = page_of(text.replace("\r", "\n"))
    blocks = clean(page).blocks
    assert all(0 <= b.start < b.end <= len(page.text) for b in blocks)
    assert all(a.end <= b.start for a, b in zip(blocks, blocks[1:], strict=False))
    assert words_of("".join(page.text[b.start : b.end] for b in blocks)) == words_of(page.text)
    assert all("\n" not in page.text[b.start : b.end] for b in blocks)
    assert all(b.role and b.rule.startswith("clean/") for b in blocks)


@given(TEXTS)
def test_what_is_found_stands_where_it_says(text: str) -> None:
    page = page_of(text.replace("\r", "\n"))
    document = clean(page)
    for found in (document.title, document.outlet, document.origin, *document.bylines):
        assert found is None or found.span is None or page.text[found.span.start : found.span.end] == found.value
    for span in (*document.injected, *document.sections):
        assert 0 <= span.start < span.end <= len(page.text)


def kept(text: str) -> list[str]:
    page = page_of(text)
    return [page.text[b.start : b.end] for b in clean(page).blocks if b.kept]


BODY = "外相は10日、港町で隣国の大臣と会談し、協力を続けることで一致したと述べた。"
LONG = BODY * 2


def test_text_goes_on_after_a_box_of_links() -> None:
    assert kept(f"港の会談、来週に\n{BODY}\n関連記事\n港の猫\n河口の犬の話\n{LONG}") == [BODY, LONG]


def test_nothing_comes_after_the_comments() -> None:
    assert kept(f"港の会談、来週に\n{BODY}\nコメント一覧\n{LONG}\n{LONG}") == [BODY]


def test_a_counter_of_comments_above_the_text_ends_nothing() -> None:
    assert kept(f"港の会談、来週に\nコメント一覧\n{BODY}\n{LONG}") == [BODY, LONG]


def test_a_caption_glued_to_the_text_is_cut_off() -> None:
    text = f"港の会談、来週に\n10日、握手する外相。(港町=港網記者/林遠)【港網港町2月10日】{BODY}\n{BODY}写真は港の船。"
    assert kept(text) == [f"【港網港町2月10日】{BODY}", BODY]


def test_points_below_the_text_are_text() -> None:
    assert kept(f"港の会談、来週に\n{BODY}\n💡 話し合いは続く。\n💡 次は来月。")[1:] == [
        "💡 話し合いは続く。",
        "💡 次は来月。",
    ]


SHAPES = {
    "one line": lambda n: BODY * n,
    "paragraphs": lambda n: f"題\n{BODY}\n" * n,
    "short lines": lambda n: "".join(f"行{i}の見出し\n" for i in range(n)),
    "links": lambda n: f"題\n{BODY}\n関連記事\n" + "".join(f"・記事{i}を読む\n" for i in range(n)),
    "citations": lambda n: f"題\n{BODY}\n" + "『港の会談』。港新聞、2025年3月3日。" * n,
    "digest": lambda n: "題\n" + f"✅ {BODY}\nさらに読む ⇒港出典: https://a.example/1\n" * n,
    "mojibake": lambda n: "題\n" + "縺薙ｓ縺ｫ縺｡�は。" * n,
    "brackets": lambda n: "「" * n + "(" * n + "[" * n,
    "ascii dates": lambda n: "The talks of 5 June 2025 went on in the harbour town. " * n,
    "breadcrumbs": lambda n: "あ > " * n,
    "equals": lambda n: "あ=い、" * n,
}


def seconds(page: Page) -> float:
    begin = time.process_time()
    clean(page)
    return time.process_time() - begin


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_page_and_no_faster(shape: str) -> None:
    small, large = (page_from_bytes(SHAPES[shape](n).encode(), "case.txt") for n in (4_000, 32_000))
    clean(small)
    assert seconds(large) < 8 * 3 * max(seconds(small), 0.02)


def test_a_line_of_five_megabytes_is_one_paragraph_and_quick() -> None:
    page = page_of(BODY * 45_000)
    begin = time.process_time()
    block, beyond = clean(page).blocks
    assert (block.role, block.start, block.end) == ("body", 0, MOST_READ // len(BODY) * len(BODY))
    assert (beyond.start, beyond.end, beyond.kept) == (block.end, len(page.text), False)
    assert time.process_time() - begin < 10


def test_an_empty_page_has_no_blocks() -> None:
    assert clean(page_of("\n \n")).blocks == ()
    assert isinstance(clean(page_of("題")).blocks[0], Block)


def test_a_paragraph_of_somebody_s_words_is_text_without_a_full_stop() -> None:
    words = "「港を開くことは、両国の漁師にとって長いあいだの願いであり、今日の署名はその始まりにすぎないと私は考えています。来月も会います」"
    words = words.replace("。", "、")
    assert kept(f"港の会談、来週に\n{BODY}\n首相{words}\n{words}") == [BODY, f"首相{words}", words]
