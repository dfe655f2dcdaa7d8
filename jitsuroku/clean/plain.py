"""A page without the readings set between its words, and what was read there at its place in the page as it is.

「両国(りょうこく)は会談(かいだん)し」 is read as 「両国は会談し」; every record then quotes the words as they stand on the page,
brackets and all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from jitsuroku.contract import quote, with_id
from jitsuroku.records import (
    Document,
    DocumentRecord,
    Evidence,
    Page,
    Reading,
    Record,
    Span,
    Statement,
    Token,
    Verdict,
)

PLACES = frozenset({"start", "end", "predicate_start"})
PLACELESS = frozenset({str, int, float, bool, type(None)})
REFERENCES = frozenset({"said_by", "of", "part_of", "source"})

# The reading of a whole name: 金銀漢|(キム・ウンハン)|, 林芳正|(はやし・よしまさ)|; that of a word has no dot.
OF_NAME = re.compile(r"[(（][ぁ-ゖァ-ヺー]{1,12}[・=\s][ぁ-ゖァ-ヺー・=\s]{1,24}[)）]")

T = TypeVar("T")


def without(page: Page, injected: tuple[Span, ...]) -> Page:
    """The page with the spans cut out; its regions move with the text, and it keeps its id and its notes."""
    ends = [0, *(span.end for span in injected)]
    starts = [*(span.start for span in injected), len(page.text)]
    text = "".join(page.text[a:b] for a, b in zip(ends, starts, strict=True))

    def moved(place: int) -> int:
        return place - sum(max(0, min(place, span.end) - span.start) for span in injected)

    regions = tuple(replace(r, start=moved(r.start), end=moved(r.end)) for r in page.regions)
    named = tuple(moved(s.start) for s in injected if OF_NAME.fullmatch(page.text, s.start, s.end))
    return replace(page, text=text, regions=regions, read_at=named)


def restored(reading: Reading, page: Page, document: Document) -> Reading:
    """What was read on ``page`` without the injected readings of ``document``, at its places on the page as it is.

    The title, the bylines and the notes stay those that the page writes; all else was read more surely without them.
    """
    back = _Back(page, reading.page, document.injected)
    found = {name: getattr(document, name) for name in ("title", "bylines", "outlet", "injected", "notes")}
    document = replace(back.moved(reading.document), **found)
    names = _Names(back, reading.records)
    records = tuple(names.of(record) for record in reading.records)
    return Reading(
        page,
        document,
        reading.language,
        back.moved(reading.sentences),
        back.moved(reading.mentions),
        back.moved(reading.actors),
        tuple(_about(page, document, r) if isinstance(r, DocumentRecord) else r for r in records),
    )


def restored_verdicts(
    verdicts: tuple[Verdict, ...], page: Page, document: Document, plain: Page
) -> tuple[Verdict, ...]:
    """The same for what became of each clause."""
    return _Back(page, plain, document.injected).moved(verdicts)


def _about(page: Page, document: Document, record: DocumentRecord) -> DocumentRecord:
    """The page's own record with its title, bylines and body as they are written, and the note on its readings."""
    notes = tuple(note for note in document.notes if note not in record.notes)
    return replace(
        record,
        title=document.title.value if document.title else None,
        bylines=tuple(byline.value for byline in document.bylines),
        text="\n".join(page.text[b.start : b.end] for b in document.blocks if b.kept),
        notes=(*notes, *record.notes),
    )


@cache
def _parts_of(kind: Any) -> tuple[str, ...]:
    """The fields that an object of a type is made of."""
    return tuple(f.name for f in fields(kind) if f.init)


@cache
def _places_of(kind: Any) -> tuple[tuple[int, str], ...]:
    """Those of them that are places on the page, each with its number."""
    return tuple((at, name) for at, name in enumerate(_parts_of(kind)) if name in PLACES)


@cache
def _references_of(kind: Any) -> tuple[str, ...]:
    """Those of them that name another record."""
    return tuple(name for name in _parts_of(kind) if name in REFERENCES)


class _Back:
    """From places in the plain page to those in the page as it is."""

    def __init__(self, page: Page, plain: Page, injected: tuple[Span, ...]) -> None:
        self.page, self.plain = page, plain
        ends = [0, *(span.end for span in injected)]
        starts = [*(span.start for span in injected), len(page.text) + 1]
        self.places = [place for a, b in zip(ends, starts, strict=True) for place in range(a, b)]

    def start(self, place: int) -> int:
        """Where the character behind a place stands: a reading at a seam belongs to the words before it."""
        return self.places[place]

    def end(self, place: int, start: int) -> int:
        """Behind the last character of what began at ``start``: 「会談」 of 会談(かいだん) ends before the bracket."""
        return self.places[place - 1] + 1 if place > start else self.places[place]

    def moved(self, value: T) -> T:
        """A value with all it holds at the places in the page as it is."""
        move: Callable[[Any], Any] = self._moved
        result: T = move(value)
        return result

    def _moved(self, value: Any) -> Any:
        kind: Any = type(value)
        if kind in PLACELESS:
            return value
        if kind is Evidence:
            return quote(self.page, self.start(value.start), self.end(value.end, value.start))
        if kind is Token:
            start, end, *words = value
            return Token(self.start(start), self.end(end, start), *words)
        if kind is tuple:
            return tuple([self._moved(part) for part in value])
        parts = [getattr(value, name) for name in _parts_of(kind)]
        moved = [part if type(part) in PLACELESS else self._moved(part) for part in parts]
        for at, name in _places_of(kind):
            moved[at] = self.end(parts[at], value.start) if name == "end" else self.start(parts[at])
        return kind(*moved)

    def words(self, statement: Statement) -> str:
        """A statement's words as the page writes them, where they stand in one piece."""
        start = self.plain.text.find(statement.text, statement.evidence.start, statement.evidence.end)
        if start < 0 or not statement.text:
            return statement.text
        return self.page.text[self.start(start) : self.end(start + len(statement.text), start)]


class _Names:
    """Records moved, each under the id that its words as they stand give it; what names another follows that one."""

    def __init__(self, back: _Back, records: tuple[Record, ...]) -> None:
        self.back = back
        self.records = {record.id: record for record in records}
        self.made: dict[str, Record] = {}

    def of(self, record: Record) -> Record:
        """The record moved; its references are moved first, and a record never refers to itself."""
        if isinstance(record, DocumentRecord):
            return record
        if record.id not in self.made:
            changed = self._references(record)
            if isinstance(record, Statement):
                changed["text"] = self.back.words(record)
            moved = self.back.moved(record)
            self.made[record.id] = with_id(replace(moved, **changed) if changed else moved)
        return self.made[record.id]

    def _references(self, record: Any) -> dict[str, Any]:
        """The fields that hold another record's id."""
        kind: Any = type(record)
        named = {name: getattr(record, name) for name in _references_of(kind)}
        found: dict[str, Any] = {name: self._id(value) for name, value in named.items() if isinstance(value, str)}
        if hasattr(record, "records"):
            found["records"] = tuple(self._id(name) for name in record.records)
        return found

    def _id(self, name: str) -> str:
        return self.of(self.records[name]).id if name in self.records else name
