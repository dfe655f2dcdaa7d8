"""Whom and what a sentence names, as the whole reader sees it."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from tests.making import CASES, page_of, table, whole_world


def shown(values: list[str]) -> str:
    return "|".join(values) or "-"


@pytest.mark.parametrize("case", table(CASES / "mentions" / "people.tsv"), ids=lambda case: case["text"][:24])
def test_case(case: dict[str, str]) -> None:
    actors = read(page_of(case["text"].replace("¶", "\n\n") + "\n"), whole_world()).actors
    assert shown([f"{person.name}:{person.country or ''}" for person in actors.people]) == case["people"]
    assert shown(list(actors.states)) == case["states"]
    assert shown(list(actors.organisations)) == case["organisations"]
