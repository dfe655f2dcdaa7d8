"""The document's own record, its mentions and what stayed unresolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jitsuroku.contract import quote, with_id
from jitsuroku.records import (
    Actors,
    Document,
    DocumentRecord,
    Event,
    Found,
    Mention,
    Mentions,
    Page,
    Person,
    Record,
    Statement,
    Unresolved,
)

NOT_READ = "language not read yet"


def document_record(
    page: Page, document: Document, language: str | None, read: bool, actors: Actors, records: Iterable[Record]
) -> DocumentRecord:
    """The page's record: what it says of itself, its body and whom it names.

    A page in a language without rules is cleaned and dated, and its notes say so.
    """
    body = "\n".join(page.text[b.start : b.end] for b in document.blocks if b.kept)
    active = {n for r in records if isinstance(r, Event) for n in r.people}
    active |= {r.speaker for r in records if isinstance(r, Statement)}
    return DocumentRecord(
        id=page.id,
        source=page.source,
        address=page.address,
        sha256=page.sha256,
        outlet=_value(document.outlet),
        owner=None,
        title=_value(document.title),
        bylines=tuple(b.value for b in document.bylines),
        genre=document.genre.value,
        origin=_value(document.origin),
        published=_value(document.published),
        published_basis=document.published_basis,
        updated=_value(document.updated),
        fetched=page.fetched,
        anchor=document.anchor,
        language=language,
        text=body,
        people=tuple(_acting(p, active) for p in actors.people),
        states=actors.states,
        orgs=actors.organisations,
        copies_of=(),
        replaces=None,
        private=False,
        notes=_notes(page, document, language, read),
    )


def _value(found: Found | None) -> str | None:
    return found.value if found else None


def _acting(person: Person, active: set[str]) -> Person:
    return replace(person, actor=person.name in active)


def _notes(page: Page, document: Document, language: str | None, read: bool) -> tuple[str, ...]:
    genre = document.genre
    words = f" ({page.text[genre.span.start : genre.span.end]})" if genre.span else ""
    notes = [*page.notes, *document.notes, f"genre {genre.value}: {genre.rule}{words}"]
    if document.anchor:
        notes.append(f"anchor {document.anchor}: {document.anchor_rule}")
    if not read:
        notes.append(f"{NOT_READ}: {language or 'unknown'}")
    return tuple(notes)


def mention_records(page: Page, mentions: Mentions, actors: Actors) -> Iterator[Mention | Unresolved]:
    """A mention for every name, date and amount, and a record for every name that could not be settled."""
    for actor in actors.actors:
        what = actor.what if actor.what != "reference" else ("person" if actor.person else "state")
        for code in actor.codes or (None,):
            yield _mention(page, what, actor.start, actor.end, code, actor.rule)
    for name in mentions.names:
        if name.what == "place":
            code = name.candidates[0] if len(name.candidates) == 1 else None
            yield _mention(page, "place", name.start, name.end, code, name.rule)
    for date in mentions.dates:
        yield _mention(page, "date", date.start, date.end, date.value, date.rule)
    for money in mentions.money:
        yield _mention(page, "money", money.start, money.end, f"{money.amount} {money.currency or '?'}", money.rule)
    for doubt in actors.unresolved:
        words = page.text[doubt.start : doubt.end]
        evidence = quote(page, doubt.start, doubt.end)
        yield with_id(Unresolved("", page.id, words, doubt.candidates, evidence, doubt.rule))


def _mention(page: Page, what: str, start: int, end: int, code: str | None, rule: str) -> Mention:
    return with_id(Mention("", page.id, what, page.text[start:end], code, quote(page, start, end), rule))
