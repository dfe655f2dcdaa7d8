"""One party, two parties, a format with its meetings, the people named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.passages import parties_of
from jitsuroku.desk.web.asking import Asked, Shown, table_of
from jitsuroku.desk.web.lists import day_of
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Commitment, Event, Record, Statement

MOST_PAIRS = 12


def _once(asked: Asked, found: Sequence[Record]) -> list[Record]:
    """Newest first; of what several pages tell one, so that a copy never counts twice."""
    return sorted(asked.sources.each_once(found), key=lambda r: (day_of(r, asked) or "", r.id), reverse=True)


def _sections(shows: dict[str, Any], found: Sequence[Record], cut: bool, template: str) -> Shown:
    values = {k: v for k, v in shows.items() if isinstance(v, str)} | {"records": [as_json(r) for r in found]}
    return Shown(template, {**shows, "cut": cut}, values, records_table(found))


def actor(asked: Asked) -> Shown:
    """What one party did, said and promised, and what was done to it."""
    code = code_for(asked.one("name"))
    found, cut = asked.records(("event", "statement", "commitment"), party=code)
    ordered = _once(asked, found)
    events = [r for r in ordered if isinstance(r, Event)]
    statements = [r for r in ordered if isinstance(r, Statement)]
    promises = [r for r in ordered if isinstance(r, Commitment)]
    acts = [r for r in ordered if isinstance(r, Event | Commitment)]
    others = Counter(other for r in acts for other in parties_of(r) if other != code)
    shows = {
        "code": code,
        "positions": _by_topic(statements),
        "events": events,
        "given": [p for p in promises if code in p.giver],
        "received": [p for p in promises if code in p.receiver],
        "others": sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PAIRS],
    }
    return _sections(shows, ordered, cut, "actor.html")


def _by_topic(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """Statements by topic, the topics with most first; what has none last."""
    found: dict[str, list[Statement]] = {}
    for said in statements:
        for topic in said.topics or ("",):
            found.setdefault(topic, []).append(said)
    return sorted(found.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))


def pair(asked: Asked) -> Shown:
    """What passed between two parties."""
    left, right = code_for(asked.one("left")), code_for(asked.one("right"))
    found, cut = asked.records(("event", "commitment"), pair=(left, right))
    ordered = _once(asked, found)
    shows = {"left": left, "right": right, "found": ordered}
    return _sections(shows, ordered, cut, "pair.html")


def format(asked: Asked) -> Shown:
    """A format: its meetings by the tables of the world, and what the pages tell of it."""
    code = code_for(asked.one("name"))
    found, cut = asked.records(("event",), party=code)
    within = [r for r in asked.records(("event",))[0] if isinstance(r, Event) and r.framework == code]
    ordered = _once(asked, list({r.id: r for r in (*within, *found)}.values()))
    rows = read_table(PACKAGE / "world" / "meetings.tsv").rows
    meetings = [row.cells for row in rows if row["series"] == code]
    shows = {"code": code, "found": ordered, "meetings": sorted(meetings, key=lambda m: m["date"], reverse=True)}
    return _sections(shows, ordered, cut, "format.html")


def people(asked: Asked) -> Shown:
    """Everyone named, by number of pages; with ``?name=`` what one of them did and said."""
    name = asked.query.get("name")
    if name:
        found, cut = asked.records(("event", "statement"), person=name)
        ordered = _once(asked, found)
        return _sections({"name": name, "found": ordered}, ordered, cut, "person.html")
    known = asked.desk.people()
    rows = [[p.name, p.country, p.office, p.documents] for p in known]
    values = [dict(zip(("name", "country", "office", "documents"), row, strict=True)) for row in rows]
    return Shown("people.html", {"known": known}, values, table_of(("name", "country", "office", "documents"), rows))
