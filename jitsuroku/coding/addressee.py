"""Whom an act is addressed to when its own clause does not say so: read from the sentence, then from what was just told.

「首相は大使を呼び出して抗議した」: the protest is addressed to the ambassador.
「首相は大統領と会談した。この席で支援を約束した」: the promise is made to the president.
「政府は決議を提案した。隣国はこれに反発した」: the protest is addressed to the government.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.binding import bound_to, is_at_stake
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, issuer, parties_inside, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import from_slot
from jitsuroku.coding.uncoded import ANAPHOR, plain
from jitsuroku.records import Argument, Clause, Event, Sentence

# Phrases an act may be about, and the nouns by which they stand for what somebody did.
ABOUT = ("に", "を", "について", "に対して", "をめぐって", "を受けて", "は")
FACTS = frozenset({"こと", "の", "件", "問題", "事態", "事件"})
POINTER = re.compile(r"(?:この|その|今回の|同(?!盟))")
TOWARD = ("に対して", "を", "に", "と", "へ", "から")
CHAINED = frozenset({"te", "renyo", "while", "and", "after"})
REACH, FAR = 1, 3
LETTER = re.compile(r"(?:書簡|手紙|親書|文書|メッセージ|報告書)$")
# The nouns by which what was told last is named, and the words in which it was told.
TOLD_AS = {
    "決定": re.compile("決定|決め|合意"),
    "合意": re.compile("合意|一致"),
    "発表": re.compile("発表"),
    "提案": re.compile("提案"),
    "決議": re.compile("決議"),
    **dict.fromkeys(("会談", "首脳会談", "外相会談"), re.compile("会談|会合|協議")),
}
# Where the noun of a deed may stand, how much longer than its word, and how many acts back it was told.
DEED_AT, LENGTHENED, FEW = ("が", "は", "を", "に", "について", "に対して"), 6, 8
# What is only expressed, whatever it is about: 「|懸念を|表明した」; where those who are asked are to come to.
# 「|訪問先の|ローマで会見し、隣国を非難した」: the host of a journey is not who is spoken to.
ABROAD = "訪問先の"
CULPRIT = re.compile(r"(?:側|軍|政府)?の(?:犯行|仕業|しわざ|陰謀|謀略|自作自演)だと(?:し|決めつけ|断定し|主張し)")
TOUCHING = frozenset({"触れる", "言及"})
EXPRESSED = re.compile(r"(?:懸念|憂慮|遺憾|不満|怒り|反対|抗議|非難|批判|反発|警戒|不快感)[」』]?$")
STRANGER = re.compile(r"(?:国|国々|側|当局|政府|軍|者|人|員|ら|社|派|勢力)$")
COMING = frozenset({"戻る", "復帰", "参加", "加わる", "出席", "臨む", "加盟"})
VOTES, CAST = frozenset({"賛成", "反対"}), "投じる"
ADOPTED = re.compile(r"決議.{0,12}(?:採択|可決|採決)|採択")
# States that a clause acts upon without naming them: 「|各国|に支援を行った」 is no aid to whoever was named before.
UNNAMED = re.compile(r"(?:各国|諸国|国々|他国|関係国|参加国|加盟国|(?:すべて|全て|全)の国|世界)$")


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
    if _asks_strangers(scene, sentence, clause):
        return NOBODY
    told = [e for e in told if not e.evidence.text.count(ABROAD)]
    within = _in_sentence(scene, sentence, clause, actor, blamed)
    within = within or _decided_by(scene, sentence, clause, actor, told)
    within = within or (_by_its_deed(scene, sentence, clause, actor, told) if blamed else NOBODY)
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
    objects = (a for a in objects if not (a.particle == "を" and EXPRESSED.search(scene.text, a.start, a.end)))
    return any(not ANAPHOR.match(scene.text, a.start) and a.start not in dates for a in objects)


def points_back(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is directed at what was told before: 「|これに|謝意を表した」, 「|この決定を|歓迎した」."""
    return any(ANAPHOR.match(scene.text[a.start : a.end]) for a in clause.arguments if a.particle in TOWARD)


def voted_on(clause: Clause, told: list[Event]) -> Party:
    """Whose draft a vote is on: 「理事会は決議を採択した。日本などが|賛成し|、…」 supports the board."""
    cast = clause.predicate == CAST and any(a.particle == "を" and a.head.endswith("票") for a in clause.arguments)
    named = ("に", "に対して", "について") if cast else ("に", "を", "に対して", "について")
    if not (cast or clause.predicate in VOTES) or any(a.particle in named for a in clause.arguments):
        return NOBODY
    adopted = (e for e in reversed(told) if ADOPTED.search(e.evidence.text))
    return next((Party(e.actor, (), None, clause.start, clause.start) for e in adopted), NOBODY)


def _in_sentence(scene: Scene, sentence: Sentence, clause: Clause, actor: Party, blamed: bool) -> Party:
    """The subject of what is reported or asked (「隣国が約束を破ったと批判した」), else a party that the clauses chained
    before this one act upon."""
    if blamed and (culprit := _culprit(scene, sentence, clause)) and not set(culprit.codes) & set(actor.codes):
        return culprit
    fact = _doer(scene, sentence, clause)
    if fact is not None:
        return fact if not set(fact.codes) & set(actor.codes) else NOBODY
    for party in (_second_topic(scene, clause, actor), _in_quotation(scene, sentence, clause)):
        if party and not set(party.codes) & set(actor.codes):
            return party
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.predicate_start]
    said = next((c for c in reversed(before[-2:]) if c.ending in ("quote", "you")), None)
    if (asked := _condition(scene, before, clause)) and not set(asked.codes) & set(actor.codes):
        return asked
    if said is not None:
        to = ("に",) if said.ending == "you" and said.predicate not in COMING else ()
        for particle in ("に対して", "が", "は", *to, *(("in:が",) if blamed and _is_told_of(scene, said) else ())):
            party = from_slot(scene, sentence, said, particle)
            if party and not set(party.codes) & set(actor.codes):
                return party
        if group := plain(scene, said):
            return group
    reacts = blamed and before and not has_object(scene, clause)
    # 「フランスが|賛成し|、ドイツは批判した」: both answer something else.
    if reacts and before[-1].predicate not in scene.performatives and (doer := _reacted_to(scene, before[-1], actor)):
        return doer
    # What describes a thing (「隣国が|要請した|派兵」) does not go on with what was acted upon before.
    describes = clause.relative and clause.head is not None and clause.head.head not in scene.carriers
    before = [] if describes else before
    earlier = [c for c in before if _leads(scene, c)]
    for other in reversed(earlier):
        doer = next((party_of(scene, a) for p in ("が", "は") for a in other.arguments if a.particle == p), actor)
        if (doer and not set(doer.codes) & set(actor.codes)) or (blamed and _is_letter(scene, other)):
            continue
        if other.predicate in scene.predicates("no-other-side") or other.negative:
            continue
        if other.predicate in TOUCHING and (party := _touched_on(scene, sentence, other)):
            return NOBODY if set(party.codes) & set(actor.codes) else party
        for argument in other.arguments:
            if argument.particle in TOWARD and not scene.text.startswith("に対する", argument.end):
                party = party_of(scene, argument)
                if party and party.sector != MEDIA and not set(party.codes) & set(actor.codes):
                    return party
    return NOBODY


def _culprit(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """「|武装組織の|犯行だとして非難した」."""
    for match in CULPRIT.finditer(scene.text, sentence.start, clause.predicate_start):
        named = [a for a in scene.actors_in(sentence.start, match.start()) if a.end == match.start()]
        if named and named[-1].sector != MEDIA:
            return Party(named[-1].codes, (), None, named[-1].start, named[-1].end)
    return NOBODY


def _touched_on(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """「|甲国の首相による|乙国訪問に触れ、歓迎した」: whose deed it is, else who is named in it."""
    things = (a for a in clause.arguments if a.particle == "に")
    doers = (b for a in things for b in bound_to(sentence, a) if b.particle == "によって")
    by = next((party for b in doers if (party := parties_inside(scene, b))), NOBODY)
    return by or from_slot(scene, sentence, clause, "in:に")


def _is_letter(scene: Scene, clause: Clause) -> bool:
    """「国連に|書簡を送り|、隣国を非難した」: who is written to is not who is blamed."""
    return any(a.particle == "を" and LETTER.search(scene.text, a.start, a.end) for a in clause.arguments)


def _is_told_of(scene: Scene, said: Clause) -> bool:
    """「|隣国の発射が|決議に反すると批判した」: whose deed it is; not 「隣国の|主権が|脅かされていると批判した」."""
    subject = next((a for a in said.arguments if a.particle == "が"), None)
    return subject is not None and said.voice == "active" and not is_at_stake(scene, subject)


def _asks_strangers(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「|参加国が|合意を守るよう促した」: somebody is asked whom no table knows."""
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.predicate_start]
    if not before or before[-1].ending != "you":
        return False
    subjects = [a for a in before[-1].arguments if a.particle == "が"]
    return any(STRANGER.search(scene.text, a.start, a.end) and not party_of(scene, a) for a in subjects)


def _condition(scene: Scene, before: list[Clause], clause: Clause) -> Party:
    """「|隣国が|実験をすれば「孤立する」と警告した」: who is to do or leave what the words depend on."""
    if not before or before[-1].ending != "if" or not any(a.particle == "と" for a in clause.arguments):
        return NOBODY
    return next((party_of(scene, a) for a in before[-1].arguments if a.particle == "が"), NOBODY)


def _reacted_to(scene: Scene, before: Clause, actor: Party) -> Party:
    """「|隣国が|調査を計画し、首相が反発した」: whose deed the clause tells that this one answers."""
    if before.ending not in ("renyo", "te", "but") or before.relative:
        return NOBODY
    if before.voice == "passive":
        # 「首相が|隣国によって|追われ、大使が非難した」
        by = next((p for a in before.arguments if a.particle == "によって" and (p := parties_inside(scene, a))), NOBODY)
        return NOBODY if set(by.codes) & set(actor.codes) else by
    # 「|大使は|撤回を促したが、首相は応じなかった」
    marks = ("が", "は") if before.ending == "but" else ("が",)
    doer = next((party_of(scene, a) for p in marks for a in before.arguments if a.particle == p), NOBODY)
    return NOBODY if set(doer.codes) & set(actor.codes) else doer


def _leads(scene: Scene, clause: Clause) -> bool:
    """A clause chained to the act, or carried by a noun before it: 「隣国と協力する|意思を表明し、|提案した」."""
    carried = clause.relative and clause.head is not None and clause.head.head in scene.carriers
    return clause.ending in CHAINED or carried


def _doer(scene: Scene, sentence: Sentence, clause: Clause) -> Party | None:
    """Who did what the act is about: 「|隣国の艦が|海峡を通過したこと|に反発した」; None where it is about no such fact."""
    for argument in (*_with_grounds(sentence, clause), *clause.arguments):
        if argument.particle in ABOUT and argument.head in FACTS:
            for other in sentence.clauses:
                if other.relative and other.head is not None and other.head.start == argument.start:
                    if other.voice == "passive":
                        # 「首相が|隣国によって|拘束されたことを非難した」
                        return from_slot(scene, sentence, other, "によって")
                    return agent_of(scene, sentence, other, story=False) or _first_subject(scene, sentence, other)
    return None


def _with_grounds(sentence: Sentence, clause: Clause) -> tuple[Argument, ...]:
    """What a clause ending in として before this one is about: 「|隣国が加わることに|ついて、「早い」として反対を示した」."""
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.predicate_start]
    return before[-1].arguments if before and before[-1].predicate == "為る" and before[-1].ending == "te" else ()


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


def _by_its_deed(scene: Scene, sentence: Sentence, clause: Clause, actor: Party, told: list[Event]) -> Party:
    """Whose deed a bare noun means: 「隣国がミサイルを発射した。…首相は、|発射が|決議に反するとして抗議した」."""
    before = [c for c in sentence.clauses if c.inside < 0 and c.end <= clause.predicate_start][-2:]
    words = [scene.text[a.start : a.end] for c in (*before, clause) for a in c.arguments if a.particle in DEED_AT]
    for event in reversed(told[-FEW:]):
        word = event.rule.rpartition("#")[2]
        if event.quad.startswith("material") and len(word) > 1 and any(_is_deed(each, word) for each in words):
            known = all(code.isascii() for code in event.actor) and not set(event.actor) & set(actor.codes)
            return Party(event.actor, (), None, clause.start, clause.start) if known else NOBODY
    return NOBODY


def _decided_by(scene: Scene, sentence: Sentence, clause: Clause, actor: Party, told: list[Event]) -> Party:
    """Whose 「決定」 it is that somebody welcomes or blames without another word: who decided what was told last."""
    words = (scene.text[a.start : a.end] for a in clause.arguments if a.particle == "を")
    told_as = next((TOLD_AS[word] for word in words if word in TOLD_AS), None)
    first = scene.story_begins(sentence.paragraph, FAR)
    for event in reversed(told) if told_as is not None else ():
        if event.evidence.start < first:
            break
        # 「両国の首相が会談した。隣国は|会談を|歓迎した」: both who met.
        side = tuple(dict.fromkeys([*event.actor, *event.recipient])) if _met(scene, event) else event.actor
        known = all(code.isascii() for code in side) and not set(side) & set(actor.codes)
        if known and told_as is not None and told_as.search(event.evidence.text):
            return Party(side, (), None, clause.start, clause.start)
    return NOBODY


def _met(scene: Scene, event: Event) -> bool:
    return next(t for t in scene.world.event_types.values() if t.code == event.type).symmetric


def _is_deed(words: str, word: str) -> bool:
    return words.endswith(word) and len(words) <= len(word) + LENGTHENED


def _author_of_it(scene: Scene, clause: Clause, actor: Party, told: list[Event]) -> Party:
    """Whose 「この|決議|」 or 「同|声明|」 it is: who did what was told last with that very word."""
    for argument in clause.arguments:
        pointer = POINTER.match(scene.text, argument.start, argument.end)
        word = scene.text[pointer.end() : argument.end] if pointer and argument.particle in TOWARD else ""
        for event in reversed(told if len(word) > 1 else []):
            if word not in event.evidence.text:
                continue
            # 「首相は隣国に港を提案した。…首相はこの|提案|を撤回した」: one's own is taken back from whom it was made to.
            side = event.recipient if set(event.actor) & set(actor.codes) else event.actor
            known = all(code.isascii() for code in side) and not set(side) & set(actor.codes)
            return Party(side, (), None, clause.start, clause.start) if side and known else NOBODY
    return NOBODY


def _is_of_stranger(scene: Scene, sentence: Sentence, clause: Clause, event: Event) -> bool:
    """「自治州は独立を宣言し、隣国が|これを|承認した」: what this points to is told of somebody whom no table knows."""
    if event.evidence.start >= sentence.start:
        return False
    before = [c for c in sentence.clauses if c.inside < 0 and not c.relative and c.end <= clause.predicate_start]
    subjects = (a for c in before[-1:] for a in c.arguments if a.particle in ("は", "が"))
    return any(not party_of(scene, a) for a in subjects)


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
        if anaphor and _is_of_stranger(scene, sentence, clause, event):
            return NOBODY
        if anaphor:
            return Party(event.actor, (), None, clause.start, clause.start)
    return NOBODY
