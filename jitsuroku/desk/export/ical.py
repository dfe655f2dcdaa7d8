"""Meetings, plans and due days as a calendar: iCalendar (RFC 5545), small and strict.

The UID of an entry is that of whatever told of it first, so that a plan that moves, is held or is called off stays the same
entry in a calendar that subscribed to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jitsuroku import __version__
from jitsuroku.contract import as_json, digest
from jitsuroku.desk.export.atom import web_address
from jitsuroku.desk.export.columns import Column, filled
from jitsuroku.desk.export.taking import Taken
from jitsuroku.desk.export.things import symmetric
from jitsuroku.desk.lines import line_of
from jitsuroku.linking import Gathering
from jitsuroku.linking.clusters import components
from jitsuroku.records import Commitment, DocumentRecord, Event
from jitsuroku.store.days import first_and_last

# The links that make one entry of several records; on the right of those that follow stands what is no longer so.
ONE, OVERTAKEN = ("same-event", "same-commitment"), ("supersedes", "fulfils")
PLANNED, DENIED, CANCELLED, POSTPONED = "planned", "denied", "cancelled", "postponed"
CONFIRMED, TENTATIVE, CALLED_OFF = "CONFIRMED", "TENTATIVE", "CANCELLED"
MOST_OCTETS = 75
UNKNOWN = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the calendar, with the first and last day of its span."""

    uid: str
    first: str
    last: str
    told: str
    status: str
    summary: str
    category: str
    place: str | None
    date: str
    revision: int
    record: str
    words: str
    source: str
    address: str | None


PROPERTIES = (
    Column("UID", "The same as long as the entry is: of a format's meeting by its number, else of the record that told of it first.", lambda e: e.uid),
    Column("DTSTAMP", "The day the page that is quoted came out; 1 January 1970 where it is unknown.", lambda e: f"{e.told.replace('-', '')}T000000Z"),
    Column("DTSTART;VALUE=DATE", "The first day; a month or a year is a span of days.", lambda e: e.first.replace("-", "")),
    Column("DTEND;VALUE=DATE", "The day after the last.", lambda e: _day_after(e.last)),
    Column("SEQUENCE", "How many earlier plans this one took the place of.", lambda e: e.revision),
    Column("STATUS", "CONFIRMED: it took place; TENTATIVE: it lies ahead, as far as pages tell, or is due; CANCELLED: it was called off.", lambda e: e.status),
    Column("TRANSP", "Always TRANSPARENT: it takes nobody's time.", lambda _: "TRANSPARENT"),
    Column("SUMMARY", "The record in a line.", lambda e: _escaped(e.summary)),
    Column("CATEGORIES", "MEETING, PLAN or DUE.", lambda e: e.category),
    Column("LOCATION", "Where, as written.", lambda e: e.place and _escaped(e.place)),
    Column("DESCRIPTION", "The exact words and where they stand.", lambda e: _escaped(f"{e.words}\n[{e.source}] {e.record}")),
    Column("URL", "The address of the page.", lambda e: e.address and "".join(c for c in e.address if c.isprintable())),
    Column("X-JITSUROKU-DATE", "The date as the record has it, with its precision.", lambda e: e.date),
    Column("X-JITSUROKU-RECORD", "The record that is quoted; `explain` leads from it to the page.", lambda e: e.record),
)  # fmt: skip


def calendar(taken: Taken) -> Iterator[bytes]:
    """The calendar, its entries by day and UID."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//jitsuroku//jitsuroku {__version__}//EN", "CALSCALE:GREGORIAN"]
    yield from map(_folded, [*head, f"X-WR-CALNAME:{_escaped(taken.name)}"])
    for entry in sorted(entries(taken), key=lambda e: (e.first, e.last, e.uid)):
        yield _folded("BEGIN:VEVENT")
        yield from (_folded(f"{column.name}:{value}") for column, value in filled(PROPERTIES, entry))
        yield _folded("END:VEVENT")
    yield _folded("END:VCALENDAR")


def entries(taken: Taken) -> Iterator[Entry]:
    """The entries: meetings of formats, then plans, other meetings and due days, each once."""
    held = {account.event for meeting in taken.meetings for account in meeting.accounts}
    for meeting in taken.meetings:
        yield from _of_meeting(meeting, taken)
    dated = {r.id: r for r in taken.of(Event, Commitment) if r.id not in held and _belongs(r, taken)}
    links = [
        link for link in taken.links if {link.left, link.right} <= dated.keys() and link.link in (*ONE, *OVERTAKEN)
    ]
    groups = components((link.left, link.right) for link in links)
    alone = dated.keys() - {id for group in groups for id in group}
    overtaken = {link.right for link in links if link.link in OVERTAKEN}
    for group in [*groups, *([id] for id in sorted(alone))]:
        yield from _of_records([dated[id] for id in group], overtaken, taken)


def _belongs(record: Event | Commitment, taken: Taken) -> bool:
    """Promises, meetings that took place, and plans that lay ahead when their page came out."""
    if isinstance(record, Commitment):
        return True
    if record.date is None or record.status == DENIED:
        return False
    last, told = first_and_last(record.date)[1] or "", _day(taken.page_of(record))
    return last >= told if record.status == PLANNED else record.type in symmetric()


def _of_meeting(meeting: Gathering, taken: Taken) -> Iterator[Entry]:
    date_ = meeting.date or next((a.date for a in meeting.accounts if a.date), None)
    first, last = first_and_last(date_)
    if not (date_ and first and last):
        return
    told = sorted(meeting.accounts, key=lambda a: (a.told or "9999", a.source, a.evidence.start, a.event))
    latest = told[-1]
    number = f" {meeting.number}" if meeting.number is not None else ""
    parts = (f"{meeting.series}{number}", meeting.status, " ".join(meeting.participants))
    yield Entry(
        uid=_uid(f"{meeting.series}|{meeting.number}" if meeting.number is not None else told[0].event),
        first=first,
        last=last,
        told=_day(taken.documents.get(latest.document)),
        status={PLANNED: TENTATIVE, POSTPONED: TENTATIVE, CANCELLED: CALLED_OFF}.get(meeting.status, CONFIRMED),
        summary=" · ".join(part for part in parts if part),
        category="MEETING",
        place=meeting.place,
        date=date_,
        revision=0,
        record=latest.event,
        words=latest.evidence.text,
        source=f"{latest.source} {latest.evidence.start}-{latest.evidence.end}",
        address=web_address(taken.documents.get(latest.document)),
    )


def _of_records(group: list[Event | Commitment], overtaken: set[str], taken: Taken) -> Iterator[Entry]:
    first_told = min(group, key=lambda r: _told(r, taken))
    standing = [r for r in group if r.id not in overtaken] or group
    now = max(standing, key=lambda r: (getattr(r, "status", "") != PLANNED, *_fullness(r)))
    # What calls a promise off seldom repeats its day.
    date_ = next((day for day in (_when(now), *map(_when, sorted(group, key=lambda r: r.id))) if day), None)
    first, last = first_and_last(date_)
    if date_ is None or first is None or last is None:
        return
    page = taken.page_of(now)
    yield Entry(
        uid=_uid(first_told.id),
        first=first,
        last=last,
        told=_day(page),
        status=_status(now),
        summary=line_of(now),
        category=_category(now),
        place=getattr(now, "place", None),
        date=date_,
        revision=sum(r.id in overtaken for r in group),
        record=now.id,
        words=now.evidence.text,
        source=f"{page.source if page else ''} {now.evidence.start}-{now.evidence.end}",
        address=web_address(page),
    )


def _when(record: Event | Commitment) -> str | None:
    return record.due if isinstance(record, Commitment) else record.date


def _fullness(record: Any) -> tuple[int, str]:
    return sum(bool(value) for value in as_json(record).values()), record.id


def _told(record: Any, taken: Taken) -> tuple[str, str, int, str]:
    page = taken.page_of(record)
    day = (page.published or page.anchor) if page else None
    return day or "9999", page.source if page else "", record.evidence.start, record.id


def _status(record: Event | Commitment) -> str:
    if isinstance(record, Commitment):
        return CALLED_OFF if record.stage == CANCELLED else TENTATIVE
    return TENTATIVE if record.status == PLANNED else CONFIRMED


def _category(record: Event | Commitment) -> str:
    if isinstance(record, Commitment):
        return "DUE"
    return "PLAN" if record.status == PLANNED else "MEETING"


def _day(page: DocumentRecord | None) -> str:
    first, _ = first_and_last((page.published or "")[:10]) if page else (None, None)
    return first or UNKNOWN


def _uid(of: str) -> str:
    return f"{digest(of)}@jitsuroku.invalid"


def _day_after(last: str) -> str:
    """The last day of all days has none after it."""
    day = date.fromisoformat(last)
    return (day if day == date.max else day + timedelta(days=1)).isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """A text as RFC 5545 wants it: no control characters, line ends and separators with a backslash."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n")
    text = text.replace("\n", "\\n").replace("\r", "\\n")
    return "".join(c for c in text if c == "\t" or (ord(c) >= 0x20 and c != "\x7f")).encode("utf-8", "replace").decode()


def _folded(line: str) -> bytes:
    """A line of at most 75 octets; what is longer goes on after a line end and a space, never inside a character."""
    parts: list[bytes] = [b""]
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(parts[-1]) + len(octets) > MOST_OCTETS:
            parts.append(b" ")
        parts[-1] += octets
    return b"\r\n".join(parts) + b"\r\n"
