"""Reads the world: tables of facts, event types and trigger tables, and the indexes that names are looked up in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jitsuroku.actors.sound import refuse_unsound
from jitsuroku.lexicon import PACKAGE, read_event_type, read_table, read_tables
from jitsuroku.records import Language, Listed, Row, Table, World

# Organisations of states carry the codebook's code; all others are named as the page names them.
CODED = frozenset({"organisation", "bloc", "format"})
EVENT_TYPES = PACKAGE / "event_types"


def load_world(
    languages: Mapping[str, Language],
    daily_rate: Callable[[str, str], float | None],
    folder: Path | None = None,
) -> World:
    """The tables of ``world/`` (or of ``folder``) and of ``event_types/`` with the languages that are read.

    Raises lexicon.TableError when a table is broken; nothing of it is used then.
    """
    tables = read_tables(folder, folder) if folder else read_tables(PACKAGE / "world")
    if folder:
        refuse_unsound(tables)
    folders = sorted(p.parent for p in EVENT_TYPES.glob("*/type.toml"))
    return World(
        tables=tables,
        event_types={f.name: read_event_type(f / "type.toml") for f in folders},
        triggers={name: _triggers(folders, name) for name in languages},
        languages=languages,
        daily_rate=daily_rate,
        abbreviations={a: row["code"] for row in tables["states"].rows for a in row.list("abbreviation")},
        people={row["key"]: row for row in tables["people"].rows},
        listed=_listed(tables, languages),
    )


def _listed(tables: Mapping[str, Table], languages: Mapping[str, Language]) -> Listed:
    states, organisations = tables["states"].rows, tables["organisations"].rows
    return Listed(
        states={r["code"]: (r["name_ja"], *r.list("forms"), *r.list("abbreviation")) for r in states},
        past=frozenset(r["code"] for r in states if r["valid_to"]),
        organisations={r.rule: r for r in organisations},
        coded=frozenset(r["code"] for r in organisations if r["kind"] in CODED and r["code"].isascii()),
        organs=frozenset(r["word"] for lang in languages.values() for r in lang.tables["organs"].rows),
        sectors=_sectors(languages),
        terms=_rows_by(tables["offices"].rows if "offices" in tables else (), "person"),
        meetings=_rows_by(tables["meetings"].rows if "meetings" in tables else (), "series"),
    )


def _rows_by(rows: tuple[Row, ...], column: str) -> Mapping[str, tuple[Row, ...]]:
    """The rows by the cell of a column, in the table's order: the terms of office of each listed person."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return {person: tuple(terms) for person, terms in found.items()}


def _sectors(languages: Mapping[str, Language]) -> Mapping[str, tuple[str, str]]:
    """Sector and whom the holder acts for, by the office's normal form."""
    found: dict[str, tuple[str, str]] = {}
    for language in languages.values():
        for row in language.tables["offices"].rows:
            if row["level"] != "honorific":
                found.setdefault(row["office"], (row["sector"], row["acts"]))
    return found


def _triggers(folders: list[Path], language: str) -> tuple[Row, ...]:
    paths = (f / f"{language}.tsv" for f in folders)
    return tuple(row for path in paths if path.exists() for row in read_table(path).rows)
