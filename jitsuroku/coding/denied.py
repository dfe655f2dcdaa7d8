"""Deeds that somebody says were not done: 「国防省は、隣国への|攻撃を否定した|」 tells of an attack, denied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, parties_inside
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import from_slot
from jitsuroku.coding.triggers import MENTIONED, compiled, type_of
from jitsuroku.coding.when import When
from jitsuroku.records import Argument, Clause, Event, Row, Sentence

DENYING = frozenset({"否定", "打ち消す", "否認", "全否定"})
# 「攻撃|の事実|を否定した」.
FACTS = ("の事実", "の有無", "説", "報道", "の報道", "疑惑", "の疑い")
LONGEST = 6
# Where the other side of the deed stands.
AGAINST = ("に対して", "への", "との", "と", "からの", "から")


def deeds_denied(scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Event]:
    """The deeds that a sentence's clauses deny, each of those who say so."""
    for clause in sentence.clauses:
        if clause.inside < 0 and not clause.negative and clause.predicate in DENYING and clause.ending != "if":
            for argument in clause.arguments:
                row = _deed(scene, argument, rows) if argument.particle in ("を", "について") else None
                # 「|米国の|仲介を否定した」: the deed of another is no deed of who denies it.
                if row is not None and not parties_inside(scene, argument):
                    yield from _denial(scene, sentence, clause, argument, row)


def _deed(scene: Scene, argument: Argument, rows: Mapping[str, tuple[Row, ...]]) -> Row | None:
    """The row of the deed that a phrase ends with; what is only said or thought is denied as no deed is."""
    words = scene.text[argument.start : argument.end]
    ending = next((fact for fact in FACTS if words.endswith(fact)), "")
    deed = words.removesuffix(ending)
    for length in range(min(len(deed), LONGEST), 1, -1):
        for row in rows.get(deed[-length:], ()):
            kind = type_of(row, scene.world)
            if (kind.quad.startswith("material") or kind.symmetric) and _fits(row, deed):
                return row
    return None


def _fits(row: Row, deed: str) -> bool:
    """「核の|開発|」 is no 「共同開発」: the whole of a row's word must stand there."""
    needs = [need.partition(":")[2] for need in row["needs"].split("&") if need]
    whole = deed.endswith(row["trigger"]) and row["polarity"] in ("", MENTIONED)
    return whole and all(compiled(pattern).search(deed) for pattern in needs)


def _denial(scene: Scene, sentence: Sentence, clause: Clause, argument: Argument, row: Row) -> Iterator[Event]:
    actor = agent_of(scene, sentence, clause, story=True)
    if not actor or actor.sector == MEDIA:
        return
    recipient = _other_side(scene, sentence, clause, actor)
    # 「21日、派兵を否定した」: the day is that of the denial.
    date = next(iter(scene.dates_in(argument.start, argument.end)), None)
    time = When(date.value, date.basis) if date else When(None, None)
    yield event_record(scene, Act(sentence, clause, row, type_of(row, scene.world), actor, recipient, time, "denied"))


def _other_side(scene: Scene, sentence: Sentence, clause: Clause, actor: Party) -> Party:
    for slot in AGAINST:
        party = from_slot(scene, sentence, clause, slot)
        if party and not set(party.codes) & set(actor.codes):
            return party
    return NOBODY
