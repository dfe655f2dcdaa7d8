"""A saying and its speaker -> the words alone, without the speaker's phrase and what only leads up to them."""

from __future__ import annotations

import re

from jitsuroku.coding.ahead import is_later
from jitsuroku.coding.chains import sources_of
from jitsuroku.coding.identity import Speaker
from jitsuroku.coding.leads import after_lead
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import SURU, Saying, goes_on, outer_arguments
from jitsuroku.records import Sentence, Span

SPEAKS = ("から", "より", "によって", "は", "が", "も")
# What one does in person before speaking.
MEETS = frozenset({"会う", "会談", "面会", "呼ぶ", "呼び出す", "呼び付ける", "召喚", "招く", "訪れる", "訪問"})
# 「首相は隣国の大統領と|会談し|、「…」と述べた」, 「…と|電話会談を行い|、…」
TALKS = re.compile(r"(?:会談|会見|面会|懇談|電話(?:協議)?)(?:を(?:行|持|し))?")
# How a page tells what somebody called somebody, or that no more was said.
NAMES_GIVEN = frozenset(
    {"呼ぶ", "留める", "評する", "例える", "表現", "形容", "位置付ける", "称する", "称える", "決め付ける"}
)


def _after_topic(scene: Scene, sentence: Sentence, start: int, end: int) -> int:
    """「|同氏は|隣国が撤去したとする主張について…」: the topic of the sentence is no part of what others claim."""
    inside = [a for a in outer_arguments(scene, sentence) if start <= a.start and a.end < end]
    topics = [a for a in inside if a.particle == "は" and a.start == start]
    told = topics and any(a.particle == "が" and a.start > topics[0].end for a in inside)
    return topics[0].end + len("は") if told else start


def _protests(saying: Saying) -> bool:
    """「…として抗議した」, 「…と抗議した」: words said to somebody's face."""
    framed = saying.clause.predicate == SURU and saying.clause.ending == "te"
    return framed or saying.clause.predicate in ("抗議", "申し入れる")


def _after_names_given(scene: Scene, sentence: Sentence, start: int, end: int) -> int:
    """「首相は、|客を「旧友」と呼び、|協力すると述べた」: the page tells how somebody was called; the words come after."""
    for clause in sentence.clauses:
        if (
            clause.predicate in NAMES_GIVEN
            and clause.ending in ("renyo", "te")
            and start <= clause.predicate_start < end
        ):
            before = [a for a in outer_arguments(scene, sentence) if start <= a.start < clause.predicate_start]
            called = any(a.particle == "と" and scene.text[a.start] in "「『" for a in before)
            if called and not any(a.particle in ("は", "が", "も") for a in before) and clause.end < end:
                start = after_lead(scene, clause.end, end)
    return start


def _after_deeds(scene: Scene, sentence: Sentence, start: int, end: int) -> int:
    """「外相は、|大使を呼び出し、|合意に反したとして抗議した」: what the speaker did before is not what is told, unless others did it."""
    for clause in sorted(sentence.clauses, key=lambda c: c.predicate_start):
        met = clause.inside < 0 and clause.ending in ("renyo", "te")
        met = met and (clause.predicate in MEETS or clause.predicate in scene.speech)
        if met and start <= clause.predicate_start and clause.end < end:
            named = (a for a in outer_arguments(scene, sentence) if start <= a.start < clause.predicate_start)
            others = any(a.particle in ("は", "が", "も") for a in named)
            return start if others else after_lead(scene, clause.end, end)
    return start


def _after_talks(scene: Scene, sentence: Sentence, saying: Saying, start: int, end: int) -> int:
    """「首相は|隣国の大統領と会談し、|撤退すべきだと述べた」: the meeting is where it was said; set off by a comma it may be what was told."""
    face_to_face = saying.clause.predicate == "伝える" or (
        saying.row is not None and saying.row["kind"] in ("say", "stance")
    )
    if not face_to_face or saying.form != "that" or scene.text[start : start + 1] in "、,":
        return start
    first = min(
        (c for c in sentence.clauses if c.inside < 0 and not c.relative and start <= c.predicate_start < end),
        key=lambda c: c.predicate_start,
        default=None,
    )
    if first is None or first.ending not in ("renyo", "te") or first.end >= end:
        return start
    met = TALKS.search(scene.text, max(start, first.start), first.end)
    later = any(is_later(d.value, scene.document.anchor) for d in scene.dates_in(start, first.end))
    named = [a for a in outer_arguments(scene, sentence) if start <= a.start < first.end]
    alone = any(a.particle == "と" for a in named) and not any(a.particle in ("は", "が", "も") for a in named)
    return after_lead(scene, first.end, end) if met and alone and not later else start


def content_of(scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker) -> Span:
    """The words alone: reported words begin after the speaker's phrase and after what only leads to them."""
    if saying.quoted:
        return saying.words
    start, end = max(saying.words.start, saying.begin), saying.words.end
    phrase = speaker.phrase
    if saying.begin <= phrase.start and phrase.end <= end and sentence.start <= phrase.start:
        # In a readout the speaker is the topic though から stands behind: 「大臣|から、|協力したい旨述べた」.
        particle = next(
            (p for p in ("では", "からは", "からも", "とも", *SPEAKS) if scene.text.startswith(p, phrase.end)), ""
        )
        start = max(start, phrase.end + len(particle))
    for source in sources_of(scene, sentence):
        start = source.end if start < source.end <= end else start
    if saying.nested or (saying.clause.relative and not goes_on(scene, saying.clause)):
        start = _after_topic(scene, sentence, start, end)
    if _protests(saying):
        start = _after_deeds(scene, sentence, start, end)
    start = _after_names_given(scene, sentence, start, end)
    start = _after_talks(scene, sentence, saying, start, end)
    return Span(after_lead(scene, start, end), end)
