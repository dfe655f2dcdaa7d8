"""Which stretches of a page's text are evidence of which lines, and how the two point to each other."""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.desk.lines import evidence_of
from jitsuroku.desk.sheet import Sheet
from jitsuroku.records import Evidence, Record


class Marks:
    """The lines of one page of a report, numbered in order, and the words they stand on."""

    def __init__(self, page: int, sheet: Sheet) -> None:
        self._page = page
        self._numbers = {record.id: n for n, record in enumerate(sheet.records(), 1)}
        self._spans = sorted(
            {
                (e.start, e.end, record.kind, self._numbers[record.id])
                for record in sheet.records()
                for e in evidence_of(record)
            }
        )
        self._borders = sorted({place for start, end, _, _ in self._spans for place in (start, end)})

    def number_of(self, record: Record) -> int:
        """The line's number on this page."""
        return self._numbers[record.id]

    def line(self, number: int) -> str:
        """The anchor of a line."""
        return f"p{self._page}-line-{number}"

    def place(self, evidence: Evidence) -> str:
        """The anchor of the words."""
        return f"p{self._page}-{evidence.start}-{evidence.end}"

    def places_at(self, start: int) -> list[str]:
        """The anchors of all words that begin here."""
        return [f"p{self._page}-{s}-{e}" for s, e in sorted({(s, e) for s, e, _, _ in self._spans if s == start})]

    def numbers_at(self, end: int) -> list[int]:
        """The lines whose words end here."""
        return sorted({number for _, e, _, number in self._spans if e == end})

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretch cut wherever evidence begins or ends."""
        cuts = [start, *(place for place in self._borders if start < place < end), end]
        return zip(cuts, cuts[1:], strict=False)

    def kinds(self, start: int, end: int) -> list[str]:
        """The kinds of lines that stand on the whole of this stretch."""
        return sorted({kind for s, e, kind, _ in self._spans if s <= start and end <= e})

    def touches(self, start: int, end: int) -> bool:
        """Whether any line stands on some of this stretch."""
        return any(s < end and start < e for s, e, _, _ in self._spans)
