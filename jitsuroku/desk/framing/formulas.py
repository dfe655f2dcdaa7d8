"""The stock phrases of readouts between two parties: which each one keeps, adds or drops against the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.desk.codes import code_for
from jitsuroku.desk.framing.words import Place, hits, named_at, read_spans
from jitsuroku.desk.query import Desk
from jitsuroku.records import DocumentRecord

READOUTS = ("readout", "joint-statement", "transcript")


@dataclass(frozen=True, slots=True)
class Formula:
    """A stock phrase and where it stands; for a dropped one, where it stood before."""

    formula: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A page of one source with its phrases, compared with that source's page before (None for its first)."""

    source: str
    outlet: str | None
    date: str | None
    genre: str
    before: str | None
    new: tuple[Formula, ...]
    kept: tuple[Formula, ...]
    dropped: tuple[Formula, ...]


def formulas(desk: Desk, left: str, right: str, *, every_genre: bool = False) -> tuple[Step, ...]:
    """The pages on a pair (codes or names) by source and day, with the phrases new, kept and dropped.

    Readouts, joint statements and transcripts that name both parties or their people; ``every_genre`` takes other pages
    too that tell an act in which both take part. The first page of a source has all its phrases as new.
    """
    pair = {code_for(left), code_for(right)}
    told = {e.document for e in desk.events(pair=(left, right))} if every_genre else set()
    wanted = [d for d in desk.documents() if d.id in told or (d.genre in READOUTS and _names_both(desk, d, pair))]
    steps: list[Step] = []
    by_outlet: dict[str, list[DocumentRecord]] = {}
    for document in sorted(wanted, key=lambda d: (_day(d) or "9999", d.source)):
        by_outlet.setdefault(document.outlet or document.origin or document.source, []).append(document)
    for _, own in sorted(by_outlet.items()):
        steps += _steps(desk, own)
    return tuple(steps)


def _names_both(desk: Desk, document: DocumentRecord, pair: set[str]) -> bool:
    """Whether the page names both parties: by a person of theirs, or anywhere in its headline or body."""
    missing = pair - {*document.states, *document.orgs, *(p.country for p in document.people if p.country)}
    if not missing:
        return True
    text, spans = desk.store.page(document.id).text, read_spans(desk, document)
    return all(named_at(text, spans, code) for code in missing)


def _day(document: DocumentRecord) -> str | None:
    return document.published or document.anchor


def _steps(desk: Desk, documents: list[DocumentRecord]) -> Iterator[Step]:
    before: dict[str, Formula] = {}
    named: str | None = None
    for document in documents:
        now = {f.formula: f for f in _found(desk, document)}
        yield Step(
            source=document.source,
            outlet=document.outlet,
            date=_day(document),
            genre=document.genre,
            before=named,
            new=tuple(f for name, f in now.items() if name not in before),
            kept=tuple(f for name, f in now.items() if name in before),
            dropped=tuple(f for name, f in before.items() if name not in now),
        )
        before, named = now, document.source


def _found(desk: Desk, document: DocumentRecord) -> Iterator[Formula]:
    places: dict[str, list[Place]] = {}
    for hit in hits(desk, document, "formulas", read_spans(desk, document)):
        places.setdefault(hit.row["formula"], []).append(hit.place)
    yield from (Formula(name, tuple(at)) for name, at in places.items())
