"""The second reader of clauses: on a tree written by hand, and on GiNZA's trees where the extra is installed."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from jitsuroku.parse import parse, reader_named
from jitsuroku.parse.ginza import ReaderMissing
from jitsuroku.parse.governing import Tree
from jitsuroku.parse.trees import clause_reader
from jitsuroku.records import Clause, ClauseReader, Language
from tests.making import CASES, document_of, japanese, page_of, table
from tests.parse.test_clauses import ROWS, facts

DIFFERENCES = table(CASES / "parse" / "ja.readers.tsv")
LISTED = {(row["text"], row["predicate"]) for row in DIFFERENCES}
ALIKE = [row for row in ROWS if (row["text"], row["predicate"]) not in LISTED]


@lru_cache(maxsize=1)
def ginza() -> Language:
    """Japanese with GiNZA's reader of clauses; the test is skipped when the extra is not installed."""
    try:
        return replace(japanese(), read_clauses=reader_named("ginza"))
    except ReaderMissing as problem:
        pytest.skip(str(problem))


def clauses(text: str, language: Language) -> list[Clause]:
    page = page_of(text)
    return [c for s in parse(page, document_of(page), language) for c in s.clauses]


def gives(row: dict[str, str], language: Language) -> bool:
    found = [c for c in clauses(row["text"], language) if c.predicate == row["predicate"]]
    return any(set(row["expected"].split(";")) <= facts(row["text"], clause) for clause in found)


def named(row: dict[str, str]) -> str:
    return f"{row['text']} {row['predicate']}"


@pytest.mark.parametrize("row", ALIKE, ids=named)
def test_both_readers_give_the_clause(row: dict[str, str]) -> None:
    assert gives(row, ginza()), "a difference: list it in tests/cases/parse/ja.readers.tsv"


@pytest.mark.parametrize("row", DIFFERENCES, ids=named)
def test_known_differences_of_our_own_reader(row: dict[str, str]) -> None:
    assert gives(row, japanese()) == (row["right"] == "own"), "say who is right; where both are, move the row to ja.tsv"


@pytest.mark.parametrize("row", DIFFERENCES, ids=named)
def test_known_differences_of_ginza(row: dict[str, str]) -> None:
    assert gives(row, ginza()) == (row["right"] == "ginza"), "say who is right; where both are, move the row to ja.tsv"


def reader_on(heads: dict[str, str]) -> ClauseReader:
    """A reader on a tree in which each word named hangs on another; all others hang on the word before them."""

    def parsed(rows: object) -> list[Tree]:
        assert isinstance(rows, list)
        trees = []
        for row in rows:
            words = [t.surface for t in row]
            on = [words.index(heads[w]) if w in heads else max(i - 1, 0) for i, w in enumerate(words)]
            trees.append(Tree(tuple(on), ("dep",) * len(words)))
        return trees

    return clause_reader(parsed)


def test_the_tree_decides_whose_argument_a_phrase_is() -> None:
    text = "首相は各国の代表も加わった会合を開いた。"
    tree = {"首相": "開い", "各国": "代表", "代表": "加わっ", "加わっ": "会合", "会合": "開い", "開い": "開い"}
    joined, opened = clauses(text, replace(japanese(), read_clauses=reader_on(tree)))
    assert [text[a.start : a.end] for a in joined.arguments] == ["各国の代表"]
    assert joined.head is not None
    assert text[joined.head.start : joined.head.end] == "会合"
    assert [text[a.start : a.end] for a in opened.arguments] == ["首相", "会合"]


def test_the_first_clause_of_a_chain_has_the_topic() -> None:
    text = "外相は文書に署名し、帰国した。"
    tree = {"外相": "帰国", "文書": "署名", "署名": "帰国", "帰国": "帰国"}
    signed, returned = clauses(text, replace(japanese(), read_clauses=reader_on(tree)))
    assert [text[a.start : a.end] for a in signed.arguments] == ["外相", "文書"]
    assert [text[a.start : a.end] for a in returned.inherited] == ["外相"]


def test_an_unknown_reader_is_named() -> None:
    with pytest.raises(ValueError, match="'best'; there are: own, ginza"):
        reader_named("best")
