"""Whom and what a sentence names, as the whole reader sees it."""

from __future__ import annotations

import re

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Row
from tests.making import CASES, page_of, table, whole_world


def shown(values: list[str]) -> str:
    return "|".join(values) or "-"


@pytest.mark.parametrize("case", table(CASES / "mentions" / "people.tsv"), ids=lambda case: case["text"][:24])
def test_case(case: dict[str, str]) -> None:
    actors = read(page_of(case["text"].replace("¶", "\n\n") + "\n"), whole_world()).actors
    assert shown([f"{person.name}:{person.country or ''}" for person in actors.people]) == case["people"]
    assert shown(list(actors.states)) == case["states"]
    assert shown(list(actors.organisations)) == case["organisations"]


def named(row: Row) -> list[str]:
    """The forms that name somebody by themselves: two characters of katakana need an office, suspects act for nobody."""
    forms = (row["name_ja"], *row.list("forms"))
    return [f for f in forms if not re.fullmatch("[ァ-ー]{2}", f) and not f.endswith("容疑者")]


@pytest.mark.parametrize("row", whole_world().tables["people"].rows[::20], ids=lambda row: row["key"])
def test_every_form_names_the_person(row: Row) -> None:
    """「ロムロ外相」 is of the Philippines: no form reads as another state's, or as nobody's."""
    for form in named(row):
        actors = read(page_of(f"{form}は15日、提案に反対すると述べた。\n"), whole_world()).actors
        assert [person.country for person in actors.people] == [row["country"] or None], form
