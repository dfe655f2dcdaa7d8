"""Meetings mentioned in passing: 「首相は|大統領との会談で|支援を約束した」 tells of a meeting as well as of a promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.ahead import lies_ahead
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, parties_inside, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.triggers import type_of
from jitsuroku.coding.when import when, when_done
from jitsuroku.records import Argument, Clause, Event, Row, Sentence

# What may follow the noun of a meeting that took place: 「会談|で」, 「会談|後に」, 「会談|の席で」.
AFTER = re.compile(r"(?:の?(?:後|あと|席上?|中|場|冒頭|最後|終了後|直後|時|際))?$")
TOLD_IN = ("で", "", "後", "に", "から", "を通じて")


def meetings_mentioned(scene: Scene, sentence: Sentence, nouns: tuple[Row, ...], told: list[Event]) -> Iterator[Event]:
    """The meetings that a sentence's own acts took place at or after, one a clause; ``nouns`` are those of meetings."""
    words = scene.text[sentence.start : sentence.end]
    nouns = tuple(row for row in nouns if row["trigger"] in words)
    for clause in sentence.clauses if nouns else ():
        if clause.inside < 0 and not clause.relative and clause.ending not in ("if", "question"):
            for argument in clause.arguments:
                event = _meeting(scene, sentence, clause, argument, nouns, told)
                if event is not None:
                    yield event
                    break


def _meeting(
    scene: Scene,
    sentence: Sentence,
    clause: Clause,
    argument: Argument,
    nouns: tuple[Row, ...],
    told: list[Event],
) -> Event | None:
    if argument.particle not in TOLD_IN:
        return None
    words = scene.text[argument.start : argument.end]
    ends = AFTER.search(words)
    stem = words[: ends.start()] if ends else words
    row = max((r for r in nouns if stem.endswith(r["trigger"])), key=lambda r: len(r["trigger"]), default=None)
    if argument.particle == "に" and not (ends and ends.group()):
        return None
    if row is None or lies_ahead(scene, sentence, governor := governor_of(sentence, clause)):
        return None
    actor = agent_of(scene, sentence, governor, story=True)
    partner = _partner(scene, clause, argument)
    if not actor or actor.sector == MEDIA or not partner:
        return None
    if len(actor.codes) == 2 and set(partner.codes) < set(actor.codes):
        partner = replace(NOBODY, start=partner.start)  # 「首相との会談で、|双方は|…」
    elif set(partner.codes) & set(actor.codes):
        return None
    kind = type_of(row, scene.world)
    time = when(scene, sentence, replace(clause, start=argument.start, end=argument.end))
    if time.date is None:
        time = when_done(scene, sentence, governor, actor.codes, told)
    act = Act(sentence, clause, row, kind, actor, partner, time, "actual")
    return event_record(scene, act, (min(partner.start, argument.start), argument.end))


def governor_of(sentence: Sentence, clause: Clause) -> Clause:
    """The clause that what is told hangs on: 「会談で支援を続けると|伝えた|」."""
    for later in sentence.clauses:
        if clause.ending not in ("quote", "you", "tame"):
            break
        if later.inside < 0 and not later.relative and later.predicate_start >= clause.end:
            clause = later
    return clause


def _partner(scene: Scene, clause: Clause, argument: Argument) -> Party:
    """With whom: 「|大統領|との会談」, else the party named in the phrase: 「|米ロ|首脳会談」."""
    for other in clause.arguments:
        if other.particle in ("との", "と") and 0 < argument.start - other.end <= 2:
            return party_of(scene, other)
    return parties_inside(scene, argument)
