"""What somebody does by speaking in a speech, told without words of their own: 「大統領は演説し、|進展を歓迎した|」."""

from __future__ import annotations

import re

from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import Saying
from jitsuroku.records import Clause, Row, Sentence, Span

DELIVERED = "delivered"
# Where one speaks to be heard; a meeting is no such place, as what is done there is an act.
SPEECH = re.compile(
    r"(?:演説|記者会見|会見|声明|談話|インタビュー|講演|番組|寄稿)(?:し[、,]|を(?:行い|出し|発表し)[、,]|で[、,]?|の中で[、,]?|において[、,]?)"
)
ACTS = frozenset(
    {"歓迎", "評価", "非難", "批判", "感謝", "求める", "要求", "要請", "呼び掛ける", "訴える", "促す", "支持", "称賛"}
)
# 「隣国を非難した」 alone is an act and tells no words.
FEWEST = 12
OBJECT = re.compile(r"(?:を|よう(?:に)?)[^、。「」をが]{0,16}$")


def delivered(scene: Scene, sentence: Sentence, clause: Clause, row: Row | None, begin: int) -> Saying | None:
    """The act that ends a sentence which says in what speech it was done, as words told in the page's own."""
    if row is None or clause.predicate not in ACTS or clause.ending != "main" or clause.tense != "past":
        return None
    if clause.negative or clause.voice != "active" or any(q.depth == 1 for q in sentence.quotations):
        return None
    if SPEECH.search(scene.text, sentence.start, clause.predicate_start) is None:
        return None
    if OBJECT.search(scene.text, begin, clause.predicate_start) is None or any(
        c.ending == "quote" and c.inside < 0 for c in sentence.clauses
    ):
        return None
    return Saying(clause, row, Span(begin, clause.end), DELIVERED, begin, clause.end)
