"""The store's questions, written for SQLite, as PostgreSQL understands them.

What SQLite has as functions the schema has too (``schema/postgres``); here is what differs in the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

SCHEMA = "jitsuroku"
# Statements about SQLite itself. The server merges its own indexes and keeps its own pages at hand.
NOTHING = "SELECT 1"
SAID_OTHERWISE = {
    "PRAGMA data_version": f"SELECT writes FROM {SCHEMA}.state",
    "PRAGMA query_only = ON": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "INSERT INTO search (search) VALUES ('optimize')": NOTHING,
    "BEGIN": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
REPLACE = re.compile(r"INSERT OR REPLACE INTO (\w+) \(([^)]*)\)(.*)", re.S)
IGNORE = re.compile(r"INSERT OR IGNORE INTO (.*)", re.S)
# SQLite keeps this order of joins; the server chooses its own.
ORDERED_JOIN = re.compile(r"\bCROSS JOIN ((?:main\.)?\w+ \w+) ON\b")
ONE_ROW = re.compile(r"(INSERT .* VALUES )(\([?, ]+\))", re.S)
MARK = re.compile(r"'[^']*'|%|\?(\d?)")


# More than the store has, with some that are made for a number of values.
@lru_cache(2000)
def translated(query: str) -> str:
    """A question of ours in PostgreSQL's grammar, with psycopg's marks for values."""
    query = NOTHING if query.startswith("PRAGMA cache_size") else SAID_OTHERWISE.get(query, query)
    if found := REPLACE.fullmatch(query):
        table, columns, rest = found.groups()
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns.split(", "))
        query = f"INSERT INTO {table} ({columns}){rest} ON CONFLICT ON CONSTRAINT {table}_pkey DO UPDATE SET {changes}"
    elif found := IGNORE.fullmatch(query):
        query = f"INSERT INTO {found[1]} ON CONFLICT DO NOTHING"
    query = ORDERED_JOIN.sub(r"JOIN \1 ON", query).replace(" main.", f" {SCHEMA}.")
    return MARK.sub(_mark, query)


def of_rows(query: str, number: int) -> str | None:
    """The question that puts in one row, for so many rows; None where it does something else."""
    found = ONE_ROW.fullmatch(query)
    return found[1] + ", ".join([found[2]] * number) if found else None


def _mark(found: re.Match[str]) -> str:
    if not found[0].startswith("?"):
        return found[0].replace("%", "%%")
    return f"%({found[1]})s" if found[1] else "%s"


def values_for(query: str, values: Sequence[Any]) -> Any:
    """The values of a question as psycopg takes them: by number where the question numbers them. Truth is 0 or 1."""
    plain = [int(value) if isinstance(value, bool) else value for value in values]
    return {str(n): value for n, value in enumerate(plain, 1)} if "%(1)s" in translated(query) else plain
