"""Sentences that name somebody and tell of something, but gave no record: so that silence never looks like absence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.contract import quote
from jitsuroku.desk.lines import evidence_of
from jitsuroku.records import Evidence, Reading, Sentence, Verdict

# Records that tell what a sentence says; a mention alone does not.
TELLING = frozenset({"event", "statement", "reading", "commitment", "figure"})


@dataclass(frozen=True, slots=True)
class Silence:
    """A sentence without a record: its words, who is named in it, and why each of its clauses made no event."""

    evidence: Evidence
    actors: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


def silences(reading: Reading, verdicts: tuple[Verdict, ...]) -> tuple[Silence, ...]:
    """Every sentence of the body with an actor and a predicate, but without a record of its own."""
    return tuple(_silences(reading, verdicts))


def _silences(reading: Reading, verdicts: tuple[Verdict, ...]) -> Iterator[Silence]:
    told = [(e.start, e.end) for r in reading.records if r.kind in TELLING for e in evidence_of(r)]
    for sentence in reading.sentences:
        actors = _named(reading, sentence)
        if not actors or not any(c.inside < 0 for c in sentence.clauses):
            continue
        if any(start < sentence.end and sentence.start < end for start, end in told):
            continue
        reasons = tuple(
            (reading.page.text[v.start : v.end], v.reason) for v in verdicts if sentence.start <= v.start < sentence.end
        )
        yield Silence(quote(reading.page, sentence.start, sentence.end), actors, reasons)


def _named(reading: Reading, sentence: Sentence) -> tuple[str, ...]:
    within = (a for a in reading.actors.actors if sentence.start <= a.start < sentence.end)
    return tuple(dict.fromkeys(a.person or "/".join(a.codes) for a in within))
