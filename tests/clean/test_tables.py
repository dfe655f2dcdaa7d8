"""The room's tables: every line of the cases gets the verdict it should, every row of bylines and genre fires."""

from __future__ import annotations

import re

import pytest

from jitsuroku.clean import clean
from jitsuroku.clean.bylines import TABLE as NAMES
from jitsuroku.clean.bylines import is_byline, rows
from jitsuroku.clean.genre import signs
from jitsuroku.clean.junk import TABLE as JUNK
from jitsuroku.clean.junk import alternatives, rules, verdict
from jitsuroku.clean.lines import is_prose
from jitsuroku.contract import fold
from jitsuroku.lexicon import read_table
from tests.making import CASES, page_of, table

LINES = table(CASES / "clean" / "lines.tsv")
BYLINES = table(CASES / "clean" / "bylines.tsv")
BODY = "外相は10日、港町で隣国の大臣と会談し、2026年の協力を続けることで一致した。\n大臣は記者団に対し、次の日程を説明した。"


@pytest.mark.parametrize("case", LINES, ids=[c["line"][:30] for c in LINES])
def test_line_gets_its_verdict(case: dict[str, str]) -> None:
    line = fold(case["line"])
    rule = verdict(line, is_prose(line))
    assert (rule.name.removeprefix("clean/junk.tsv#") if rule else "-") == case["verdict"]


@pytest.mark.parametrize("case", BYLINES, ids=[c["line"][:30] for c in BYLINES])
def test_line_names_its_authors(case: dict[str, str]) -> None:
    document = clean(page_of(f"港の会談、来週に延期\n{case['line']}\n{BODY}"))
    assert "|".join(b.value for b in document.bylines) == case["names"]


def test_every_row_of_junk_fires_where_all_are_asked_at_once() -> None:
    examples = {row.rule: fold(row["example"]) for row in read_table(JUNK).rows}
    assert [rule.name for rule in rules() if verdict(examples[rule.name], prose=False) is None] == []


def test_every_row_of_bylines_gives_a_name() -> None:
    for row, (rule, _, pattern) in zip(read_table(NAMES).rows, rows(), strict=True):
        match = pattern.search(fold(row["example"]))
        assert match, rule
        assert any(match.groupdict().values()), rule


def test_signs_of_one_kind_come_from_several_rows() -> None:
    """One word that matches anywhere must not make the kind of a page: every kind has a sign that needs another."""
    kinds = {sign.genre for sign in signs()}
    assert {genre for genre in kinds if len([s for s in signs() if s.genre == genre]) < 2} == set()


def test_a_heading_within_the_text_is_no_byline() -> None:
    assert is_byline("港町=水野航", edge=True)
    assert not is_byline("港町=水野航", edge=False)


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [("a|b", ["a", "b"]), (r"^(?:a|b)|\|[|]c", ["^(?:a|b)", r"\|[|]c"]), (r"[(]|\(", ["[(]", r"\("]), ("", [""])],
)
def test_alternatives_are_those_outside_brackets(pattern: str, parts: list[str]) -> None:
    assert alternatives(pattern) == parts
    assert re.compile("|".join(parts))
