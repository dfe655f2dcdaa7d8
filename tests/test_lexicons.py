"""Every table of the package: it can be read, is in order, and each row brings an example that holds its words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from sudachipy import Dictionary, SplitMode

from jitsuroku.contract import fold
from jitsuroku.lexicon import PACKAGE, read_event_type, read_table
from jitsuroku.records import Row, Table

PATHS = sorted(PACKAGE.rglob("*.tsv"))
# Columns with other ways to write what the first column names; any of them may stand in the example.
FORMS = ("forms", "aliases", "short", "name_ja", "abbreviation", "seats")
# Columns that hold a pattern, whose | is no list.
PATTERNS = ("pattern", "needs")
TOKENIZER = Dictionary(dict="core").create()


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def words_of(table: Table, row: Row) -> set[str]:
    """What the example may hold: the first cell or its other forms; where that is a code, also any word of the row.

    A row of codes and numbers alone (a yearly rate) has none.
    """
    key, *others = (name for name in table.columns[:-1] if name not in PATTERNS)
    if key == "word":
        return {fold(row[key])}
    named = {fold(word) for name in (key, *others) if name == key or name in FORMS for word in row.list(name)}
    if not row[key].isascii() or len(named) > 1:
        return named
    return {fold(word) for name in others for word in row.list(name) if not word.isascii()}


def normal(text: str) -> str:
    """The words of a text in the tokenizer's normal form: はねつけた and 撥ねつける both begin with 撥ね付ける."""
    return "".join(token.normalized_form() for token in TOKENIZER.tokenize(text, SplitMode.C))


def holds(example: str, words: set[str]) -> bool:
    """True when a word stands in the example as it is or inflected, in kanji or kana."""
    folded = fold(example)
    if any(word.removesuffix("る") in folded for word in words):
        return True
    return any(normal(word) in normal(folded) for word in words)


@pytest.fixture(scope="module", params=PATHS, ids=shown)
def table(request: pytest.FixtureRequest) -> Table:
    path: Path = request.param
    return read_table(path)


def test_there_are_tables() -> None:
    assert PATHS


def test_ends_with_an_example(table: Table) -> None:
    assert table.columns[-1] == "example"
    assert len(set(table.columns)) == len(table.columns)
    assert table.rows
    assert [row.rule for row in table.rows if not row["example"].strip()] == []


def test_is_sorted(table: Table) -> None:
    keys = [row[table.columns[0]] for row in table.rows]
    assert keys == sorted(keys), "rows stand in the order of the first column, by code points"


def _values(row: Row, name: str) -> tuple[str, ...]:
    return () if name == "example" else row.list(name)


def test_has_no_stray_space(table: Table) -> None:
    names = [name for name in table.columns if name not in PATTERNS]
    cells = [(row.rule, cell) for row in table.rows for name in names for cell in (row[name], *_values(row, name))]
    assert [(rule, cell) for rule, cell in cells if cell != cell.strip()] == []
    lists = [(row.rule, name) for row in table.rows for name in names[:-1] if "" in row.list(name)]
    assert lists == [], "an empty value between two |"


def test_lists_name_nothing_twice(table: Table) -> None:
    lists = [(row.rule, row.list(name)) for row in table.rows for name in table.columns[:-1] if name not in PATTERNS]
    assert [rule for rule, values in lists if len(set(values)) < len(values)] == []


def test_ends_with_a_line_break_and_has_notes() -> None:
    for path in PATHS:
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n"), shown(path)
        assert "\r" not in text, shown(path)
        assert text.startswith("#"), f"{shown(path)}: say in a note at the top what the table holds and its source"


def test_the_example_holds_the_words_of_its_row(table: Table) -> None:
    if "pattern" in table.columns:
        assert [row.rule for row in table.rows if not re.search(row["pattern"], fold(row["example"]))] == []
        return
    rows = [(row, words_of(table, row)) for row in table.rows]
    assert [row.rule for row, words in rows if words and not holds(row["example"], words)] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.toml")), ids=shown)
def test_definitions_can_be_read(path: Path) -> None:
    if path.name == "type.toml":
        read_event_type(path)
    assert tomllib.loads(path.read_text(encoding="utf-8"))
