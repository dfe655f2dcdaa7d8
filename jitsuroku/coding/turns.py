"""Whom the speaker of a turn in a transcript means by 「わが国」 and by naming nobody.

【ノルウェーのノルム外相】 3日、大使を呼び、説明を求めました。わが国は小麦を送りました。
"""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Actor, Sentence


def turn_of(scene: Scene, sentence: Sentence) -> Actor | None:
    """Who speaks the sentence of a transcript."""
    return scene.turns.get(sentence.paragraph)


def own_side(scene: Scene, start: int, end: int) -> Actor | None:
    """Whom the words between two offsets mean in somebody's turn: 「わが国」 the state, 「私」 the person too."""
    sentence = scene.sentence_of(start) if scene.turns else None
    speaker = turn_of(scene, sentence) if sentence else None
    if speaker is None or not speaker.codes:
        return None
    words = scene.text[start:end]
    if scene.words("ourselves self").match(words):
        return speaker
    return replace(speaker, person=None) if scene.words("ourselves side").match(words) else None
