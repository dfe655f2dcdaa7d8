"""Numbers and what they count, one case a line: tests/cases/mentions/quantities.tsv."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from tests.making import CASES, page_of, table, whole_world

ROWS = table(CASES / "mentions" / "quantities.tsv")


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_quantities(row: dict[str, str]) -> None:
    found = read(page_of(row["text"]), whole_world()).mentions.quantities
    assert ", ".join(f"{q.n}{q.unit}" for q in found) == row["expected"].removesuffix("-")
