"""Whether tables of the world that a user brings can be used: refused as a whole, with the line, before anything is.

A name of one character would be found in every word (「中」 in 「中央」), one that stands for two states would make a wrong
line, and one that acts for another that acts for it would never end.
"""

from __future__ import annotations

from collections.abc import Mapping

from jitsuroku.lexicon import PACKAGE, TableError, read_table
from jitsuroku.records import Row, Table

# By table the column that must be another on every row.
KEYS = {"states": "code", "people": "key", "organisations": "code"}
# What a form holds beside the table's own name, where one character is a name indeed (the network X).
SHORTEST = 2


def refuse_unsound(tables: Mapping[str, Table]) -> None:
    """Raises lexicon.TableError when a table is missing, lacks a column, or names what cannot be told apart."""
    for own in sorted((PACKAGE / "world").glob("*.tsv")):
        table = tables.get(own.stem)
        if table is None:
            raise TableError(f"{own.name}: missing; copy it from jitsuroku/world and change that")
        if missing := [c for c in read_table(own).columns if c not in table.columns]:
            raise TableError(
                f"{table.name}: has no column {missing[0]!r}; its header must name all of jitsuroku/world's"
            )
    for name, key in KEYS.items():
        _keys_differ(tables[name], key)
        for row in tables[name].rows:
            _forms_are_long(tables[name], row)
    _act_for_states(tables)


def _keys_differ(table: Table, key: str) -> None:
    seen: dict[str, int] = {}
    for row in table.rows:
        if row[key] in seen:
            raise TableError(
                f"{table.name}, line {row.line}: {key} {row[key]!r} stands in line {seen[row[key]]} too; join them"
            )
        seen[row[key]] = row.line


def _forms_are_long(table: Table, row: Row) -> None:
    for form in row.list("forms"):
        if len(form) < SHORTEST:
            raise TableError(f"{table.name}, line {row.line}: {form!r} is too short for a name; write it out")


def _act_for_states(tables: Mapping[str, Table]) -> None:
    """Organisations act for states, or for a union that acts for itself, so that no chain of them can lead back."""
    states = {row["code"] for row in tables["states"].rows}
    table = tables["organisations"]
    unions = {row["code"] for row in table.rows if row["kind"] in ("organisation", "bloc") and not row["acts_for"]}
    for row in table.rows:
        if row["acts_for"] and row["acts_for"] not in states | unions:
            told = f"{table.name}, line {row.line}: acts for {row['acts_for']!r}, which is no state in states.tsv"
            raise TableError(f"{told} and no organisation that acts for itself; name the state itself")
