"""How phrases hang together: what binds to a noun, and what a worry is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Actor, Argument, Clause, Sentence

# What is only the ground of an act: 「攻撃|を受けて|」.
GROUNDS = ("を受けて", "によって", "をめぐって", "を踏まえて", "に伴って", "に応じて", "について")
# Particles that bind a phrase to the noun after it: 「インド|からの|支援を」.
ADNOMINAL = ("からの", "との", "への", "に対して", "によって")
# What befell somebody: whose arrest or release it is, is not who is blamed or asked.
BEFELL = re.compile(
    r"の(?:不当|違法)?な?(?:即時|早期|無条件|全員)?の?(?:[、・]無条件の?)?(?:解放|釈放|救出|拘束|逮捕|拘留|殺害|暗殺|処刑|死亡|死)$"
)
# 「|隣国の領空の侵犯を|非難した」: whose it is that was violated.
VIOLATED = re.compile(r"(?:領空|領海|領土|主権|領土の?一体性|国境|独立)(?:の|への)?(?:侵犯|侵害|侵入|侵略)$")
OBEYED = re.compile(r"決議の(?:[^、の]{0,6}な)?(?:履行|実施|順守|遵守|実行)$")
ENVOY = re.compile(r"(?:次席)?大使")
# Those who stand for their state, so that what befell them concerns it: 「チャドの|大統領|の解放を求めた」.
LEADERS = re.compile(r"(?:大統領|首相|国王|元首|議長|閣僚|顧問)(?:ら)?$")


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


def befell_them(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """「|記者の即時解放を|求めた」, 「|活動家の拘束を|非難した」: the one named is the victim, not the other side."""
    if clause.predicate in scene.performatives and VIOLATED.search(scene.text, argument.start, argument.end):
        return True
    match = BEFELL.search(scene.text, argument.start, argument.end)
    if match is None or not (clause.predicate in scene.speech or clause.predicate in scene.performatives):
        return False
    named = scene.actors_in(argument.start, match.start())
    states = bool(named) and named[-1].end == match.start() and named[-1].person is None
    leader = LEADERS.search(scene.text, argument.start, match.start()) is not None and len(named) > 0
    return not states and not (leader and named[-1].person is None)


def is_decided_by(scene: Scene, argument: Argument) -> bool:
    """「|安保理決議の完全な履行を|求めた」: it is asked of those whom the resolution binds, not of those who adopted it."""
    return OBEYED.search(scene.text, argument.start, argument.end) is not None


def is_aligned(scene: Scene, actor: Actor) -> bool:
    """「|親ロシア|の自治州」: whom somebody is for or against has no part in what is done."""
    return scene.text[actor.start - 1 : actor.start] in ("親", "反")


def is_posted(scene: Scene, actor: Actor) -> bool:
    """「中国の|駐EU代表部|」, 「李|駐日|大使」, 「ベルギーの|国連|大使」: a post among others, not the others."""
    to_body = actor.what == "organisation" and ENVOY.match(scene.text, actor.end) is not None
    # 「|訪|米」, 「|来|日」: a journey, not those one goes to.
    journey = actor.end - actor.start == 1 and scene.text[actor.start - 1 : actor.start] in ("訪", "来", "帰")
    return to_body or journey or is_aligned(scene, actor) or scene.text[actor.start - 1 : actor.start] in ("駐", "在")


def is_bound_aside(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """「|丁国に対する|攻撃を受けて、丙国に対する制裁を発表した」: what is bound to a ground has no part in the act."""
    if not scene.text.startswith("に対する", argument.end):
        return False
    behind = min((a for a in clause.arguments if a.start > argument.start), key=lambda a: a.start, default=None)
    return behind is not None and behind.particle in GROUNDS


def is_worried_for(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """「首相の|身の安全に|懸念を示した」: whose safety it is is not whom the worry blames."""
    worry = scene.words("worries worry")
    worried = any(worry.match(word) for word in (clause.predicate, *(a.head for a in clause.arguments)))
    return worried and is_at_stake(scene, argument)


def is_at_stake(scene: Scene, argument: Argument) -> bool:
    """Whether a phrase names what somebody may lose."""
    return scene.words("worries stake").search(scene.text, argument.start, argument.end) is not None
