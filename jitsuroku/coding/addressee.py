"""Whom an act is addressed to when its own clause does not say so: read from the sentence, then from what was just told.

「首相は大使を呼び出して抗議した」: the protest is addressed to the ambassador.
「首相は大統領と会談した。この席で支援を約束した」: the promise is made to the president.
「政府は決議を提案した。隣国はこれに反発した」: the protest is addressed to the government.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, from_slot, issuer, parties_inside, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.uncoded import ANAPHOR, plain
from jitsuroku.records import Argument, Clause, Event, Sentence

# Phrases an act may be about, and the nouns by which they stand for what somebody did.
ABOUT = ("に", "を", "について", "に対して", "をめぐって", "を受けて", "は")
FACTS = frozenset({"こと", "の", "件", "問題", "事態", "事件"})
POINTER = re.compile(r"(?:この|その|今回の|同(?!盟))")
TOWARD = ("に対して", "を", "に", "と", "へ", "から")
CHAINED = frozenset({"te", "renyo", "while", "and", "after"})
REACH = 1
VOTES = frozenset({"賛成", "反対"})
ADOPTED = re.compile(r"決議.{0,12}(?:採択|可決|採決)|採択")
# States that a clause acts upon without naming them: 「|各国|に支援を行った」 is no aid to whoever was named before.
UNNAMED = re.compile(r"(?:各国|諸国|国々|他国|関係国|参加国|加盟国|世界)$")


def addressee(
    scene: Scene,
    sentence: Sentence,
    clause: Clause,
    actor: Party,
    told: list[Event],
    *,
    story: bool = True,
    blamed: bool = False,
) -> Party:
    """The other side, or nobody: a guess is never made where two would fit. ``story`` lets it stand sentences before;
    ``blamed`` tells that whoever did what was told last is meant."""
    within = _in_sentence(scene, sentence, clause, actor)
    if within or not story or _acts_on_the_unnamed(scene, clause) or _names_others(scene, sentence, clause):
        return within
    found = _in_story(scene, sentence, clause, actor, told) or _in_dialogue(scene, sentence, actor, told)
    return found or (_only_doer(scene, sentence, actor, told) if blamed else NOBODY)


def _acts_on_the_unnamed(scene: Scene, clause: Clause) -> bool:
    return any(
        a.particle in ("に", "へ", "に対して") and UNNAMED.search(scene.text, a.start, a.end) for a in clause.arguments
    )


def _names_others(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """Whether the words that a clause tells name for whom it is: 「「|企業には|支援を行う」と約束した」."""
    told = [a for a in clause.arguments if a.particle == "と" and scene.text[a.start] in "「『"]
    inner = (c for c in sentence.clauses for a in told if c.inside >= 0 and a.start <= c.start < a.end)
    return any(
        a.particle in ("に", "へ", "に対して") and scene.words("uncoded people").search(scene.text, a.start, a.end)
        for c in inner
        for a in c.arguments
    )


def has_object(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says what it is directed at: 「いかなる干渉に|反対した」, 「船が攻撃されたとして|非難した」, but not
    「これに|反発した」."""
    sentence = scene.sentence_of(clause.predicate_start)
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.predicate_start] if sentence else []
    if any(c.ending == "quote" for c in before[-2:]):
        return True
    objects = (
        a for a in clause.arguments if a.particle in ("を", "に", "について", "に対して") and a.head not in FACTS
    )
    dates = {d.start for d in scene.dates_in(clause.start, clause.end)}
    return any(not ANAPHOR.match(scene.text, a.start) and a.start not in dates for a in objects)


def points_back(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is directed at what was told before: 「|これに|謝意を表した」, 「|この決定を|歓迎した」."""
    return any(ANAPHOR.match(scene.text[a.start : a.end]) for a in clause.arguments if a.particle in TOWARD)


def voted_on(clause: Clause, told: list[Event]) -> Party:
    """Whose draft a vote is on: 「理事会は決議を採択した。日本などが|賛成し|、…」 supports the board."""
    if clause.predicate not in VOTES or any(
        a.particle in ("に", "を", "に対して", "について") for a in clause.arguments
    ):
        return NOBODY
    adopted = (e for e in reversed(told) if ADOPTED.search(e.evidence.text))
    return next((Party(e.actor, (), None, clause.start, clause.start) for e in adopted), NOBODY)


def _in_sentence(scene: Scene, sentence: Sentence, clause: Clause, actor: Party) -> Party:
    """The subject of what is reported or asked (「隣国が約束を破ったと批判した」), else a party that the clauses chained
    before this one act upon."""
    fact = _doer(scene, sentence, clause)
    if fact is not None:
        return fact if not set(fact.codes) & set(actor.codes) else NOBODY
    for party in (_second_topic(scene, clause, actor), _in_quotation(scene, sentence, clause)):
        if party and not set(party.codes) & set(actor.codes):
            return party
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.predicate_start]
    said = next((c for c in reversed(before[-2:]) if c.ending in ("quote", "you")), None)
    if said is not None:
        for particle in ("に対して", "が", "は", *(("に",) if said.ending == "you" else ())):
            party = from_slot(scene, sentence, said, particle)
            if party and not set(party.codes) & set(actor.codes):
                return party
        if group := plain(scene, said):
            return group
    # What describes a thing (「隣国が|要請した|派兵」) does not go on with what was acted upon before.
    describes = clause.relative and clause.head is not None and clause.head.head not in scene.carriers
    before = [] if describes else before
    earlier = [c for c in before if _leads(scene, c)]
    for other in reversed(earlier):
        doer = next((party_of(scene, a) for a in other.arguments if a.particle == "が"), actor)
        if not set(doer.codes) & set(actor.codes):
            continue
        for argument in other.arguments:
            if argument.particle in TOWARD:
                party = party_of(scene, argument)
                if party and not set(party.codes) & set(actor.codes):
                    return party
    return NOBODY


def _leads(scene: Scene, clause: Clause) -> bool:
    """A clause chained to the act, or carried by a noun before it: 「隣国と協力する|意思を表明し、|提案した」."""
    carried = clause.relative and clause.head is not None and clause.head.head in scene.carriers
    return clause.ending in CHAINED or carried


def _doer(scene: Scene, sentence: Sentence, clause: Clause) -> Party | None:
    """Who did what the act is about: 「|隣国の艦が|海峡を通過したこと|に反発した」; None where it is about no such fact."""
    for argument in clause.arguments:
        if argument.particle in ABOUT and argument.head in FACTS:
            for other in sentence.clauses:
                if other.relative and other.head is not None and other.head.start == argument.start:
                    if other.voice == "passive":
                        # 「首相が|隣国によって|拘束されたことを非難した」
                        return from_slot(scene, sentence, other, "によって")
                    return agent_of(scene, sentence, other, story=False) or _first_subject(scene, sentence, other)
    return None


def _first_subject(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """「|隣国の議員が|島を訪れ、演説した|こと」: the subject stands in the first of the chained clauses."""
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.end and c.ending in CHAINED]
    for other in reversed([*before, clause]):
        for argument in other.arguments:
            if argument.particle == "が":
                return party_of(scene, argument) or parties_inside(scene, argument)
    return NOBODY


def _in_quotation(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """Of whom the quoted words speak: 「「|隣国の船が|領海に入った」と非難した」."""
    for argument in clause.arguments:
        if argument.particle == "と" and scene.text[argument.start] in "「『":
            inner = [c for c in sentence.clauses if c.inside >= 0 and argument.start <= c.start < argument.end]
            for other in inner:
                for subject in other.arguments:
                    if subject.particle in ("が", "は") and (party := party_of(scene, subject)):
                        return party
    return NOBODY


def _second_topic(scene: Scene, clause: Clause, actor: Party) -> Party:
    """What is spoken of beside who speaks: 「外務省は、|宣言は|「空疎だ」と批判した」, 「|首脳会議の成果は|「空疎だ」と批判した」."""
    for argument in clause.arguments:
        if argument.particle == "は" and not actor.start <= argument.start < actor.end:
            party = parties_inside(scene, argument) or issuer(scene, _owner(scene, argument))
            if party and not set(party.codes) & set(actor.codes):
                return party
    return NOBODY


def _owner(scene: Scene, argument: Argument) -> Argument:
    """The phrase before the last の: 「|首脳会議|の成果」; the whole where there is none."""
    at = scene.text.rfind("の", argument.start, argument.end)
    return replace(argument, end=at) if at > argument.start else argument


def _in_dialogue(scene: Scene, sentence: Sentence, actor: Party, told: list[Event]) -> Party:
    """The other side of the talks that the page has been telling of, as long as no others are told of.

    「首相は大統領と会談した。…首相は投資の拡大を求めた」: it is asked of the president, paragraphs later too.
    """
    symmetric = {t.code for t in scene.world.event_types.values() if t.symmetric}
    talks = [e for e in told if e.type in symmetric and len({*e.actor, *e.recipient}) > 1]
    sides = dict.fromkeys([*talks[-1].actor, *talks[-1].recipient]) if talks else {}
    if len(sides) == 2 and len(actor.codes) == 1 and actor.codes[0] in sides:
        other = next(code for code in sides if code not in actor.codes)
        return Party((other,), (), None, sentence.start, sentence.start)
    return NOBODY


def _only_doer(scene: Scene, sentence: Sentence, actor: Party, told: list[Event]) -> Party:
    """「|隣国の船が|港に入った。外相は「約束違反だ」と非難した」: whose deed was told last, where nobody else is named since."""
    before = [s for s in scene.sentences if s.start <= sentence.start][-1 - REACH :]
    deeds = [e for e in told if before[0].start <= e.evidence.start < sentence.end and e.quad.startswith("material")]
    if not deeds or not all(code.isascii() for code in deeds[-1].actor) or set(deeds[-1].actor) & set(actor.codes):
        return NOBODY
    named = {code for a in scene.actors_in(before[0].start, sentence.end) if a.sector != MEDIA for code in a.codes}
    others = {code for code in named if code.isascii()} - set(actor.codes)
    return (
        Party(deeds[-1].actor, (), None, sentence.start, sentence.start) if others == set(deeds[-1].actor) else NOBODY
    )


def _author_of_it(scene: Scene, clause: Clause, actor: Party, told: list[Event]) -> Party:
    """Whose 「この|決議|」 or 「同|声明|」 it is: who did what was told last with that very word."""
    for argument in clause.arguments:
        pointer = POINTER.match(scene.text, argument.start, argument.end)
        word = scene.text[pointer.end() : argument.end] if pointer and argument.particle in TOWARD else ""
        for event in reversed(told if len(word) > 1 else []):
            known = all(code.isascii() for code in event.actor) and not set(event.actor) & set(actor.codes)
            if word in event.evidence.text:
                return Party(event.actor, (), None, clause.start, clause.start) if known else NOBODY
    return NOBODY


def _in_story(scene: Scene, sentence: Sentence, clause: Clause, actor: Party, told: list[Event]) -> Party:
    """The other side of the last act told that the actor had a part in, in this paragraph or the one before."""
    first = scene.story_begins(sentence.paragraph, REACH)
    anaphor = points_back(scene, clause)
    if anaphor and (author := _author_of_it(scene, clause, actor, told)):
        return author
    for event in reversed(told):
        if event.evidence.start < first:
            break
        sides = tuple(code for code in (*event.actor, *event.recipient) if code.isascii())
        others = tuple(dict.fromkeys(c for c in sides if c not in actor.codes))
        if len(others) < len(dict.fromkeys(sides)):
            return Party(others, (), None, clause.start, clause.start) if len(others) == 1 else NOBODY
        if anaphor:
            return Party(event.actor, (), None, clause.start, clause.start)
    return NOBODY
