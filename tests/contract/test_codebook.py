"""The codebook is true: it is the text made from the types, and it tells which fields no stage fills."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jitsuroku.contract import KINDS
from jitsuroku.desk.export.codebook import codebook
from jitsuroku.desk.export.fields import FILE, Meaning, explained, fields_of, kind_meaning, parts
from tests.contract.exported import case_lines, jitsuroku, sample_lines

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"
FIELDS = [(kind, f.name, f.meaning) for kind, of in KINDS.items() for f in fields_of(kind, of)]


def test_the_file_is_the_text(accept: bool) -> None:
    if accept:
        CODEBOOK.write_text(codebook(), encoding="utf-8")
    assert CODEBOOK.read_text(encoding="utf-8") == codebook(), "run: ./dev test tests/contract --accept"


def test_the_command_prints_it() -> None:
    assert jitsuroku("schema", "--codebook").decode() == codebook()


def test_each_line_of_meaning_belongs_to_a_field() -> None:
    known = {kind: {f.name for f in fields_of(kind, of)} for kind, of in {**KINDS, **parts()}.items()}
    known["kinds"], known["forms"] = set(KINDS), set(explained()["forms"])
    assert {name: set(table) for name, table in explained().items()} == known


@cache
def values() -> dict[tuple[str, str], list[Any]]:
    """Every value of every field on the samples and the cases."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for line in (*sample_lines(), *case_lines()):
        for name, value in line.items():
            found[line["kind"], name].append(value)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_made_or_listed_as_not_made(kind: str) -> None:
    made = (kind, "id") in values()
    assert made != kind_meaning(kind).unfilled, f"{kind} is {'' if made else 'not '}made; mend [kinds] in {FILE.name}"


@pytest.mark.parametrize(("kind", "name", "meaning"), [f for f in FIELDS if not kind_meaning(f[0]).unfilled])
def test_a_field_is_filled_somewhere_or_listed_as_unfilled(kind: str, name: str, meaning: Meaning) -> None:
    """A field that only rare pages fill has a case in tests/cases/contract, so that the claim is shown."""
    filled = [v for v in values()[kind, name] if not (v is None or v is False or v == [])]
    if meaning.unfilled:
        assert filled == [], f"{kind}.{name} is filled by now; take `unfilled` off in {FILE.name}"
    else:
        assert filled, f"nothing fills {kind}.{name}; say so with `unfilled` in {FILE.name}, or show it in a case"


@pytest.mark.parametrize(("kind", "name", "meaning"), [f for f in FIELDS if f[2].always])
def test_a_field_with_one_value_has_no_other(kind: str, name: str, meaning: Meaning) -> None:
    assert set(values()[kind, name]) == {meaning.always}, f"{kind}.{name} tells more by now; mend {FILE.name}"
