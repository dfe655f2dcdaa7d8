"""Reads the world: tables of facts, event types and trigger tables, and the indexes that names are looked up in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jitsuroku.lexicon import PACKAGE, read_event_type, read_table, read_tables
from jitsuroku.records import Language, Row, World

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
    folders = sorted(p.parent for p in EVENT_TYPES.glob("*/type.toml"))
    return World(
        tables=tables,
        event_types={f.name: read_event_type(f / "type.toml") for f in folders},
        triggers={name: _triggers(folders, name) for name in languages},
        languages=languages,
        daily_rate=daily_rate,
        abbreviations={a: row["code"] for row in tables["states"].rows for a in row.list("abbreviation")},
        people={row["key"]: row for row in tables["people"].rows},
    )


def _triggers(folders: list[Path], language: str) -> tuple[Row, ...]:
    paths = (f / f"{language}.tsv" for f in folders)
    return tuple(row for path in paths if path.exists() for row in read_table(path).rows)
