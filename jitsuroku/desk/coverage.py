"""What the reader knows: event types by language, rows per cell of the trigger tables."""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.lexicon import PACKAGE, read_event_type, read_tables


def coverage() -> dict[str, dict[str, int]]:
    """Rows by event type's code and language. Raises lexicon.TableError when a table is broken."""
    folders = sorted(p.parent for p in (PACKAGE / "event_types").glob("*/type.toml"))
    found = {}
    for folder in folders:
        tables = read_tables(folder)
        found[read_event_type(folder / "type.toml").code] = {name: len(table.rows) for name, table in tables.items()}
    return found


def coverage_lines(found: dict[str, dict[str, int]]) -> Iterator[str]:
    """The same as a table to be read; a dot where a language has no table yet."""
    languages = sorted({language for cells in found.values() for language in cells})
    yield "".join([f"{'event type':<12}", *(f"{language:>6}" for language in languages)])
    for code, cells in sorted(found.items()):
        yield "".join([f"{code:<12}", *(f"{cells.get(language, '.'):>6}" for language in languages)])
    totals = (sum(cells.get(language, 0) for cells in found.values()) for language in languages)
    yield "".join([f"{'all':<12}", *(f"{total:>6}" for total in totals)])
