"""Who acts in a clause: the party its subject names, else the one the sentence or the story has been speaking of.

「首相は会見を開いた。合意の成果は「空疎だ」と批判した」: the outcome cannot criticise; the prime minister does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jitsuroku.coding.parties import NOBODY, Party, with_partner
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.records import Argument, Clause, Sentence

# How many sentences a topic is carried: 「首相は広島に着いた。21日は会合に出た。慰霊碑に花を供えた」.
REACH = 3
SUBJECTS = ("が", "は", "も")
# What can act or speak though no table knows it: 「専門家は」, 「デモ隊が」, 「港新聞は」. Nobody else may be put in its place.
AGENTIVE = re.compile(
    r"(?:新聞|通信|紙|誌|社|筋|者|家|官|氏|人|々|党|会|団|隊|派|当局|政府|省|庁|軍|国|側|院|局|部|民|員|長|相|メディア|テレビ|"
    r"専門家|住民|市民|国民|企業|組織|機関|グループ|双方|両者|各国|世論|ら|たち|さん|夫妻|アナリスト|関係筋|裁判所|銀行|大学|研究所)"
    r"(?:など|等|の一部|の多く)?$"
)


def agent_of(scene: Scene, sentence: Sentence, clause: Clause, *, story: bool) -> Party:
    """The party that acts in a clause, or nobody.

    ``story`` lets a clause without a subject of its own take the one the story is about; that is right for what people
    say, demand and promise, and wrong for what befalls things.
    """
    subject = subject_of(clause)
    if subject is not None and subject.particle == "が" and subject in clause.arguments:
        return with_partner(scene, clause, subject)
    if clause.relative and clause.head is not None and clause.head.head in scene.carriers:
        governor = _governor(sentence, clause)
        if governor is not None and not clause.inherited:
            return agent_of(scene, sentence, governor, story=story)
    for argument in _subjects(clause):
        party = with_partner(scene, clause, argument)
        if party:
            return party
        if AGENTIVE.search(scene.text[argument.start : argument.end]):
            return NOBODY
    if owner := _genitive(scene, clause):
        return owner
    if clause.relative and clause.head is not None and not any(a.particle == "が" for a in clause.arguments):
        return with_partner(scene, clause, subject) if subject is not None else NOBODY
    if headline := _headline_subject(scene, sentence, clause):
        return headline
    return _told_of(scene, sentence, clause) if story and not clause.relative else NOBODY


def _headline_subject(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """Who stands before the comma of a headline: 「|米国、|シリアへの制裁を解除」."""
    first = min(clause.arguments, key=lambda a: a.start, default=None)
    if (
        first is None
        or first.particle
        or first.start != sentence.start
        or scene.text[first.end : first.end + 1] != "、"
    ):
        return NOBODY
    return with_partner(scene, clause, first)


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
    for pool in (clause.arguments, clause.inherited):
        for particle in SUBJECTS:
            yield from (a for a in pool if a.particle == particle)


def _told_of(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """The topic before this clause in its sentence, else that of the few sentences before it."""
    before = [s for s in scene.sentences if s.start <= sentence.start]
    for earlier in reversed(before[-REACH:]):
        for other in reversed(earlier.clauses):
            if other.inside >= 0 or other.relative or other.start >= clause.predicate_start:
                continue
            for argument in other.arguments:
                spoken_of = argument.particle == "は" or (argument.particle == "が" and earlier is not sentence)
                if spoken_of and argument.start < clause.predicate_start:
                    party = with_partner(scene, other, argument)
                    if party:
                        return party
                    if argument.particle == "は" and AGENTIVE.search(scene.text[argument.start : argument.end]):
                        return NOBODY
    return NOBODY
