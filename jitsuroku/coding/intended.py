"""What a state only means to do, in whatever words: 「首相は、|運河を広げる|方針を示した」, 「政府は|運河を広げる|と発表した」.

No table lists all that can be meant; that it is meant is told by the noun that carries it or by the verb that declares it.
What is meant against somebody (more pressure, an attack) is left to the rows that know it.
"""

from __future__ import annotations

import re

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Sentence

# How far back a chain of clauses may name another doer; what one does and is; the verbs that declare what one means to do.
CHAIN = 3
HOSTILE = re.compile(r"攻撃|制裁|圧力|軍|兵|警戒|監視|規制|禁輸|関税|報復|批判|対抗|非難|作戦|核|ミサイル|訴え|捜査")
NO_DEED = frozenset({"為る", "負う", "持つ", "有する", "有る", "堅持"})
DECLARED = frozenset({"発表", "表明", "約束", "明らか", "宣言", "決定", "決める", "誓う", "公表"})


def is_intended(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells what its own subject means to do to something, and nothing against somebody."""
    if clause.tense != "nonpast" or clause.negative or clause.voice != "active" or clause.modality:
        return False
    objects = [scene.text[a.start : a.end] for a in clause.arguments if a.particle == "を"]
    if not objects or clause.predicate in NO_DEED or any(HOSTILE.search(words) for words in objects):
        return False
    before = [c for c in sentence.clauses if c.inside == clause.inside and c.end <= clause.end and not c.relative]
    others = any(a.particle == "が" for c in (clause, *before[-CHAIN:]) for a in c.arguments)
    return not others and _is_meant(scene, sentence, clause)


def _is_meant(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    if clause.relative and clause.head is not None:
        carrier = scene.carriers.get(clause.head.head)
        return carrier is not None and carrier["kind"] == "plan"
    later = (c for c in sentence.clauses if c.inside < 0 and not c.relative and c.predicate_start >= clause.end)
    declares = next(later, None)
    declared = declares is not None and declares.predicate in DECLARED and not declares.negative
    return clause.ending == "quote" and declared
