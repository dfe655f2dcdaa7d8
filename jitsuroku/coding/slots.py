"""A slot of a trigger's row -> the party that stands there: a particle, ``in:PARTICLE``, ``place:PARTICLE``, ``code:X`` or ``-``."""

from __future__ import annotations

import re
from dataclasses import replace

from jitsuroku.coding.binding import (
    befell_them,
    bound_to,
    fills,
    is_bound_aside,
    is_decided_by,
    is_reason,
    is_worried_for,
)
from jitsuroku.coding.nationals import nationals
from jitsuroku.coding.parties import (
    MEDIA,
    NOBODY,
    Party,
    is_own_parliament,
    issuer,
    joined,
    listed_before,
    parties_inside,
    party_of,
    state_of_place,
)
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Clause, Sentence

TO_ALL = re.compile(r"(?:各国|関係国|当事者|当事国|双方|国際社会|第三国)$")
CONVENED = re.compile(r"(?:主催|共催|共同主催)$")
# Where a clause that describes a thing names a party; what is founded is none:
MODIFIERS = ("が", "に対して", "に", "から", "への", "からの", "を")
# 「|開発銀行を|設立する方針で合意した」; nor is what people have left: 「|隣国から|避難した人々に食料を配った」.
NO_PARTY = {
    **dict.fromkeys(("設立", "創設", "設置", "新設", "開設", "立ち上げる"), ("を",)),
    **dict.fromkeys(("避難", "逃れる", "脱出", "来る", "帰国", "移住", "亡命"), ("から", "からの", "を")),
}
SUBJECTS, TOWARDS = ("は", "が", "も"), ("に", "に対して", "に対し", "から")
MEMBERS = re.compile(r"^(?:各)?加盟(?:各)?国(?:首脳|側|政府)?$")
DEEDS, OPPOSING = frozenset({"こと", "の"}), frozenset({"反対", "賛成"})
ASKED = re.compile(r"の(?:要請|求め|招待|招き|仲介|主催|呼びかけ)$")
UPHEAVALS = frozenset({"クーデター", "政変", "弾圧"})
# 「首相が|隣国によって|拘束された|こと|を非難した」: it is not the prime minister who is blamed.
WHAT_BEFELL = frozenset({"こと", "の", "件", "事件", "事態"})


def from_slot(scene: Scene, sentence: Sentence, clause: Clause, slot: str) -> Party:
    """The party in one slot of a trigger's row: a particle, ``in:PARTICLE``, ``code:X`` or ``-``."""
    if slot == "-":
        return NOBODY
    if slot.startswith("code:"):
        return Party((slot[5:],), (), None, clause.start, clause.end)
    if slot.startswith("place:"):
        return _home(scene, sentence, clause, slot[6:])
    particle = slot.removeprefix("in:")
    heads = (replace(clause.head, particle=particle),) if clause.head and _is_head(scene, clause, slot) else ()
    bare = particle == "は" and not any(a.particle in SUBJECTS for a in clause.arguments)
    for argument in (*clause.arguments, *(clause.inherited if bare else ()), *heads):
        aside = is_own_parliament(scene, argument) or is_bound_aside(scene, clause, argument)
        if aside or is_reason(scene, argument):
            continue
        if particle == "と" and _asks_together(scene, clause, argument):
            continue
        if fills(clause, argument, particle):
            if slot != particle and (is_worried_for(scene, clause, argument) or is_decided_by(scene, argument)):
                return NOBODY
            if slot != particle and befell_them(scene, clause, argument):
                return _in_modifier(scene, sentence, argument)
            if slot != particle and argument.head in DEEDS and clause.predicate in OPPOSING:
                return _doer_of(scene, sentence, argument)
            if owner := _owner_toward(scene, clause, argument):
                return owner
            if slot != particle and (doer := _doer_named(scene, sentence, clause, argument)):
                return doer
            party = _inside(scene, sentence, argument) if slot != particle else _whole(scene, argument)
            if particle != "と" and (party or not parties_inside(scene, argument)):
                party = joined(_coordinated(scene, sentence, clause, argument, slot != particle), party)
            if party and party.sector != MEDIA:
                listed = _lists(clause, particle)
                return joined(*listed_before(scene, clause.arguments, argument), party) if listed else party
    return NOBODY


def _doer_of(scene: Scene, sentence: Sentence, argument: Argument) -> Party:
    """「|隣国が|島を国連に委ねる|ことに|反対した」: who does what is opposed, not those whom it touches."""
    told = (c for c in sentence.clauses if c.relative and c.head is not None and c.head.start == argument.start)
    by = (a for c in told for a in c.arguments if a.particle in ("が", "によって"))
    return next((party for a in by if (party := parties_inside(scene, a))), NOBODY)


def _asks_together(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """「|甲国と|乙国の要請を受け、会合を開いた」: both ask for the meeting."""
    following = next((a for a in clause.arguments if a.start - argument.end == 1), None)
    return following is not None and ASKED.search(scene.text, following.start, following.end) is not None


def _is_head(scene: Scene, clause: Clause, slot: str) -> bool:
    """Whether a slot means the thing that a clause describes: ``in:head``, or the object: 「中国が禁じた|日本産の魚|」."""
    if not clause.relative or clause.head is None or slot != "in:を":
        return clause.relative and slot.removeprefix("in:") == "head"
    own = clause.voice != "active" or any(a.particle == "を" for a in clause.arguments)
    return not own and clause.head.head not in scene.carriers


def _lists(clause: Clause, particle: str) -> bool:
    """「首相は|大統領、|国王と会談した」, 「|英、|独に対し、中国は猶予を求めた」; in 「ドイツ、フランスに勧告」 the first acts."""
    acted = any(a.particle in SUBJECTS for a in clause.arguments)
    return particle == "と" or (acted and particle in TOWARDS)


def _owner_toward(scene: Scene, clause: Clause, argument: Argument) -> Party:
    """「|甲国の|乙国に対する攻撃を非難した」: it is 甲国 who is blamed; what was done to another is only described."""
    if not scene.text.startswith("に対する", argument.end) or clause.predicate not in scene.performatives:
        return NOBODY
    named = scene.actors_in(argument.start, argument.end)
    if len(named) < 2 or scene.text[named[0].end : named[1].start] != "の" or named[1].end != argument.end:
        return NOBODY
    return parties_inside(scene, replace(argument, end=named[0].end))


def _doer_named(scene: Scene, sentence: Sentence, clause: Clause, argument: Argument) -> Party:
    """「|甲国による|乙国侵攻を非難した」: it is 甲国 who is blamed, not whom the deed befalls."""
    if clause.predicate not in scene.performatives:
        return NOBODY
    for other in bound_to(sentence, argument):
        party = parties_inside(scene, other) if scene.text.startswith("による", other.end) else NOBODY
        if party:
            owner = next(c for c in sentence.clauses if other in c.arguments)
            return joined(_coordinated(scene, sentence, owner, other, True), party)
    return NOBODY


def _home(scene: Scene, sentence: Sentence, clause: Clause, particle: str) -> Party:
    """The state of the place that a phrase names, or where what it names is held: 「天津|に|着いた」 is a visit to China, and
    so is 「北京で開かれる式典|に|出席した」."""
    for argument in clause.arguments:
        if argument.particle == particle and not is_reason(scene, argument):
            held = (c for c in sentence.clauses if c.relative and c.head and c.head.start == argument.start)
            where = (a for c in held for a in c.arguments if a.particle == "で")
            for phrase in (argument, *where):
                if state := state_of_place(scene, phrase):
                    return Party((state,), (), None, argument.start, argument.end)
    return NOBODY


def _whole(scene: Scene, argument: Argument) -> Party:
    """The party that a phrase names, or the format whose members it speaks of: 「加盟国|に|供与する」."""
    members = MEMBERS.search(scene.text[argument.start : argument.end])
    return party_of(scene, argument) or (issuer(scene, argument) if members else NOBODY)


def _coordinated(scene: Scene, sentence: Sentence, clause: Clause, argument: Argument, inside: bool) -> Party:
    """The first of two phrases that share a particle: 「ロシア|と|北朝鮮に対し」, 「隣国の発言の撤回|と|、謝罪を」; words told are
    none: 「軍政側に「隣国の懸念を解け」|と|歩み寄りを求めた」."""
    for other in (a for a in clause.arguments if scene.text[a.start] not in "「『"):
        if other.particle == "と" and 0 < argument.start - other.end <= (2 if inside else 1):
            return _inside(scene, sentence, other) if inside else party_of(scene, other)
    return NOBODY


def _inside(scene: Scene, sentence: Sentence, argument: Argument) -> Party:
    """A party named in a phrase or, failing that, the subject of the clause that modifies it.

    「北朝鮮の謝罪を求めた」 and 「北朝鮮が発射したミサイルを非難した」 both concern 北朝鮮.
    """
    named = parties_inside(scene, argument) or nationals(scene, argument)
    if named:
        return named
    bound = list(bound_to(sentence, argument))
    for other in sorted(bound, key=lambda a: a.particle != "によって"):
        if party := parties_inside(scene, other):
            owner = next(c for c in sentence.clauses if other in c.arguments)
            return joined(_coordinated(scene, sentence, owner, other, True), party)
    if scene.organs.fullmatch(scene.text, argument.start, argument.end):
        return NOBODY  # 「党を勝利に導いた|首相を|たたえた」: the prime minister, not the party
    return _in_modifier(scene, sentence, argument)


def _in_modifier(scene: Scene, sentence: Sentence, argument: Argument) -> Party:
    """A party named in the clauses that describe a thing: 「|レバノン南部に|ある|拠点とみられる|建物を空爆した」."""
    for clause in sentence.clauses:
        if clause.relative and clause.head is not None and clause.head.start == argument.start:
            if clause.voice == "passive" and argument.head in WHAT_BEFELL:
                by = (a for a in clause.arguments if a.particle == "によって")
                return next((party for a in by if (party := parties_inside(scene, a))), NOBODY)
            barred = NO_PARTY.get(clause.predicate, ())
            # 「|ガボンで|起きた|クーデター|を非難した」: those of that state made it.
            where = (a for a in clause.arguments if a.particle == "で" and argument.head in UPHEAVALS)
            if party := next((p for a in where if (p := parties_inside(scene, a))), NOBODY):
                return party
            for particle in (p for p in MODIFIERS if p not in barred):
                for other in clause.arguments:
                    if other.particle == particle and (party := parties_inside(scene, other)):
                        both = particle == "が" and _coordinated(scene, sentence, clause, other, True)
                        return joined(both, party) if both else party
            for other in clause.arguments:
                if other.particle and (party := _in_modifier(scene, sentence, other)):
                    return party
    return NOBODY


def first_of(scene: Scene, sentence: Sentence, clause: Clause, slots: tuple[str, ...], taken: Party) -> Party:
    """The first slot that names somebody other than ``taken``; not those who act among others: 「日英は|日英伊の|協力で一致した」."""
    for slot in slots:
        if slot in ("in:を", "へ", "in:へ") and _is_to_all(scene, clause):
            continue
        party = from_slot(scene, sentence, clause, slot)
        of_all = len(taken.codes) > 1 and set(taken.codes) < set(party.codes)
        if party and set(party.codes) - set(taken.codes) and not of_all:
            return party
    return NOBODY


def _is_to_all(scene: Scene, clause: Clause) -> bool:
    """「|関係各国に|協議の再開を促した」: who is named in what is asked for is not asked."""
    return any(a.particle in ("に", "に対して") and TO_ALL.search(scene.text, a.start, a.end) for a in clause.arguments)


def conveners(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """Those at whose invitation many meet: 「|英国とドイツ|の主催で、会合が開かれた」; what it is about takes no part in it."""
    for argument in clause.arguments:
        if argument.particle in ("で", "により", "によって") and CONVENED.search(
            scene.text, argument.start, argument.end
        ):
            return joined(_coordinated(scene, sentence, clause, argument, True), parties_inside(scene, argument))
    return NOBODY
