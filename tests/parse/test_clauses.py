"""Clauses: each line of tests/cases/parse/ja.tsv is a sentence, one of its predicates and what it must give."""

from __future__ import annotations

import pytest

from jitsuroku.parse import parse
from jitsuroku.records import Clause, Sentence
from tests.making import CASES, document_of, japanese, page_of, table

ROWS = table(CASES / "parse" / "ja.tsv")


def clauses(text: str, predicate: str) -> tuple[str, Sentence, list[Clause]]:
    page = page_of(text)
    sentences = parse(page, document_of(page), japanese())
    return text, sentences[0], [c for s in sentences for c in s.clauses if c.predicate == predicate]


def facts(text: str, clause: Clause) -> set[str]:
    found = {f"{a.particle}={text[a.start : a.end]}" for a in clause.arguments}
    found |= {f"^{a.particle}={text[a.start : a.end]}" for a in clause.inherited}
    found |= {clause.voice, clause.tense, clause.aspect, clause.ending, f"inside={clause.inside}", *clause.modality}
    found |= {"not"} if clause.negative else set()
    return found | ({f"head={text[clause.head.start : clause.head.end]}"} if clause.head else set())


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['text']} {r['predicate']}" for r in ROWS])
def test_clause(row: dict[str, str]) -> None:
    text, _, found = clauses(row["text"], row["predicate"])
    assert found, f"no clause of {row['predicate']}"
    wanted = set(row["expected"].split(";"))
    assert any(wanted <= facts(text, clause) for clause in found), [sorted(facts(text, c)) for c in found]


def test_topic_is_carried_to_the_next_sentence_of_the_paragraph() -> None:
    text = "首相は記者会見を開いた。隣国の決定を歓迎した。"
    page = page_of(text)
    second = parse(page, document_of(page), japanese())[1]
    assert [text[a.start : a.end] for a in second.clauses[-1].inherited] == ["首相"]


def test_topic_is_not_carried_to_another_paragraph() -> None:
    page = page_of("首相は記者会見を開いた。\n隣国の決定を歓迎した。")
    second = parse(page, document_of(page), japanese())[1]
    assert not second.clauses[-1].inherited
