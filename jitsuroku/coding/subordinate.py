"""Acts that are only part of what another clause tells: agreed on, asked for, threatened, or how the next was done."""

from __future__ import annotations

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Sentence

# How deep what is agreed on may lie: 「|延ばす|計画を|急ぐ|ことで一致した」; the verbs of threats.
DEEP, THREATENING = 3, frozenset({"警告", "脅す", "脅迫", "威嚇", "すごむ"})
ASKING = frozenset({"招待", "招く", "指示", "命じる", "命令", "促す", "呼び掛ける", "訴える", "働き掛ける", "勧告"})
AGREED = frozenset({"一致", "合意"})


def is_agreed_on(sentence: Sentence, clause: Clause) -> bool:
    """「両国は、隣国への|圧力を強化する|方針で|一致した|」: one agreement, not the deed as well."""
    for _ in range(DEEP):
        head = clause.head if clause.relative else None
        governor = next((c for c in sentence.clauses if head is not None and head in c.arguments), None)
        if governor is None or governor.predicate in AGREED:
            return governor is not None and governor.ending != "if"
        clause = governor
    return False


def is_asked(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「首相が|訪れる|よう|招待した|」: what another is asked to do is no plan of theirs."""
    later = next((c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end), None)
    return later is not None and (later.predicate in ASKING or later.predicate in scene.performatives)


def is_threatened(sentence: Sentence, clause: Clause) -> bool:
    """「隣国に|報復する|と|警告した|」: a threat, no deed as yet."""
    later = next((c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= clause.end), None)
    return clause.ending == "quote" and later is not None and later.predicate in THREATENING and not later.negative


def leads_to_demand(sentence: Sentence, clause: Clause) -> bool:
    """「隣国に対し、攻撃を|停止し|、撤収するよう求めた」: the first is asked for as well."""
    later = (c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end)
    following = next((c for c in later if not c.relative), None)
    return clause.ending == "renyo" and following is not None and following.ending == "you"


def is_decreed(sentence: Sentence, clause: Clause, words: frozenset[str]) -> bool:
    """「外交官2人を|追放する|と大使に|通告した|」: to tell them is to expel them; 「憲法を|停止する|と|宣言した|」."""
    later = next((c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= clause.end), None)
    if clause.ending != "quote" or later is None or later.tense != "past" or later.negative:
        return False
    return later.predicate in words


def leads_to_content(sentence: Sentence, clause: Clause) -> bool:
    """「|連携して|対応することで一致した」: one agreement."""
    after = next((c for c in sentence.clauses if c.start == clause.end and c.inside == clause.inside), None)
    return clause.ending == "te" and after is not None and after.relative and after.head is not None
