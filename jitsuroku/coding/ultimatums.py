"""What somebody says will be done unless another gives way: 「|撤退しなければ、攻撃を始める|と隣国に通告した」 is a threat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jitsuroku.coding.addressee import TOWARD
from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, parties_inside, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import first_of
from jitsuroku.coding.spoken import governor_of_words
from jitsuroku.coding.triggers import fires, type_of
from jitsuroku.coding.when import when_done
from jitsuroku.records import Clause, Event, Row, Sentence

HOSTILE, THREAT, WARN = "material conflict", "event_types/threaten/", "警告"
# 「攻撃を始める|とした|」.
SURU = "為る"
# What one answers a provocation with, in one's own words; 「…と|警告した|」 is told by the word itself.
ANSWER = re.compile(r"対抗(?:措置|手段)|報復|反撃|対応措置|(?:断固|強力|必要|相応|しかるべき).{0,6}措置|代償")
ANSWERING, NO_SAYING = frozenset({"報復", "反撃", "やり返す"}), frozenset({"警告", "脅す", "脅迫", "威嚇", "通告"})
BEFORE = 6
UNLESS = ("ば", "限り", "場合")


def threats_told(scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Event]:
    """The threats of a sentence, each with its condition."""
    row = next((r for r in rows.get(WARN, ()) if r.rule.startswith(THREAT)), None)
    for index, clause in enumerate(sentence.clauses):
        condition, governor = _condition(scene, sentence, index), _governor(scene, sentence, index)
        if row is None or condition is None or governor is None or not _hurts(scene, clause, rows):
            continue
        actor = agent_of(scene, sentence, governor, story=True)
        own = agent_of(scene, sentence, clause, story=True)
        if not actor or actor.sector == MEDIA or set(own.codes) != set(actor.codes):
            continue
        recipient = _threatened(scene, sentence, condition, governor, actor)
        time = when_done(scene, sentence, governor, actor.codes, ())
        act = Act(sentence, clause, row, type_of(row, scene.world), actor, recipient, time, "actual")
        yield event_record(scene, act, (max(sentence.start, min(condition.start, actor.start)), governor.end))


def threats_spoken(scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Event]:
    """「「|隣国が攻撃すれば、対抗措置を取る|」と述べた」: what is said will be done if another does something."""
    row = next((r for r in rows.get(WARN, ()) if r.rule.startswith(THREAT)), None)
    for index, quotation in enumerate(sentence.quotations):
        governor = governor_of_words(scene, sentence, quotation) if quotation.depth == 1 else None
        if row is None or governor is None or governor.negative or governor.predicate in NO_SAYING:
            continue
        speaker = agent_of(scene, sentence, governor, story=True)
        inner = [c for c in sentence.clauses if c.inside == index]
        deed = next((c for c in inner if _strikes_back(scene, c)), None)
        other = _provoker(scene, inner, deed, speaker) if deed is not None and speaker else NOBODY
        if deed is not None and other and speaker.sector != MEDIA:
            time = when_done(scene, sentence, governor, (*speaker.codes, *other.codes), ())
            act = Act(sentence, deed, row, type_of(row, scene.world), speaker, other, time, "actual")
            yield event_record(scene, act, (min(other.start, deed.start), deed.end))


def _strikes_back(scene: Scene, clause: Clause) -> bool:
    things = (a for a in clause.arguments if a.particle in ("を", "で", "も"))
    # 「|断固たる|措置を」: what kind of measures stands before the phrase.
    measure = any(ANSWER.search(scene.text[a.start - BEFORE : a.end]) for a in things) or clause.predicate in ANSWERING
    return measure and clause.tense == "nonpast" and not clause.negative and clause.ending in ("main", "renyo", "but")


def _provoker(scene: Scene, inner: list[Clause], deed: Clause, speaker: Party) -> Party:
    """Who is to refrain: 「|隣国が攻撃した|場合、報復する」, 「|隣国が実験をすれば|、…」."""
    for clause in (c for c in inner if c.end <= deed.predicate_start):
        provided = clause.ending == "if" or (clause.relative and clause.head is not None and clause.head.head == "場合")
        named = (parties_inside(scene, a) for a in clause.arguments if a.particle == "が")
        if provided and (party := next((p for p in named if p and not set(p.codes) & set(speaker.codes)), NOBODY)):
            return party
    return NOBODY


def _condition(scene: Scene, sentence: Sentence, index: int) -> Clause | None:
    """The clause right before that says what the other must do: 「|撤退しなければ|」."""
    clause = sentence.clauses[index]
    before = [c for c in sentence.clauses[:index] if c.inside == clause.inside and not c.relative]
    if clause.inside >= 0 or clause.ending != "quote" or clause.tense != "nonpast" or not before:
        return None
    last = before[-1]
    return last if last.negative and scene.text[last.start : last.end].endswith(UNLESS) else None


def _governor(scene: Scene, sentence: Sentence, index: int) -> Clause | None:
    later = next((c for c in sentence.clauses[index + 1 :] if c.inside < 0), None)
    saying = {SURU, *scene.predicates("say-threat")}
    told = later is not None and later.predicate in saying and not later.negative and not later.relative
    return later if told else None


def _hurts(scene: Scene, clause: Clause, rows: Mapping[str, tuple[Row, ...]]) -> bool:
    if clause.negative:
        return False
    known = (r for r in rows.get(clause.predicate, ()) if type_of(r, scene.world).quad == HOSTILE)
    return clause.predicate in scene.predicates("take-away") or any(fires(scene, clause, row, True) for row in known)


def _threatened(scene: Scene, sentence: Sentence, condition: Clause, governor: Clause, actor: Party) -> Party:
    """To whom it is said, else who is to give way."""
    if told := first_of(scene, sentence, governor, TOWARD[:1] + ("に", "へ"), actor):
        return told
    named = (party_of(scene, a) for a in condition.arguments if a.particle == "が")
    return next((p for p in named if p and not set(p.codes) & set(actor.codes)), NOBODY)
