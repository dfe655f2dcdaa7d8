"""Statements: each line of tests/cases/coding/statements.tsv is a text and the statements it must give, no more, no fewer."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Statement
from tests.making import CASES, page_of, table, whole_world

ROWS = table(CASES / "coding" / "statements.tsv")


def shown(statement: Statement) -> str:
    via = f" (via {', '.join(statement.via)})" if statement.via else ""
    words = f"「{statement.text}」" if statement.quoted else statement.text
    return f"{statement.speaker}{via}: {words}"


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_statements(row: dict[str, str]) -> None:
    page = page_of("2026年5月4日\n\n" + row["text"])
    said = [r for r in read(page, whole_world()).records if isinstance(r, Statement)]
    wanted = [] if row["expected"] == "none" else row["expected"].split(" | ")
    assert sorted(shown(s) for s in said) == sorted(wanted)
    assert all(page.text[s.evidence.start : s.evidence.end] == s.evidence.text for s in said)
