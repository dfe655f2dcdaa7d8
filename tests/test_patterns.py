"""Patterns of tables joined so that a search passes over most of a text: they must find what each row finds alone."""

from __future__ import annotations

import pytest

from jitsuroku.coding.prepare import details_of, readings_by_kind
from jitsuroku.contract import fold
from jitsuroku.language import load
from jitsuroku.lexicon import ANY, behind_run, first_characters, union_of
from jitsuroku.records import Row

JAPANESE = load("ja")


@pytest.mark.parametrize(
    ("patterns", "begins"),
    [
        (["(?:私|筆者)は", "兆し(?:だ|である)"], "[兆私筆]"),
        (["(?<!氏)と見られ", "(?!筆者)専門家"], "[と専]"),
        ([r"\(代表撮影", "©社"], r"[\(©]"),
        (["先?端の技術"], ANY),
        ([r"\d人"], ANY),
        (["港", "[東西]港"], ANY),
    ],
)
def test_what_a_match_can_begin_with(patterns: list[str], begins: str) -> None:
    assert first_characters(patterns) == begins


@pytest.mark.parametrize(
    ("pattern", "behind"),
    [
        ("(?<![一-鿿])(?!筆者|私)([^、。「」]{2,14})の目には", "の目には"),
        ("[^。]{2,40}の見方", "の見方"),
        ("のは、?[^。]{0,50}ためだ", "のは、?[^。]{0,50}ためだ"),
        ("[^。]{2,4}の港|岬", "[^。]{2,4}の港|岬"),
    ],
)
def test_what_stands_behind_a_run_of_characters(pattern: str, behind: str) -> None:
    assert behind_run(pattern) == behind


def test_no_pattern_at_all_never_matches() -> None:
    assert union_of([]).search("港町で会談した。") is None


@pytest.mark.parametrize("row", JAPANESE.tables["readings"].rows, ids=lambda r: r.rule)
def test_a_sentence_that_holds_a_reading_is_not_passed_over(row: Row) -> None:
    gate = readings_by_kind(JAPANESE).get(f"may-hold reading {row['kind']}")
    assert gate is None or gate.search(fold(row["example"]))


@pytest.mark.parametrize("row", JAPANESE.tables["topics"].rows, ids=lambda r: r.rule)
def test_words_that_name_a_topic_are_not_passed_over(row: Row) -> None:
    assert details_of(JAPANESE)["topic"].search(fold(row["example"]))
    assert details_of(JAPANESE)["topic"].search("会談は二時間続いた。") is None
