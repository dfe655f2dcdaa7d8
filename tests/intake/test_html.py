"""HTML: all visible text in document order whatever the markup, with its regions and metadata."""

from __future__ import annotations

import time

import pytest

from jitsuroku.intake import page_from_bytes
from jitsuroku.records import Page


def page_of(body: str, head: str = "") -> Page:
    html = f"<!DOCTYPE html><html lang='ja'><head>{head}</head><body>{body}</body></html>"
    return page_from_bytes(html.encode(), "case.html", html=True)


@pytest.mark.parametrize("depth", [253, 254, 255, 1_000, 10_000])
def test_text_below_many_elements_is_kept(depth: int) -> None:
    page = page_of("<div>" * depth + "<p>深い所の文。</p>" + "</div>" * depth + "<p>後の文。</p>")
    assert page.text == "深い所の文。\n\n後の文。"


@pytest.mark.slow
def test_text_below_a_hundred_thousand_elements_is_kept() -> None:
    assert page_of("<div>" * 100_000 + "深い所の文。").text == "深い所の文。"


def test_a_million_attributes_cost_no_more_than_their_length() -> None:
    begin = time.process_time()
    page = page_of("<p " + " ".join(f'a{i}="{i}"' for i in range(1_000_000)) + ">文。</p>")
    assert page.text == "文。"
    assert time.process_time() - begin < 10


def test_what_looks_like_a_tag_in_a_script_swallows_no_text() -> None:
    assert page_of(f"<script>if (a<b{' && x' * 3000})</script><p>文。</p>").text == "文。"


def test_a_long_address_in_a_tag_leaves_its_other_attributes() -> None:
    page = page_of(f'<p class="share" data-x="{"a" * 5000}">共有</p>')
    assert {r.tag for r in page.regions} == {"p", "junk:share"}


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '見えない';</script>",
        "<style>p::after { content: '見えない' }</style>",
        "<template><p>見えない</p></template>",
        "<noscript>見えない</noscript>",
        "<p hidden>見えない</p>",
        "<div style='display: none'><p>見えない</p></div>",
        "<svg><text>見えない</text></svg>",
        "<textarea>見えない</textarea>",
        "<!-- 見えない -->",
        "<iframe>見えない</iframe>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert page_of(f"<p>前の文。</p>{hidden}<p>後の文。</p>").text == "前の文。\n\n後の文。"


def test_ruby_leaves_the_name_whole() -> None:
    page = page_of("<p><ruby>薛剣<rp>(</rp><rt>せつけん</rt><rp>)</rp></ruby>総領事は会談した。</p>")
    assert page.text == "薛剣総領事は会談した。"


def test_lines_and_cells_stay_apart() -> None:
    page = page_of(
        "<p>一行目<br>二行目</p><table><tr><td>国</td><td>日</td></tr><tr><td>日本</td><td>3日</td></tr></table>"
    )
    assert page.text == "一行目\n二行目\n\n国\t日\n日本\t3日"


def test_regions_are_spans_of_the_text() -> None:
    page = page_of("<nav>案内</nav><article><h1>見出し</h1><p>文。</p></article><footer>会社</footer>")
    shown = {(r.tag, page.text[r.start : r.end]) for r in page.regions}
    assert {("nav", "案内"), ("h1", "見出し"), ("article", "見出し\n\n文。"), ("footer", "会社")} <= shown


def test_metadata_and_the_canonical_address() -> None:
    head = (
        "<title>港の会談 | 港新聞</title><meta property='og:site_name' content='港新聞'>"
        "<link rel='canonical' href='https://MINATO.example/a?utm_source=x&amp;id=3#top'>"
        '<script type="application/ld+json">{"headline": "港の会談", "datePublished": "2026-03-04"}</script>'
    )
    page = page_of("<p>文。</p>", head)
    assert page.address == "https://minato.example/a?id=3"
    assert dict(page.metadata)["ld:datePublished"] == "2026-03-04"
    assert dict(page.metadata)["og:site_name"] == "港新聞"


@pytest.mark.parametrize("script", ["{", "[" * 100_000, "[1, null, []]", '{"headline": {"a": 1}}', '{"publisher": []}'])
def test_broken_linked_data_is_left_out(script: str) -> None:
    page = page_of("<p>文。</p>", f'<script type="application/ld+json">{script}</script>')
    assert page.text == "文。"
    assert not [k for k, _ in page.metadata if k.startswith("ld:")]


@pytest.mark.parametrize("broken", ["<p>文。", "<table><tr><p>文。", "<b><i>文。</b></i>", "<p>文。</div></div>"])
def test_broken_markup_keeps_its_text(broken: str) -> None:
    assert page_of(broken).text == "文。"
