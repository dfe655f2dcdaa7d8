"""Formats: which the pages tell of, and one with its meetings, each with the words or the row of the world's tables that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.brief.wording import coded
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.web.asking import Asked, Shown, table_of
from jitsuroku.desk.web.windows import Window
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Event, Meeting, Record, Row
from jitsuroku.store.days import first_and_last
from jitsuroku.store.listing import FORMAT, PARTY

GROUPS = frozenset({"format", "bloc", "organisation"})
# So many of the events that tell of a meeting are shown under it.
MOST_TELLERS = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting: as pages tell of it, with the first of the events that do and their number, or as a row of the world's
    list has it."""

    number: int | None
    date: str | None
    place: str | None
    host: str | None
    row: str | None
    meeting: Meeting | None = None
    tellers: tuple[Record, ...] = ()
    told: int = 0


def is_format(code: str) -> bool:
    """Whether a code is that of a format, a bloc or an organisation, which may have meetings."""
    row = coded().get(code)
    return row is not None and row.cells.get("kind") in GROUPS or code in _listed()


@cache
def _listed() -> dict[str, tuple[Row, ...]]:
    """The meetings of the world's list by format."""
    found: dict[str, tuple[Row, ...]] = {}
    for row in read_table(PACKAGE / "world" / "meetings.tsv").rows:
        found[row["series"]] = (*found.get(row["series"], ()), row)
    return found


def format(asked: Asked) -> Shown:
    """A format: its meetings, and what the pages tell of it; without ``?name=`` all formats that they tell of."""
    from jitsuroku.desk.web.parties import part_of

    if not asked.query.get("name", "").strip():
        return _every(asked)
    code = code_for(asked.one("name"))
    within, found = (asked.window("event", head + code, most=asked.fewer()) for head in (FORMAT, PARTY))
    both = Window(list({row.id: row for row in (*within.rows, *found.rows)}.values()), within.cut or found.cut)
    meetings = _meetings(asked, code)
    shows = {"code": code, "meetings": meetings}
    return part_of(shows, asked, [both], "format.html", meetings=[_value(held) for held in meetings])


def _every(asked: Asked) -> Shown:
    """The formats that pages tell of, those with most events first."""
    numbers = asked.desk.store.formats_listed()
    ordered = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [[code, asked.tongue.party(code), number] for code, number in ordered]
    columns = ("code", "name", "events")

    def values() -> Any:
        return [dict(zip(columns, row, strict=True)) for row in rows]

    return Shown("formats.html", {"formats": ordered}, values, lambda: table_of(columns, rows))


def _meetings(asked: Asked, code: str) -> list[Held]:
    """The meetings that pages tell of, and those of the world's list of which none does; the newest first."""
    told = [m for m in asked.desk.records(("meeting",), type=code) if isinstance(m, Meeting)]
    listed = _listed().get(code, ())
    found = [_told(asked, meeting, listed) for meeting in told]
    known = {held.row for held in found}
    found += [_from_list(row) for row in listed if _name(row) not in known]
    return sorted(found, key=lambda held: (held.date or "", held.number or 0), reverse=True)


def _told(asked: Asked, meeting: Meeting, listed: Sequence[Row]) -> Held:
    tellers = asked.desk.store.tellers(meeting.id)
    row = next((row for row in listed if _is_of(row, meeting)), None)
    shown = tuple(_events(asked, tellers[:MOST_TELLERS]))
    said = (meeting.number, meeting.date, meeting.place, meeting.host)
    return Held(*said, _name(row) if row else None, meeting, shown, len(tellers))


def _events(asked: Asked, ids: Iterable[str]) -> Iterator[Event]:
    for id in ids:
        event = asked.desk.record(id)
        if isinstance(event, Event):
            yield event


def _is_of(row: Row, meeting: Meeting) -> bool:
    """Whether a row of the list is of that meeting: by number, else by day."""
    if meeting.number is not None and row["number"]:
        return row["number"] == str(meeting.number)
    first, last = first_and_last(row["date"])
    begins, ends = first_and_last(meeting.date)
    if not (first and last and begins and ends):
        return False
    return begins <= last and first <= ends


def _from_list(row: Row) -> Held:
    number = int(row["number"]) if row["number"].isdigit() else None
    return Held(number, row["date"] or None, row["place"] or None, row["host"] or None, _name(row))


def _name(row: Row) -> str:
    """The row by its format and number, as one finds it in the table."""
    return f"{row.rule} {row['number']}".strip()


def _value(held: Held) -> dict[str, Any]:
    told = as_json(held.meeting) if held.meeting else None
    said = {name: getattr(held, name) for name in ("number", "date", "place", "host")}
    return {**said, "list": held.row, "told_by": held.told, "meeting": told}
