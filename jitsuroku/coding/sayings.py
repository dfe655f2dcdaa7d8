"""Sentence -> sayings: who-said-what without the who.

「大臣は「行く」と述べ、実施する考えも示した」 holds two: the words 行く of 述べる and the words 実施する of 示す.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jitsuroku.coding.carried import ISSUE
from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.tellers import SURU, Saying, goes_on, tellers
from jitsuroku.coding.words import SHORTEST_REPORT, words_of
from jitsuroku.records import Clause, Sentence

# What only leads up to the words: 「質問に答え、…と述べた」.
# 「資金を|出し|、計画は進む旨の説明があった」 gives out no words.
PRELUDES = frozenset({"答える", "応じる", "回答", "触れる", "出す", "脅かす", "脅す"})

# 「声明を出し、…と表明した」, 「会見を開き、…と述べた」: the occasion on which the words were said.
OCCASION = re.compile(r"(?:声明|談話|会見|コメント|演説|論評|書簡)$")


@once
def sayings_of(scene: Scene, sentence: Sentence) -> tuple[Saying, ...]:
    """The sayings of a sentence in order, those inside another's report marked as nested."""
    found: list[Saying] = []
    begin = sentence.start
    for clause, row in tellers(scene, sentence):
        words = list(words_of(scene, sentence, clause, row, begin))
        if not words and row is not None and row["kind"] == ISSUE:
            continue
        found += words
        if not words and found and _only_framed(found[-1], clause):
            found[-1] = replace(found[-1], clause=replace(clause, start=found[-1].clause.start), row=row)
        if goes_on(scene, clause) and (words or _speaks_apart(scene, clause)) and not _frames(sentence, clause):
            begin = clause.end
    found = [s for s in found if not _is_hearsay_of(s, found)]
    return tuple(replace(s, outer=outer) if (outer := _outer(s, found)) else s for s in found)


def _is_hearsay_of(saying: Saying, found: list[Saying]) -> bool:
    """「首相は重要性は変わらないと伝えた|という|。」: the words are those of 伝える."""
    told = (s for s in found if s is not saying and 0 <= saying.clause.predicate_start - s.clause.end <= 1)
    return saying.clause.predicate == "言う" and any(True for _ in told)


def _outer(saying: Saying, found: list[Saying]) -> str | None:
    return next((o.clause.predicate for o in found if o is not saying and _holds(o, saying)), None)


def _speaks_apart(scene: Scene, clause: Clause) -> bool:
    """「独は支援を発表、仏の大統領は「…」と述べた」, 「挨拶を伝えたうえで、…と述べた」: an act of its own, though no words."""
    if scene.text.startswith(("うえで", "上で"), clause.end):
        return True
    if clause.predicate in PRELUDES or any(OCCASION.search(scene.text, a.start, a.end) for a in clause.arguments):
        return False
    return clause.ending != "if" and any(a.particle == "は" for a in clause.arguments)


def _frames(sentence: Sentence, clause: Clause) -> bool:
    """「違反だとして抗議した|と発表した」: として stands inside what is announced."""
    if clause.predicate != SURU or clause.ending != "te":
        return False
    later = [c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= clause.end and not c.relative]
    return bool(later) and later[0].ending == "quote"


def _holds(outer: Saying, inner: Saying) -> bool:
    return outer.words.start <= inner.words.start and inner.clause.end <= outer.until


def _only_framed(saying: Saying, clause: Clause) -> bool:
    """「違法だとして抗議した」: として only frames the words, 抗議 gives them."""
    framed = saying.clause.predicate == SURU and saying.clause.ending == "te"
    begun = any(a.particle in ("は", "が", "も") and a.start >= saying.clause.end for a in clause.arguments)
    return framed and not begun and 0 <= clause.predicate_start - saying.clause.end <= SHORTEST_REPORT * 4
