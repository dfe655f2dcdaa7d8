"""A desk in memory with short pages of our own, and how they are read anew with other records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jitsuroku import Desk
from jitsuroku.contract import as_json, dumps, quote, with_id
from jitsuroku.records import Event, Page, Reading
from jitsuroku.store.restore import restore
from tests.making import whole_world
from tests.store.reading import CALL, READER, TALKS, reading_of

WHO = "hanako"


def desk_of(*texts: str) -> Desk:
    """A desk with these pages, a.txt, b.txt ..."""
    desk = Desk(":memory:", world=whole_world())
    for letter, text in zip("abcdefgh", texts or (TALKS, CALL), strict=False):
        desk.store.save(reading_of(text, f"{letter}.txt"), READER)
    return desk


def event_in(desk: Desk, page: str = "a.txt") -> Event:
    """The first event of a page."""
    return desk.events(page=page)[0]


def changed_event(page: Page, event: Event, span: tuple[int, int], changes: dict[str, Any]) -> Event:
    """The event with other fields on other words of the page."""
    line = as_json(event) | changes | {"document": page.id, "evidence": as_json(quote(page, *span))}
    made = with_id(restore(dumps(line)))
    assert isinstance(made, Event)
    return made


def read_anew(desk: Desk, reading: Reading, *events: Event) -> None:
    """Save a page as another version of the reader would have read it: with these events and no other."""
    kept = tuple(r for r in reading.records if r.kind != "event")
    desk.store.save(replace(reading, records=(*kept, *events)), "reader-2", again=True)


def states(desk: Desk) -> list[str]:
    """Where each judgement stands, by time."""
    return [s.state for s in desk.judgements()]
