"""Sentences and quotations: where they begin and end, to the code point."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jitsuroku.parse.sentences import quotations_of, split_block
from jitsuroku.records import Span


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_block(text, 0, len(text))]


def test_a_full_stop_inside_marks_does_not_end_the_sentence() -> None:
    assert sentences("「行かない。決めた。」と述べた。次は外相だ。") == [
        "「行かない。決めた。」と述べた。",
        "次は外相だ。",
    ]


def test_a_mark_that_never_closes_is_harmless() -> None:
    assert sentences("「行かない。次は外相だ。") == ["「行かない。", "次は外相だ。"]


def test_bullets_and_datelines_are_not_words_of_the_sentence() -> None:
    assert sentences("✅ 【東京・山田】首相は会見した。") == ["首相は会見した。"]


def test_quotations_know_their_depth() -> None:
    text = "首相は「『対話』を続ける」と述べた。"
    found = quotations_of(text, Span(0, len(text)))
    assert [(text[q.inner.start : q.inner.end], q.depth) for q in found] == [("『対話』を続ける", 1), ("対話", 2)]


@given(st.text(alphabet="あア亜「」『』。!?、 \n【】", max_size=80))
def test_sentences_lie_in_order_inside_the_block(text: str) -> None:
    spans = split_block(text, 0, len(text))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    for span in spans:
        for quotation in quotations_of(text, span):
            assert (
                span.start <= quotation.start < quotation.inner.start < quotation.inner.end < quotation.end <= span.end
            )
