"""The comparison as a paragraph with footnotes: built from the table alone, every claim with the words it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from jitsuroku.desk.comparison import NAMED, NEVER_ODD, SAID, SILENT, Comparison, Line
from jitsuroku.records import DocumentRecord, Evidence

MOST_TOPICS = 6


@dataclass
class Notes:
    """Footnotes in the order in which they are first used; the same words are one note."""

    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    day: Callable[[str | None], str] = lambda date: date or ""

    def mark(self, document: DocumentRecord, evidence: Evidence) -> str:
        """``[3]`` for the words of a page."""
        key = (document.id, evidence.start, evidence.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            told = " · ".join(part for part in (document.outlet, document.title, self.day(document.published)) if part)
            place = f"{document.source} {evidence.start}-{evidence.end}"
            self.lines.append(f"[{self.numbers[key]}] {told}: 「{evidence.text}」 ({place})")
        return f"[{self.numbers[key]}]"


@dataclass(frozen=True, slots=True)
class Wording:
    """How the paragraph is worded: the desk's phrases and the names of lines and values."""

    say: Callable[..., str]
    label: Callable[[Line], str]
    value: Callable[[str, str], str]
    claim: str
    day: Callable[[str | None], str]


def paragraph(comparison: Comparison, wording: Wording) -> str:
    """The paragraph, an empty line, the footnotes."""
    notes = Notes(day=wording.day)
    sentences = list(_sentences(comparison, wording, notes))
    return "\n".join([" ".join(sentences), "", *notes.lines]) + "\n"


def _sentences(comparison: Comparison, wording: Wording, notes: Notes) -> Iterator[str]:
    columns = comparison.columns
    marks = "".join(notes.mark(c.document, c.members[0].evidence) for c in columns)
    counts = {"pages": len(columns), "independent": len(comparison.origins)}
    yield wording.say("par_event", what=wording.claim, **counts) + marks
    plain = [line for line in comparison.lines if line.question not in {"topic", "formula", *NEVER_ODD}]
    for line in plain:
        if line.differs or any(f.state != SAID for f in line.fields):
            yield _differing(line, comparison, wording, notes)
    for line in [line for line in comparison.lines if line.question == "topic" and line.differs][:MOST_TOPICS]:
        yield _topic(line, comparison, wording, notes)


def _differing(line: Line, comparison: Comparison, wording: Wording, notes: Notes) -> str:
    found: dict[str, list[str]] = {}
    for column, told in zip(comparison.columns, line.fields, strict=True):
        if told.state == SAID:
            value = ", ".join(wording.value(line.question, v) for v in told.values)
            found.setdefault(value, []).append(notes.mark(column.document, told.evidence[0]))
    values = [f"{wording.say('par_value', value=v, n=len(marks))}{''.join(marks)}" for v, marks in found.items()]
    text = wording.say("par_differs", label=_begun(wording.label(line)), values="; ".join(values))
    counts = Counter(f.state for f in line.fields)
    rest = [
        wording.say(key, n=counts[state])
        for key, state in (("par_named", NAMED), ("par_silent", SILENT))
        if counts[state]
    ]
    return " ".join([text, *rest])


def _begun(words: str) -> str:
    """As at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _topic(line: Line, comparison: Comparison, wording: Wording, notes: Notes) -> str:
    told = [(c.document, f) for c, f in zip(comparison.columns, line.fields, strict=True) if f.state in (SAID, NAMED)]
    marks = "".join(notes.mark(document, f.evidence[0]) for document, f in told)
    silent = sum(f.state == SILENT for f in line.fields)
    return wording.say("par_topic", name=_begun(wording.label(line)), said=len(told), silent=silent) + marks
