"""Readouts say who speaks by から: 「|大臣から、|隣国は重要な相手であり、協力を続けたい旨述べた」.

The speaker is the subject of what tells the words, not of what is said in them; what is told of there (隣国は) is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Argument, Clause, Token

# How long a noun of telling may be between 旨 and its verb: 旨|の説明が|あった.
NOUN = 6


@dataclass(frozen=True, slots=True)
class Readouts:
    """The words by which readouts say who speaks (``language/ja/readouts.tsv``), by what they do."""

    summary: frozenset[str]
    tell: frozenset[str]
    ask: frozenset[str]
    speaker: tuple[str, ...]
    behind: tuple[str, ...]


@cache
def readouts() -> Readouts:
    """The table's words. Raises lexicon.TableError when it is broken."""
    rows = read_table(PACKAGE / "language" / "ja" / "readouts.tsv").rows
    summary, tell, ask, speaker, behind = (
        tuple(row["word"] for row in rows if row["kind"] == kind)
        for kind in ("summary", "tell", "ask", "speaker", "from")
    )
    return Readouts(frozenset(summary), frozenset(tell), frozenset(ask), speaker, behind)


def told_from(clauses: tuple[Clause, ...], tokens: tuple[Token, ...]) -> tuple[Clause, ...]:
    """The clauses with the speaker at the verb of telling, where a sentence names one by から and a comma."""
    speakers = [a for c in clauses if c.inside < 0 for a in c.arguments if _speaks(a, tokens)]
    if not speakers:
        return clauses
    speakers.sort(key=lambda a: a.start)
    main = next((c for c in reversed(clauses) if c.inside < 0 and c.ending == "main"), None)
    if main is not None and main.predicate in readouts().tell and _tells_words(main, clauses, tokens):
        topic = replace(speakers[-1], particle="は")
        ends = frozenset(t.start for t in tokens if t.surface in readouts().summary)
        clauses = tuple(_with_speaker(clause, main, speakers[-1], topic, ends) for clause in clauses)
    return tuple(_of_its_speaker(clause, speakers) for clause in clauses)


def _of_its_speaker(clause: Clause, speakers: list[Argument]) -> Clause:
    """「|大臣から、|状況を説明し、協力を|求めた|のに対し、長官から、…」: what is asked or told is so by the speaker named last."""
    before = [a for a in speakers if a.start < clause.predicate_start]
    tells = clause.predicate in readouts().tell | readouts().ask and clause.voice == "active" and not clause.relative
    if not before or not tells or clause.inside >= 0 or any(a.particle in ("は", "が", "も") for a in clause.arguments):
        return clause
    topic = replace(before[-1], particle="は")
    own = tuple(a for a in clause.arguments if a.start != topic.start)
    if len(own) < len(clause.arguments):
        return replace(clause, arguments=(topic, *own), inherited=())
    return replace(clause, inherited=(topic,))


def _tells_words(main: Clause, clauses: tuple[Clause, ...], tokens: tuple[Token, ...]) -> bool:
    """Whether the words end in 旨: 「協力したい|旨|述べた」, 「協力したい|旨の発言|があった」."""
    if any(t.surface in readouts().summary and 0 < main.predicate_start - t.end <= NOUN for t in tokens):
        return True
    heads = [a.head for a in main.arguments] + [c.head.head for c in clauses if c.head is not None]
    return not readouts().summary.isdisjoint(heads)


def _speaks(argument: Argument, tokens: tuple[Token, ...]) -> bool:
    if argument.particle not in readouts().behind or not argument.head.endswith(readouts().speaker):
        return False
    behind = [t.surface for t in tokens if argument.end <= t.start][:2]
    return behind[:1] == [argument.particle] and behind[1:] in (["、"], [","], ["は"])


def _with_speaker(clause: Clause, main: Clause, speaker: Argument, topic: Argument, ends: frozenset[int]) -> Clause:
    """``ends`` are where the words that are told end: before 旨."""
    own = tuple(a for a in clause.arguments if a.start != speaker.start)
    if clause is main:
        others = tuple(a for a in own if a.particle != "は")
        return replace(clause, start=min(clause.start, topic.start), arguments=(topic, *others), inherited=())
    content = clause.inside < 0 and clause.relative and clause.head is not None and clause.end in ends
    if content and not any(a.particle in ("は", "が") for a in own):
        return replace(clause, arguments=own, inherited=(topic,))
    return clause if len(own) == len(clause.arguments) else replace(clause, arguments=own)
