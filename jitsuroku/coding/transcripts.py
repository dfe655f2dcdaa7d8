"""Transcripts and releases: words that belong to whoever is named at the head of their lines, or to whoever issued the page.

【ノルム報道官】 対話は続けます。 / ノルム報道官:対話は続けます。 / 政府として、今回の決定を歓迎します。
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jitsuroku.coding.identity import Speaker, is_person, speaker_of
from jitsuroku.coding.parties import NOBODY, Party
from jitsuroku.coding.scene import Scene
from jitsuroku.lexicon import askers_of
from jitsuroku.records import Actor, Argument, Sentence, Span

LABEL = re.compile(
    r"[\s―—-]*(?:【([^】\n]{1,25})】|〈([^〉\n]{1,25})〉|[(]([^()\n]{1,25})[)]|([^::。、「」『』\s\d][^::。、「」『』\s]{0,20})\s*[::])"
)
# 「答:」, 「A.」: whoever holds the press conference.
ANSWERS = re.compile(r"(?:お?答え?|回答|A\d{0,2})\.?$")
ASKER = "記者"
FEWEST = 2
SHORTEST = 8
OWN_VOICE = re.compile(
    r"(?:政府|我が国|わが国|当省|日本(?:政府|国)?)(?:として)?(?:は|も|、)[^。]*(?:歓迎|支持|非難|懸念|期待|強く求め|要求|遺憾|抗議|評価)[^。]{0,12}(?:します|いたします|しています|です|まいります|ます)。?$"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """Whose words each line of a transcript holds: a speaker by line (block), None for those who ask."""

    by_line: Mapping[int, Speaker | None]


def labels_of(scene: Scene) -> Labels:
    """The speakers of a transcript's lines; nothing where fewer than two lines begin with who speaks."""
    found: dict[int, Speaker | None] = {}
    askers, opening = askers_of(scene.language), len(scene.text)
    for number, block in enumerate(scene.document.blocks):
        match = LABEL.match(scene.text, block.start, block.end) if block.kept else None
        if match is not None and match.end() < block.end:
            opening = min(opening, block.start)
            group = next(i for i, g in enumerate(match.groups(), 1) if g)
            written = match.group(group)
            phrase = Argument("", match.start(group), match.end(group), written)
            asks = askers.search(written) is not None
            speaker = None if asks else _headed(scene, phrase, written, opening)
            # 【X】 is a label whoever X is: what follows is no longer said by the one before.
            if speaker is not None or asks or match[0].lstrip().startswith("【"):
                found[number] = speaker
    return Labels(_carried_on(scene, found) if len(found) >= FEWEST else {})


def _headed(scene: Scene, phrase: Argument, written: str, opening: int) -> Speaker | None:
    """The person a label names (【早瀬外務大臣】), one whom the page names elsewhere too, else the label as written."""
    if ANSWERS.match(written):
        return _host(scene, phrase, opening)
    known = {a.person: a for a in scene.actors_in(phrase.start, phrase.end) if a.person}
    known = known or {a.person: a for a in scene.actors.actors if a.person and a.person in written}
    if len(known) == 1:
        return _person(phrase, known)
    return speaker_of(scene, phrase) if is_person(scene, phrase) else None


def _host(scene: Scene, phrase: Argument, opening: int) -> Speaker | None:
    """The only person that the page names before its first question."""
    before = (a for a in scene.actors_in(0, opening) if a.what == "person" and a.office != ASKER)
    known = {a.person: a for a in before if a.person}
    return _person(phrase, known) if len(known) == 1 else None


def _person(phrase: Argument, known: dict[str, Actor]) -> Speaker:
    name, actor = known.popitem()
    return Speaker(phrase, name, "person", Party(actor.codes, (name,), actor.sector, phrase.start, phrase.end))


def in_turns(scene: Scene) -> Scene:
    """The scene with the speaker of each paragraph where the page is a transcript."""
    return replace(scene, turns=_turns(scene)) if scene.document.genre.value == "transcript" else scene


def _turns(scene: Scene) -> dict[int, Actor]:
    """The speakers by paragraph; one whose state is not known has no codes."""
    found: dict[int, Actor] = {}
    for paragraph, speaker in labels_of(scene).by_line.items():
        if speaker is not None:
            place, party = speaker.phrase, speaker.party
            codes = party.codes if set(party.codes) <= set(scene.actors.states) else ()
            found[paragraph] = Actor(
                place.start, place.end, "person", codes, speaker.name, None, party.sector, "label", "speaks"
            )
    return found


def _carried_on(scene: Scene, found: dict[int, Speaker | None]) -> dict[int, Speaker | None]:
    """A line without a label goes on with the speaker before, as long as the page is a transcript."""
    lines: dict[int, Speaker | None] = {}
    current: Speaker | None = None
    for number, block in enumerate(scene.document.blocks):
        if number in found:
            current = found[number]
        elif not block.kept or block.role != "body":
            current = None
        lines[number] = current
    return lines


def spoken_in(scene: Scene, labels: Labels, sentence: Sentence) -> Speaker | None:
    """Who speaks a sentence of a transcript; nobody speaks the label itself: 「【|ノルム外務大臣|】…」."""
    return None if _is_label(scene, sentence) else labels.by_line.get(sentence.paragraph)


def _is_label(scene: Scene, sentence: Sentence) -> bool:
    return not sentence.clauses and scene.text.startswith(("】", ")"), sentence.end)


def answer_in(scene: Scene, labels: Labels, sentence: Sentence) -> tuple[Speaker, Span] | None:
    """Who speaks a line of a transcript, and its words: one answer is one saying, told at its first sentence."""
    speaker = spoken_in(scene, labels, sentence)
    line = (s for s in scene.paragraph(sentence.paragraph) if not _is_label(scene, s))
    if speaker is None or next(line) is not sentence:
        return None
    said = (sentence, *line)
    if not any(s.clauses for s in said):
        return None
    label = LABEL.match(scene.text, sentence.start, said[-1].end)
    words = Span(label.end() if label else sentence.start, without_stop(scene, said[-1].end))
    return (speaker, words) if words.end - words.start >= SHORTEST else None


def without_stop(scene: Scene, end: int) -> int:
    """The end of words before their full stop."""
    while scene.text[end - 1] in "。!?":
        end -= 1
    return end


def own_voice(scene: Scene, sentence: Sentence) -> Speaker | None:
    """「政府として、決定を歓迎します。」 in a release: whoever issued the page speaks."""
    outlet = scene.document.outlet
    if scene.document.genre.value != "readout" or outlet is None or outlet.span is None:
        return None
    if not OWN_VOICE.search(scene.text[sentence.start : sentence.end]):
        return None
    phrase = Argument("", outlet.span.start, outlet.span.end, outlet.value)
    speaker = speaker_of(scene, phrase)
    return speaker or Speaker(phrase, outlet.value, "body", NOBODY)
