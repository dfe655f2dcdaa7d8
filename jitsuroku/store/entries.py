"""What the tables hold of a record beside its line: the columns that queries ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from jitsuroku.contract import dumps
from jitsuroku.records import (
    Block,
    Commitment,
    DocumentRecord,
    Event,
    Figure,
    Flag,
    Interpretation,
    Judgement,
    Link,
    Meeting,
    Mention,
    Page,
    Record,
    Region,
    Statement,
)
from jitsuroku.store.days import first_and_last

# Beside text, blocks and what the documents table holds, a page is these.
REST = tuple(f.name for f in fields(Page) if f.name != "text")


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


def entry_of(record: Record) -> Entry:
    """The row of a record. What belongs to no page, as a meeting told on several, stands by its id."""
    evidence = getattr(record, "evidence", None)
    document = record.id if isinstance(record, DocumentRecord) else getattr(record, "document", None)
    start = evidence.start if evidence and document is not None else -1
    status, (first, last) = getattr(record, "status", None), first_and_last(date_of(record))
    return Entry(record.id, record.kind, document, start, type_of(record), status, first, last, dumps(record))


def type_of(record: Record) -> str | None:
    """By what records of a kind are told apart: an event's type, a flag's name, a commitment's stage ..."""
    match record:
        case Event():
            return record.type
        case Flag():
            return record.flag
        case Mention():
            return record.what
        case Commitment():
            return record.stage
        case Statement():
            return record.act
        case Link():
            return record.link
        case Meeting():
            return record.series
        case Judgement():
            return record.judgement
        case DocumentRecord():
            return record.genre
        case _:
            return None


def date_of(record: Record) -> str | None:
    """The date by which a record is found: its own, a document's day of publication, a commitment's due day."""
    match record:
        case DocumentRecord():
            return record.published or record.anchor
        case Commitment():
            return record.due
        case Figure():
            return record.period
        case _:
            return getattr(record, "date", None)


def parties_of(record: Record) -> Iterator[tuple[str, str]]:
    """Pairs of code or name and side."""
    match record:
        case Event():
            sides = {"actor": record.actor, "recipient": record.recipient, "person": record.people}
            sides |= {"framework": (record.framework,)} if record.framework else {}
        case Statement():
            sides = {"speaker": (record.speaker,), "for": record.for_}
        case Commitment():
            sides = {"giver": record.giver, "receiver": record.receiver}
        case Figure():
            sides = {"of": record.of}
        case Interpretation():
            sides = {"speaker": (record.by,), "of": record.as_}
        case _:
            sides = {}
    for side, codes in sides.items():
        yield from ((code, side) for code in dict.fromkeys(codes))


def rest_of(page: Page) -> dict[str, Any]:
    """A page without its text, as JSON values."""
    return {k: v for k, v in asdict(page).items() if k in REST}


def page_from(rest: dict[str, Any], text: str) -> Page:
    """The page again from what ``rest_of`` gave."""
    return Page(
        **{k: v for k, v in rest.items() if k not in ("metadata", "regions", "notes")},
        text=text,
        metadata=tuple((name, value) for name, value in rest["metadata"]),
        regions=tuple(Region(**region) for region in rest["regions"]),
        notes=tuple(rest["notes"]),
    )


def block_values(blocks: tuple[Block, ...]) -> list[list[Any]]:
    """Blocks as JSON values."""
    return [[b.start, b.end, b.role, b.kept, b.rule] for b in blocks]
