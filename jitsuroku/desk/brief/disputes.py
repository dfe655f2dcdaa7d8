"""What is disputed: fields in which the pages of one thing differ, reports that contradict each other, and flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from jitsuroku.desk.brief.model import Line, Part
from jitsuroku.desk.brief.notes import Notes
from jitsuroku.desk.brief.points import Material, Point
from jitsuroku.desk.brief.sentences import Teller
from jitsuroku.desk.lines import evidence_of
from jitsuroku.desk.terminal import shown
from jitsuroku.linking import Cell, Difference
from jitsuroku.records import Flag
from jitsuroku.store import Store, Where

CONTRADICTS = "contradicts"
# Fields in which two accounts cannot both be right.
FACTS = frozenset({"date", "place", "number", "amount", "initiator"})
# Told by the differences and by the links, each in its own words.
TOLD_OTHERWISE = frozenset({"contradiction", "copy"})


def flags_on(store: Store, material: Material) -> tuple[Flag, ...]:
    """The flags on what the points stand on: on one of their records, or on words that are also theirs."""
    ids = {id for point in material.points for id in point.ids}
    places: dict[str, list[tuple[int, int]]] = {}
    for point in material.points:
        for member in point.members:
            places.setdefault(member.document, []).extend((e.start, e.end) for e in evidence_of(member))
    found = []
    for page in sorted(material.documents.values(), key=lambda page: (page.source, page.id)):
        for flag in store.records(Where(kinds=("flag",), document=page.id, newest=False)):
            if isinstance(flag, Flag) and flag.flag not in TOLD_OTHERWISE:
                spot = (flag.evidence.start, flag.evidence.end)
                if ids & set(flag.records) or any(s < spot[1] and spot[0] < e for s, e in places.get(page.id, ())):
                    found.append(flag)
    return tuple(found)


def disputed(material: Material, teller: Teller, notes: Notes, flags: Sequence[Flag]) -> Iterator[Line]:
    """A sentence for each difference that counts, each contradiction between two things, each flag; what two true accounts
    may also differ in (an office, a hedge) comes last."""
    found = [(point, each) for point in material.points for each in point.differences if each.counts]
    yield from (_difference(point, each, teller, notes) for point, each in found if each.field in FACTS)
    yield from _contradictions(material, teller, notes)
    yield from (notes.flagged(_flagged(flag, teller), flag) for flag in flags)
    yield from (_difference(point, each, teller, notes) for point, each in found if each.field not in FACTS)


def _difference(point: Point, difference: Difference, teller: Teller, notes: Notes) -> Line:
    """``On the day the reports differ (…): A (a.txt)[1]; B (b.txt, c.txt)[2][3].``"""
    words = teller.words
    field = words(f"field.{difference.field.replace(' ', '-')}")
    parts = [Part(words("dispute.differ", field=field, of=teller.bare(point.chief)) + words("dispute.then"), ())]
    cells = sorted(difference.cells, key=lambda cell: (cell.value, notes.documents[cell.document].source))
    by_value = [(value, list(group)) for value, group in groupby(cells, key=lambda cell: cell.value)]
    for place, (value, group) in enumerate(by_value):
        text = words("dispute.value", value=_valued(value, teller), pages=_pages(group, notes))
        numbers = dict.fromkeys(notes.call(cell.record, cell.document, cell.evidence) for cell in group)
        parts.append(Part((words("dispute.next") if place else "") + text, tuple(numbers)))
    return Line((*parts, Part(words("clause.end", clause=""), ())), tuple(sorted(point.ids)))


def _pages(cells: Sequence[Cell], notes: Notes) -> str:
    return ", ".join(dict.fromkeys(shown(notes.documents[cell.document].source) for cell in cells))


def _valued(value: str, teller: Teller) -> str:
    known = teller.words.known("field", value)
    return known if known != value else shown(teller.words.codes_in(value))


def _contradictions(material: Material, teller: Teller, notes: Notes) -> Iterator[Line]:
    """Links between two points; what contradicts itself inside one point is told by its differences."""
    of = {id: point for point in material.points for id in point.ids}
    words = teller.words
    seen: set[frozenset[str]] = set()
    for point in material.points:
        for link in point.links:
            left, right = of.get(link.left), of.get(link.right)
            if link.link != CONTRADICTS or left is None or right is None or left is right:
                continue
            both = frozenset({left.chief.id, right.chief.id})
            if both in seen:
                continue
            seen.add(both)
            first = Part(words("dispute.contradict") + words("dispute.then") + teller.bare(left.chief), notes.of(left))
            other = Part(words("dispute.next") + teller.bare(right.chief), notes.of(right))
            ids = tuple(sorted(left.ids | right.ids))
            yield Line((first, other, Part(words("clause.end", clause=""), ())), ids)


def _flagged(flag: Flag, teller: Teller) -> str:
    words = teller.words
    severity, whose = words.known("severity", flag.severity), words.known("whose", flag.whose)
    told = words("dispute.check", flag=words.known("flag", flag.flag), severity=severity, whose=whose)
    clause = words("clause.words", clause=told, words=teller.cut(flag.evidence.text))
    expected = [words("dispute.expected", value=shown(flag.expected))] if flag.expected else []
    detailed = words("clause.details", clause=clause, details=words.joined(expected)) if expected else clause
    return words("clause.end", clause=detailed)
