"""What a clause tells that has not happened and is not to happen: conditions, duties, wishes, drafts, what others are charged with."""

from __future__ import annotations

import re

from jitsuroku.coding.ahead import is_supposed
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Sentence

UNREAL = frozenset({"if", "question"})
CONDITIONS = ("ば", "なら", "たら")
SUBJECTS = ("が", "は", "も")
CHAINED = ("te", "renyo", "and")
PLAN = re.compile(r"(?:合意案|停戦案|和平案|提案|草案|計画|構想)$")
CHARGE = re.compile(r"(?:など)?と?して(?!い)")
WILL = frozenset({"つもり", "考え", "意思", "意向", "用意", "気", "余地"})
# Whose words they are that a clause ends in: 「…する|との米国の提案|」.
OTHERS = re.compile(r".?との[^、。「」]{1,30}の(?:提案|要求|要請|主張|申し出|呼びかけ)[をにはが]")
SPOKEN_OF = re.compile(
    r"のは(?:極めて|まったく|全く)?[^、。\d]{0,12}(?:誤|間違|違法|不当|許|荒唐無稽|無意味|難し|容易|危険|当然|重要|必要|大切|望まし|適切|賢明|得策)"
)
FACT = re.compile("(?:の|こと)[はがも]")


def unreal(scene: Scene, sentence: Sentence, index: int) -> str:
    """Why nothing a clause says has happened or is to happen, as far as that is so."""
    clause = sentence.clauses[index]
    if clause.inside >= 0:
        return "it stands in a quotation"
    if (
        clause.ending in UNREAL
        or _leads_to_condition(scene, sentence, index)
        or _depends(scene, sentence, index)
        or scene.text.startswith("には", clause.end)
    ):
        return "it is a condition or a question"
    if "obligation" in clause.modality:
        return "it is what somebody says must be done"
    if _is_charge(scene, clause) or _leads_to_charge(scene, sentence, index):
        return "it is what another is charged with"
    if _leads_to_request(scene, sentence, index):
        return "it is what another is to do"
    if _is_provided(scene, sentence, clause):
        return "it is what a plan provides"
    if _is_drafted(scene, sentence, clause):
        return "it is what a draft says"
    if _is_anothers(scene, sentence, index):
        return "it is what another proposes"
    if _is_unsaid(sentence, index):
        return "it is what somebody does not say"
    if _is_barred(scene, sentence, clause):
        return "it is what is not to be done"
    if _is_wished(scene, sentence, clause):
        return "it is only wished for"
    if _is_attempted(scene, sentence, index):
        return "it describes and tells of no act"
    if _is_spoken_of(scene, clause):
        return "it is only spoken of"
    if _is_foreseen(scene, sentence, index):
        return "it is only foreseen"
    return "it is only supposed" if is_supposed(scene, sentence, clause) else ""


def _leads_to_condition(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「人権に|背を向けて|挑発を続ければ、孤立する」: all that leads up to a condition is part of it."""
    clause = sentence.clauses[index]
    after = next((c for c in sentence.clauses[index + 1 :] if c.inside == clause.inside), None)
    if after is None or after.start != clause.end or after.relative:
        return False
    return clause.ending == "te" and scene.text[after.start : after.end].endswith(CONDITIONS)


def _is_charge(scene: Scene, clause: Clause) -> bool:
    """「財務省は、|部品を渡した|として、商社に制裁を科した」: not the ministry handed them over."""
    if not CHARGE.match(scene.text, clause.end):
        return False
    written = ("が", "は") if clause.ending == "quote" else ("が",)
    own = any(a.particle in written for a in clause.arguments)
    return clause.tense == "past" and clause.voice == "active" and not own


def _leads_to_charge(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「警備隊は、|検査を拒み|、|逃げた|として、船長を拘束した」: all that leads up to a charge is part of it."""
    clause = sentence.clauses[index]
    later = next((c for c in sentence.clauses[index + 1 :] if c.inside == clause.inside and not c.relative), None)
    if clause.ending not in CHAINED or later is None or not _is_charge(scene, later):
        return False
    return not any(a.particle in ("が", "も") for a in clause.arguments)


def _leads_to_request(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「決議は、計画を|放棄し|、査察を受け入れるよう隣国に求めた」: both are asked."""
    clause, yielding = sentence.clauses[index], scene.predicates("yield")
    own = any(a.particle in SUBJECTS for a in clause.arguments)
    if clause.predicate not in yielding or clause.ending not in CHAINED or own:
        return False
    later = [c for c in sentence.clauses[index + 1 :] if c.inside == clause.inside and not c.relative]
    first = next((c for c in later if c.ending not in CHAINED or c.predicate not in yielding), None)
    return first is not None and first.ending == "you"


def _is_provided(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「合意案は|、隣国が記者を|釈放し|、首相が制裁を解く」: what a plan provides has not been done."""
    plans = (a for c in sentence.clauses if c.inside < 0 for a in c.arguments if a.particle == "は")
    under = any(a.end <= clause.predicate_start and PLAN.search(scene.text, a.start, a.end) for a in plans)
    return under and clause.inside < 0 and any(a.particle == "が" for a in clause.arguments)


def _is_drafted(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「理事会は、|隣国を非難し|、撤退を求める|決議案|を採決した」: put to a vote, nothing is said as yet."""
    tells = clause.predicate in scene.speech or clause.predicate in scene.performatives
    if clause.ending not in CHAINED or clause.inside >= 0 or not tells:
        return False
    later = next((c for c in sentence.clauses if c.inside < 0 and c.start >= clause.end), None)
    draft = later.head if later is not None and later.relative else None
    if later is None or draft is None or not draft.head.endswith("案") or later.tense != "nonpast":
        return False
    return not any(a.particle in SUBJECTS for a in later.arguments) and later.predicate in scene.speech


def _is_barred(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「企業が資金を|渡す|ことも禁止した」, 「隣国が兵を|送る|のを防いだ」."""
    if not clause.relative or clause.head is None or clause.head.head not in ("こと", "の") or clause.tense == "past":
        return False
    governor = next((c for c in sentence.clauses if clause.head in c.arguments), None)
    return governor is not None and governor.predicate in scene.predicates("bar")


def _is_wished(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """What somebody hopes or asks that others do: 「隣国が|働きかける|ことに期待を示した」."""
    if not any(a.particle == "が" for a in clause.arguments):
        return False
    if clause.ending in CHAINED:
        # 「隣国が枠組みに|加わり|、責任を果たすことを支持した」
        later = (c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end)
        clause = next(later, clause)
    if not clause.relative or clause.head is None or clause.head.head != "こと" or clause.tense == "past":
        return False
    governor = next((c for c in sentence.clauses if clause.head in c.arguments), None)
    wishes, asked = scene.predicates("wish"), scene.predicates("ask")
    return governor is not None and (
        governor.predicate in wishes | asked or any(a.particle == "を" and a.head in wishes for a in governor.arguments)
    )


def _is_attempted(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「長官は、復興を|妨げよう|とする犯罪を非難した」: what the crimes are meant to do, not the secretary."""
    clause = sentence.clauses[index]
    after = sentence.clauses[index + 1] if index + 1 < len(sentence.clauses) else None
    tries = after is not None and after.relative and after.predicate == "為る" and after.start - clause.end <= 1
    meant = tries and scene.text[clause.start : clause.end].endswith("よう")
    carried = after is not None and after.head is not None and after.head.head in scene.carriers
    return meant and not carried and not any(a.particle == "が" for a in clause.arguments)


def _is_spoken_of(scene: Scene, clause: Clause) -> bool:
    """「隣国を|攻撃するのは|誤りだ」: an act in general; not 「派遣する|のは初めてだ」, 「|のは3日だ」."""
    named = clause.tense == "nonpast" and not clause.negative and SPOKEN_OF.match(scene.text, clause.end) is not None
    return named and clause.aspect != "continuing" and not any(a.particle == "が" for a in clause.arguments)


def _is_foreseen(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「隣国が|反発する|のは必至だ」: a prediction, however sure."""
    clause = sentence.clauses[index]
    after = next((c for c in sentence.clauses[index + 1 :] if c.inside == clause.inside), None)
    sure = after is not None and after.predicate in scene.predicates("certain")
    return sure and clause.tense == "nonpast" and FACT.match(scene.text, clause.end) is not None


def _is_anothers(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「首相は、|部隊を送り|、港を開く|との隣国の提案|を歓迎した」: the neighbour proposes it."""
    clause = sentence.clauses[index]
    if clause.ending not in (*CHAINED, "quote", "relative") or any(a.particle == "が" for a in clause.arguments):
        return False
    until = clause.end if clause.ending not in CHAINED else sentence.end
    last = (c for c in sentence.clauses[index:] if c.inside == clause.inside and c.end <= until)
    return any(OTHERS.match(scene.text, c.end - 1) for c in last)


def is_disclaimed(sentence: Sentence, index: int) -> bool:
    """「対話に|応じる|考えはないと述べた」: what somebody has no mind to do."""
    clause = sentence.clauses[index]
    after = next((c for c in sentence.clauses[index + 1 :] if c.inside < 0), None)
    if after is None or clause.inside >= 0 or not clause.relative or clause.tense != "nonpast" or clause.negative:
        return False
    held = clause.head is not None and clause.head.head in WILL and clause.head in (*after.arguments, *after.inherited)
    return held and after.predicate == "無い" and after.ending in ("quote", "main")


def _is_unsaid(sentence: Sentence, index: int) -> bool:
    """What somebody does not say or mean: 「独立に反対する|とは述べていない」, 「関税を課す|考えはない」, 「責任を追及する|姿勢を示さない」."""
    clause = sentence.clauses[index]
    after = next((c for c in sentence.clauses[index + 1 :] if c.inside < 0), None)
    if after is None:
        return False
    carried = clause.relative and clause.head is not None and clause.head in (*after.arguments, *after.inherited)
    if after.relative and not carried:
        return False
    if clause.ending == "quote":
        return after.negative
    return carried and (
        after.predicate == "無い" or (after.negative and after.predicate in ("有る", "示す", "見せる", "取る"))
    )


def _depends(scene: Scene, sentence: Sentence, index: int) -> bool:
    """「攻撃を|やめれば、|制裁を解く」: what depends on a condition has not happened, and may not."""
    clause = sentence.clauses[index]
    before = [c for c in sentence.clauses[:index] if c.inside == clause.inside and not c.relative]
    if not before or clause.tense == "past" or clause.ending == "relative":
        return False
    # 「隣国が実験をすれば「孤立する」と|警告。|」: the words told depend on it, not that they were said.
    if clause.predicate in scene.speech and any(a.particle == "と" for a in clause.arguments):
        return False
    return scene.text[before[-1].start : before[-1].end].endswith(CONDITIONS)
