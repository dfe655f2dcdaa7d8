"""What a brief is: sections of sentences, each with its footnotes, and what they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from jitsuroku.records import DocumentRecord, Evidence


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the exact words of a record, and the page and place where they stand. ``reference`` is the page's number
    among the references; ``sample`` tells that the page is made up."""

    number: int
    record: str
    document: str
    source: str
    reference: int
    evidence: Evidence
    sample: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence and the numbers of the footnotes after it."""

    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence. ``records`` are the ids of what it tells; what several pages tell is one sentence."""

    parts: tuple[Part, ...]
    records: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence without its footnotes."""
        return "".join(part.text for part in self.parts)

    @property
    def notes(self) -> tuple[int, ...]:
        """The numbers of all its footnotes."""
        return tuple(number for part in self.parts for number in part.notes)


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences under a heading; the heading is empty where a section has one group only. ``more`` counts those that were
    left out for length."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief. ``empty`` is what it says when there is nothing to say; ``mark`` stands before each sentence."""

    key: str
    title: str
    groups: tuple[Group, ...]
    empty: str
    mark: str = ""

    def lines(self) -> Iterator[Line]:
        """The sentences of all groups."""
        for group in self.groups:
            yield from group.lines


@dataclass(frozen=True, slots=True)
class Card:
    """A term in the margin: a name, facts about it and the tables' rows that they come from."""

    term: str
    facts: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A page that the brief cites, as a line to be read."""

    number: int
    document: DocumentRecord
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """An answer to a question, built from records alone.

    ``about`` says what it stands on; it and the cards carry no footnotes. ``sample`` tells that pages written for
    demonstration are among its sources.
    """

    title: str
    language: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    cards: tuple[Card, ...]
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    sample: bool

    def lines(self) -> Iterator[Line]:
        """Every sentence, section by section."""
        for section in self.sections:
            yield from section.lines()

    def markdown(self) -> str:
        """The brief as Markdown with footnotes."""
        from jitsuroku.desk.brief.markdown_file import markdown

        return markdown(self)

    def html(self) -> str:
        """The brief as one HTML file, whole in itself."""
        from jitsuroku.desk.brief.html_file import html

        return html(self)

    def csl(self) -> list[dict[str, Any]]:
        """The references as CSL-JSON items."""
        from jitsuroku.desk.brief.references import csl_item

        return [csl_item(reference.document) for reference in self.references]

    def save(self, path: str | PathLike[str], form: str | None = None) -> Path:
        """Write the brief to a file; ``form`` (md, html, docx, pdf, csl) else follows from the name's ending.

        Raises ValueError when the form is unknown, ImportError, with what to install, when it needs an extra, OSError.
        """
        from jitsuroku.desk.brief.saving import save

        return save(self, Path(path), form)
