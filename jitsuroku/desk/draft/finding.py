"""What a comparison takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from jitsuroku.records import Commitment, Event, Evidence, Figure, Reading, Record, Statement, World

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

R = TypeVar("R", bound=Record)
CHECK, DIFFERS, AGREES, UNKNOWN = "check", "differs", "agrees", "unknown"
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What the record says: the page, its day, the words, the record's id."""

    source: str
    date: str | None
    words: str
    id: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place of the draft: ``about`` amount, figure, date, first, office, quotation, or the name of a check's flag;
    ``state`` check, differs, agrees or unknown (the record says nothing of it)."""

    start: int
    end: int
    words: str
    about: str
    state: str
    severity: str
    message: str
    expected: str | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as read, with the world it was read in."""

    reading: Reading
    world: World

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Its records of a type."""
        return tuple(r for r in self.reading.records if isinstance(r, kind))


def told_by(desk: Desk, records: Sequence[Event | Commitment | Figure | Statement]) -> tuple[Told, ...]:
    """The records as what the record says, at most a few."""
    kept = records[:MOST_TOLD]
    documents = [desk.document(r.document) for r in kept]
    return tuple(
        Told(d.source, d.published or d.anchor, r.evidence.text, r.id) for r, d in zip(kept, documents, strict=True)
    )


def finding(
    evidence: Evidence,
    about: str,
    state: str,
    message: str,
    expected: str | None = None,
    told: tuple[Told, ...] = (),
    severity: str = "doubt",
) -> Finding:
    """A finding on these words of the draft; what agrees or is unknown is never more than a note."""
    weight = severity if state == DIFFERS else "note"
    return Finding(evidence.start, evidence.end, evidence.text, about, state, weight, message, expected, told)
