"""One thing as many pages tell it: what is said, what is only named, what is not mentioned."""

from __future__ import annotations

import pytest

from jitsuroku import Desk
from jitsuroku.desk.comparison import NAMED, SAID, SILENT, Comparison, Field, Line, compare
from jitsuroku.desk.phrases import formulas, formulas_in, lengths
from jitsuroku.records import Page


@pytest.fixture(scope="module")
def call(desk: Desk) -> Comparison:
    """The telephone call of 5 June 2025, which eight sample pages tell."""
    return compare(desk.store, desk.cluster(desk.clusters()[0].id))


def line(table: Comparison, question: str, about: str = "") -> Line:
    return next(x for x in table.lines if (x.question, x.about) == (question, about))


def field(table: Comparison, source: str, question: str, about: str = "") -> Field:
    place = next(n for n, column in enumerate(table.columns) if column.document.source == source)
    return line(table, question, about).fields[place]


def test_a_copy_stands_beside_its_original_under_one_origin(call: Comparison) -> None:
    assert (len(call.columns), len(call.origins)) == (8, 7)
    first, second = call.columns[:2]
    assert (first.document.source, second.document.source) == ("call-blog.txt", "call-repost.txt")
    assert second.copy_of == first.document.id
    assert first.origin == second.origin


@pytest.mark.parametrize(
    ("source", "question", "about", "state"),
    [
        ("call-readout-cn.txt", "initiator", "", SAID),
        # 「電話はトランプ氏側が望んだものだと報道」: told, but no record.
        ("call-tabloid.txt", "initiator", "", NAMED),
        ("call-broadcast.html", "initiator", "", SILENT),
        ("call-blog.txt", "topic", "taiwan", SAID),
        ("call-opinion.txt", "topic", "taiwan", NAMED),
        ("call-agency.txt", "topic", "taiwan", SILENT),
        # The digest tells of other things too; they are none of this call.
        ("digest-week.txt", "topic", "taiwan", SILENT),
        ("call-readout-cn.txt", "formula", "一つの中国", NAMED),
        ("call-agency.txt", "formula", "一つの中国", SILENT),
        ("call-tabloid.txt", "length", "", SAID),
    ],
)
def test_what_each_page_says(call: Comparison, source: str, question: str, about: str, state: str) -> None:
    assert field(call, source, question, about).state == state


def test_other_sections_of_a_digest_do_not_count(call: Comparison) -> None:
    said = {
        x.about
        for x in call.lines
        if x.question == "topic" and field(call, "digest-week.txt", "topic", x.about).evidence
    }
    assert "trade" in said
    assert said.isdisjoint({"tariffs", "investment", "infrastructure"})


def test_lengths_in_other_words_are_one(call: Comparison) -> None:
    assert {f.values for f in line(call, "length").fields if f.state == SAID} == {("90",)}
    assert not line(call, "length").differs


def test_the_fewer_are_odd(call: Comparison) -> None:
    taiwan = line(call, "topic", "taiwan")
    assert taiwan.differs
    assert {f.state for f in taiwan.fields if f.odd} == {SILENT}
    only_one = line(call, "formula", "一つの中国")
    assert [f.state for f in only_one.fields if f.odd] == [NAMED]


def test_every_field_that_says_something_has_words(desk: Desk) -> None:
    for cluster in desk.clusters():
        table = compare(desk.store, desk.cluster(cluster.id))
        for each in table.lines:
            for column, told in zip(table.columns, each.fields, strict=True):
                page = desk.store.page(column.document.id)
                assert (told.state == SILENT) == (not told.evidence)
                assert all(page.text[e.start : e.end] == e.text for e in told.evidence)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("約90分会談した", [90]),
        ("1時間半にわたり", [90]),
        ("２時間15分", [135]),
        ("6月3日に会談した", []),
        ("10分の1", []),
        ("午後3時30分に", []),
    ],
)
def test_lengths(words: str, minutes: list[int]) -> None:
    page = _page(words)
    assert [n for n, _ in lengths(page, 0, len(words))] == minutes


def _page(text: str) -> Page:
    from jitsuroku.intake import page_from_bytes

    return page_from_bytes(text.encode(), "p.txt")


def test_set_phrases_have_one_key_each() -> None:
    assert len(formulas()) > 20
    assert all(row["en"] for row in formulas().values())


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("両国は包括的戦略的パートナーシップを結んだ。", ["包括的戦略パートナーシップ"]),
        ("両国は戦略的互恵関係を進める。", ["戦略的互恵関係"]),
        ("台湾独立に断固反対すると述べた。", ["台湾独立に反対", "断固反対"]),
        ("「台湾独立」を非難した。", ["台湾独立"]),
        ("内政への干渉に反対した。", ["内政不干渉"]),
        ("法の支配に基づく国際秩序を守る。", ["法の支配に基づく国際秩序"]),
        ("首脳は握手した。", []),
    ],
)
def test_set_phrases_that_hold_one_another(text: str, keys: list[str]) -> None:
    assert [phrase.key for phrase in formulas_in(_page(text), [(0, len(text))])] == keys
