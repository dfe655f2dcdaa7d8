"""Words whose speaker is named last: 「…」と話すのは、北洋大学のノルム教授だ。 / 「…」。そう語るのはベック元外相だ。"""

from __future__ import annotations

import re

from jitsuroku.coding.identity import can_speak, is_person
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Sentence, Span

SAYS = (
    r"(?:話|語|述べ|言|いう|指摘|説明|分析|解説|訴え|主張|強調|振り返|明か|漏ら|打ち明け|警告|断言|推測|批判|非難|嘆|憤|評|こぼ|つぶや|反論|"
    r"み(?=る)|見(?=る))[^、。「」はがを]{0,6}?"
)
WHO = r"の(?:は|が)、?(?P<who>[^「」。]{2,50}?)(?:だ|である|です|だった|でした)?。?$"
# 「「…」|と話すのは、北洋大学のノルム教授だ|」
AFTER = re.compile(rf"、?(?:など)?と(?:も)?、?[^「」。]{{0,16}}?{SAYS}{WHO}")
# 「|そう語るのは、北洋大学のノルム教授だ|。」
BACK = re.compile(rf"(?:そう|こう|このように)[^「」。はがを]{{0,12}}?{SAYS}{WHO}")


def named_after(scene: Scene, sentence: Sentence, until: int) -> Argument | None:
    """Who is named as the one that says what ends at ``until``: 「…と|話すのは、ノルム教授だ」."""
    return _who(scene, AFTER.match(scene.text, until, sentence.end))


def named_back(scene: Scene, sentence: Sentence) -> Argument | None:
    """Who is named as the one that said what stands before: 「そう語るのは、ノルム教授だ。」"""
    return _who(scene, BACK.match(scene.text, sentence.start, sentence.end))


def reported(scene: Scene, sentence: Sentence) -> tuple[Argument, Span] | None:
    """「合意は時間稼ぎだと話すのは、ノルム教授だ。」: who says it, and the words without quotation marks."""
    for match in re.finditer("と", scene.text[sentence.start : sentence.end]):
        who = named_after(scene, sentence, sentence.start + match.start())
        if who is not None and match.start():
            return who, Span(sentence.start, sentence.start + match.start())
    return None


def _who(scene: Scene, match: re.Match[str] | None) -> Argument | None:
    if match is None:
        return None
    phrase = Argument("は", match.start("who"), match.end("who"), match.group("who"))
    return phrase if is_person(scene, phrase) and can_speak(scene, phrase) else None
