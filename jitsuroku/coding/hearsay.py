"""From whom a sentence that names no source is heard: a readout goes on, or the sentence ends in という."""

from __future__ import annotations

import re

from jitsuroku.coding.chains import names_of, sources_of
from jitsuroku.coding.identity import BODY, Carried, Speaker, is_person, speaker_of
from jitsuroku.coding.outlets import core_of, is_outlet
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.standing import is_heard
from jitsuroku.coding.tellers import tellers
from jitsuroku.records import Sentence

# 「外務省によると、外相は隣国の外相と|会談した|。」
TALKED = re.compile(r"会談|電話|協議|話し合|会った|面会|会見し")
# 「|両首脳|は黒海の情勢を話し合った。」
BOTH = re.compile(r"両(?:首脳|外相|国防相|氏|大統領|首相|閣僚|者)|双方")
# How many sentences a readout goes on.
NEAR = 3


def heard_from(scene: Scene, index: int, speaker: Speaker, before: Carried | None) -> tuple[str, ...]:
    """Through whom the page has words for which their sentence names nobody; empty where the page may have heard them itself."""
    earlier = _earlier(scene, index)
    if not earlier or sources_of(scene, scene.sentences[index]):
        return ()
    if is_heard(scene, scene.sentences[index]):
        names = _tellers_of(scene, earlier[0])
        if not names and before is not None and before.sentence == index - 1 and _is_house(before):
            names = (before.speaker.name,)
        return tuple(n for n in names if n != speaker.name)
    for sentence in earlier:
        names = _tellers_of(scene, sentence)
        if names:
            return names if speaker.name not in names and _took_part(scene, sentence, speaker) else ()
    return ()


def _is_house(before: Carried) -> bool:
    """「|外務省|は…と発表した。首相は…と述べたという。」: of the talk of others a house tells; a person's words mostly end before it."""
    return before.spoke and before.speaker.kind == "body"


def _earlier(scene: Scene, index: int) -> list[Sentence]:
    """The sentences before it in its paragraph, the nearest first."""
    paragraph = scene.sentences[index].paragraph
    return [s for s in reversed(scene.sentences[max(0, index - NEAR) : index]) if s.paragraph == paragraph]


def _tellers_of(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """Who tells of what a sentence says: its sources, else the house that announces it: 「|国務省|は…会談したと発表した」."""
    sources = sources_of(scene, sentence)
    if sources:
        return tuple(dict.fromkeys(name for source in sources for name in names_of(scene, source)))
    for clause, row in tellers(scene, sentence):
        told = row is not None and row["kind"] in ("show", "report") and not clause.relative
        for argument in (*clause.arguments, *clause.inherited) if told else ():
            house = argument.particle in ("は", "が") and not is_person(scene, argument)
            house = house and (is_outlet(scene, argument) or bool(BODY.search(core_of(scene, argument))))
            if house and argument.start >= sentence.start:
                speaker = speaker_of(scene, argument)
                return (speaker.name,) if speaker is not None else ()
    return ()


def _took_part(scene: Scene, sentence: Sentence, speaker: Speaker) -> bool:
    """Whether a sentence tells of talks in which the speaker took part."""
    if not speaker.party.people or TALKED.search(scene.text, sentence.start, sentence.end) is None:
        return False
    named = {a.person for a in scene.actors_in(sentence.start, sentence.end)}
    return bool(named & set(speaker.party.people)) or bool(BOTH.search(scene.text, sentence.start, sentence.end))
