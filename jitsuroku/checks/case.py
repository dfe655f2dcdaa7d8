"""What every check looks at: one page with all that was read from it, and how a check says what it found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from jitsuroku.contract import quote, with_id
from jitsuroku.records import (
    Actors,
    Commitment,
    Date,
    Document,
    Event,
    Figure,
    Flag,
    Mentions,
    Money,
    Name,
    Page,
    Quantity,
    Record,
    Row,
    Sentence,
    World,
)

_start, _paragraph = attrgetter("start"), attrgetter("paragraph")


T = TypeVar("T", Date, Money, Name, Quantity)


def within(found: tuple[T, ...], start: int, end: int) -> tuple[T, ...]:
    """Those that begin between two places of the page, of what is in page order."""
    return found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]


@dataclass(frozen=True, slots=True)
class Case:
    """A page as read: the same values for every check. ``text`` is the page folded, offsets unchanged."""

    page: Page
    document: Document
    sentences: tuple[Sentence, ...]
    mentions: Mentions
    actors: Actors
    records: tuple[Record, ...]
    world: World
    text: str

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table of the languages that are read; none where a language lacks it."""
        languages = (language.tables for language in self.world.languages.values())
        return tuple(row for tables in languages if table in tables for row in tables[table].rows)

    def sentences_with(self, word: str) -> Iterator[Sentence]:
        """The sentences that hold a word: most hold none of what a check looks for, and a pattern is slower to say so."""
        return (s for s in self.sentences if self.text.find(word, s.start, s.end) >= 0)

    def paragraph(self, number: int) -> tuple[int, int]:
        """Where a paragraph begins and ends."""
        first = bisect_left(self.sentences, number, key=_paragraph)
        last = bisect_right(self.sentences, number, key=_paragraph) - 1
        return self.sentences[first].start, self.sentences[last].end

    def dates_in(self, start: int, end: int) -> tuple[Date, ...]:
        """The dates that begin between two places of the page."""
        return within(self.mentions.dates, start, end)

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence in which a place of the page stands."""
        nearest = bisect_right(self.sentences, at, key=_start) - 1
        return self.sentences[nearest] if nearest >= 0 and at < self.sentences[nearest].end else None

    def whose(self, at: int) -> str:
        """``speaker`` for what stands inside a quotation, ``cited`` behind 「…によると」, else ``page``."""
        sentence = self.sentence_at(at)
        if sentence is None:
            return "page"
        if any(q.start <= at < q.end for q in sentence.quotations):
            return "speaker"
        sources = (a.end for c in sentence.clauses for a in c.arguments if a.particle == "によると")
        return "cited" if any(end <= at for end in sources) else "page"

    def flag(
        self, kind: str, severity: str, span: tuple[int, int], message: str, expected: str | None, rule: str
    ) -> Flag:
        """A flag on ``page.text[start:end]``, with the records whose evidence holds those words."""
        start, end = span
        return with_id(
            Flag(
                id="",
                document=self.page.id,
                flag=kind,
                severity=severity,
                whose=self.whose(start),
                message=message,
                expected=expected,
                records=self._records(start, end),
                evidence=quote(self.page, start, end),
                rule=rule,
            )
        )

    def _records(self, start: int, end: int) -> tuple[str, ...]:
        told = (r for r in self.records if isinstance(r, (Commitment, Figure, Event)))
        return tuple(r.id for r in told if r.evidence.start < end and start < r.evidence.end)
