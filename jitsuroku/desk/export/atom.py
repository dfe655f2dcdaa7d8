"""What the record tells as an Atom feed (RFC 4287): an entry a record, with the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

from jitsuroku.desk.export.columns import Column
from jitsuroku.desk.export.markup import add, written
from jitsuroku.desk.export.taking import Line, Taken, lines_of
from jitsuroku.desk.lines import line_of
from jitsuroku.records import Commitment, DocumentRecord, Event, Statement
from jitsuroku.store.days import first_and_last

ATOM = "http://www.w3.org/2005/Atom"
# Ours alone: the same id gives the same urn:uuid everywhere.
NAMESPACE = UUID("7d1f0a52-5d5b-5b8e-9a43-0c6a1a4f2b10")
AUTHOR, UNKNOWN = "jitsuroku", "1970-01-01T00:00:00Z"
MOST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed."""

    id: str
    title: str
    updated: str
    words: str
    category: str
    link: str | None
    source: str | None
    text: str | None = None


ENTRY = (
    Column("id", "`urn:uuid:` made from the record's id: the same as long as the record is.", lambda e: urn(e.id)),
    Column("title", "The record in a line.", lambda e: e.title),
    Column("updated", "The day the page came out, else the first day of what it is read against; 1 January 1970 where neither is known. In feeds of the watch: when it was told.", lambda e: e.updated),
    Column("category", "The kind of record, or of change.", lambda e: e.category),
    Column("link", "`rel=\"related\"`: the address of the page.", lambda e: e.link),
    Column("rights", "The page and who publishes it; its text is theirs.", lambda e: e.source),
    Column("content", "The exact words, the page, where they begin and end, and the record's id; after them, only with `--with-text`, the text of the page.", lambda e: e.words + (f"\n\n{e.text}" if e.text else "")),
)  # fmt: skip


def urn(of: str) -> str:
    """The id of a feed or an entry."""
    return uuid5(NAMESPACE, of).urn


def atom(taken: Taken) -> Iterable[bytes]:
    """The newest entries of a query, the newest page first."""
    lines = [*lines_of(taken, taken.of(Event, Statement, Commitment))]
    made = sorted((_entry(line, taken) for line in lines), key=lambda e: (e.updated, e.id), reverse=True)
    return feed(taken.name, made[:MOST])


def feed(name: str, made: Sequence[Entry]) -> Iterable[bytes]:
    """A feed of entries, the first on top."""
    root = Element("feed", {"xmlns": ATOM})
    add(root, "id", urn(f"feed|{name}"))
    add(root, "title", f"jitsuroku: {name}")
    add(root, "updated", max((entry.updated for entry in made), default=UNKNOWN))
    add(add(root, "author"), "name", AUTHOR)
    for entry in made:
        _write(add(root, "entry"), entry)
    return written(root)


def _write(element: Element, entry: Entry) -> None:
    for column in ENTRY:
        value = column.value(entry)
        if value is None:
            continue
        if column.name == "category":
            add(element, "category", term=value)
        elif column.name == "link":
            add(element, "link", rel="related", href=value)
        else:
            add(element, column.name, value, **({"type": "text"} if column.name == "content" else {}))


def _entry(line: Line, taken: Taken) -> Entry:
    record, page = line.record, line.page
    return Entry(
        id=record.id,
        title=line_of(record),
        updated=updated(page),
        words=quoted(line),
        category=record.kind,
        link=web_address(page),
        source=publisher(page),
        text=page.text if page and taken.with_text else None,
    )


def quoted(line: Line) -> str:
    """The words, where they stand, and the id that leads to them."""
    page, evidence = line.page, line.evidence
    if evidence is None:
        return str(line.record.id)
    return f"「{evidence.text}」 [{page.source if page else ''} {evidence.start}-{evidence.end}] {line.record.id}"


def updated(page: DocumentRecord | None) -> str:
    """When a page came out, as Atom writes it."""
    first, _ = first_and_last(((page.published or page.anchor or "") if page else "").split("/")[0])
    return f"{first}T00:00:00Z" if first else UNKNOWN


def publisher(page: DocumentRecord | None) -> str | None:
    """Who publishes a page, and the page."""
    return " · ".join(part for part in (page.outlet, page.title, page.source) if part) if page else None


def web_address(page: DocumentRecord | None) -> str | None:
    """An address of the web alone: a reader of feeds opens it."""
    address = page.address if page else None
    return address if address and address.startswith(("http://", "https://")) else None
