"""Words that stand in a sentence of their own: 「…」。Xはそう語った。 / Xは次のように述べた。「…」 / …した。X省が発表した。"""

from __future__ import annotations

import re

from jitsuroku.coding.carried import ISSUE
from jitsuroku.coding.identity import can_speak, is_person
from jitsuroku.coding.outlets import is_outlet
from jitsuroku.coding.sayings import sayings_of
from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.tellers import Saying, tellers
from jitsuroku.coding.words import is_utterance
from jitsuroku.records import Argument, Clause, Quotation, Row, Sentence

LEADS_UP = re.compile(r"こう|次の|以下の|このように")
ANNOUNCES = re.compile(r"(?:こう|次のように|以下のように|次の通り|次のとおり|このように)(?:[^、。「」]{0,8})$")
POINTS_BACK = re.compile(r"(?:(?:そう|こう|このように|短く)[、,]?(?:[^、。「」]{0,10})|^と[、,]?[^。「」]{0,30})$")
HEARD = re.compile(r"(?:という|といいます|とのこと(?:です|だ)?|ということ(?:です|だ))。?$")
BRIEF = 60
# A predicate of saying without words, its row and the phrase that names its subject.
Told = tuple[Clause, Row | None, Argument]
REACTION = 40


@once
def standing_quotation(scene: Scene, sentence: Sentence) -> Quotation | None:
    """The quotation that ends a sentence without a predicate of its own after it."""
    outer = [q for q in sentence.quotations if q.depth == 1]
    if not outer or not is_utterance(scene, outer[-1]):
        return None
    after = scene.text[outer[-1].end : sentence.end].strip("。!?…、 )―—–")
    inner = scene.text[outer[-1].inner.start : outer[-1].inner.end]
    return outer[-1] if not after and len(inner) >= len("扉は閉じた") else None


def silent_teller(scene: Scene, sentence: Sentence) -> Told | None:
    """A predicate of saying without words of its own, with its written subject: 「外交筋はそう漏らす。」."""
    return next(iter(silent_tellers(scene, sentence)), None)


@once
def silent_tellers(scene: Scene, sentence: Sentence) -> tuple[Told, ...]:
    """All of them: 「局長は状況を|紹介し|、次のように|表明した|。」."""
    silent: list[Told] = []
    found = tellers(scene, sentence)
    gives = {s.clause.predicate_start for s in sayings_of(scene, sentence)} if found else set()
    for clause, row in found:
        if row is None or row["kind"] == ISSUE or clause.predicate_start in gives or clause.relative:
            continue
        for argument in (*clause.arguments, *clause.inherited):
            if (
                argument.start >= sentence.start
                and argument.particle in ("は", "が", "も")
                and can_speak(scene, argument)
            ):
                silent.append((clause, row, argument))
                break
    return tuple(silent)


def announces(scene: Scene, sentence: Sentence) -> Told | None:
    """「首相は次のように述べた。」: the words follow."""
    if not LEADS_UP.search(scene.text, sentence.start, sentence.end):
        return None
    for told in silent_tellers(scene, sentence):
        before = scene.text[sentence.start : told[0].predicate_start]
        if ANNOUNCES.search(before) and sentence.end - told[0].end <= 2:
            return told
    return None


def points_back(scene: Scene, sentence: Sentence) -> Told | None:
    """「外交筋はそう漏らす。」: the words came before."""
    told = silent_teller(scene, sentence)
    if told is None or told[0] is not _first(scene, sentence):
        return _reacts(scene, sentence)
    before = scene.text[sentence.start : told[0].predicate_start]
    return told if POINTS_BACK.search(before) or _opens_talk(scene, told) else _reacts(scene, sentence)


def _opens_talk(scene: Scene, told: Told) -> bool:
    """「…」。大臣が会談で|切り出すと|、…: the words before it are those that others answer."""
    clause, _, subject = told
    alone = all(a is subject or a.particle in ("", "に", "で") for a in clause.arguments)
    return (
        alone
        and clause.ending == "if"
        and clause.tense != "past"
        and "と" in scene.text[clause.end - 1 : clause.end + 1]
    )


def _reacts(scene: Scene, sentence: Sentence) -> Told | None:
    """「…」。財務省の幹部は顔をしかめた。: whoever stands alone beside the words spoke them."""
    if sentence.end - sentence.start > REACTION or any(q.depth == 1 for q in sentence.quotations):
        return None
    for clause in sentence.clauses:
        for argument in clause.arguments:
            person = is_person(scene, argument) and argument.start - sentence.start <= REACTION // 4
            if argument.particle == "は" and person and can_speak(scene, argument) and not sayings_of(scene, sentence):
                return clause, None, argument
    return None


def _first(scene: Scene, sentence: Sentence) -> Clause | None:
    return next((clause for clause, _ in tellers(scene, sentence) if not clause.relative), None)


def ends_with_source(scene: Scene, sentence: Sentence) -> Told | None:
    """「大統領府が明らかにした。」: nothing but who made public what the sentence before says."""
    if sentence.end - sentence.start > BRIEF:
        return None
    told = silent_teller(scene, sentence)
    others = [c for c in sentence.clauses if not c.relative]
    if told is None or len(others) != 1:
        return None
    clause, row, subject = told
    rest = {a.particle for a in clause.arguments if a is not subject} - {"", "に", "で", "から"}
    if (
        subject.particle != "が"
        or rest
        or is_outlet(scene, subject)
        or row is None
        or row["kind"] not in ("show", "say")
    ):
        return None
    return told


def is_heard(scene: Scene, sentence: Sentence) -> bool:
    """A sentence that is told as heard, without saying from whom: 「…したいという。」."""
    return bool(HEARD.search(scene.text[sentence.start : sentence.end]))


def heard_end(scene: Scene, sentence: Sentence) -> int:
    """Where the words of a sentence told as heard end."""
    match = HEARD.search(scene.text[sentence.start : sentence.end])
    return sentence.start + match.start() if match else sentence.end


def as_saying(quotation: Quotation, told: Told | None, clause: Clause) -> Saying:
    """A standing quotation as a saying of the predicate that goes with it."""
    row = told[1] if told else None
    return Saying(told[0] if told else clause, row, quotation.inner, "quoted", quotation.start, quotation.end)
