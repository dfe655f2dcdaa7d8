"""Whether an act lies ahead or is only supposed: what a clause says of it, and its day against the page's own."""

from __future__ import annotations

import re

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Sentence

PLAN_NOUNS = re.compile(
    r"(?:こと(?:に(?![よ対関]|ついて(?!合意|一致))|と(?:し|な)|も|が決|を(?!受|示|理|目|求|認|非|批|評|歓|勧|要|促|呼|訴|迫)|(?:など[^、。はがを]{0,8})?で.{0,10}(?:合意|一致|同意|調整|折り合|決))|予定|方針|考え|意向|計画|構え|見通し|見込み|見込む|運び|決意|用意|つもり|準備|方向|約束|もよう|模様|旨|姿勢|意図|提案|案|構想)"
)
AHEAD = re.compile(r"^(?:予定|見通し|見込み|方針|運び|計画)")
CHAINED = ("te", "renyo", "and", "while", "after")
# What a thing is only said to be worth: 「支援する|ことの重要性|」, 「連帯を深める|必要|がある」.
NEEDED = r"|(?:こと)?の?(?:重要性|必要性|必要|意義|大切さ|余地)"
QUESTION = re.compile(r"(?:どのよう|どう(?![しや])|いかに|なぜ|誰が|何を)")
# What holds only if something does: 「断った|としても|、協議は続く」.
CONDITION = r"と(?:しても|すれば|すると[、,]|したら|なれば|なったら)"
SUPPOSED = re.compile(
    r"(?:よう(?:と(?:する|いう)?)?)?(?:との|という|といった)?(?:狙い|ねらい|思惑|意図|可能性|おそれ|恐れ|懸念|疑い|観測|見方|憶測|噂|うわさ)"
    + NEEDED
    + rf"|{CONDITION}"
    + r"|の?か(?:も|どうか|[、。は]|が|を)|と(?:は?見られ|は?みられ|目され|思われ|の(?:見方|観測|分析|憶測|懸念))"
)
# 「お会いできる|ことを大変楽しみにしている|」: a wish, where no day is set; 「|6月に|会談することを楽しみにしている」 is a plan.
WISHED = re.compile(r"(?:こと|の)を?(?:大変|とても|心から)?(?:楽しみ|待ち望)")
UNDER_WAY = re.compile(r"(?:さ?なか|最中|中)(?:で|、|に)|一方[、で]")
DAY = len("2025-06-16")


def lies_ahead(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause speaks of something to come: 「送る方針」, 「送ると約束」, 「17日に開かれる。」."""
    if clause.ending == "after" and scene.text.startswith("まま", clause.end):
        return False
    if clause.ending == "after":
        following = _following(scene, sentence, clause)
        return following is not None and lies_ahead(scene, sentence, following)
    if clause.tense == "past" or clause.aspect == "continuing":
        return "volition" in clause.modality and clause.tense != "past"
    after = scene.text[clause.end : clause.end + 16]
    if UNDER_WAY.match(after):
        return False
    if clause.ending == "relative":
        return bool(PLAN_NOUNS.match(after)) or (clause.tense == "nonpast" and _is_to_come(scene, clause))
    if AHEAD.match(after):
        return True
    if clause.ending in CHAINED:
        following = _following(scene, sentence, clause)
        if following is not None and not following.relative and following_content(scene, sentence, following):
            # 「首相と|会談し|、部隊を撤退させ、元の線に戻すことで合意した」: they have met.
            return False
        if following is not None and _answers(sentence, clause, following):
            return False
        if following is None or (following.ending == "quote" and _is_over(scene, clause) and _has_subject(following)):
            return False
        if following.ending == "quote" and _is_told_by_another(sentence, clause, following):
            return False
        return lies_ahead(scene, sentence, following)
    return clause.tense == "nonpast" and clause.ending in ("quote", "main", "nominal")


def _answers(sentence: Sentence, clause: Clause, following: Clause) -> bool:
    """「大統領は隣国の首相と|会談し|、首相は装備を供与すると伝えた」: who was met says then what lies ahead."""
    met = [a.head for a in clause.arguments if a.particle == "と"]
    if not met or following.ending != "quote":
        return False
    behind = (c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= following.end)
    told = next((c for c in behind if not c.relative), None)
    return told is not None and any(a.particle == "は" and m.endswith(a.head) for a in told.arguments for m in met)


def _is_over(scene: Scene, clause: Clause) -> bool:
    """「会議が|11日に|開かれ、参加国が支援を行うと表明した」: the day is past, and what follows is another's plan."""
    days = [d.value for d in scene.dates_in(clause.start, clause.end) if len(d.value) == DAY]
    return bool(days) and _has_subject(clause) and not is_later(days[0], scene.document.anchor)


def _is_told_by_another(sentence: Sentence, clause: Clause, following: Clause) -> bool:
    """「職員が|拘束され|、外務省は違反に当たるとした」: who says so is named only after what befell the clerk."""
    teller = next((c for c in sentence.clauses if c.predicate_start > following.predicate_start), None)
    topics = (a for c in (following, teller) if c is not None for a in c.arguments if a.particle == "は")
    # 「|軍は|禁止令を|出し|、|大統領は|無事だと伝えた」
    return (_has_subject(clause) or _has_topic(clause)) and any(a.start >= clause.end for a in topics)


def _has_topic(clause: Clause) -> bool:
    return any(a.particle == "は" for a in clause.arguments)


def _has_subject(clause: Clause) -> bool:
    return any(a.particle == "が" for a in clause.arguments)


def is_supposed(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """What somebody only supposes: 「けん制する|狙いがあると見られる|」, 「撤退する|かもしれない|」, 「断った|としても|」, with all
    that leads up to it."""
    if _guesses(scene, sentence, clause):
        return True
    if QUESTION.search(scene.text, clause.start, clause.predicate_start):
        return True
    return clause.ending in CHAINED and _leads_to_supposition(scene, sentence, clause)


def _guesses(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    after = scene.text[clause.end : clause.end + 24]
    return bool(SUPPOSED.match(after)) or bool(WISHED.match(after) and not _is_set(scene, sentence, clause))


def _is_set(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """Whether a day to come is set for it: 「|6月に|開かれる会議の機会に会談する」."""
    return any(is_later(d.value, scene.document.anchor) for d in scene.dates_in(sentence.start, clause.end))


def _leads_to_supposition(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「協調を|深め、|仲介を探る機会となる可能性がある」: what is chained to a guess is guessed too."""
    later = [c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end]
    if not later:
        return False
    following = later[0]
    if following.ending == "quote" and re.match(CONDITION, scene.text[following.end : following.end + 6]):
        return True
    if following.ending == "tame" and following.tense == "nonpast":
        # 「首相は|3日、|大統領と会談し、合意を得るため、協力を約束した」: they have met.
        return not any(len(d.value) == DAY for d in scene.dates_in(clause.start, clause.end))
    until = next((i for i, c in enumerate(later) if not c.relative and c.ending != "quote"), len(later))
    led = any(c.relative and _guesses(scene, sentence, c) for c in later[:until])
    governor = next((c for c in later if not c.relative), None)
    guessed = governor is not None and any(scene.words("occasions guess").match(a.head) for a in governor.arguments)
    return led or guessed or ("obligation" in following.modality and following.ending in ("quote", "renyo", "nominal"))


def _is_to_come(scene: Scene, clause: Clause) -> bool:
    """「今月広島で開かれる|首脳会議|」: what is to be held, unless its day is past."""
    day = next(iter(scene.dates_in(clause.start, clause.end)), None)
    anchor = scene.document.anchor
    is_past = bool(day and anchor and day.value.split("/")[-1][: len(anchor)] < anchor[: len(day.value.split("/")[-1])])
    return clause.voice == "passive" and day is not None and not is_past


def _following(scene: Scene, sentence: Sentence, clause: Clause) -> Clause | None:
    """The clause that a chained one leads to: 「供与し、融資を行うと表明した」: 供与 is as much ahead as 行う.

    So in a readout: 「資金を|供与し|、成長を後押ししたい旨述べた」. Without a comma it leads to the next even where that is carried by a noun: 「会合を|開催し|投資を促進することを決めた」.
    """
    later = [c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end]
    if later and later[0].head is not None and later[0].head.head == "旨":
        return later[0]
    if content := following_content(scene, sentence, clause):
        return content
    if later and later[0].ending == "relative" and later[0].start == clause.end and later[0].head is not None:
        return later[0] if later[0].head.head == "こと" else next((c for c in later if not c.relative), None)
    return next((c for c in later if not c.relative or c.head is None), None)


def following_content(scene: Scene, sentence: Sentence, clause: Clause) -> Clause | None:
    """「部隊を|撤退させ|、元の線に戻すことなどで合意した」: the first is agreed on as well; not 「首相と会談し、戻すことで合意した」."""
    bare = {a.particle for a in clause.arguments}
    if clause.ending != "renyo" or "を" not in bare or not bare.isdisjoint(("は", "が", "も", "と")):
        return None
    later = next((c for c in sentence.clauses if c.inside == clause.inside and c.predicate_start >= clause.end), None)
    content = later is not None and later.relative and scene.text.startswith("こと", later.end)
    return later if content else None


def is_later(date: str | None, anchor: str | None) -> bool:
    """Whether a date begins after the page's own day, as far as both are known."""
    if not date or not anchor:
        return False
    first = date.split("/")[0]
    shared = min(len(first), len(anchor))
    return first[:shared] > anchor[:shared]
