"""Footnotes and references, numbered in the order in which sentences call for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jitsuroku.desk.brief.model import Line, Note, Part
from jitsuroku.desk.brief.points import Point
from jitsuroku.desk.lines import is_sample
from jitsuroku.records import DocumentRecord, Evidence, Flag, Statement

Place = tuple[str, int, int]


class Notes:
    """The footnotes of one brief. The same words of a page have one number, wherever they are called for."""

    def __init__(self, documents: Mapping[str, DocumentRecord]) -> None:
        self.documents = documents
        self.made: dict[Place, Note] = {}
        self.pages: dict[str, int] = {}

    def call(self, record: str, document: str, evidence: Evidence) -> int:
        """The number of the footnote for a record's words."""
        place = (document, evidence.start, evidence.end)
        if place not in self.made:
            page = self.documents[document]
            reference = self.pages.setdefault(document, len(self.pages) + 1)
            number = len(self.made) + 1
            self.made[place] = Note(number, record, document, page.source, reference, evidence, is_sample(page))
        return self.made[place].number

    def of(self, point: Point) -> tuple[int, ...]:
        """The footnotes of a point: its chief's words, then each other page's."""
        others = [member for member in point.members if member.id != point.chief.id]
        numbers = [self.call(m.id, m.document, m.evidence) for m in (point.chief, *others)]
        # What a statement says may stand apart from who says it, an event's parties from its predicate.
        numbers += [self.call(point.chief.id, point.chief.document, e) for e in self._more(point)]
        return tuple(dict.fromkeys(numbers))

    def _more(self, point: Point) -> Iterable[Evidence]:
        return () if isinstance(point.chief, Statement) else point.chief.more

    def line(self, text: str, *points: Point) -> Line:
        """A sentence that stands on points."""
        numbers = dict.fromkeys(number for point in points for number in self.of(point))
        return Line((Part(text, tuple(numbers)),), tuple(member.id for point in points for member in point.members))

    def flagged(self, text: str, flag: Flag) -> Line:
        """A sentence that stands on a flag."""
        return Line((Part(text, (self.call(flag.id, flag.document, flag.evidence),)),), (flag.id,))

    def all(self) -> tuple[Note, ...]:
        """The footnotes in order."""
        return tuple(self.made.values())
