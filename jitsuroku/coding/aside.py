"""Statements whose predicate stands in another sentence or nowhere.

「…」。Xはそう語った。 / Xは次のように述べた。「…」 / …した。X省が発表した。 / Xによると…。 / 【X】 …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.chains import sources_of
from jitsuroku.coding.identity import Carried, Speaker, can_speak, is_person, speaker_of
from jitsuroku.coding.leads import after_lead
from jitsuroku.coding.loose import as_talk
from jitsuroku.coding.manner import declined
from jitsuroku.coding.named_last import named_back
from jitsuroku.coding.sayings import sayings_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.speakers import who_speaks
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
from jitsuroku.coding.statement_record import DECLINED, Story, statement_record
from jitsuroku.coding.tellers import Saying, bare_clause, outer_arguments
from jitsuroku.coding.transcripts import answer_in, own_voice, without_stop
from jitsuroku.coding.words import SHORTEST_REPORT
from jitsuroku.records import Argument, Clause, Sentence, Span, Statement

ACCOUNT = re.compile(r"([^、。「」]{2,30}?)の(?:説明|話|見立て|言い分|証言|主張)(?:は|では)")
AS_TALK = re.compile(
    r"(?:また|さらに)?、?([^、。「」はがを]{2,25}?)の(?:話|発言|証言|説明|情報)として(?:い(?:る|ます)|(?:伝え|報じ|報道し|配信し)(?:た|ている|ました|ています))。?$"
)
GIVEN = re.compile(
    r"([^、。「」はが]{2,30}?)の(?:コメント|談話|声明|発言|会見|挨拶|演説)(?:の(?:要旨|全文|内容|主な内容))?は(?:次|以下)の(?:通り|とおり)"
)
BESIDE = re.compile(r"(?:^|[、。]|に対し(?:て)?、?|一方、?|また、?)([^、。「」はがを]{2,24}?)は、?$")
WRITTEN = re.compile(r"同?(声明|談話|書簡|文書|書面)に?(?:は|も)?[、,]?(?:次|以下)のように(?:記|書|述べ|つづ|綴)")
# 「地元紙は…と報じた。|複数の当局者が同紙に語った|という。」: who told it, not what was told.
TOLD_WHOM = re.compile(
    r"[^、。「」は]{2,30}が[^、。「」は]{2,20}に(?:語った|話した|明かした|明らかにした|証言した|説明した)"
)
# The longest line that is only a name with its office.
LINE = 30
Found = tuple[Speaker, Statement]


def labelled(story: Story, index: int) -> list[Found]:
    """An answer of a transcript, told where it begins, or a sentence of a release in its own voice."""
    scene, sentence = story.scene, story.scene.sentences[index]
    if (answered := answer_in(scene, story.labels, sentence)) is not None:
        speaker, words = answered
    elif (own := own_voice(scene, sentence)) is not None and sentence.clauses:
        speaker, words = own, Span(sentence.start, without_stop(scene, sentence.end))
    else:
        return []
    saying = Saying(_any_clause(sentence), None, words, "label", words.start, words.end)
    return [(speaker, statement_record(story, index, saying, speaker))]


def as_announced(story: Story, index: int) -> Iterator[Found]:
    """「首相は次のように述べた。」 and what follows in its paragraph, as long as nobody else is said to speak."""
    scene, sentence = story.scene, story.scene.sentences[index]
    announced = story.announced
    near = announced is not None and 0 <= sentence.paragraph - announced[1] <= announced[3]
    if announced is not None and near and _is_announced(scene, sentence):
        end = sentence.end
        while scene.text[end - 1] in "。!?":
            end -= 1
        if standing_quotation(scene, sentence) is not None:
            story.announced = None
        elif sentence.clauses:
            saying = Saying(
                _any_clause(sentence), announced[2], Span(sentence.start, end), "announced", sentence.start, end
            )
            yield announced[0], statement_record(story, index, saying, announced[0])
        return
    told = (None if _points_back(scene, index) else announces(scene, sentence)) or _written_down(scene, sentence)
    speaker = speaker_of(scene, told[2], story.carried, tuple(story.heard)) if told else None
    beyond = 0 if scene.paragraph(sentence.paragraph)[-1] is not sentence else 1
    story.announced = (speaker, sentence.paragraph, told[1], beyond) if told and speaker else None


def _points_back(scene: Scene, index: int) -> bool:
    """「「扉は閉じていない」。|外相はこう述べた。|日程は未定だという。」: こう is what stands before it, unless words stand behind it too."""
    around = [scene.sentences[i] for i in (index - 1, index + 1) if 0 <= i < len(scene.sentences)]
    quoted = [standing_quotation(scene, s) is not None for s in around]
    return bool(index) and around[0].paragraph == scene.sentences[index].paragraph and quoted[0] and not any(quoted[1:])


def _written_down(scene: Scene, sentence: Sentence) -> Told | None:
    """「|声明には|次のように記されている。」: the words of whoever issued it follow."""
    match = WRITTEN.match(scene.text, sentence.start, sentence.end) or GIVEN.match(
        scene.text, sentence.start, sentence.end
    )
    if match is None:
        return None
    return _any_clause(sentence), None, Argument("は", match.start(1), match.end(1), match.group(1))


def _is_announced(scene: Scene, sentence: Sentence) -> bool:
    """「首相は次のように述べた。|われわれは参加を歓迎する。|」: words that tell of others' words are announced as well."""
    said = sayings_of(scene, sentence)
    if not said:
        return True
    topics = (a for a in outer_arguments(scene, sentence) if a.particle in ("は", "が"))
    told = any(s.quoted for s in said) or any(is_person(scene, a) for a in topics)
    return not told and _any_clause(sentence).tense == "nonpast"


def without_predicate(story: Story, index: int, before: Carried | None) -> Iterator[Found]:
    """Words whose predicate stands elsewhere or nowhere: standing quotations, sources, words told as heard."""
    scene, sentence = story.scene, story.scene.sentences[index]
    quotation = standing_quotation(scene, sentence)
    if quotation is not None:
        told = _around(story, index)
        speaker = speaker_of(scene, told[2], before or story.carried, tuple(story.heard)) if told else None
        if told is None and before is not None and before.spoke and before.sentence == index - 1:
            speaker = before.speaker
        if told is None and (named := _named_above(story, index)) is not None:
            speaker = named
        if speaker is not None and (told or sentence.clauses):
            saying = as_saying(quotation, told, told[0] if told else _any_clause(sentence))
            yield speaker, statement_record(story, index, saying, speaker)
        return
    told = ends_with_source(scene, sentence)
    if told is not None and index and scene.sentences[index - 1].paragraph == sentence.paragraph:
        yield from _of_sentence_before(story, index, told)
        return
    if (passed := _passed_on_before(story, index)) is not None:
        yield passed
        return
    refusal = declined(scene, sentence)
    if refusal is not None:
        clause, phrase, words = refusal
        speaker = speaker_of(scene, phrase, before, tuple(story.heard))
        if speaker is not None:
            yield (
                speaker,
                statement_record(
                    story, index, Saying(clause, None, words, DECLINED, sentence.start, words.end), speaker
                ),
            )
        return
    yield from _by_source(story, index, before)


def _named_above(story: Story, index: int) -> Speaker | None:
    """「ドイツ ベック首相¶「扉は閉じていない」」: a line of nothing but who speaks in the next, as under a film."""
    scene, previous = story.scene, story.scene.sentences[index - 1] if index else None
    if previous is None or previous.clauses or not 0 < story.scene.sentences[index].paragraph - previous.paragraph <= 1:
        return None
    phrase = Argument("", previous.start, previous.end, scene.text[previous.start : previous.end])
    alone = previous.end - previous.start <= LINE and is_person(scene, phrase) and can_speak(scene, phrase)
    return speaker_of(scene, phrase, None, tuple(story.heard)) if alone else None


def _of_sentence_before(story: Story, index: int, told: Told) -> Iterator[Found]:
    """「…が出席する。外務省が28日に発表した。」: the sentence before is what the ministry says, unless it is another's."""
    scene, previous = story.scene, story.scene.sentences[index - 1]
    speaker = speaker_of(scene, told[2], story.carried, tuple(story.heard))
    if (
        speaker is None
        or not previous.clauses
        or (
            story.carried
            and story.carried.sentence == index - 1
            and story.carried.spoke
            and _has_words(scene, previous)
        )
    ):
        return
    end = previous.end
    while scene.text[end - 1] in "。!?":
        end -= 1
    words = Span(after_lead(scene, previous.start, end), end)
    yield (
        speaker,
        statement_record(story, index, Saying(told[0], told[1], words, "before", previous.start, end), speaker),
    )


def _has_words(scene: Scene, sentence: Sentence) -> bool:
    return bool(sayings_of(scene, sentence)) or any(q.depth == 1 for q in sentence.quotations)


def _passed_on_before(story: Story, index: int) -> Found | None:
    """「国営通信によると、制裁が準備されている。|関係者の話として伝えた。|」: whose words the paper passes on stands after them."""
    scene, sentence = story.scene, story.scene.sentences[index]
    match = AS_TALK.match(scene.text, sentence.start, sentence.end)
    previous = scene.sentences[index - 1] if match is not None and index else None
    if match is None or previous is None or previous.paragraph != sentence.paragraph or not previous.clauses:
        return None
    papers = [s for s in sources_of(scene, previous) if s.outlets]
    phrase = Argument("が", match.start(1), match.end(1), match.group(1))
    speaker = speaker_of(scene, phrase, None, tuple(story.heard)) if papers and can_speak(scene, phrase) else None
    if speaker is None:
        return None
    words = Span(after_lead(scene, papers[-1].end, previous.end), without_stop(scene, previous.end))
    saying = Saying(_any_clause(previous), None, words, "before", previous.start, words.end)
    return speaker, statement_record(story, index - 1, saying, speaker)


def _any_clause(sentence: Sentence) -> Clause:
    """The last clause outside quotation marks, else any, else none but the sentence's end."""
    outer = [c for c in sentence.clauses if c.inside < 0]
    return (outer or [*sentence.clauses] or [bare_clause(sentence.end, sentence.end, "")])[-1]


def _around(story: Story, index: int) -> Told | None:
    """The predicate of a standing quotation: in its own sentence before it, just before, or just after."""
    scene, sentence = story.scene, story.scene.sentences[index]
    own = silent_teller(scene, sentence)
    if own is not None:
        return own
    if (topic := _beside_quotation(scene, sentence)) is not None:
        return _any_clause(sentence), None, topic
    before = scene.sentences[index - 1] if index else None
    if before is not None and (told := announces(scene, before) or _written_down(scene, before)) is not None:
        return told
    following = scene.sentences[index + 1] if index + 1 < len(scene.sentences) else None
    if following is not None and following.paragraph - sentence.paragraph <= 1:
        last = named_back(scene, following) or _goes_on(scene, sentence, following)
        return (_any_clause(following), None, last) if last is not None else points_back(scene, following)
    return None


def _goes_on(scene: Scene, sentence: Sentence, following: Sentence) -> Argument | None:
    """「扉は閉じていない」。|「協議は続く」、とベック首相は語った。|: one who is quoted in two sentences, in a sentence each."""
    first = following.quotations[0] if following.quotations else None
    alone = scene.text[sentence.start] == "「" and first is not None and first.start == following.start
    if not alone or following.paragraph != sentence.paragraph or first is None:
        return None
    said = next((s for s in sayings_of(scene, following) if s.words == first.inner), None)
    speaker = who_speaks(scene, following, said, None, ()) if said is not None else None
    return speaker.phrase if speaker is not None and speaker.phrase.start >= first.end else None


def _beside_quotation(scene: Scene, sentence: Sentence) -> Argument | None:
    """「これに対し|ベック外相は|「扉は閉じた」。」: a person and the words, without a verb."""
    quotation = standing_quotation(scene, sentence)
    match = BESIDE.search(scene.text[sentence.start : quotation.start]) if quotation is not None else None
    if match is None:
        return None
    phrase = Argument("は", sentence.start + match.start(1), sentence.start + match.end(1), match.group(1))
    return phrase if is_person(scene, phrase) and can_speak(scene, phrase) else None


def _account(scene: Scene, sentence: Sentence) -> Argument | None:
    """「外交筋の説明は少し違い、…という。」: whose account a sentence told as heard gives."""
    match = ACCOUNT.match(scene.text, sentence.start, sentence.end) if is_heard(scene, sentence) else None
    if match is None:
        return None
    phrase = Argument("は", match.start(1), match.end(1), match.group(1))
    return phrase if can_speak(scene, phrase) else None


def _goes_on_as_heard(story: Story, index: int, before: Carried | None) -> bool:
    """「…したいという。」 after somebody's words, unless it is told of another person: 「大使は反論したという。」."""
    scene, sentence = story.scene, story.scene.sentences[index]
    if before is None or not before.spoke or before.sentence != index - 1 or not is_heard(scene, sentence):
        return False
    topics = [a for a in outer_arguments(scene, sentence) if a.particle == "は"]
    return not any(is_person(scene, a) for a in topics)


def _told_by(story: Story, index: int) -> Speaker | None:
    """「|外交筋|によると、隣国は支持を伝えた。追加の制裁も検討されているという。」: whoever told the sentence before tells on."""
    scene = story.scene
    told = [s for s in sources_of(scene, scene.sentences[index]) if not s.outlets and not s.is_record]
    if not told and (talk := as_talk(scene, scene.sentences[index], tuple(story.heard))) is not None:
        return talk[0]
    if not told or not can_speak(scene, told[-1].phrase):
        return None
    return speaker_of(scene, told[-1].phrase, None, tuple(story.heard))


def _by_source(story: Story, index: int, before: Carried | None) -> Iterator[Found]:
    """「外交筋によると、13か国の名が挙がっているという。」: the source speaks, unless it is an outlet or a document."""
    scene, sentence = story.scene, story.scene.sentences[index]
    sources = sources_of(scene, sentence)
    speaker, start = None, sentence.start
    if sources:
        source = sources[-1]
        if not source.outlets and not source.is_record and can_speak(scene, source.phrase):
            speaker, start = speaker_of(scene, source.phrase, before, tuple(story.heard)), source.end
    elif (told := _account(scene, sentence)) is not None:
        speaker, start = speaker_of(scene, told, before, tuple(story.heard)), told.end + len("の説明は")
    elif _goes_on_as_heard(story, index, before) and before is not None:
        speaker, start = _told_by(story, index - 1) or before.speaker, after_lead(scene, sentence.start, sentence.end)
    end = heard_end(scene, sentence)
    if speaker is None or end - start < SHORTEST_REPORT or TOLD_WHOM.fullmatch(scene.text, start, end):
        return
    while end > start and scene.text[end - 1] in "。、":
        end -= 1
    whole = next((q for q in sentence.quotations if q.depth == 1 and (q.start, q.end) == (start, end)), None)
    words, form = (whole.inner, "quoted") if whole is not None else (Span(start, end), "source")
    saying = Saying(_any_clause(sentence), None, words, form, sentence.start, end)
    yield speaker, statement_record(story, index, saying, speaker)
