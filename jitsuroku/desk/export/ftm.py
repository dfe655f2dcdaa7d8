"""The record as FollowTheMoney entities, one JSON object a line: pages, parties, persons, events, what joins them, and notes
on what was said and promised."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from babel.core import get_global

from jitsuroku.contract import digest
from jitsuroku.desk.codes import name_of
from jitsuroku.desk.export.atom import web_address
from jitsuroku.desk.export.columns import Column, filled
from jitsuroku.desk.export.plover import Place, is_state, places
from jitsuroku.desk.export.taking import Line, Taken, lines_of
from jitsuroku.desk.export.things import Thing, things
from jitsuroku.desk.lines import line_of
from jitsuroku.records import Commitment, DocumentRecord, Person, Statement
from jitsuroku.store.days import first_and_last

AFTER = "the schemata of FollowTheMoney 4 (followthemoney.tech), with which the tests check every entity"
ARTICLE, BODY, GROUP, PARTY = "Article", "PublicBody", "Organization", "LegalEntity"
PERSON, EVENT, MENTION, DOCUMENTATION, NOTE = "Person", "Event", "Mention", "Documentation", "Note"
EXACT = frozenset({"summary", "bodyText"})
# ISO 639-1 to 639-3, for the languages that pages are told apart in.
LANGUAGES = {"ja": "jpn", "en": "eng", "zh": "zho", "ru": "rus", "ko": "kor", "fr": "fra", "de": "deu", "es": "spa"}


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a page."""

    person: Person
    page: DocumentRecord


@dataclass(frozen=True, slots=True)
class Told:
    """A page that tells of an event or of what somebody said or promised."""

    page: DocumentRecord
    entity: str
    role: str
    record: str
    words: str
    start: int
    end: int
    date: str | None
    line: str


def entity_id(schema: str, of: str) -> str:
    """The same for the same thing, whatever pages tell of it."""
    return f"jitsuroku-{digest(f'{schema}|{of}')}"


def schema_of(party: str) -> str:
    """A state by its public bodies, a coded organisation, or somebody of whom only the name is known."""
    if is_state(party):
        return BODY
    return GROUP if name_of(party, "ja") != party else PARTY


def party_id(party: str) -> str:
    """The entity of a code or name."""
    return entity_id(schema_of(party), party)


def person_id(person: Person) -> str:
    """The entity of a person: one name of one country."""
    return entity_id(PERSON, f"{person.name}|{person.country or ''}")


def country_of(code: str | None) -> str | None:
    """ISO 3166-1 alpha-2 in small letters, for a state that has it."""
    found = get_global("territory_aliases").get(code or "", [])
    return found[0].lower() if code and len(found) == 1 and is_state(code) else None


def _bound(end: int) -> Callable[[Thing], str | None]:
    return lambda thing: first_and_last(thing.chief.date)[end] if "/" in (thing.chief.date or "") else None


def _parties(thing: Thing) -> list[str]:
    return [party_id(party) for party in dict.fromkeys((*thing.chief.actor, *thing.chief.recipient))]


PROPERTIES: dict[str, tuple[Column, ...]] = {
    ARTICLE: (
        Column("title", "The headline.", lambda d: d.title),
        Column("fileName", "The path of the page.", lambda d: d.source),
        Column("author", "Who signs the page.", lambda d: list(d.bylines)),
        Column("publisher", "Who publishes the page.", lambda d: d.outlet),
        Column("publishedAt", "The day the page came out.", lambda d: d.published if "/" not in (d.published or "") else None),
        Column("sourceUrl", "The address.", web_address),
        Column("language", "The language of the body, ISO 639-3.", lambda d: LANGUAGES.get(d.language or "")),
        Column("bodyText", "The body, only with `--with-text`.", lambda d: d.text),
        Column("keywords", "The genre.", lambda d: d.genre),
        Column("notes", "The id of the page in the record.", lambda d: d.id),
    ),
    BODY: (
        Column("name", "The state, in English: its government and those acting for it.", lambda code: name_of(code, "en")),
        Column("alias", "In Japanese.", lambda code: name_of(code, "ja")),
        Column("country", "ISO 3166-1 alpha-2.", country_of),
        Column("notes", "The code in the record.", lambda code: code),
    ),
    GROUP: (
        Column("name", "The organisation, by its code or English name.", lambda code: name_of(code, "en")),
        Column("alias", "In Japanese.", lambda code: name_of(code, "ja")),
        Column("notes", "The code in the record.", lambda code: code),
    ),
    PARTY: (Column("name", "The name as written.", lambda name: name),),
    PERSON: (
        Column("name", "The name as the page writes it most fully.", lambda n: n.person.name),
        Column("alias", "Other ways in which it writes it.", lambda n: list(n.person.forms)),
        Column("position", "The office.", lambda n: n.person.office),
        Column("country", "The state for which the person acts.", lambda n: country_of(n.person.country)),
    ),
    EVENT: (
        Column("name", "The event in a line.", lambda t: line_of(t.chief)),
        Column("date", "When, where it is one day, month or year.", lambda t: t.chief.date if "/" not in (t.chief.date or "/") else None),
        Column("startDate", "The first day of a span.", _bound(0)),
        Column("endDate", "The last day of a span.", _bound(1)),
        Column("location", "Where, as written.", lambda t: t.chief.place),
        Column("involved", "The parties of both sides, whatever their side.", _parties),
        Column("keywords", "PLOVER's type, the quad class, and actual, planned or denied.", lambda t: [t.chief.type, t.chief.quad, t.chief.status]),
        Column("summary", "The exact words.", lambda t: t.chief.evidence.text),
        Column("recordId", "The record that tells it most fully; `explain` leads from it to the page.", lambda t: t.chief.id),
        Column("proof", "The pages that tell it.", lambda t: [article_id(page.id) for page in t.pages]),
        Column("sourceUrl", "The address of the page that tells it most fully.", lambda t: web_address(t.page)),
    ),
    DOCUMENTATION: (
        Column("document", "The page.", lambda t: article_id(t.page.id)),
        Column("entity", "The event, or who said or promised it.", lambda t: t.entity),
        Column("role", "What the page does: tells of an event, of words, of a promise.", lambda t: t.role),
        Column("date", "When it was, where it is one day, month or year.", lambda t: t.date if "/" not in (t.date or "/") else None),
        Column("summary", "The exact words.", lambda t: t.words),
        Column("description", "The record in a line, and where the words begin and end.", lambda t: f"{t.line} [{t.start}-{t.end}]"),
        Column("recordId", "The record; `explain` leads from it to the page.", lambda t: t.record),
        Column("sourceUrl", "The address of the page.", lambda t: web_address(t.page)),
    ),
    NOTE: (
        Column("name", "What was said or promised, in a line.", lambda line: line_of(line.record)),
        Column("entity", "Who said or promised it, and for whom: a party, and a person where the page names one so.", lambda line: _about(line)),
        Column("keywords", "statement or commitment; the kind of act and the stance, or how far the promise has come.", lambda line: _kinds(line.record)),
        Column("summary", "The exact words.", lambda line: line.record.evidence.text),
        Column("description", "Where the words begin and end in the page.", lambda line: f"[{line.record.evidence.start}-{line.record.evidence.end}]"),
        Column("proof", "The page.", lambda line: article_id(line.page.id)),
        Column("sourceUrl", "The address of the page.", lambda line: web_address(line.page)),
        Column("notes", "The record; `explain` leads from it to the page.", lambda line: line.record.id),
    ),
    MENTION: (
        Column("document", "The page.", lambda n: article_id(n.page.id)),
        Column("resolved", "The person.", lambda n: person_id(n.person)),
        Column("name", "The ways in which the page writes the name.", lambda n: [n.person.name, *n.person.forms]),
        Column("contextCountry", "The state for which the person acts.", lambda n: country_of(n.person.country)),
        Column("detectedSchema", "Always Person.", lambda _: PERSON),
    ),
}  # fmt: skip


def article_id(document: str) -> str:
    """The entity of a page."""
    return entity_id(ARTICLE, document)


def ftm(taken: Taken) -> Iterator[bytes]:
    """The entities by schema and id, each once; what several pages say of one person stands together."""
    merged: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for schema, id, of in _entities(taken):
        properties = merged.setdefault((schema, id), {})
        for column, value in filled(PROPERTIES[schema], of):
            values = value if isinstance(value, list | tuple) else [value]
            properties.setdefault(column.name, {}).update(dict.fromkeys(_told(column.name, v) for v in values if v))
    for (schema, id), properties in sorted(merged.items()):
        entity = {"id": id, "schema": schema, "properties": {name: [*values] for name, values in properties.items()}}
        yield f"{json.dumps(entity, ensure_ascii=False, separators=(',', ':'))}\n".encode("utf-8", "replace")


def _told(name: str, value: object) -> str:
    """A value as the library keeps it: exact words and texts as they are, all else with single spaces."""
    return str(value) if name in EXACT else " ".join(str(value).split())


def _entities(taken: Taken) -> Iterator[tuple[str, str, Any]]:
    for page in taken.documents.values():
        yield ARTICLE, article_id(page.id), page
        for person in page.people:
            named = Named(person, page)
            yield PERSON, person_id(person), named
            yield MENTION, entity_id(MENTION, f"{page.id}|{person_id(person)}"), named
    found = things(taken)
    for thing in found:
        yield EVENT, entity_id(EVENT, thing.chief.id), thing
        yield from _named(dict.fromkeys((*thing.chief.actor, *thing.chief.recipient)))
    for place in places(found):
        yield from _documentation([_of_event(place)])
    for line in lines_of(taken, taken.of(Statement, Commitment)):
        told = list(_of_words(line))
        yield from _documentation(told)
        yield from _named(_who(line.record))
        # The model has no schema for words or promises; a note is "an annotation that applies to a document or entity".
        if told:
            yield NOTE, entity_id(NOTE, line.record.id), line


def _named(parties: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    for party in parties:
        yield schema_of(party), party_id(party), party


def _documentation(told: Iterable[Told]) -> Iterator[tuple[str, str, Any]]:
    for each in told:
        yield DOCUMENTATION, entity_id(DOCUMENTATION, f"{each.record}|{each.entity}|{each.start}"), each


def _of_event(place: Place) -> Told:
    event, chief, evidence = place.event, entity_id(EVENT, place.thing.chief.id), place.evidence
    where = (evidence.text, evidence.start, evidence.end)
    return Told(place.page, chief, "tells of the event", event.id, *where, event.date, line_of(event))


def _who(record: Statement | Commitment) -> tuple[str, ...]:
    """Who promised, or for whom somebody spoke, else the speaker by name."""
    return record.giver if isinstance(record, Commitment) else (record.for_ or (record.speaker,))


def _about(line: Line) -> list[str]:
    """The parties, and the speaker where the page names a person so."""
    parties = [party_id(party) for party in dict.fromkeys(_who(line.record))]
    name = getattr(line.record, "speaker", None)
    people = line.page.people if line.page else ()
    return parties + [person_id(person) for person in people if name in (person.name, *person.forms)]


def _kinds(record: Statement | Commitment) -> list[str | None]:
    said = (record.act, record.stance) if isinstance(record, Statement) else (record.stage,)
    return [record.kind, *said]


def _of_words(line: Line) -> Iterator[Told]:
    record, page = line.record, line.page
    role = "tells of a promise by" if isinstance(record, Commitment) else "tells of words of"
    date = None if isinstance(record, Commitment) else record.date
    for party in _who(record) if page else ():
        where = (record.evidence.text, record.evidence.start, record.evidence.end)
        assert page is not None
        yield Told(page, party_id(party), role, record.id, *where, date, line_of(record))
