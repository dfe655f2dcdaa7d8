"""The promises of the export hold on pages nobody would write: made from fragments of our own and odd characters."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jitsuroku.contract import dumps
from jitsuroku.intake import PageError
from jitsuroku.intake.pages import page_from_bytes
from jitsuroku.pipeline import read
from jitsuroku.records import Page, Reading
from jitsuroku.store import Store
from jitsuroku.store.restore import restore
from tests.contract.exported import Line, faults
from tests.contract.promises import evidence_of, id_of, order_of, wrong_words
from tests.making import whole_world

SENTENCES = (
    "日本の岩屋外相は5日、英国のラミー外相とロンドンで会談した。",
    "トランプ大統領は「米国は撤退する」と述べ、『再び戻ることはない』とも語った。",
    "中国は中央アジア諸国に２，６００億元（約５２億円）規模の融資を約束していた。",
    "ロシア外務省の報道官は六日、記者団に対し、攻撃を否定した。",
    "日本はウズベキスタンに20億〜30億ドルの支援を約束した。",
    "関係者によると、両首脳は来月にも電話で協議するとみられる。",
    "専門家は「中国を念頭に置いたものだ」と解釈した。",
    "令和7年4月31日（月）、ＥＵは制裁を解除する方針を固めた。",
    "同氏は1億3千万ドル(約1950億円)の拠出を表明した。",
    "President Tokayev met Foreign Minister Lavrov in Astana on 5 June 2025.",
)
SCRAPS = (
    "習近平国家主席", "米", "カザフスタン", "王氏", "両国", "５日", "2025年9月5日", "10月", "「", "」", "『", "』", "（", "）",
    "(", ")", "【", "】", "と述べた", "を約束した", "は", "が", "に対し", "１２３兆円", "−3％", "1,000万", "，，",
)  # fmt: skip
ODD = (
    "😀", "👩‍👩‍👧", "🇯🇵", "𠮷野家", "が", "ｶﾞｽ", "㍿", "①", "ﬁ", "é", "\u200b", "\u200f", "\u202e", "\ufeff",
    "\u2028", "\x85", "\x0b", "\x0c", "\x1f", "\t", "\u3000", "&amp;", "<b>", "</p>", "]]>", "�", "'", '"', "\\", "%s", "\u0301",
)  # fmt: skip
JOINTS = ("", "", "\n", "\r\n", "\r", "\n\n", "。", "、", " ", "\u3000")
FRAGMENT = st.sampled_from((*SENTENCES, *SENTENCES, *SCRAPS, *ODD)) | st.text(max_size=6)
TAGS = ("p", "div", "h1", "li", "td", "figcaption", "nav", "span", "blockquote", "article", "time", "script")
ENCODED = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Fragments joined by line ends of all kinds, full stops and nothing."""
    parts = draw(st.lists(st.tuples(FRAGMENT, st.sampled_from(JOINTS)), min_size=1, max_size=12))
    return "".join(fragment + joint for fragment, joint in parts)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """The same between tags, escaped or not, opened and not always closed."""
    parts = draw(st.lists(st.tuples(st.sampled_from(TAGS), FRAGMENT, st.booleans(), st.booleans()), max_size=12))
    inside = (
        f"<{tag}>{html.escape(words) if escaped else words}{f'</{tag}>' if closed else ''}"
        for tag, words, escaped, closed in parts
    )
    title = html.escape(draw(FRAGMENT))
    return f"<!doctype html><html lang=ja><head><title>{title}</title></head><body>{''.join(inside)}</body></html>"


def page_or_none(data: bytes, source: str) -> Page | None:
    try:
        return page_from_bytes(data, source)
    except PageError:
        return None


def check(page: Page) -> None:
    """Read, store, export; hold every line to every promise."""
    reading = read(page, whole_world())
    with Store() as store:
        store.save(reading, "test")
        stored = [line for line, _ in store.lines()]
        assert store.page(page.id) == page
    assert stored == [dumps(r) for r in sorted_as_stored(reading)]
    assert [restore(line) for line in stored] == list(sorted_as_stored(reading))
    assert stored == [dumps(r) for r in sorted_as_stored(read(page, whole_world()))], "read twice, read differently"
    lines: list[Line] = [json.loads(line.encode()) for line in stored]
    for line in lines:
        assert faults(line) == []
        assert wrong_words(line, page.text) == []
        assert line["id"] == id_of(line)
        assert line["kind"] == "document" or not line.get("document") or list(evidence_of(line))
    assert order_of(lines) == sorted(order_of(lines))


def sorted_as_stored(reading: Reading) -> tuple[object, ...]:
    """The document's record stands first in a reading, and by its kind's name in an export."""
    own = reading.records[0]
    before = [r for r in reading.records[1:] if r.kind < "document"]
    return (*before, own, *reading.records[1 + len(before) :])


def check_text(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    page = page_or_none(data, "made.txt")
    assume(page is not None)
    assert page is not None
    check(page)


@given(texts(), st.sampled_from(ENCODED))
@settings(max_examples=40)
def test_promises_hold_on_made_texts(text: str, encoding: str) -> None:
    check_text(text, encoding)


@given(markup())
@settings(max_examples=25)
def test_promises_hold_on_made_markup(text: str) -> None:
    page = page_or_none(text.encode("utf-8", "ignore"), "made.html")
    assume(page is not None)
    assert page is not None
    check(page)


@pytest.mark.slow
@given(texts(), st.sampled_from(ENCODED))
@settings(max_examples=1500)
def test_promises_hold_on_many_made_texts(text: str, encoding: str) -> None:
    check_text(text, encoding)


@pytest.mark.slow
@given(markup())
@settings(max_examples=1000)
def test_promises_hold_on_much_made_markup(text: str) -> None:
    page = page_or_none(text.encode("utf-8", "ignore"), "made.html")
    assume(page is not None)
    assert page is not None
    check(page)


@given(texts())
@settings(max_examples=60)
def test_a_text_page_is_the_text_with_line_ends_made_equal(text: str) -> None:
    page = page_or_none(text.encode("utf-8", "ignore"), "made.txt")
    assume(page is not None)
    assert page is not None
    if page.walk == "text/1" and page.charset == "utf-8":
        received = text.encode("utf-8", "ignore").decode()
        assert page.text == received.replace("\r\n", "\n").replace("\r", "\n")


def test_half_a_character_in_metadata_costs_no_page() -> None:
    script = '<script type="application/ld+json">{"headline": "\\ud83d会談"}</script>'
    page = page_from_bytes(
        f"<html><head>{script}</head><body><p>{SENTENCES[0]}</p></body></html>".encode(), "half.html"
    )
    assert dict(page.metadata)["ld:headline"] == "\ufffd会談"
    check(page)
