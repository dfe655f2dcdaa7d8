"""A saying and its speaker -> the statement, with its chain, its manner and its evidence."""

from __future__ import annotations

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
            for_=_whose(speaker),
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


def _whose(speaker: Speaker) -> tuple[str, ...]:
    """Whom the speaker speaks for; somebody of no known state speaks for nobody, and of two states for neither."""
    codes = speaker.party.codes
    own = codes if speaker.party.sector == "MED" else (speaker.name, *speaker.party.people)
    return codes if len(codes) == 1 and codes[0] not in own else ()


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
