"""The tables of words that comparing reads: each row fires in its own example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitsuroku.contract import fold
from jitsuroku.lexicon import read_table
from jitsuroku.linking.knowledge import HERE
from jitsuroku.linking.words import landmarks, number_of, terms_of
from jitsuroku.records import Row
from tests.linking.test_pairs import knowledge


@pytest.mark.parametrize("row", read_table(HERE / "alike.tsv").rows, ids=lambda r: r.rule)
def test_words_for_one_thing(row: Row) -> None:
    assert fold(row["concept"]) in terms_of(row["example"], (), knowledge())


def test_a_concept_is_one_of_its_words() -> None:
    rows = read_table(HERE / "alike.tsv").rows
    words = {row["word"] for row in rows}
    assert {row["concept"] for row in rows} <= words


@pytest.mark.parametrize("row", read_table(HERE / "buildings.tsv").rows, ids=lambda r: r.rule)
def test_a_building_behind_its_city(row: Row) -> None:
    found = knowledge().building.search(fold(row["example"]))
    assert found is not None
    assert found.group().endswith(row["word"])


@pytest.mark.parametrize("row", read_table(HERE / "organs.tsv").rows, ids=lambda r: r.rule)
def test_bodies_that_decide_apart(row: Row) -> None:
    words = fold(row["example"])
    assert next(name for word, name in knowledge().organs if word in words) == row["organ"]


@given(st.text("あいう", max_size=40), st.integers(1, 4), st.integers(1, 9))
def test_landmarks_are_the_least_numbers_of_all_windows(text: str, length: int, window: int) -> None:
    numbers = [number_of(text[i : i + length]) for i in range(len(text) - length + 1)]
    windows = [numbers[i : i + window] for i in range(max(1, len(numbers) - window + 1)) if numbers]
    assert list(landmarks(text, length, window)) == sorted({min(each) for each in windows})
