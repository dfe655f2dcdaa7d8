"""What somebody says will be done unless another gives way: 「|撤退しなければ、攻撃を始める|と隣国に通告した」 is a threat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jitsuroku.coding.addressee import TOWARD
from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import first_of
from jitsuroku.coding.triggers import fires, type_of
from jitsuroku.coding.when import when_done
from jitsuroku.records import Clause, Event, Row, Sentence

HOSTILE, THREAT, WARN = "material conflict", "event_types/threaten/", "警告"
# What is no blow, yet takes something away: 「査察の受け入れを|停止する|」.
TAKING_AWAY = frozenset({"停止", "中止", "打ち切る", "凍結", "やめる", "離脱", "脱退", "破棄"})
SAYING = frozenset({"為る", "警告", "通告", "述べる", "表明", "発表", "宣言", "伝える", "脅す", "脅迫", "語る", "言う"})
UNLESS = ("ば", "限り", "場合")


def threats_told(scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Event]:
    """The threats of a sentence, each with its condition."""
    row = next((r for r in rows.get(WARN, ()) if r.rule.startswith(THREAT)), None)
    for index, clause in enumerate(sentence.clauses):
        condition, governor = _condition(scene, sentence, index), _governor(sentence, index)
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


def _condition(scene: Scene, sentence: Sentence, index: int) -> Clause | None:
    """The clause right before that says what the other must do: 「|撤退しなければ|」."""
    clause = sentence.clauses[index]
    before = [c for c in sentence.clauses[:index] if c.inside == clause.inside and not c.relative]
    if clause.inside >= 0 or clause.ending != "quote" or clause.tense != "nonpast" or not before:
        return None
    last = before[-1]
    return last if last.negative and scene.text[last.start : last.end].endswith(UNLESS) else None


def _governor(sentence: Sentence, index: int) -> Clause | None:
    later = next((c for c in sentence.clauses[index + 1 :] if c.inside < 0), None)
    told = later is not None and later.predicate in SAYING and not later.negative and not later.relative
    return later if told else None


def _hurts(scene: Scene, clause: Clause, rows: Mapping[str, tuple[Row, ...]]) -> bool:
    if clause.negative:
        return False
    known = (r for r in rows.get(clause.predicate, ()) if type_of(r, scene.world).quad == HOSTILE)
    return clause.predicate in TAKING_AWAY or any(fires(scene, clause, row, True) for row in known)


def _threatened(scene: Scene, sentence: Sentence, condition: Clause, governor: Clause, actor: Party) -> Party:
    """To whom it is said, else who is to give way."""
    if told := first_of(scene, sentence, governor, TOWARD[:1] + ("に", "へ"), actor):
        return told
    named = (party_of(scene, a) for a in condition.arguments if a.particle == "が")
    return next((p for p in named if p and not set(p.codes) & set(actor.codes)), NOBODY)
