"""Whether a phrase is part of what is told, or of a deed beside it, and so not who tells: 「|政府が|公表した措置は正しいと述べた」."""

from __future__ import annotations

import re

from jitsuroku.coding.identity import is_person, is_state
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import Saying, outer_arguments
from jitsuroku.records import Argument, Clause, Sentence

# 「組織が|20日、|払わなければ殺すと警告した」
SET_OFF = re.compile(r"が(?:[^、。「」はがを]{0,8}日[^、。「」はがを]{0,6})?、")
# 「大臣|から|」, 「課長|より|」: how a readout names who spoke.
SENDERS = ("から", "より")
# A subject with が stays inside a clause that ends so: 「隣国が条件を|増やしたため|、「進まない」とした」.
CLOSED = frozenset({"but", "question", "tame", "because"})


def is_inside_words(scene: Scene, sentence: Sentence, subject: Argument, saying: Saying) -> bool:
    """「国防相は爆撃を否定するとともに、|軍機2機が|撃墜されたことを確認した」: a subject of what is told, where a topic stands before."""
    if saying.form != "carried" or subject.particle != "が" or stands_apart(scene, subject):
        return False
    return any(c.relative and subject in c.arguments and c.end <= saying.until for c in sentence.clauses)


def only_acts(scene: Scene, sentence: Sentence, subject: Argument, saying: Saying) -> bool:
    """「首相も出席した。|イスラエルが民間人を殺害し|「停戦を」と訴えた」: a bare state that does something else first may not be it who speaks."""
    if not saying.quoted or subject.particle != "が" or not is_state(scene, subject):
        return False
    between = (c for c in sentence.clauses if c.inside < 0 and not c.relative and c.predicate not in scene.speech)
    return any(subject.end <= c.predicate_start < saying.words.start and subject in c.arguments for c in between)


def belongs_to_noun(scene: Scene, sentence: Sentence, argument: Argument, saying: Saying) -> bool:
    """「政府が公表した措置は正しいと述べた」: 政府 goes with 措置, unless a comma sets it apart."""
    owners = [c for c in sentence.clauses if c.inside < 0 and argument in c.arguments]
    if argument.particle == "が" and _is_condition(scene, sentence, argument, owners, saying):
        return True
    if saying.clause.relative or argument.particle not in ("が", *SENDERS) or stands_apart(scene, argument):
        return False
    carried = [c for c in owners if c.head is not None and c.head.head in scene.carriers and not saying.quoted]
    closed = [c for c in owners if _is_closed(c, saying)]
    apart = bool(owners) and all(c.relative or c in closed for c in owners)
    if _in_other_words(scene, sentence, argument, saying):
        return True
    if _faces(scene, owners, argument, saying):
        return False
    return apart and not carried and saying.clause not in owners


def _faces(scene: Scene, owners: list[Clause], argument: Argument, saying: Saying) -> bool:
    """「|報道官が|広場に残った|人々に|「…」と語り掛けた」: the hearers, whom a clause describes, stand between speaker and words."""
    heads = [c.head for c in owners if c.head is not None and c.head.head not in ("こと", "点", "もの")]
    hearers = [a for a in saying.clause.arguments if a.particle == "に"]
    faced = any(h.start <= a.start and a.end <= h.end + 1 or a.start <= h.start < a.end for h in heads for a in hearers)
    return saying.quoted and faced and is_person(scene, argument)


def _is_condition(scene: Scene, sentence: Sentence, argument: Argument, owners: list[Clause], saying: Saying) -> bool:
    """「|隣国が、求めを無視すれば|、理事会は行動すると警告した」: of whom a condition is told, in reported words."""
    held = bool(owners) and all(c.ending == "if" and c is not saying.clause for c in owners)
    if not held or saying.quoted or is_person(scene, argument):
        return False
    topics = (a for a in outer_arguments(scene, sentence) if a.particle == "は" and a.end < saying.until)
    return not SET_OFF.match(scene.text, argument.end) or any(a.start > owners[-1].end - 1 for a in topics)


def _is_closed(clause: Clause, saying: Saying) -> bool:
    """Whether a clause has ended before the words and keeps its subject: 「|隣国が条件を増やしたため|、「進まない」とした」."""
    ended = clause.ending in CLOSED or (clause.ending == "quote" and saying.quoted)
    return ended and clause.end <= saying.words.start


def _in_other_words(scene: Scene, sentence: Sentence, argument: Argument, saying: Saying) -> bool:
    """「|隣国が「約束を守る」こと|に期待を示し、「次はない」と警告した」: a subject right before other words that end in こと."""
    after = argument.end + len(argument.particle)
    held = (q for q in sentence.quotations if q.depth == 1 and q.start == after and q.inner.start != saying.words.start)
    return argument.particle == "が" and any(scene.text.startswith("こと", q.end) for q in held)


def is_occasion(sentence: Sentence, subject: Argument, saying: Saying) -> bool:
    """「|隣国が、実験を予告した|ことを受け、理事国は…と警告した」: whose deed only led to the words."""
    owners = [c for c in sentence.clauses if c.inside < 0 and subject in c.arguments]
    return bool(owners) and all(
        c.relative and c is not saying.clause and c.head is not None and c.head.head == "こと" for c in owners
    )


def has_acted(scene: Scene, sentence: Sentence, first: Argument, second: Argument) -> bool:
    """「|軍は|デモ隊に発砲するなどし、|国連は|18人が死亡したと明らかにした」: what the first does is over where the second begins."""
    acts = (c for c in sentence.clauses if c.inside < 0 and not c.relative and first.end <= c.end <= second.start)
    return any(scene.text[first.end : c.end].rstrip("、").endswith(("などし", "などして")) for c in acts)


def stands_apart(scene: Scene, argument: Argument) -> bool:
    """Whether a comma follows the phrase: 「首相は、…」."""
    return scene.text[argument.end + len(argument.particle) : argument.end + len(argument.particle) + 1] in ("、", ",")
