"""Who acts in a clause: the party its subject names, else the one the sentence or the story has been speaking of.

「首相は会見を開いた。合意の成果は「空疎だ」と批判した」: the outcome cannot criticise; the prime minister does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jitsuroku.coding.parties import (
    DOCUMENT,
    JOINT,
    NOBODY,
    Party,
    issuer,
    joined,
    parties_inside,
    party_of,
    with_partner,
)
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.slots import from_slot
from jitsuroku.coding.turns import turn_of
from jitsuroku.records import Actor, Argument, Clause, Sentence

# How many sentences a topic is carried: 「首相は広島に着いた。21日は会合に出た。慰霊碑に花を供えた」.
REACH = 3
# How long a list may be that one line heads.
LIST = 12
# What leads up to a list of what was agreed or said.
GIST = re.compile(r"(?:以下は|次は|主な|おもな)[^、。]{0,16}(?:骨子|要旨|概要|内容|ポイント)")
# A meeting that is yet to be held does nothing: 「|次回|首脳会議は来年開くことを提案した」.
LATER = re.compile(r"次回|次期|今後の|来年の|来月の")
SUBJECTS = ("が", "は", "も")
# What nobody does alone: 「【ノルム外相】電話会合では、|一致しました|」 leaves open who did.
MUTUAL = frozenset({"一致", "合意", "協議", "会談", "会合", "会議", "意見交換", "交換", "開催", "実施", "連携"})
# Two sides of whom one is no state: 「政府と反乱軍は調印した。|双方は|…」.
BOTH = re.compile(r"双方|両者|両派|両陣営|両代表団")
CLEFT = "のは"
MEETING = re.compile(r"(?:会談|会合|会議|協議|サミット)$")
# How clauses end that somebody says or supposes, and those that lead up to them.
REPORTED = frozenset({"quote", "you", "question"})
LEADING = frozenset({"renyo", "te", "and", "while"})
# What a body puts out and what it does to put it out: 「撤退を求める|決議を採択した|」 asks for the withdrawal.
ISSUED = re.compile(r"(?:決議|決議案|声明|宣言|談話|コミュニケ|通達|政令|大統領令|覚書)$")
JOINT_TEXT = re.compile(r"(?:宣言|首脳声明|共同声明|議長声明|議長総括|コミュニケ|成果文書|合意文書)$")
ISSUING = frozenset({"採択", "可決", "発表", "公表", "発出", "出す", "承認", "署名", "発する", "議決"})
# What can act or speak though no table knows it: 「専門家は」, 「デモ隊が」, 「港新聞は」, 「港の組合は」. Nobody else may be put in its place.
AGENTIVE = re.compile(
    r"(?:決議案|草案|基金|財団|新聞|通信|紙|誌|社|筋|者|家|官|氏|人|々|党|会|団|隊|派|当局|政府|軍政|内閣|王室|議会|警察|検察|勢力|省|庁|軍|国|側|院|局|部|室|民|員|長|相|メディア|テレビ|"
    r"大統領|首脳|書記|大使|国王|皇太子|議員|代表|トップ|一行|陣営|政権|指導部|国々|諸国|[かカヵヶ]国|専門家|住民|市民|国民|企業|組織|機関|グループ|双方|両者|各国|世論|ら|たち|われわれ|私|さん|夫妻|アナリスト|関係筋|裁判所|法院|銀行|大学|研究所|連合|同盟|戦線|旅団|連盟|選管|組合|労組|団体|家族|遺族|学生|生徒|群衆|大衆|兵士|将校|男性|女性|教授|医師|弁護士|業界)"
    r"(?:「[^「」]*」(?:\([^()]*\))?)?(?:など|等|の一部|の多く)?$"
)


def agent_of(scene: Scene, sentence: Sentence, clause: Clause, *, story: bool) -> Party:
    """The party that acts in a clause, or nobody.

    ``story`` lets a clause without a subject of its own take the one the story is about; that is right for what people
    say, demand and promise, and wrong for what befalls things.
    """
    subject = subject_of(clause)
    written = subject is not None and subject.particle == "が" and subject in clause.arguments
    if subject is not None and written and not _is_in_description(sentence, clause, subject):
        return joined(with_partner(scene, clause, subject), _gapped(scene, clause, subject))
    if _is_cleft(scene, clause):
        return _after(scene, sentence, clause.end + len(CLEFT))
    if (before := _listed_with(sentence, clause)) is not None:
        return agent_of(scene, sentence, before, story=False)
    if (issuing := issuing_clause(scene, sentence, clause)) is not None:
        return agent_of(scene, sentence, issuing, story=story)
    if clause.relative and clause.head is not None and clause.head.head in scene.carriers:
        governor = _governor(sentence, clause)
        if governor is not None and (not clause.inherited or _has_nearer_subject(clause, governor)):
            return agent_of(scene, sentence, governor, story=story)
    speaker = turn_of(scene, sentence) if clause.inside < 0 else None
    others = speaker or any(_is_joint_text(scene, a) for c in sentence.clauses for a in c.arguments)
    for argument in _subjects(clause):
        carried = argument.start < sentence.start
        if (others and carried) or (written and argument is subject):
            continue
        if carried and not clause.relative and (capacity := _in_capacity(scene, sentence, clause)):
            return capacity
        party = with_partner(scene, clause, argument)
        if party and not LATER.match(scene.text, argument.start):
            return party
        if BOTH.fullmatch(scene.text, argument.start, argument.end):
            both = _told_of(scene, sentence, replace(clause, predicate_start=argument.start))
            return both if len(both.codes) == 2 else NOBODY
        if AGENTIVE.search(scene.text[argument.start : argument.end]) or _is_theme(scene, clause, argument):
            return NOBODY
    if owner := _genitive(scene, clause):
        return owner
    if clause.relative and clause.head is not None and not any(a.particle == "が" for a in clause.arguments):
        return with_partner(scene, clause, subject) if subject is not None else NOBODY
    if (capacity := _in_capacity(scene, sentence, clause)) and not clause.relative:
        return capacity
    if headline := _headline_subject(scene, sentence, clause):
        return headline
    if speaker and not clause.relative:
        return _who_speaks(scene, sentence, clause, speaker)
    if meeting := _meeting(scene, sentence, clause):
        return meeting
    if story and not clause.relative and (heading := _heading(scene, sentence)):
        return heading
    told = _told_of(scene, sentence, clause) if story and not clause.relative else NOBODY
    return told or _adopting(scene, clause)


def _is_cleft(scene: Scene, clause: Clause) -> bool:
    """「反対票を|投じた|のは、フランス、トーゴ」: who did it stands behind."""
    own = any(a.particle in ("が", "は") for a in clause.arguments)
    told = clause.ending == "nominal" and clause.tense == "past" and clause.voice == "active" and not own
    return told and clause.inside < 0 and scene.text.startswith(CLEFT, clause.end)


def _after(scene: Scene, sentence: Sentence, at: int) -> Party:
    """Those who are listed from an offset on."""
    at += scene.text.startswith("、", at)
    found: list[Party] = []
    for actor in scene.actors_in(at, sentence.end):
        if JOINT.fullmatch(scene.text[at : actor.start]) is None:
            break
        found.append(Party(actor.codes, (actor.person,) if actor.person else (), actor.sector, actor.start, actor.end))
        at = actor.end
    return joined(*found)


def _listed_with(sentence: Sentence, clause: Clause) -> Clause | None:
    """「|大統領が|会議で行った演説と、港を|訪れて行った|発言を批判した」: what describes the second thing is his deed too."""
    done = clause.relative and clause.tense == "past"
    if not done or any(a.particle in SUBJECTS for a in clause.arguments):
        return None
    first = {a.start for a in clause.arguments if a.particle == "と"}
    return next((c for c in sentence.clauses if c.relative and c.head is not None and c.head.start in first), None)


def _gapped(scene: Scene, clause: Clause, subject: Argument) -> Party:
    """「2日に|EUが|、3日には英国が承認した」: the verb of the second stands for the first too."""
    later = (a for a in clause.arguments if a.particle == "が" and a.start > subject.end)
    second = next(later, None)
    if second is None or scene.text[subject.end : subject.end + 2] != "が、":
        return NOBODY
    return with_partner(scene, clause, second) if party_of(scene, subject) else NOBODY


def _in_capacity(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """「|日本政府として、|決定を歓迎します」: as what somebody acts who is not named otherwise; so in 「|連合として|支援する方針で一致した」."""
    described = (c for c in sentence.clauses if c.relative and c.head in clause.arguments)
    as_what = (a for c in (clause, *described) for a in c.arguments if a.particle == "として")
    return next((party for a in as_what if (party := party_of(scene, a))), NOBODY)


def _heading(scene: Scene, sentence: Sentence) -> Party:
    """Who heads a list: 「|決議は、|」, then 「(1)停戦を要求し、」 on lines of their own."""
    for earlier in reversed(scene.sentences_until(sentence.start - 1)[-LIST:]):
        words = scene.text[earlier.start : earlier.end]
        if not earlier.clauses and words.rstrip().endswith("は、"):
            end = earlier.start + len(words.rstrip()) - len("は、")
            head = Argument("は", earlier.start, end, scene.text[end - 2 : end])
            return party_of(scene, head) or issuer(scene, head)
        if GIST.match(words) and (party := _topic_before(scene, earlier)):
            return party
        if any(a.particle in SUBJECTS for c in earlier.clauses for a in c.arguments):
            break
    return NOBODY


def _topic_before(scene: Scene, sentence: Sentence) -> Party:
    """Whose paper it is whose gist follows: 「|首脳会議は|宣言を採択した。以下は宣言の骨子」."""
    before = scene.sentences_until(sentence.start - 1)[-1:]
    told = [party for s in before for party in _topics(scene, s, s.end, with_subjects=False)]
    return told[-1] if told else NOBODY


def _meeting(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """Those who meet, where the meeting opens the sentence: 「|英仏外相会談では|、協力を続けることで一致した」."""
    if clause.predicate not in MUTUAL or clause.relative or clause.inside >= 0:
        return NOBODY
    opening = next((a for c in sentence.clauses for a in c.arguments if a.start == sentence.start), None)
    if opening is None or opening.particle != "で" or MEETING.search(scene.text, opening.start, opening.end) is None:
        return _held_before(scene, sentence, clause)
    party = parties_inside(scene, opening)
    return party if len(party.codes) > 1 else NOBODY


def _held_before(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """「|甲国と乙国の|外相による協議が|行われ、|草案で合意した」: those whose talks the clause before tells."""
    before = [c for c in sentence.clauses if c.inside < 0 and not c.relative and c.end <= clause.predicate_start]
    for argument in before[-1].arguments if before and before[-1].ending in LEADING else ():
        if argument.particle in ("が", "は") and MEETING.search(scene.text, argument.start, argument.end):
            party = from_slot(scene, sentence, before[-1], f"in:{argument.particle}")
            return party if len(party.codes) > 1 else NOBODY
    return NOBODY


def _adopting(scene: Scene, clause: Clause) -> Party:
    """The format a page tells of adopts what nobody else does: 「APECが開かれた。…また、|特別声明を採択した|」."""
    if clause.predicate not in ("採択", "議決") or clause.voice == "passive":
        return NOBODY
    documents = (a for a in clause.arguments if a.particle == "を" and ISSUED.search(scene.text, a.start, a.end))
    return next((party for a in documents if (party := issuer(scene, a))), NOBODY)


def _has_nearer_subject(clause: Clause, governor: Clause) -> bool:
    """「首相は明かし、|11か国は|訓練を施すことで合意した」: those who agree are those who train, not the prime minister."""
    own = [a.start for a in governor.arguments if a.particle in SUBJECTS and a.start < clause.predicate_start]
    return bool(own) and max(own) > max(a.start for a in clause.inherited)


def issuing_clause(scene: Scene, sentence: Sentence, clause: Clause) -> Clause | None:
    """The clause that puts out what another clause describes: 「隣国を非難する決議を|採択した|」."""
    if not clause.relative or clause.head is None or any(a.particle in SUBJECTS for a in clause.arguments):
        return None
    if not ISSUED.search(scene.text, clause.head.start, clause.head.end):
        return None
    later = (c for c in sentence.clauses if c.inside == clause.inside and clause.head in c.arguments)
    return next((c for c in later if c.predicate in ISSUING and not c.negative and not c.relative), None)


def _who_speaks(scene: Scene, sentence: Sentence, clause: Clause, speaker: Actor) -> Party:
    """In a turn of a transcript whoever speaks: 「【ノルム外相】3日、大使に|抗議しました|」; nobody where that one's state is
    not known, whoever the sentence before was about."""
    told = _topics(scene, sentence, clause.predicate_start, with_subjects=False)
    alone = clause.predicate in MUTUAL and not any(a.particle in ("と", "との") for a in clause.arguments)
    if told or alone or clause.voice == "passive":
        return told[-1] if told else NOBODY
    people = (speaker.person,) if speaker.person and speaker.codes else ()
    return Party(speaker.codes, people, speaker.sector, speaker.start, speaker.end)


def _is_in_description(sentence: Sentence, clause: Clause, subject: Argument) -> bool:
    """「両政府は会談後、|日本が|、資金を供与する公文に署名した」: both sign, one gives."""
    topic = any(a.particle == "は" and a.start < subject.start for a in clause.arguments)
    described = (c for c in sentence.clauses if c.relative and c.head in clause.arguments and c.start > subject.end)
    return topic and any(not any(a.particle in SUBJECTS for a in c.arguments) for c in described)


def _headline_subject(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """Who stands before the comma of a headline: 「|米国、|シリアへの制裁を解除」."""
    first = min(clause.arguments, key=lambda a: a.start, default=None)
    if first is None or first.particle or first.start != sentence.start:
        return NOBODY
    # 「|ノルウェー|:2日、拠出を発表」
    label = scene.text.find(":", first.start, first.end)
    if label > first.start:
        return party_of(scene, replace(first, end=label))
    return with_partner(scene, clause, first) if scene.text[first.end : first.end + 1] == "、" else NOBODY


def _is_theme(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """A thing that the clause is about: 「|訪問は|協調を深めた」; one may speak of it: 「|成果は|「空疎だ」と批判した」."""
    own = argument in clause.arguments and argument.particle == "は"
    return own and clause.predicate not in scene.speech and clause.predicate not in scene.performatives


def _governor(sentence: Sentence, clause: Clause) -> Clause | None:
    """The clause whose subject also does what the carried clause tells: 「供与する考えを|表明した|」."""
    later = (c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end)
    return next((c for c in later if not c.relative), None)


def _genitive(scene: Scene, clause: Clause) -> Party:
    """The subject of a noun that is the predicate: 「耳目を引いたのは大統領|の|来日だった」."""
    for argument in clause.arguments:
        if argument.particle == "" and argument.end == clause.predicate_start and scene.text[argument.end - 1] == "の":
            return with_partner(scene, clause, replace(argument, end=argument.end - 1))
    return NOBODY


def _subjects(clause: Clause) -> Iterator[Argument]:
    """The subjects of a clause, the likelier first: of two topics without words between them, the nearer one.

    「|船長は|拘束されたままで、|政府は|解放を求めた」: the government asks.
    """
    quotes = any(a.particle == "と" for a in clause.arguments)
    for pool in (clause.arguments, clause.inherited):
        for particle in SUBJECTS:
            found = [a for a in pool if a.particle == particle]
            yield from found if quotes or pool is clause.inherited else reversed(found)


def _told_of(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """The topic before this clause in its sentence, else that of the few sentences before it.

    From the paragraph before, a topic is carried only where it was the only one.
    """
    before = scene.sentences_until(sentence.start)[-REACH:]
    own = [s for s in before if s.paragraph == sentence.paragraph]
    for earlier in reversed(own):
        told = _topics(scene, earlier, clause.predicate_start, with_subjects=earlier is not sentence)
        if told:
            return told[-1] if told[-1] else NOBODY
    others = [s for s in before if s.paragraph != sentence.paragraph]
    topics = [t for s in others for t in _topics(scene, s, s.end, with_subjects=False)]
    return topics[0] if topics and len({t.codes for t in topics}) == 1 else NOBODY


def _topics(scene: Scene, sentence: Sentence, until: int, *, with_subjects: bool) -> list[Party]:
    """Whom the clauses of a sentence are about, in order; nobody (NOBODY) for those no table knows."""
    found: list[tuple[int, Party]] = []
    for clause in sentence.clauses:
        for argument in clause.arguments if clause.inside < 0 else ():
            text = _is_joint_text(scene, argument)
            if clause.relative and not text:
                continue
            of_sentence = with_subjects and not _is_reported(sentence, clause)
            document = argument.particle == "で" and DOCUMENT.search(scene.text, argument.start, argument.end)
            told = text or document or argument.particle in (SUBJECTS if of_sentence else ("は", "も"))
            if told and argument.start < until and not LATER.match(scene.text, argument.start):
                party = issuer(scene, argument) if text else with_partner(scene, clause, argument)
                unknown = (
                    text or argument.particle == "は" and AGENTIVE.search(scene.text[argument.start : argument.end])
                )
                if party or unknown:
                    found.append((argument.start, party))
    return [party for _, party in sorted(found, key=lambda f: f[0])]


def _is_joint_text(scene: Scene, argument: Argument) -> bool:
    """「|首脳宣言では|、攻撃を非難した」: the summit does, not the president of whom the sentence before was."""
    opens = argument.particle == "で" and scene.text.startswith("では", argument.end)
    return opens and JOINT_TEXT.search(scene.text, argument.start, argument.end) is not None


def _is_reported(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause is part of what somebody says: 「談話は、|隣国が平和を口にしながら|約束を破ったと批判した」."""
    later = (c for c in sentence.clauses if c.inside < 0 and not c.relative and c.predicate_start >= clause.end)
    while clause.ending in LEADING and (following := next(later, None)) is not None:
        clause = following
    return clause.ending in REPORTED
