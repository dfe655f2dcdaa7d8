"""At whom a threat is aimed that is told to nobody by name: 「|隣国への関税を上げる|可能性があると警告した」 threatens the neighbour."""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.coding.parties import MEDIA, NOBODY, Party, parties_inside
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import first_of
from jitsuroku.coding.triggers import type_of
from jitsuroku.records import Clause, Sentence

AIMED = ("に対して", "への", "に", "へ", "in:を", "を")
HOSTILE = "material conflict"


def warned(scene: Scene, sentence: Sentence, clause: Clause, actor: Party) -> Party | None:
    """Who is to refrain or is to be struck by what the clause tells; None where that speaks of nobody, NOBODY where those of
    whom it speaks are no such party."""
    before = [c for c in sentence.clauses if c.inside == clause.inside and c.end <= clause.predicate_start]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i].ending == "quote"), None)
    if at is None or any(not c.relative for c in before[at + 1 :]):
        return None
    for condition in (c for c in reversed(before[:at]) if c.ending == "if"):
        named = [parties_inside(scene, a) for a in condition.arguments if a.particle == "が"]
        if party := next((p for p in named if _is_other(p, actor) and len(p.codes) == 1), NOBODY):
            return party
    for deed in _deeds(scene, before[: at + 1]):
        if (party := first_of(scene, sentence, deed, AIMED, actor)) and _is_other(party, actor):
            return party
    spoken_of = scene.actors_in(before[at].start, before[at].end)
    others = {code for a in spoken_of if a.sector != MEDIA for code in a.codes} - set(actor.codes)
    return NOBODY if others else None


def _is_other(party: Party, actor: Party) -> bool:
    return bool(party) and not set(party.codes) & set(actor.codes)


def _deeds(scene: Scene, told: list[Clause]) -> Iterator[Clause]:
    """The hostile deeds among the last clauses told: 「関税を|上げる|可能性がある」, 「|報復する|」."""
    rows = scene.world.predicates[scene.language.code]
    said = told[-1]
    carried = [c for c in told[:-1] if c.relative and c.head in said.arguments]
    for clause in (said, *carried):
        if any(type_of(row, scene.world).quad == HOSTILE for row in rows.get(clause.predicate, ())):
            yield clause
