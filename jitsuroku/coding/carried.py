"""Words that a noun carries, or an object alone: 支援を続ける|考え|を示した, 年内に送る|旨|述べた, 兵士の|死亡|を認めた."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import Saying, outer_tokens
from jitsuroku.records import Argument, Clause, Row, Sentence, Span

SUMMARY = "旨"
# Acts that give words only when they send out a text that carries them: 「…とのメッセージを|送った|」.
ISSUE = "issue"
CARRIED = re.compile(r"(?:と(?:の|する|いう|いった|言う)|旨の)$")
# A text may be described before it is named: 「との|報道機関向けの|声明」.
DESCRIBED = re.compile(r"(?:と(?:の|する|いう|いった)|旨の)([^、。「」をがはもに]{1,14})$")
# Words before a noun are others' for verbs of praise, blame and denial, but for those that hold on to them or admit them.
OWN = frozenset(
    {"譲る", "認める", "警告", "警戒", "懸念", "憂慮", "危惧", "語気を強める", "語調を強める", "警鐘を鳴らす", "呈する"}
)
# Predicates whose object alone is what is said, and what it ends in: 「兵士の死亡を認めた」, but not 「集会を認めた」.
OBJECTS = {
    "認める": re.compile(r"(?:死|死亡|死者|拘束|関与|事実|誤り|過ち|責任|犠牲|被害|損害|失敗|使用|派兵)$"),
    "呼び掛ける": re.compile(
        r"(?:始動|停戦|協力|支援|自制|対話|撤退|解放|再開|結束|団結|連帯|履行|順守|遵守|実施|強化)$"
    ),
}
# Nouns tied by these are no content: 「会談に関する|声明を発表した」.
RELATED = re.compile(r"(?:に(?:関する|対する|よる|向けた|ついての)|を(?:めぐる|巡る))$")
# Carrier nouns that name a text.
TEXTS = frozenset(
    {"声明", "共同声明", "共同宣言", "談話", "コメント", "論評", "書簡", "文書", "メッセージ", "投稿", "演説"}
)
# 「決議が採択|されたことを評価した|」 praises a deed; 「交流が回復する|ことを歓迎した|」 tells what somebody wants.
DEEDS = frozenset({"praise", "blame", "thanks"})
DONE = re.compile(r"[ただ](?:こと|点)$")
# What one may speak of without showing it: 「協議を続ける|可能性|に言及した」.
HINTED = frozenset({"可能性", "必要性", "考え", "方針", "意向"})


def carried_words(scene: Scene, sentence: Sentence, clause: Clause, row: Row | None, begin: int) -> Iterator[Saying]:
    """Content before a carrier noun: 支援を続ける|方針|を示した, 年内に送る|旨|述べた."""
    if row is None or row["kind"] in ("report", "view"):
        return
    for argument in clause.arguments:
        written = scene.text[argument.start : argument.end]
        noun = carrier_in(scene, written)
        noun = SUMMARY if noun is None and written.endswith(SUMMARY) else noun
        about = argument.particle == "に" and clause.predicate in ("言及", "触れる") and noun in HINTED
        allowed = (
            about
            or argument.particle in ("を", "も", "で", "は")
            or (noun == SUMMARY and argument.particle in ("", "が"))
        )
        # 「条約を結べる|可能性は|ないという確信を表明した」: the possibility is no more than told of.
        apart = argument.particle == "は" and _has_predicate(sentence, argument.end, clause.predicate_start)
        if (
            noun is not None
            and allowed
            and not apart
            and argument.start >= begin
            and not _judged(scene, row, noun, argument)
        ):
            yield from _before_carrier(scene, sentence, clause, row, begin, argument.end, noun)
    for argument in clause.arguments if clause.predicate == "有る" else ():
        at = scene.text.rfind(SUMMARY, argument.start, argument.end)
        if argument.particle == "が" and at >= begin:
            yield from _before_carrier(scene, sentence, clause, row, begin, at + 1, SUMMARY)
    bare = scene.text.find(SUMMARY, clause.predicate_start - 1, clause.end)
    if 0 <= bare - clause.predicate_start + 1 <= 1 and not any(a.end == bare + 1 for a in clause.arguments):
        yield from _before_carrier(scene, sentence, clause, row, begin, bare + 1, SUMMARY)


def _has_predicate(sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= c.predicate_start < end for c in sentence.clauses if c.inside < 0)


def _judged(scene: Scene, row: Row, noun: str, argument: Argument) -> bool:
    """「暴力を容認するとの|見方|を否定した」: the view is others'; but 「…との|立場|を譲らない」 is one's own."""
    if row["kind"] != "stance" or row["verb"] in OWN:
        return False
    if noun in ("こと", "点"):
        return row["stance"] in DEEDS and DONE.search(scene.text, 0, argument.end) is not None
    return bool(CARRIED.search(scene.text, 0, argument.end - len(noun)))


def carrier_in(scene: Scene, written: str) -> str | None:
    """The carrier noun that a phrase is or ends in: 「支援の|方針|」."""
    if written not in scene.carriers and not written.endswith(scene.carrier_endings):
        return None
    return next(n for n in scene.carriers if written == n or written.endswith("の" + n))


def stance_on(scene: Scene, clause: Clause, row: Row | None, begin: int) -> Iterator[Saying]:
    """What somebody admits or calls for without a clause of its own: 「兵士の死亡を|認めた」."""
    wanted = OBJECTS.get(clause.predicate)
    if row is None or wanted is None:
        return
    for argument in clause.arguments:
        if (
            argument.particle == "を"
            and argument.start >= begin
            and wanted.search(scene.text, argument.start, argument.end)
        ):
            yield Saying(clause, row, Span(begin, argument.end), "object", begin, argument.end)


def _before_carrier(
    scene: Scene, sentence: Sentence, clause: Clause, row: Row, begin: int, until: int, noun: str
) -> Iterator[Saying]:
    """The clause that a carrier noun carries; a noun phrase before it (「米国の決定」) is no content."""
    end = until - len(noun)
    tied = CARRIED.search(scene.text, begin, end) or (noun in TEXTS and DESCRIBED.search(scene.text, begin, end))
    if not tied and (row["kind"] == ISSUE or noun in TEXTS):
        return
    end = tied.start() if tied else end
    last = [t for t in outer_tokens(scene, sentence) if t.end <= end]
    end -= 1 if tied and scene.text[end - 1 : end] in ("、", ",") else 0
    last = [t for t in last if t.end <= end]
    if end <= begin or not last or last[-1].end != end or RELATED.search(scene.text, begin, end):
        return
    if not tied and any(c.relative and c.end == end and _quotes(sentence, c) for c in sentence.clauses):
        return
    if tied or last[-1].pos[0] in ("動詞", "助動詞", "形容詞"):
        for words in _listed(scene, Span(begin, end), noun):
            yield Saying(clause, row, words, "carried", words.start, until)


def _quotes(sentence: Sentence, clause: Clause) -> bool:
    """「「挑発だ」と|非難する|談話を出した」: the clause before the noun has words of its own."""
    ends = {q.end for q in sentence.quotations}
    return any(a.particle == "と" and a.end in ends for a in clause.arguments)


def _listed(scene: Scene, words: Span, noun: str) -> Iterator[Span]:
    """Several contents with a carrier each: 「…を歓迎する旨、また、…を支持する旨を述べた」."""
    start = words.start
    if noun == SUMMARY:
        for match in re.finditer(
            r"旨(?:を)?[、,](?:また|さらに|及び|並びに)?[、,]?", scene.text[words.start : words.end]
        ):
            yield Span(start, words.start + match.start())
            start = words.start + match.end()
    yield Span(start, words.end)
