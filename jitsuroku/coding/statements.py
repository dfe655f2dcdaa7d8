"""Clauses -> statements: who said what, in whose words, via whom. The flow; each question has a module of its own.

sayings.py finds the words, speakers.py whose they are, chains.py through whom the page has them, standing.py the words
that stand in a sentence of their own, manner.py how they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jitsuroku.coding.chains import REPORTS, dateline, is_note, sources_of, via_of, whole_page
from jitsuroku.coding.loose import as_talk, loose_sayings
from jitsuroku.coding.details import topics_in
from jitsuroku.coding.manner import about_of, count_of, declined, hedge_of, stance_of, venue_of, wording_of
from jitsuroku.coding.sayings import SHORTEST_REPORT, SURU, Saying, outer_arguments, sayings_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.speakers import (
    BODY,
    DOCUMENT,
    JOINT,
    Carried,
    Speaker,
    can_speak,
    is_outlet,
    is_person,
    speaker_of,
    who_speaks,
)
from jitsuroku.coding.standing import (
    Told,
    announces,
    as_saying,
    ends_with_source,
    heard_end,
    is_heard,
    points_back,
    silent_teller,
    standing_quotation,
)
from jitsuroku.coding.transcripts import LABEL, Labels, labels_of, own_voice, spoken_in
from jitsuroku.coding.when import when
from jitsuroku.contract import with_id
from jitsuroku.records import Clause, Row, Sentence, Span, Statement

# The speaker stands in the same piece of evidence as the words when both are this near, else in a piece of its own.
NEAR = 150
# A source speaks on for this many sentences, as long as nobody else does.
REACH = 6
DECLINED = "declined-to-comment"
LEAD = re.compile(
    r"(?:[はがもで、,\s]|つまり|さらに|また|そして|一方で?|その上で|そのうえで|このほか|同日|続いて|続けて|加えて|その際|ただし?|もっとも|これに先立ち|これより先|(?:うえ|上)で[、,]|と?ともに[、,]|ものの[、,]|これに対し(?:て)?[、,]?)+"
)
OCCASION = re.compile(
    r"[^、。「」]{0,30}(?:に(?:出演|登場|応じ|答え|寄稿)|(?:声明|談話|コメント)を(?:出|発表)|会見を開)(?:し(?:て)?|き|いて|て)?[、,]"
    r"|[^、。「」]{0,30}(?:会見|インタビュー|取材|番組|演説|講演|社説|論説|記事|寄稿|声明|談話|投稿|SNS|電話|会合|会談|委員会|ブリーフィング|記者団)"
    r"(?:など)?(?:の中|のなか)?(?:で|に(?:対し(?:て)?|答え(?:て)?|応じ(?:て)?)?)は?[、,]"
    r"|(?:記者団|[^、。「」]{1,15})に対し(?:て)?[、,]"
)
# Whose views are readings, not statements.
VIEWERS = re.compile(r"専門家|アナリスト|識者|観察者|市場|メディア|投資家|向き|声$|間$")
# How a paragraph begins that goes on with the speaker of the one before.
POINTS_BACK = re.compile(
    r"(?:また|さらに|続けて|その上で|そのうえで|加えて|併せて|このほか|特に)|(?:同?(?:談話|声明|書面|書簡|立場)|彼|彼女|同氏|書面立場)[はも]"
)


Found = tuple[Speaker, Statement]


@dataclass
class Story:
    """The page as it is told, sentence by sentence: who spoke last, who spoke at all, what is announced."""

    scene: Scene
    page_via: tuple[str, ...]
    labels: Labels
    carried: Carried | None = None
    heard: list[Speaker] = field(default_factory=list)
    announced: tuple[Speaker, int, Row | None] | None = None
    via_by: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)


def statements_of(scene: Scene) -> Iterator[Statement]:
    """Every statement in the page, in page order."""
    story = Story(scene, whole_page(scene), labels_of(scene))
    for index in range(len(scene.sentences)):
        said = list(_of_sentence(story, index))
        for statement in said:
            if statement.quoted or not _is_wrapping(statement, said):
                yield statement


def _is_wrapping(statement: Statement, found: list[Statement]) -> bool:
    """Reported words that are little more than a quotation that stands as a statement of its own."""
    inner = [s for s in found if s.quoted and s.text in statement.text]
    return sum(len(s.text) for s in inner) * 5 >= len(statement.text) * 2


def _of_sentence(story: Story, index: int) -> Iterator[Statement]:
    sentence = story.scene.sentences[index]
    if dated := dateline(story.scene, sentence):
        story.page_via = dated
    elif story.page_via and is_note(story.scene, sentence.paragraph):
        story.page_via = ()
    before = _carried(story, index)
    spoke = False
    for speaker, statement in (*_as_announced(story, index), *(_labelled(story, index) or _told(story, index, before))):
        spoke = True
        yield statement
        if statement.text:
            story.carried = Carried(speaker, sentence.paragraph, index, True, statement.evidence.start)
            story.heard.append(speaker)
    if not spoke:
        _remember_topic(story, index)


def _labelled(story: Story, index: int) -> list[Found]:
    """A sentence of a transcript, or of a release in its own voice."""
    scene, sentence = story.scene, story.scene.sentences[index]
    speaker = spoken_in(scene, story.labels, sentence) or own_voice(scene, sentence)
    if speaker is None or not sentence.clauses:
        return []
    end = sentence.end
    while scene.text[end - 1] in "。!?":
        end -= 1
    label = LABEL.match(scene.text, sentence.start, end)
    words = Span(label.end() if label else sentence.start, end)
    return [(speaker, _statement(story, index, Saying(_any_clause(sentence), None, words, "label", words.start, end), speaker))]


def _as_announced(story: Story, index: int) -> Iterator[Found]:
    """「首相は次のように述べた。」 and what follows in its paragraph, as long as nobody else is said to speak."""
    scene, sentence = story.scene, story.scene.sentences[index]
    announced = story.announced
    if announced is not None and announced[1] == sentence.paragraph and not sayings_of(scene, sentence):
        end = sentence.end
        while scene.text[end - 1] in "。!?":
            end -= 1
        if sentence.clauses and standing_quotation(scene, sentence) is None:
            saying = Saying(_any_clause(sentence), announced[2], Span(sentence.start, end), "announced", sentence.start, end)
            yield announced[0], _statement(story, index, saying, announced[0])
        return
    told = announces(scene, sentence)
    speaker = speaker_of(scene, told[2], story.carried, tuple(story.heard)) if told else None
    story.announced = (speaker, sentence.paragraph, told[1]) if told and speaker else None


def _carried(story: Story, index: int) -> Carried | None:
    """Whoever spoke or was the topic last, in this paragraph."""
    carried, sentence = story.carried, story.scene.sentences[index]
    if carried is None or carried.paragraph == sentence.paragraph:
        return carried
    text = story.scene.text[sentence.start : sentence.end]
    return carried if carried.sentence == index - 1 and POINTS_BACK.match(text) else None


def _remember_topic(story: Story, index: int) -> None:
    """「首相は5日に帰国した。記者団に「…」と語った。」: the topic of a sentence without words may speak next."""
    sentence = story.scene.sentences[index]
    scene, told = story.scene, silent_teller(story.scene, sentence)
    for argument in (told[2],) if told else outer_arguments(sentence):
        if told or (argument.particle == "は" and can_speak(scene, argument) and _is_agent(scene, argument)):
            speaker = speaker_of(scene, argument, story.carried, tuple(story.heard))
            if speaker is not None:
                story.carried = Carried(speaker, sentence.paragraph, index, told is not None, argument.start)
            return


def _is_agent(scene: Scene, argument: Argument) -> bool:
    """A person or a body that may speak next; a state named alone is mostly told of."""
    return is_person(scene, argument) or bool(BODY.search(scene.text[argument.start : argument.end]))


def _told(story: Story, index: int, before: Carried | None) -> Iterator[Found]:
    scene, sentence = story.scene, story.scene.sentences[index]
    found: list[Span] = []
    for saying in sayings_of(scene, sentence):
        spoken = _spoken(story, index, saying, before)
        if spoken is None:
            continue
        speaker, saying = spoken
        found.append(saying.words)
        yield speaker, _statement(story, index, saying, speaker)
        if not saying.nested:
            before = Carried(speaker, sentence.paragraph, index, True, saying.words.start)
    for speaker, saying in loose_sayings(scene, sentence, found, before, tuple(story.heard)):
        saying = replace(saying, words=_content(scene, sentence, saying, speaker))
        if saying.quoted or saying.words.end - saying.words.start >= SHORTEST_REPORT:
            found.append(saying.words)
            yield speaker, _statement(story, index, saying, speaker)
    if not found:
        yield from _without_predicate(story, index, before)


def _spoken(story: Story, index: int, saying: Saying, before: Carried | None) -> tuple[Speaker, Saying] | None:
    """A saying with its speaker and its words alone; None where it is nobody's statement."""
    scene, sentence = story.scene, story.scene.sentences[index]
    speaker = who_speaks(scene, sentence, saying, before, tuple(story.heard))
    if speaker is None or not speaker.name or _is_told_of(saying):
        return None
    if _is_report(scene, saying, speaker):
        talk = as_talk(scene, sentence, tuple(story.heard))
        if talk is None or not saying.words.start <= talk[1] < saying.words.end:
            return None
        speaker, saying = talk[0], replace(saying, words=Span(talk[1], saying.words.end), outer=saying.clause.predicate)
    if _speaks_loosely(scene, saying, speaker) or _is_elsewhere(story, index, saying, speaker):
        return None
    saying = replace(saying, words=_content(scene, sentence, saying, speaker))
    shortest = 1 if saying.quoted else SHORTEST_REPORT
    return (speaker, saying) if saying.words.end - saying.words.start >= shortest else None


def _speaks_loosely(scene: Scene, saying: Saying, speaker: Speaker) -> bool:
    """A joint declaration speaks in its own words only; that it condemns or demands is an act of those who issued it."""
    joint = not speaker.party and JOINT.search(speaker.name) and DOCUMENT.search(speaker.name)
    return bool(joint) and saying.form in ("carried", "ask")


def _is_told_of(saying: Saying) -> bool:
    """Reported words inside somebody else's words are theirs, except what an outlet tells of others."""
    return saying.nested and not saying.quoted and saying.outer not in REPORTS


def _is_elsewhere(story: Story, index: int, saying: Saying, speaker: Speaker) -> bool:
    """Somebody from a sentence before who cannot be the one meant here.

    「…と伝えた」 without a subject is the outlet's, and 「地元紙によると、…」 begins anew, except for a person's words.
    """
    scene, sentence = story.scene, story.scene.sentences[index]
    if speaker.phrase.start >= sentence.start or saying.quoted:
        return False
    if saying.clause.predicate in REPORTS and story.via_by.get(speaker.name):
        return True
    return any(s.outlets for s in sources_of(scene, sentence)) and not speaker.party.people


def _is_report(scene: Scene, saying: Saying, speaker: Speaker) -> bool:
    """A plain fact that an outlet reports is an event, not the outlet's statement; a view in plain words is a reading."""
    kind = saying.row["kind"] if saying.row else "say"
    if saying.quoted:
        return False
    reports = kind == "report" or saying.clause.predicate in REPORTS
    if kind == "view":
        return bool(VIEWERS.search(speaker.name)) or saying.clause.relative
    return (reports and (is_outlet(scene, speaker.phrase) or speaker.party.sector == "MED"))


def _content(scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker) -> Span:
    """The words alone: reported words begin after the speaker's phrase and after what only leads to them."""
    if saying.quoted:
        return saying.words
    start, end = max(saying.words.start, saying.begin), saying.words.end
    phrase = speaker.phrase
    if saying.begin <= phrase.start and phrase.end <= end and sentence.start <= phrase.start:
        particle = phrase.particle if phrase.particle in ("は", "が", "も", "から") else ""
        start = max(start, phrase.end + len(particle))
    for source in sources_of(scene, sentence):
        start = source.end if start < source.end <= end else start
    return Span(_after_lead(scene, start, end), end)


def _after_lead(scene: Scene, start: int, end: int) -> int:
    """Past conjunctions, the day and the occasion: 「さらに」, 「その際、」, 「5日、」, 「国営テレビのインタビューで、」."""
    while start < end:
        lead = LEAD.match(scene.text, start, end) or OCCASION.match(scene.text, start, end)
        at = lead.end() if lead else start
        for date in scene.dates_in(at, at + 1):
            gap = re.compile(r"(?:午前|午後|朝|夜|夕|昼|未明)?[、,](?:\s*)|の(?:記者)?会見で、?|に(?=[、,])").match(scene.text, date.end, end)
            at = gap.end() if gap else at
        if at == start:
            return start
        start = at
    return start


def _without_predicate(story: Story, index: int, before: Carried | None) -> Iterator[Found]:
    """Words whose predicate stands elsewhere or nowhere: standing quotations, sources, words told as heard."""
    scene, sentence = story.scene, story.scene.sentences[index]
    quotation = standing_quotation(scene, sentence)
    if quotation is not None:
        told = _around(story, index)
        speaker = speaker_of(scene, told[2], before, tuple(story.heard)) if told else None
        if told is None and before is not None and before.spoke and before.sentence == index - 1:
            speaker = before.speaker
        if speaker is not None and (told or sentence.clauses):
            saying = as_saying(scene, quotation, told, told[0] if told else _any_clause(sentence))
            yield speaker, _statement(story, index, saying, speaker)
        return
    told = ends_with_source(scene, sentence)
    if told is not None and index and scene.sentences[index - 1].paragraph == sentence.paragraph:
        yield from _of_sentence_before(story, index, told)
        return
    refusal = declined(scene, sentence)
    if refusal is not None:
        clause, phrase, words = refusal
        speaker = speaker_of(scene, phrase, before, tuple(story.heard))
        if speaker is not None:
            yield speaker, _statement(story, index, Saying(clause, None, words, DECLINED, sentence.start, words.end), speaker)
        return
    yield from _by_source(story, index, before)


def _of_sentence_before(story: Story, index: int, told: Told) -> Iterator[Found]:
    """「…が出席する。外務省が28日に発表した。」: the sentence before is what the ministry says, unless it is another's."""
    scene, previous = story.scene, story.scene.sentences[index - 1]
    speaker = speaker_of(scene, told[2], story.carried, tuple(story.heard))
    if speaker is None or not previous.clauses or (story.carried and story.carried.sentence == index - 1 and story.carried.spoke):
        return
    end = previous.end
    while scene.text[end - 1] in "。!?":
        end -= 1
    words = Span(_after_lead(scene, previous.start, end), end)
    yield speaker, _statement(story, index, Saying(told[0], told[1], words, "before", previous.start, end), speaker)


def _any_clause(sentence: Sentence) -> Clause:
    return sentence.clauses[-1]


def _around(story: Story, index: int) -> Told | None:
    """The predicate of a standing quotation: in its own sentence before it, just before, or just after."""
    scene, sentence = story.scene, story.scene.sentences[index]
    own = silent_teller(scene, sentence)
    if own is not None:
        return own
    if index and (told := announces(scene, scene.sentences[index - 1])) is not None:
        return told
    following = scene.sentences[index + 1] if index + 1 < len(scene.sentences) else None
    if following is not None and following.paragraph - sentence.paragraph <= 1:
        return points_back(scene, following)
    return None


def _by_source(story: Story, index: int, before: Carried | None) -> Iterator[Found]:
    """「外交筋によると、13か国の名が挙がっているという。」: the source speaks, unless it is an outlet or a document."""
    scene, sentence = story.scene, story.scene.sentences[index]
    sources = sources_of(scene, sentence)
    speaker, start = None, sentence.start
    if sources:
        source = sources[-1]
        if not source.outlets and not source.is_record and can_speak(scene, source.phrase):
            speaker, start = speaker_of(scene, source.phrase, before, tuple(story.heard)), source.end
    elif is_heard(scene, sentence) and before is not None and before.spoke and before.sentence == index - 1:
        speaker, start = before.speaker, _after_lead(scene, sentence.start, sentence.end)
    end = heard_end(scene, sentence)
    if speaker is None or end - start < SHORTEST_REPORT or not sentence.clauses:
        return
    clause = [c for c in sentence.clauses if c.inside < 0][-1:] or [sentence.clauses[-1]]
    while end > start and scene.text[end - 1] in "。、":
        end -= 1
    saying = Saying(clause[0], None, Span(start, end), "source", sentence.start, end)
    yield speaker, _statement(story, index, saying, speaker)


def _statement(story: Story, index: int, saying: Saying, speaker: Speaker) -> Statement:
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
            for_=speaker.party.codes if len(speaker.party.codes) == 1 else (),
            via=_via(story, index, saying, speaker),
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


def _via(story: Story, index: int, saying: Saying, speaker: Speaker) -> tuple[str, ...]:
    """The chain of this saying, else the one through which the same speaker was heard just before, else the page's."""
    scene, sentence = story.scene, story.scene.sentences[index]
    own = via_of(scene, sentence, saying, speaker, sources_of(scene, sentence))
    if own:
        story.via_by[speaker.name] = (own, index)
        return own
    known, last = story.via_by.get(speaker.name, ((), -REACH - 1))
    if known and index - last <= REACH and venue_of(scene, sentence, saying) in (None, "interview", "social media"):
        story.via_by[speaker.name] = (known, index)
        return known
    return tuple(n for n in story.page_via if n != speaker.name)
