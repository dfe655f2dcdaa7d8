"""How phrases hang together: what binds to a noun, and what a worry is about."""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Clause, Sentence

# Particles that bind a phrase to the noun after it: 「インド|からの|支援を」.
ADNOMINAL = ("からの", "との", "への", "に対して", "によって")


def bound_to(sentence: Sentence, argument: Argument) -> Iterator[Argument]:
    """The phrases that bind to a noun, the nearest first: 「|アメリカによる||ロシアへの|関税措置」."""
    at = argument.start
    before = [a for c in sentence.clauses for a in c.arguments if a.particle in ADNOMINAL and a.end < at]
    for other in sorted(dict.fromkeys(before), key=lambda a: -a.end):
        if not 0 < at - other.end <= len(other.particle):
            return
        yield other
        at = other.start


def fills(clause: Clause, argument: Argument, particle: str) -> bool:
    """Whether a phrase has a particle, or binds by it to what is done: 「|日本への|支援を行った」, not 「|台湾への|売却を巡り、企業に
    制裁を科した」."""
    if argument.particle != particle + "の":
        return argument.particle == particle
    behind = min((a for a in clause.arguments if a.start > argument.start), key=lambda a: a.start, default=None)
    return behind is None or behind.particle in ("を", "が", "は", "も")


def is_worried_for(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """「首相の|身の安全に|懸念を示した」: whose safety it is is not whom the worry blames."""
    worry, stake = scene.words("worries worry"), scene.words("worries stake")
    worried = any(worry.match(word) for word in (clause.predicate, *(a.head for a in clause.arguments)))
    return worried and stake.search(scene.text, argument.start, argument.end) is not None
