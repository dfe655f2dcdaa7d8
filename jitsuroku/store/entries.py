"""What the tables hold of a record beside its line: the columns that queries ask for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from jitsuroku.contract import as_json, dumps
from jitsuroku.records import Block, Page, Record, Region
from jitsuroku.store.days import first_and_last

# Beside text, blocks and what the documents table holds, a page is these.
# ``read_at`` belongs to a page without its readings, which is never kept.
REST = tuple(f.name for f in fields(Page) if f.name not in ("text", "read_at"))
DOCUMENT = "document"
NOBODY: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a row."""

    id: str
    kind: str
    document: str | None
    start: int
    type: str | None
    status: str | None
    day_from: str | None
    day_to: str | None
    json: str


# By what records of a kind are told apart, by which date they are found (a document by its day of publication, a
# commitment by its due day), and who takes part on which side.
TYPES = {
    "event": "type",
    "flag": "flag",
    "mention": "what",
    "commitment": "stage",
    "statement": "act",
    "link": "link",
    "meeting": "series",
    "judgement": "judgement",
    "document": "genre",
}
DATES = {"document": ("published", "anchor"), "commitment": ("due",), "figure": ("period",)}
SIDES = {
    "event": {"actor": "actor", "recipient": "recipient", "person": "people", "framework": "framework"},
    "statement": {"speaker": "speaker", "for": "for"},
    "commitment": {"giver": "giver", "receiver": "receiver"},
    "figure": {"of": "of"},
    "reading": {"speaker": "by", "of": "as"},
}


def entry_of(record: Record) -> Entry:
    """The row of a record. What belongs to no page, as a meeting told on several, stands by its id."""
    value = as_json(record)
    return entry_in(value, dumps(value))


def entry_in(value: Mapping[str, Any], line: str) -> Entry:
    """The same from a record's JSON object and the line of the export that it was read from."""
    kind, evidence = value["kind"], value.get("evidence")
    document = value["id"] if kind == DOCUMENT else value.get("document")
    start = evidence["start"] if evidence and document is not None else -1
    first, last = first_and_last(date_in(value))
    return Entry(
        value["id"], kind, document, start, value.get(TYPES.get(kind, "")), value.get("status"), first, last, line
    )


def date_in(value: Mapping[str, Any]) -> str | None:
    """The date by which a record is found."""
    return next((date for name in DATES.get(value["kind"], ("date",)) if (date := value.get(name))), None)


def parties_of(record: Record) -> Iterator[tuple[str, str]]:
    """Pairs of code or name and side."""
    return parties_in(as_json(record))


def parties_in(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The same from a record's JSON object."""
    for side, name in SIDES.get(value["kind"], NOBODY).items():
        told = value[name]
        yield from ((code, side) for code in dict.fromkeys(told if isinstance(told, list) else [told] if told else []))


def rest_of(page: Page) -> dict[str, Any]:
    """A page without its text, as JSON values."""
    return {name: as_json(getattr(page, name)) for name in REST}


def page_from(rest: dict[str, Any], text: str) -> Page:
    """The page again from what ``rest_of`` gave."""
    return Page(
        **{k: v for k, v in rest.items() if k not in ("metadata", "regions", "notes", "read_at")},
        text=text,
        metadata=tuple((name, value) for name, value in rest["metadata"]),
        regions=tuple(Region(**region) for region in rest["regions"]),
        notes=tuple(rest["notes"]),
        # Pages of an older version lack it.
        read_at=tuple(rest.get("read_at", ())),
    )


def block_values(blocks: Iterable[Block]) -> list[list[Any]]:
    """Blocks as JSON values."""
    return [[b.start, b.end, b.role, b.kept, b.rule] for b in blocks]


def as_line(value: Any) -> str:
    """JSON values as the tables hold them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
