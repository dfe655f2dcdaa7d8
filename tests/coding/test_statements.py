"""Statements and readings: each line of a table of cases is a text and the records it must give, no more and no fewer."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Interpretation, Record, Statement
from tests.making import CASES, page_of, table, whole_world

ANCHOR = "2026年5月4日\n\n"
ROWS = table(CASES / "coding" / "statements.tsv")
KNOWN_FAILURES = table(CASES / "coding" / "statements_known_failures.tsv")
MANNER = table(CASES / "coding" / "manner.tsv")
READINGS = table(CASES / "coding" / "readings.tsv")
Case = dict[str, str]


def page_text(row: Case) -> str:
    """The page of a case; ¶ begins a line."""
    return ANCHOR + row["text"].replace("¶", "\n\n")


def records(row: Case) -> tuple[Record, ...]:
    return read(page_of(page_text(row)), whole_world()).records


def statements(row: Case) -> list[Statement]:
    return [r for r in records(row) if isinstance(r, Statement)]


def shown(statement: Statement) -> str:
    via = f" (via {', '.join(statement.via)})" if statement.via else ""
    words = f"「{statement.text}」" if statement.quoted else statement.text
    return f"{statement.speaker}{via}: {words}"


def wanted(row: Case) -> list[str]:
    return [] if row["expected"] == "none" else sorted(row["expected"].split(" | "))


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_statements(row: Case) -> None:
    said = statements(row)
    assert sorted(shown(s) for s in said) == wanted(row)
    page = page_text(row)
    assert all(page[e.start : e.end] == e.text for s in said for e in (s.evidence, *s.more))


@pytest.mark.xfail(strict=True, reason="not read yet; when it passes, move the line to statements.tsv")
@pytest.mark.parametrize("row", KNOWN_FAILURES, ids=[r["text"] for r in KNOWN_FAILURES])
def test_statements_not_read_yet(row: Case) -> None:
    assert sorted(shown(s) for s in statements(row)) == wanted(row)


@pytest.mark.parametrize("row", MANNER, ids=[f"{r['field']} {r['text']}" for r in MANNER])
def test_manner(row: Case) -> None:
    (said,) = statements(row)
    value = getattr(said, row["field"])
    assert (",".join(value) if isinstance(value, tuple) else str(value or "")) == row["expected"].removeprefix("-")


@pytest.mark.parametrize("row", READINGS, ids=[r["text"] for r in READINGS])
def test_readings(row: Case) -> None:
    found = [r for r in records(row) if isinstance(r, Interpretation)]
    assert sorted(f"{r.by} > {','.join(r.as_) or '-'}" for r in found) == wanted(row)
