"""「初の首脳会議」 in a draft against the series of the format's meetings, as the pages of the record tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jitsuroku.contract import fold
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.draft.acts import firsts
from jitsuroku.desk.draft.finding import DIFFERS, Draft, Finding, Told, finding
from jitsuroku.desk.linking import knowledge
from jitsuroku.desk.query import Desk, NotFound
from jitsuroku.linking import Gathering, Profile, profile
from jitsuroku.records import DocumentRecord, Event, Evidence
from jitsuroku.store.days import first_and_last

HELD = "held"
MEETING = r"(?:首脳会議|首脳会合|首脳理事会|サミット)"
# 「初の首脳会議」 and 「首脳会議が初めて開かれた」; of 「首脳会議で両首脳が初めて会談した」 the meeting is not the first.
FIRST = re.compile(
    rf"(?P<scope>[^、。]{{2,12}}で)?(?:史上)?(?:初の|初めての|初となる)[^、。]{{0,20}}{MEETING}"
    rf"|{MEETING}(?:が|を|は)[^。]{{0,30}}?(?P<where>[^、。]{{2,12}}で)?(?:史上)?初めて(?:開|催|行わ)"
)
MOST_TOLD = 3


def first_meetings(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """A meeting said to be the first of its format where the record has an earlier one: a note, for firsts have their
    scope. 「日本で初の」 is held against those in Japan alone."""
    own = next(iter(draft.records(DocumentRecord)))
    told: set[tuple[str, str]] = set()
    by_events = {(f.start, f.end) for f in firsts(draft, desk)}
    for event in draft.records(Event):
        if (event.evidence.start, event.evidence.end) in by_events:
            continue
        claimed = FIRST.search(_sentence(event.evidence))
        day = first_and_last(event.date)[0]
        item = profile(event, own, knowledge())
        series = item.series if isinstance(item, Profile) else None
        if claimed is None or day is None or series is None or (series, day) in told:
            continue
        scope = (claimed["scope"] or claimed["where"] or "").removesuffix("で")
        earlier = [g for g in _held_before(desk, series, day) if not scope or _is_in(g, scope)]
        if earlier:
            told.add((series, day))
            message = f"said to be the first meeting of {series}; the record has {_named(earlier[0])}"
            yield finding(event.evidence, "first", DIFFERS, message, None, _told(desk, earlier), severity="note")


def _sentence(evidence: Evidence) -> str:
    before = re.split(r"[。\n]", evidence.prefix)[-1]
    return fold(before + evidence.text + re.split(r"[。\n]", evidence.suffix)[0])


def _held_before(desk: Desk, series: str, day: str) -> list[Gathering]:
    """The meetings of a series that pages tell of and that were over before a day."""
    try:
        known = desk.meetings(series)
    except NotFound:
        return []
    ended = ((first_and_last(g.date)[1], g) for g in known if g.accounts and g.status == HELD)
    return [g for last, g in ended if last is not None and date.fromisoformat(last) < date.fromisoformat(day)]


def _is_in(meeting: Gathering, scope: str) -> bool:
    """Whether it met in the place, or in the country, that the draft names for its first."""
    named = meeting.place is not None and (meeting.place in scope or scope in meeting.place)
    return named or (meeting.host is not None and meeting.host == code_for(scope))


def _named(meeting: Gathering) -> str:
    number = f"number {meeting.number}, " if meeting.number else ""
    return f"{number}{meeting.date}{f' in {meeting.place}' if meeting.place else ''}"


def _told(desk: Desk, meetings: list[Gathering]) -> tuple[Told, ...]:
    accounts = [account for meeting in meetings for account in meeting.accounts][:MOST_TOLD]
    return tuple(Told(a.source, a.told, a.evidence.text, a.event) for a in accounts)
