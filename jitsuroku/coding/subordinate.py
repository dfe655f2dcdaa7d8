"""Acts that are only part of what another clause tells: agreed on, asked for, or how the next was done."""

from __future__ import annotations

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Sentence

# How deep what is agreed on may lie: 「|延ばす|計画を|急ぐ|ことで一致した」.
DEEP = 3
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


def leads_to_content(sentence: Sentence, clause: Clause) -> bool:
    """「|連携して|対応することで一致した」: one agreement."""
    after = next((c for c in sentence.clauses if c.start == clause.end and c.inside == clause.inside), None)
    return clause.ending == "te" and after is not None and after.relative and after.head is not None
