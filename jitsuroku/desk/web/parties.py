"""One party, two parties, the people named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jitsuroku.desk.codes import code_for
from jitsuroku.desk.web.asking import A_PAGE, Asked, Shown, table_of
from jitsuroku.desk.web.formats import is_format
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.desk.web.windows import Row, Window, newest, once
from jitsuroku.records import Record
from jitsuroku.store.listing import ABOUT, PARTY

MOST_PAIRS, A_LOT = 12, 100
PEOPLE = ("name", "country", "office", "documents")
# So many are shown under a heading, and so many of one topic; the rest stands in a list of its own.
MOST_SHOWN, MOST_OF_A_TOPIC = 50, 10


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading: the first records, how many there are (``about``: at least), and where the others are."""

    records: list[Record]
    number: int
    about: bool
    more: str

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.number - len(self.records)


def _section(asked: Asked, rows: Sequence[Row], cut: bool, more: str, most: int | None = None) -> Section:
    return Section(asked.sources.records_of(rows[: most or MOST_SHOWN]), len(rows), cut, more)


def _answer(shows: dict[str, Any], asked: Asked, found: Sequence[Row], cut: bool, template: str, **told: Any) -> Shown:
    def values() -> Any:
        named = {k: v for k, v in shows.items() if isinstance(v, str)}
        return {**named, **told, "records": [row.value for row in found]}

    return Shown(template, {**shows, "cut": cut}, values, lambda: records_table(asked.sources.records_of(found)))


def actor(asked: Asked) -> Shown:
    """What one party did, said and promised, and what was done to it."""
    code = code_for(asked.one("name"))
    looked = {
        kind: asked.window(kind, PARTY + code, most=asked.fewer()) for kind in ("event", "statement", "commitment")
    }
    rows = {kind: newest(once(found.rows)) for kind, found in looked.items()}
    promises = rows["commitment"]
    others = Counter(p for row in (*rows["event"], *promises) for p in row.parties if p != code)
    cut = {kind: found.cut for kind, found in looked.items()}
    listed = {name: asked.link(f"/{name}", party=code) for name in ("events", "statements", "commitments")}
    given, received = ([row for row in promises if code in row.value[side]] for side in ("giver", "receiver"))
    shows = {
        "code": code,
        "positions": _by_topic(asked, rows["statement"], code, cut["statement"]),
        "events": _section(asked, rows["event"], cut["event"], listed["events"]),
        "given": _section(asked, given, cut["commitment"], listed["commitments"]),
        "received": _section(asked, received, cut["commitment"], listed["commitments"]),
        "is_format": is_format(code),
        "others": sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PAIRS],
    }
    return _answer(shows, asked, newest(row for part in rows.values() for row in part), any(cut.values()), "actor.html")


def _by_topic(asked: Asked, statements: Sequence[Row], code: str, cut: bool) -> list[tuple[str, Section]]:
    """Statements by topic, the topics with most first; what has none last."""
    found: dict[str, list[Row]] = {}
    for said in statements:
        for topic in said.value["topics"] or ("",):
            found.setdefault(topic, []).append(said)
    ordered = sorted(found.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    most = MOST_SHOWN if len(statements) <= MOST_SHOWN else MOST_OF_A_TOPIC

    def there(topic: str) -> str:
        return asked.link("/statements", party=code, topic=topic or None)

    return [(topic, _section(asked, rows, cut, there(topic), most)) for topic, rows in ordered]


def pair(asked: Asked) -> Shown:
    """What passed between two parties, and what each said about the other."""
    left, right = code_for(asked.one("left")), code_for(asked.one("right"))
    looked = [asked.window(kind, PARTY + left, PARTY + right, most=asked.fewer()) for kind in ("event", "commitment")]
    # What one of them said about the other.
    said = asked.window("statement", ABOUT + left, ABOUT + right, most=asked.fewer())
    looked.append(Window([row for row in said.rows if {left, right} & {*row.value["for"]}], said.cut))
    return part_of({"left": left, "right": right}, asked, looked, "pair.html")


def part_of(shows: dict[str, Any], asked: Asked, looked: Sequence[Window], template: str, **told: Any) -> Shown:
    """A part of a long list, the newest first; of what several pages tell one, so that a copy never counts twice.
    ``told`` is what programs are told beside it."""
    found, start = newest(once(row for window in looked for row in window.rows)), asked.start()
    part = {
        "found": asked.sources.records_of(found[start : start + A_PAGE]),
        "total": len(found),
        "start": start,
        "step": A_PAGE,
    }
    return _answer({**shows, **part}, asked, found, any(window.cut for window in looked), template, **told)


def people(asked: Asked) -> Shown:
    """Everyone named, by number of pages; with ``?name=`` what one of them did and said."""
    name = asked.query.get("name")
    if name:
        looked = [asked.person(kind, name) for kind in ("event", "statement")]
        return part_of({"name": name}, asked, looked, "person.html")
    start = asked.start()
    shows = {
        "known": asked.desk.store.people_listed(start, A_LOT),
        "total": asked.desk.store.number_of_people(),
        "start": start,
        "step": A_LOT,
    }

    def rows() -> list[list[Any]]:
        return [[p.name, p.country, p.office, p.documents] for p in asked.desk.people()]

    def values() -> Any:
        return [dict(zip(PEOPLE, row, strict=True)) for row in rows()]

    return Shown("people.html", shows, values, lambda: table_of(PEOPLE, rows()))
