"""The reader: spans that overlap in any way, and jumps to every one of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitsuroku import Desk
from jitsuroku.desk.web.reader import Span, pieces
from tests.desk.web.visiting import Visitor

TEXT = "フランスの大統領は三日、ドイツの首相と会談した。"
SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.sampled_from(["event", "flag", "silent"])),
    max_size=8,
)


@given(SPANS)
def test_pieces_are_the_text_and_every_span_is_all_its_pieces(found: list[tuple[int, int, str]]) -> None:
    spans = [Span(min(a, b), max(a, b), kind, n) for n, (a, b, kind) in enumerate(found, 1) if a != b]
    made = list(pieces(TEXT, 0, len(TEXT), spans, set()))
    assert "".join(piece.text for piece in made) == TEXT
    for span in spans:
        on = [p for p in made if span.kind == "silent" or span.number in p.numbers]
        if span.kind != "silent":
            assert "".join(p.text for p in on) == TEXT[span.start : span.end]
        assert sum(span in p.begins for p in made) == 1
        assert sum(span in p.ends for p in made) == 1


@pytest.mark.parametrize(
    "source", ["call-tabloid.txt", "call-readout-cn.txt", "digest-week.txt", "astana-analysis.html"]
)
def test_every_jump_has_its_place(visitor: Visitor, source: str) -> None:
    text = visitor.get(f"/page/{source}").text
    assert set(re.findall(r'href="#([^"]+)"', text)) - {"main"} <= set(re.findall(r'\sid="([^"]+)"', text))


def test_a_record_leads_to_its_words(visitor: Visitor, desk: Desk) -> None:
    event = desk.events(page="call-agency.txt")[0]
    there = visitor.get(f"/record/{event.id}?lang=ja").headers["location"]
    place = f"{event.evidence.start}-{event.evidence.end}"
    assert there == f"/page/{event.document}?lang=ja&record={event.id}&at={place}#here"
    marked = re.findall(r'<mark class="[^"]*here[^"]*"[^>]*>([^<]*)</mark>', visitor.get(there.split("#")[0]).text)
    assert "".join(marked) == event.evidence.text


def test_silence_is_told_with_its_reason(visitor: Visitor) -> None:
    page = visitor.get("/page/call-tabloid.txt.json").json()
    assert page["silent"]
    assert any(each["reasons"] for each in page["silent"])
    assert 'mark class="silent"' in visitor.get("/page/call-tabloid.txt").text


def test_a_page_in_another_language_says_that_it_is_not_read(visitor: Visitor) -> None:
    assert "Language not read yet" in visitor.get("/page/ru-forum.txt").text
    assert "Language not read yet" not in visitor.get("/page/call-agency.txt").text
