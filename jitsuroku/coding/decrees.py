"""What a clause leads to: a decree that does it, a decision to do it, a demand that another does it, a threat."""

from __future__ import annotations

from jitsuroku.records import Clause, Event, EventType, Sentence

TOLD_THEM = frozenset({"通告", "通知", "命じる", "命令", "言い渡す", "申し渡す"})
DECREED = {"expel": TOLD_THEM, **dict.fromkeys(("coup", "martial-law"), frozenset({"宣言", "発表", "布告", "命じる"}))}
THREATENING = frozenset({"警告", "脅す", "脅迫", "威嚇", "すごむ"})


def decides_what_is_told(sentence: Sentence, clause: Clause, kind: EventType, told: list[Event]) -> bool:
    """「大使を|追放する|ことを|決めた|」: the act is to expel."""
    things = [a for a in clause.arguments if a.particle == "を" and a.head == "こと"]
    deeds = [c for c in sentence.clauses if c.relative and c.head in things]
    here = [e for e in told if e.type != kind.code and e.quad in ("material conflict", "verbal conflict")]
    return any(
        e.evidence.start <= c.predicate_start < e.evidence.end <= clause.predicate_start for c in deeds for e in here
    )


def is_decreed(sentence: Sentence, clause: Clause, mode: str) -> bool:
    """「外交官2人を|追放する|と大使に|通告した|」: to tell them is to expel them; 「憲法を|停止する|と|宣言した|」."""
    later = next((c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= clause.end), None)
    if clause.ending != "quote" or later is None or later.tense != "past" or later.negative:
        return False
    return later.predicate in DECREED.get(mode, frozenset())


def leads_to_demand(sentence: Sentence, clause: Clause) -> bool:
    """「隣国に対し、攻撃を|停止し|、撤収するよう求めた」: the first is asked for as well."""
    later = (c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end)
    following = next((c for c in later if not c.relative), None)
    return clause.ending == "renyo" and following is not None and following.ending == "you"


def is_threatened(sentence: Sentence, clause: Clause) -> bool:
    """「隣国に|報復する|と|警告した|」: a threat, no deed as yet."""
    later = next((c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= clause.end), None)
    return clause.ending == "quote" and later is not None and later.predicate in THREATENING and not later.negative
