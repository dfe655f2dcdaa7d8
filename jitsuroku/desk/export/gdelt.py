"""Events in the columns of GDELT 2.0: one row a pair of parties, as coders of CAMEO expand an event; and their mentions.

Only what happened: GDELT has no column for plans and denials, so that they would be read as deeds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jitsuroku.contract import digest
from jitsuroku.desk.export.columns import Column
from jitsuroku.desk.export.delimited import delimited
from jitsuroku.desk.export.fields import event_types
from jitsuroku.desk.export.places import Point, point_of
from jitsuroku.desk.export.plover import Place, is_state, names, places
from jitsuroku.desk.export.taking import Taken
from jitsuroku.desk.export.things import Thing, pairs_of, things
from jitsuroku.records import Event

AFTER = "the GDELT Event Database Data Format Codebook V2.0; CAMEO's codes after PLOVER's table CAMEO2PLOVER-2021"
ACTUAL = "actual"
DAY, MONTH, YEAR = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d"), re.compile(r"\d{4}")
QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
ANY, ROOT, BASE = "any", 2, 3
# So many hexadecimal digits fit into a whole number of 64 bits with its sign.
DIGITS = 15
CITY, WEB = 4, 1
AT_HAND = "The record keeps no such thing: empty."


@dataclass(frozen=True, slots=True)
class Dyad:
    """A thing between two parties; None where nobody is told on that side."""

    thing: Thing
    left: str | None
    right: str | None

    @property
    def event(self) -> Event:
        """The record that tells it most fully."""
        return self.thing.chief


def dyads(found: tuple[Thing, ...]) -> Iterator[Dyad]:
    """The things that happened, a row a pair of parties."""
    for thing in found:
        if thing.chief.status == ACTUAL:
            yield from (Dyad(thing, left, right) for left, right in pairs_of(thing.chief))


def number_of(dyad: Dyad) -> int:
    """A whole number for a row, the same as long as record and parties are."""
    return int(digest("|".join((dyad.event.id, dyad.left or "", dyad.right or "")))[:DIGITS], 16)


@cache
def _cameo() -> dict[tuple[str, str], str]:
    return {(kind.code, mode): code for kind in event_types() for mode, code in kind.cameo.items()}


def cameo_of(event: Event) -> str | None:
    """CAMEO's code for an event, None where not even the root is sure."""
    known = _cameo()
    code = known.get((event.type, event.mode or ANY))
    return (known.get((event.type, ANY)) if code is None else code) or None


def _part(length: int) -> Callable[[Dyad], str | None]:
    def value(dyad: Dyad) -> str | None:
        code = cameo_of(dyad.event)
        return code[:length] if code and len(code) >= length else None

    return value


def _event_code(dyad: Dyad) -> str | None:
    code = cameo_of(dyad.event)
    return code if code and len(code) >= BASE else None


def _date(pattern: re.Pattern[str], length: int) -> Callable[[Dyad], str | None]:
    def value(dyad: Dyad) -> str | None:
        date = dyad.event.date or ""
        return date[:length].replace("-", "") if pattern.match(date) and "/" not in date else None

    return value


def _fraction(dyad: Dyad) -> float | None:
    """The year with the part of it gone by, twelve months of thirty days, as the codebook reckons."""
    date = dyad.event.date or ""
    return round(int(date[:4]) + (int(date[5:7]) * 30 + int(date[8:10])) / 365, 4) if DAY.fullmatch(date) else None


def _point(dyad: Dyad) -> Point | None:
    return point_of(dyad.event.place)


def _actor(number: int, party: Callable[[Dyad], str | None], sector: Callable[[Dyad], str | None]) -> list[Column]:
    """The ten columns of one actor."""

    def code(dyad: Dyad) -> str | None:
        named = party(dyad)
        coded = named if named and named.isascii() and " " not in named else None
        return f"{coded}{sector(dyad) or ''}" if coded and is_state(coded) else coded

    def name(dyad: Dyad) -> str | None:
        named = party(dyad)
        return names([named])[0] if named else None

    def country(dyad: Dyad) -> str | None:
        named = party(dyad)
        return named if named and is_state(named) else None

    head = f"Actor{number}"
    empty = ("KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
    return [
        Column(f"{head}Code", "ISO3 of a state with CAMEO's code of the acting sector behind it, else the organisation's code as the export has it.", code),
        Column(f"{head}Name", "The name, in English where the world's tables have it, else as written.", name),
        Column(f"{head}CountryCode", "ISO3, where it is a state.", country),
        *(Column(f"{head}{each}", AT_HAND, _nothing) for each in empty),
        Column(f"{head}Type1Code", "The sector, in CAMEO's codes.", sector),
        *(Column(f"{head}{each}", AT_HAND, _nothing) for each in ("Type2Code", "Type3Code")),
    ]  # fmt: skip


def _nothing(_: Any) -> None:
    return None


def _sector(dyad: Dyad) -> str | None:
    """Told of the acting side as a whole, so only where it is one party."""
    return dyad.event.actor_sector if dyad.event.actor == (dyad.left,) else None


def _geo(head: str) -> list[Column]:
    """The place of an actor: not told apart from that of the act."""
    parts = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return [Column(f"{head}Geo_{part}", AT_HAND, _nothing) for part in parts]


EVENTS = (
    Column("GLOBALEVENTID", "A whole number made from the record's id and the pair of parties; no number of GDELT's own.", number_of),
    Column("Day", "YYYYMMDD, where the day is known.", _date(DAY, 10)),
    Column("MonthYear", "YYYYMM, where the month is known.", _date(MONTH, 7)),
    Column("Year", "YYYY, where the year is known.", _date(YEAR, 4)),
    Column("FractionDate", "The year with the part of it gone by, where the day is known.", _fraction),
    *_actor(1, lambda d: d.left, _sector),
    *_actor(2, lambda d: d.right, _nothing),
    Column("IsRootEvent", AT_HAND, _nothing),
    Column("EventCode", "CAMEO's code by type and mode; empty where only the root is sure.", _event_code),
    Column("EventBaseCode", "Its first three digits.", _part(BASE)),
    Column("EventRootCode", "Its first two; empty where even they would be a guess.", _part(ROOT)),
    Column("QuadClass", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.", lambda d: QUADS.get(d.event.quad)),
    Column("GoldsteinScale", "The type's score as `event_types/` has it; no Goldstein value of a CAMEO code.", lambda d: d.event.score),
    Column("NumMentions", "How many places of the pages tell it.", lambda d: sum(1 + len(e.more) for e in d.thing.members)),
    Column("NumSources", "How many sources tell it that do not draw on one another.", lambda d: d.thing.independent),
    Column("NumArticles", "How many pages tell it.", lambda d: len(d.thing.pages)),
    Column("AvgTone", AT_HAND, _nothing),
    *_geo("Actor1"),
    *_geo("Actor2"),
    Column("ActionGeo_Type", "4, a city of the world, where the place is one of the world's tables.", lambda d: _point(d) and CITY),
    Column("ActionGeo_Fullname", "Where, as written.", lambda d: d.event.place),
    Column("ActionGeo_CountryCode", AT_HAND, _nothing),
    Column("ActionGeo_ADM1Code", AT_HAND, _nothing),
    Column("ActionGeo_ADM2Code", AT_HAND, _nothing),
    Column("ActionGeo_Lat", "Degrees north of the city's middle.", lambda d: (p := _point(d)) and p.latitude),
    Column("ActionGeo_Long", "Degrees east of the city's middle.", lambda d: (p := _point(d)) and p.longitude),
    Column("ActionGeo_FeatureID", AT_HAND, _nothing),
    Column("DATEADDED", AT_HAND, _nothing),
    Column("SOURCEURL", "The address of the page that tells it most fully.", lambda d: d.thing.page.address),
    Column("RecordID", "The record that tells it most fully; count these, not the rows, to count events. Own column.", lambda d: d.event.id),
    Column("PloverType", "PLOVER's type. Own column.", lambda d: d.event.type),
    Column("PloverMode", "PLOVER's mode. Own column.", lambda d: d.event.mode),
    Column("SaidBy", "Who asserts it: page, or the id of a statement. Own column.", lambda d: d.event.said_by),
    Column("Hedge", "The words that leave it open. Own column.", lambda d: d.event.hedge),
    Column("Words", "The exact words. Own column.", lambda d: d.event.evidence.text),
    Column("Start", "Where they begin: code points into the page. Own column.", lambda d: d.event.evidence.start),
    Column("End", "Where they end, exclusive. Own column.", lambda d: d.event.evidence.end),
    Column("DocumentSource", "The path of the page. Own column.", lambda d: d.thing.page.source),
    Column("Rule", "What made the record. Own column.", lambda d: d.event.rule),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place of a page that tells a row of the table of events."""

    dyad: Dyad
    place: Place


def mentioned(found: tuple[Thing, ...]) -> Iterator[Mentioned]:
    """All places of all pages for each row."""
    for dyad in dyads(found):
        yield from (Mentioned(dyad, place) for place in places([dyad.thing]))


MENTIONS = (
    Column("GLOBALEVENTID", "The row of the table of events.", lambda m: number_of(m.dyad)),
    Column("EventTimeDate", AT_HAND, _nothing),
    Column("MentionTimeDate", AT_HAND, _nothing),
    Column("MentionType", "1, a web page, where the page has an address.", lambda m: m.place.page.address and WEB),
    Column("MentionSourceName", "The outlet of the page.", lambda m: m.place.page.outlet),
    Column("MentionIdentifier", "The address of the page, else its path.", lambda m: m.place.page.address or m.place.page.source),
    Column("SentenceID", AT_HAND, _nothing),
    Column("Actor1CharOffset", AT_HAND, _nothing),
    Column("Actor2CharOffset", AT_HAND, _nothing),
    Column("ActionCharOffset", "Where the words begin: code points into the page.", lambda m: m.place.evidence.start),
    Column("InRawText", "1: the words stand in the page as received.", lambda _: 1),
    Column("Confidence", AT_HAND, _nothing),
    Column("MentionDocLen", AT_HAND, _nothing),
    Column("MentionDocTone", AT_HAND, _nothing),
    Column("MentionDocTranslationInfo", AT_HAND, _nothing),
    Column("Extras", AT_HAND, _nothing),
    Column("RecordID", "The record of this page. Own column.", lambda m: m.place.event.id),
    Column("DocumentID", "The page. Own column.", lambda m: m.place.page.id),
    Column("DocumentSource", "The path of the page. Own column.", lambda m: m.place.page.source),
    Column("PublicationDate", "The day the page came out. Own column.", lambda m: m.place.page.published),
    Column("Words", "The exact words. Own column.", lambda m: m.place.evidence.text),
    Column("Start", "Where they begin. Own column.", lambda m: m.place.evidence.start),
    Column("End", "Where they end, exclusive. Own column.", lambda m: m.place.evidence.end),
    Column("Rule", "What made the record. Own column.", lambda m: m.place.event.rule),
)  # fmt: skip


def write_events(taken: Taken) -> Iterator[bytes]:
    """The table of events, separated by tabs, under a header line."""
    return delimited(EVENTS, dyads(things(taken)), raw=taken.raw, delimiter="\t")


def write_mentions(taken: Taken) -> Iterator[bytes]:
    """The table of mentions, in the same way."""
    return delimited(MENTIONS, mentioned(things(taken)), raw=taken.raw, delimiter="\t")
