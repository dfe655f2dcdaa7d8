"""A saying and its speaker -> the statement, with its chain, its manner and its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jitsuroku.coding.chains import sources_of, via_of
from jitsuroku.coding.channels import PLATFORM_NAME
from jitsuroku.coding.details import topics_in
from jitsuroku.coding.hearsay import heard_from
from jitsuroku.coding.identity import Carried, Speaker
from jitsuroku.coding.manner import about_of, count_of, hedge_of, stance_of, venue_of, wording_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import SURU, Saying
from jitsuroku.coding.transcripts import Labels
from jitsuroku.coding.when import when
from jitsuroku.contract import with_id
from jitsuroku.records import Row, Sentence, Statement

# The speaker stands in the same piece of evidence as the words when both are this near, else in a piece of its own.
NEAR = 150
# A source speaks on for this many sentences, as long as nobody else does.
REACH = 6
# Who without a name speaks for a state, where the phrase names one.
OFFICIAL = re.compile(
    r"(?:省|庁|局|部|軍|府|政府|当局|大使館|議会|委員会|報道官室?|高官|幹部|当局者|関係者|消息筋|外交筋|政府筋|軍事筋|外交官|担当者)(?:ら|たち|の[1一]人)?$"
)
DECLINED = "declined-to-comment"


@dataclass
class Story:
    """The page as it is told, sentence by sentence: who spoke last, who spoke at all, what is announced, and which phrases
    name speakers of whom something is told in passing."""

    scene: Scene
    page_via: tuple[str, ...]
    labels: Labels
    carried: Carried | None = None
    heard: list[Speaker] = field(default_factory=list)
    announced: tuple[Speaker, int, Row | None, int] | None = None
    passing: set[int] = field(default_factory=set)
    via_by: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)


def statement_record(story: Story, index: int, saying: Saying, speaker: Speaker) -> Statement:
    scene, sentence = story.scene, story.scene.sentences[index]
    start, end = _stretch(sentence, saying, speaker)
    inside = start <= speaker.phrase.start and speaker.phrase.end <= end
    phrase = speaker.phrase
    return with_id(
        Statement(
            id="",
            document=scene.page.id,
            speaker=speaker.name,
            speaker_kind=speaker.kind,
            speaker_count=count_of(speaker),
            for_=_whose(scene, speaker),
            via=_chain_of(story, index, saying, speaker),
            venue=venue_of(scene, sentence, saying),
            act=DECLINED if saying.form == DECLINED else "said",
            quoted=saying.quoted,
            wording=wording_of(speaker, saying.quoted),
            text=scene.page.text[saying.words.start : saying.words.end].strip(),
            about=about_of(scene, saying.words),
            topics=topics_in(scene, saying.words.start, saying.words.end),
            verb=saying.clause.predicate,
            stance=stance_of(saying),
            hedge=hedge_of(scene, sentence, saying),
            date=when(scene, sentence, saying.clause).date,
            evidence=scene.evidence(start, end),
            more=() if inside else (scene.evidence(phrase.start, phrase.end),),
            rule=_rule(saying),
        )
    )


def _whose(scene: Scene, speaker: Speaker) -> tuple[str, ...]:
    """Whom the speaker speaks for; somebody of no known state speaks for nobody, and of two states for neither.

    A scholar, a former leader or a member of parliament stands for the own state, as on the page's list of people; so do
    officials without a name whose phrase names one: 「|米国|務省報道官室」, 「複数の|日本|政府消息筋」.
    """
    codes = speaker.party.codes
    if len(speaker.party.people) == 1:
        country = next((p.country for p in scene.actors.people if p.name == speaker.party.people[0]), None)
        return (country,) if country else ()
    own = codes if speaker.party.sector == "MED" else (speaker.name, *speaker.party.people)
    if len(codes) == 1 and codes[0] not in own:
        return codes
    if codes or not OFFICIAL.search(speaker.name) or scene.private.search(speaker.name):
        return ()
    named = {code for a in scene.actors_in(speaker.phrase.start, speaker.phrase.end) for code in a.codes}
    return tuple(named) if len(named) == 1 and named <= scene.world.listed.states.keys() | scene.blocs else ()


def _rule(saying: Saying) -> str:
    if saying.row is not None:
        return saying.row.rule
    return "language/ja/speech.tsv#とする" if saying.clause.predicate == SURU else f"coding/statements#{saying.form}"


def _stretch(sentence: Sentence, saying: Saying, speaker: Speaker) -> tuple[int, int]:
    """The evidence: from the speaker where it stands near before the words, to the end of the predicate."""
    first = saying.words.start - (1 if saying.quoted else 0)
    end = max(saying.words.end + (1 if saying.quoted else 0), saying.clause.end)
    if not saying.words.start <= saying.clause.end <= saying.words.end + 400:
        end = saying.words.end + (1 if saying.quoted else 0)
    near = sentence.start <= speaker.phrase.start <= first and end - speaker.phrase.start <= NEAR
    return (speaker.phrase.start if near else first), end


def _chain_of(story: Story, index: int, saying: Saying, speaker: Speaker) -> tuple[str, ...]:
    """The chain of this saying, else that through which the same speaker was heard just before, else that of a readout that goes
    on, else the page's."""
    scene, sentence = story.scene, story.scene.sentences[index]
    own = via_of(scene, sentence, saying, speaker, sources_of(scene, sentence))
    if own:
        story.via_by[speaker.name] = (own, index)
        return own
    known, last = story.via_by.get(speaker.name, ((), -REACH - 1))
    if known and sentence.paragraph != scene.sentences[last].paragraph:
        known = tuple(name for name in known if not PLATFORM_NAME.fullmatch(name))
    if known and index - last <= REACH and venue_of(scene, sentence, saying) in (None, "interview", "social media"):
        story.via_by[speaker.name] = (known, index)
        return known
    if venue_of(scene, sentence, saying) is None and (heard := heard_from(scene, index, speaker, story.carried)):
        return heard
    return tuple(n for n in story.page_via if n != speaker.name)
