"""Events as the data sets made with PLOVER have them (POLECAT's column names): one row an event, or one row a place that
tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jitsuroku.desk.codes import name_of, states
from jitsuroku.desk.export.columns import Column
from jitsuroku.desk.export.delimited import delimited
from jitsuroku.desk.export.places import point_of
from jitsuroku.desk.export.taking import Taken
from jitsuroku.desk.export.things import Thing, things
from jitsuroku.records import DocumentRecord, Event, Evidence

AFTER = "the column names of POLECAT, the data set made with PLOVER (Halterman and others, 2023)"


def is_state(party: str) -> bool:
    """Whether a party is a state, by code."""
    return party in states()


def names(parties: Iterable[str]) -> tuple[str, ...]:
    """What parties are called, in English where the world's tables have it."""
    return tuple(name_of(party, "en") for party in parties)


def _states(parties: Iterable[str]) -> tuple[str, ...]:
    return tuple(party for party in parties if is_state(party))


def _at(thing: Thing, axis: str) -> float | None:
    point = point_of(thing.chief.place)
    return getattr(point, axis) if point else None


EVENTS = (
    Column("Event ID", "The id of the record that tells it most fully; `explain` leads from it to the page.", lambda t: t.chief.id),
    Column("Event Date", "When: ISO day, month, year or `a/b`.", lambda t: t.chief.date),
    Column("Event Type", "PLOVER's type.", lambda t: t.chief.type),
    Column("Event Mode", "PLOVER's mode, where one is told.", lambda t: t.chief.mode),
    Column("Intensity", "The type's score from -10, conflict, to 10, cooperation, as `event_types/` has it.", lambda t: t.chief.score),
    Column("Quad Code", "PLOVER's quad class, in words.", lambda t: t.chief.quad),
    Column("Contexts", "What it was about, as written; PLOVER's closed list of contexts is not coded.", lambda t: t.chief.topics),
    Column("Actor Name", "Who acts: names of coded parties in English, other names as written.", lambda t: names(t.chief.actor)),
    Column("Actor Country", "The states among them, ISO 3166-1 alpha-3.", lambda t: _states(t.chief.actor)),
    Column("Primary Actor Sector", "The part of the state or society that acts.", lambda t: t.chief.actor_sector),
    Column("Actor Codes", "Who acts, as the export has it. Own column.", lambda t: t.chief.actor),
    Column("Recipient Name", "Whom it is done to or with, in the same way.", lambda t: names(t.chief.recipient)),
    Column("Recipient Country", "The states among them.", lambda t: _states(t.chief.recipient)),
    Column("Recipient Codes", "Whom it is done to or with, as the export has it. Own column.", lambda t: t.chief.recipient),
    Column("Placename", "The city's name, where the world's tables have it.", lambda t: (p := point_of(t.chief.place)) and p.name),
    Column("Latitude", "Degrees north of the city's middle.", lambda t: _at(t, "latitude")),
    Column("Longitude", "Degrees east of the city's middle.", lambda t: _at(t, "longitude")),
    Column("Raw Placename", "Where, as written.", lambda t: t.chief.place),
    Column("Source", "The outlet of the page that tells it most fully.", lambda t: t.page.outlet),
    Column("Publication Date", "The day that page came out.", lambda t: t.page.published),
    Column("Story People", "The persons who act.", lambda t: t.chief.people),
    Column("Language", "The language of that page.", lambda t: t.page.language),
    Column("Status", "actual, planned or denied: only actual events happened. Own column.", lambda t: t.chief.status),
    Column("Stage", "How far a decision has come. Own column.", lambda t: t.chief.stage),
    Column("Said By", "Who asserts it: page, or the id of a statement. Own column.", lambda t: t.chief.said_by),
    Column("Hedge", "The words that leave it open. Own column.", lambda t: t.chief.hedge),
    Column("Pages", "How many pages tell it. Own column.", lambda t: len(t.pages)),
    Column("Independent Sources", "How many of them do not draw on one another. Own column.", lambda t: t.independent),
    Column("Words", "The exact words. Own column.", lambda t: t.chief.evidence.text),
    Column("Start", "Where they begin: code points into the page. Own column.", lambda t: t.chief.evidence.start),
    Column("End", "Where they end, exclusive. Own column.", lambda t: t.chief.evidence.end),
    Column("Document ID", "The page. Own column.", lambda t: t.chief.document),
    Column("Document Source", "The path of the page. Own column.", lambda t: t.page.source),
    Column("URL", "The address of the page. Own column.", lambda t: t.page.address),
    Column("Rule", "What made the record. Own column.", lambda t: t.chief.rule),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a page that tells a thing."""

    thing: Thing
    event: Event
    page: DocumentRecord
    evidence: Evidence


def places(found: Iterable[Thing]) -> Iterator[Place]:
    """All places of all pages that tell the things, in order."""
    for thing in found:
        pages = {page.id: page for page in thing.pages}
        for event in thing.members:
            for evidence in (event.evidence, *event.more):
                yield Place(thing, event, pages[event.document], evidence)


MENTIONS = (
    Column("Event ID", "The event's row in the table of events.", lambda p: p.thing.chief.id),
    Column("Record ID", "The record of this page that tells it; `explain` leads from it to the page.", lambda p: p.event.id),
    Column("Document ID", "The page.", lambda p: p.page.id),
    Column("Document Source", "The path of the page.", lambda p: p.page.source),
    Column("URL", "The address of the page.", lambda p: p.page.address),
    Column("Source", "The outlet of the page.", lambda p: p.page.outlet),
    Column("Publication Date", "The day the page came out.", lambda p: p.page.published),
    Column("Event Date", "When it was, as this page tells it.", lambda p: p.event.date),
    Column("Status", "What this page says of it: actual, planned or denied.", lambda p: p.event.status),
    Column("Words", "The exact words.", lambda p: p.evidence.text),
    Column("Start", "Where they begin: code points into the page.", lambda p: p.evidence.start),
    Column("End", "Where they end, exclusive.", lambda p: p.evidence.end),
    Column("Rule", "What made the record.", lambda p: p.event.rule),
)  # fmt: skip


def write_events(taken: Taken) -> Iterator[bytes]:
    """The table of events, as CSV."""
    return delimited(EVENTS, things(taken), raw=taken.raw)


def write_mentions(taken: Taken) -> Iterator[bytes]:
    """The table of the places that tell them, as CSV."""
    rows: Iterable[Any] = places(things(taken))
    return delimited(MENTIONS, rows, raw=taken.raw)
