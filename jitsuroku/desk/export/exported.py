"""An export in any format, from what is asked to the bytes of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jitsuroku.desk.export.formats import TABLES, formats
from jitsuroku.desk.export.jsonl import export_lines
from jitsuroku.desk.export.taking import ASKED, DOCUMENT, stream, take

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

JSONL = "jsonl"
OF_PAGES = frozenset(
    (DOCUMENT, "mention", "event", "statement", "reading", "commitment", "figure", "flag", "unresolved")
)
FORMATS = (JSONL, *formats())


def exported(
    desk: Desk,
    form: str,
    *,
    table: str = "events",
    with_text: bool = False,
    with_pages: bool = False,
    all_versions: bool = False,
    judged: bool = False,
    raw: bool = False,
    name: str | None = None,
    **asked: Any,
) -> Iterator[bytes]:
    """The parts of the file. ``table``: what CSV and Parquet hold; ``name``: of a feed or calendar; ``asked`` narrows.

    Raises ValueError when the format is not known or has no place for what is asked, NotFound, ImportError.
    """
    asked = {key: value for key, value in asked.items() if value is not None}
    if unknown := [key for key in asked if key not in ASKED]:
        raise ValueError(f"{unknown[0]}: an export is narrowed by {', '.join(ASKED)}")
    shown = {"all_versions": all_versions, "judged": judged}
    if form == JSONL:
        return lines(desk, with_pages=with_pages, asked=asked, **shown)
    made = formats(table) if table in TABLES else {}
    if form not in made:
        raise ValueError(f"{form} {table}: formats are {', '.join(FORMATS)}, tables {', '.join(TABLES)}")
    if with_pages or (with_text and not made[form].text):
        raise ValueError(f"{form}: has no place for {'pages as received' if with_pages else 'the text of pages'}")
    title = name or " ".join(f"{key}={value}" for key, value in asked.items()) or "record"
    chosen = made[form]
    written = {"with_text": with_text, "raw": raw, "name": title, **shown, **asked}
    if chosen.streams and _is_streamed(chosen.kinds[0], asked):
        return iter(chosen.write(stream(desk, chosen.kinds[0], **written)))
    return iter(chosen.write(take(desk, chosen.kinds, links=chosen.links, **written)))


def _is_streamed(kind: str, asked: dict[str, Any]) -> bool:
    """Whether a table can be written record by record: what stands on pages, without a limit; of pages all of them."""
    return kind in OF_PAGES and "limit" not in asked and not (kind == DOCUMENT and asked)


def lines(desk: Desk, *, with_pages: bool, all_versions: bool, judged: bool, asked: dict[str, Any]) -> Iterator[bytes]:
    """The lines of the record, with what is asked only the records that answer and their pages."""
    only = _answering(desk, all_versions, judged, asked) if asked else None
    found: Iterable[str] = export_lines(
        desk.store, with_pages=with_pages, all_versions=all_versions, judged=judged, only=only
    )
    return (f"{line}\n".encode() for line in found)


def _answering(desk: Desk, all_versions: bool, judged: bool, asked: dict[str, Any]) -> set[str]:
    shown = {"all_versions": all_versions, "judged": judged, "leaving": True}
    found: set[str] = set()
    for record in desk.records((), **shown, **asked) if "limit" in asked else desk.stream((), **shown, **asked):
        if record.kind != DOCUMENT:
            found |= {record.id, getattr(record, "document", None) or record.id}
    return found
