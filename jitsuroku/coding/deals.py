"""Between whom a deal is made: the partner that the clause names, or who has been met."""

from __future__ import annotations

from jitsuroku.coding.parties import parties_inside
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.telling import Telling

Codes = tuple[str, ...]
MEETING = frozenset({"会談", "会う", "会見", "面会", "協議", "会合"})
BOTH = 2


def both_sides(scene: Scene, telling: Telling, giver: Codes, receiver: Codes) -> Codes:
    """Those who make a deal with each other, where the sentence names two: with whom it is made, or who has been met."""
    partner = _partner(scene, telling) or (() if receiver else met(scene, telling))
    both = tuple(dict.fromkeys((*giver, *partner)))
    return both if len(both) >= BOTH else ()


def _partner(scene: Scene, telling: Telling) -> Codes:
    """With whom a deal is made: 「カタールとの間で3億ドルの取引に合意した」."""
    for clause in telling.clauses:
        for argument in clause.arguments:
            words = scene.text[argument.start : argument.end]
            with_whom = argument.particle in ("と", "との") or (argument.particle == "で" and words.endswith("との間"))
            if with_whom and (party := parties_inside(scene, argument)):
                return party.codes
    return ()


def met(scene: Scene, telling: Telling) -> Codes:
    """Whom the subject has met before the deal: 「首相は|カタールの首長と|会談し、3億ドルの投資で合意した」."""
    for clause in reversed(telling.sentence.clauses):
        before = clause.end <= telling.start and clause.inside == telling.inside and not clause.relative
        for argument in clause.arguments if before and clause.predicate in MEETING else ():
            if argument.particle == "と" and (party := parties_inside(scene, argument)):
                return party.codes
    return ()


def among(scene: Scene, telling: Telling) -> Codes:
    """「両国企業間で協定が署名された」: those between whom it is; in a quotation they are not known from outside it."""
    if telling.inside >= 0:
        return ()
    for argument in telling.clause.arguments if telling.clause else ():
        if argument.particle == "で" and scene.text[argument.start : argument.end].endswith("間"):
            return parties_inside(scene, argument).codes
    return ()
