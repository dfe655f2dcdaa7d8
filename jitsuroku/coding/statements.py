"""Clauses -> statements: who said what, in whose words, via whom. The flow; each question has a module of its own.

sayings.py finds the words, speakers.py whose they are, chains.py through whom the page has them, loose.py and aside.py the
words that no verb of their sentence gives, manner.py how they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jitsuroku.coding.aside import Found, as_announced, labelled, without_predicate
from jitsuroku.coding.chains import REPORTS, dateline, is_note, sources_of, whole_page
from jitsuroku.coding.channels import appeared_through
from jitsuroku.coding.content import content_of
from jitsuroku.coding.identity import (
    BODY,
    DOCUMENT,
    JOINT,
    LONGEST_ENDING,
    Carried,
    Speaker,
    can_speak,
    is_document,
    is_person,
    speaker_of,
)
from jitsuroku.coding.loose import Place, as_talk, loose_sayings, owner_of
from jitsuroku.coding.outlets import is_outlet
from jitsuroku.coding.sayings import sayings_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.speakers import who_speaks
from jitsuroku.coding.standing import is_heard, silent_teller
from jitsuroku.coding.statement_record import Story, statement_record
from jitsuroku.coding.tellers import SURU, Saying, goes_on, outer_arguments
from jitsuroku.coding.transcripts import labels_of, spoken_in
from jitsuroku.coding.words import BRIEF_REPORT, SHORTEST_REPORT
from jitsuroku.records import Argument, Sentence, Span, Statement

# Whose views are readings, not statements.
VIEWERS = re.compile(r"専門家|アナリスト|識者|観察者|市場|メディア|投資家|向き|声$|間$")
# 「紙は…と解釈しているが、|北欧では|「…」と見ている」: whose view it is stands between.
ELSEWHERE = re.compile(r"(?:が|、|一方で?)[^、。「」がはを]{1,14}では、?「?$")
# What the press asks is no statement: 「…のかと国営放送が|尋ねる|と、…と答えた」.
ASKS = frozenset({"尋ねる", "問う", "問い掛ける", "質問", "聞く"})
# What stands behind a name that one does not give oneself.
BY_NAME = r"(?:氏|さん|大統領|首相|外相|大臣|主席|国王)"
# Who sends out a text speaks it; who throws out 「軍が関与したとする|報告書|」 does not.
ISSUED = re.compile(
    r"[をも][^、。「」]{0,8}(?:発表|公表|出し|出す|発出|発し|送|まとめ|提出|採択|読み上げ|掲載|公開|配布|配信|明らか|伝え|報じ)"
)
# 「専門家の見解として「…」と|紹介した|」
PASSED_ON = REPORTS | {"紹介", "引用"}
LISTED = re.compile(r"、(?:及び|および|並びに|ならびに)[^、。「」はが]*$")
READOUT = re.compile(r"(?:説明|発言|紹介|言及|表明|謝意|期待)(?:が)?(?:あ[りっ]|表明され|示され|述べられ)")
# How a paragraph begins that goes on with the speaker of the one before.
POINTS_BACK = re.compile(
    r"(?:また|さらに|続けて|続いて|冒頭|そして|その上で|そのうえで|加えて|併せて|このほか|特に)|(?:(?:同|この|その|今回の)?(?:談話|声明|共同声明|書面|書簡|報告書|文書|立場)(?:で|に)?|彼|彼女|同氏|書面立場)[はも]"
)


# 「外相は3日、制裁は効かないとの立場を示した。¶|記者団に対し、|「立場は変わらない」と強調した。」
TO_PRESS = re.compile(
    r"「|[^。「」はが]{2,40}(?:について|に対して|に関して)は?[、,]|[^、。「」はがを]{0,16}(?:記者(?:団|ら|たち)?|番組|インタビュー|取材|(?:記者)?会見)(?:に対し(?:て)?|に|で)(?:は)?[、「]"
)


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
    found = labelled(story, index)
    if not found and spoken_in(story.scene, story.labels, sentence) is None:
        found = _of_others(_told(story, index, before))
    for speaker, statement in list(as_announced(story, index)) or found:
        yield statement
        if speaker.phrase.start in story.passing:
            continue
        spoke = True
        if statement.text:
            story.carried = Carried(speaker, sentence.paragraph, index, True, statement.evidence.start)
            story.heard.append(speaker)
    if not spoke:
        _remember_topic(story, index)


def _of_others(found: Iterable[Found]) -> list[Found]:
    """Without those who would speak of themselves by name: 「首相は…と主張し「|首相|を解任する」と宣言した」 is said by others."""
    told = list(found)
    named = {
        speaker.name
        for speaker, statement in told
        if statement.quoted
        and speaker.name in statement.text
        and re.search(re.escape(speaker.name) + BY_NAME, statement.text)
    }
    return [(speaker, statement) for speaker, statement in told if speaker.name not in named]


def _carried(story: Story, index: int) -> Carried | None:
    """Whoever spoke or was the topic last, in this paragraph."""
    carried, sentence = story.carried, story.scene.sentences[index]
    if carried is None or carried.paragraph == sentence.paragraph:
        return carried
    text = story.scene.text[sentence.start : sentence.end]
    goes_on = POINTS_BACK.match(text) or (
        carried.spoke and TO_PRESS.match(text) and not is_heard(story.scene, sentence)
    )
    return carried if carried.sentence == index - 1 and goes_on else None


def _remember_topic(story: Story, index: int) -> None:
    """「首相は5日に帰国した。記者団に「…」と語った。」: the topic of a sentence without words may speak next."""
    sentence = story.scene.sentences[index]
    scene, told = story.scene, silent_teller(story.scene, sentence)
    for argument in (told[2],) if told else outer_arguments(scene, sentence):
        if _is_listed(scene, sentence, argument) or (not told and _is_one_of_two(sentence, argument)):
            return
        if (
            argument.particle in ("から", "より")
            and is_person(scene, argument)
            and _opens_readout(scene, sentence, argument)
        ):
            speaker = speaker_of(scene, argument, story.carried, tuple(story.heard))
            story.carried = Carried(speaker, sentence.paragraph, index, True, argument.start) if speaker else None
            return
        if told or (argument.particle == "は" and can_speak(scene, argument) and _is_agent(scene, argument)):
            speaker = speaker_of(scene, argument, story.carried, tuple(story.heard))
            if speaker is not None:
                story.carried = Carried(speaker, sentence.paragraph, index, told is not None, argument.start)
                if through := appeared_through(scene, sentence, argument):
                    story.via_by[speaker.name] = (through, index)
            return


def _opens_readout(scene: Scene, sentence: Sentence, argument: Argument) -> bool:
    """「|大臣から、|改革につき説明があり、期待が表明された。」: a readout says so who speaks."""
    after = argument.end + len(argument.particle)
    told = READOUT.search(scene.text, after, sentence.end)
    return scene.text[after : after + 1] in ("、", ",", "は") and told is not None


def _is_one_of_two(sentence: Sentence, argument: Argument) -> bool:
    """「首相|と|大統領は文書に署名した。…と発表した。」: it is not known which of the two announces."""
    joined = (a for c in sentence.clauses for a in c.arguments if a.particle == "と")
    return any(0 < argument.start - a.end <= len("、と") for a in joined)


def _is_listed(scene: Scene, sentence: Sentence, argument: Argument) -> bool:
    """「議長、|首相、及び|委員長は声明を出した。」: the last of those who did it together."""
    return LISTED.search(scene.text, sentence.start, argument.end) is not None


def _is_agent(scene: Scene, argument: Argument) -> bool:
    """A person or a body that may speak next; a state named alone is mostly told of."""
    written = scene.text[argument.start : argument.end]
    return is_person(scene, argument) or bool(BODY.search(written[-LONGEST_ENDING:]))


def _told(story: Story, index: int, before: Carried | None) -> Iterator[Found]:
    scene, sentence = story.scene, story.scene.sentences[index]
    found: list[Span] = []
    for saying in sayings_of(scene, sentence):
        spoken = _spoken(story, index, saying, before)
        if spoken is None:
            continue
        speaker, saying = spoken
        found.append(saying.words)
        yield speaker, statement_record(story, index, saying, speaker)
        if _in_passing(scene, saying, speaker, before, index):
            story.passing.add(speaker.phrase.start)
        elif not saying.nested:
            before = Carried(speaker, sentence.paragraph, index, True, saying.words.end)
    for speaker, saying in loose_sayings(Place(scene, sentence, before, tuple(story.heard)), found):
        saying = replace(saying, words=content_of(scene, sentence, saying, speaker))
        if saying.quoted or saying.words.end - saying.words.start >= SHORTEST_REPORT:
            found.append(saying.words)
            yield speaker, statement_record(story, index, saying, speaker)
            if before is not None and before.sentence == index and before.speaker.phrase != speaker.phrase:
                # 「報道官は、|大統領の|「毎日話している」との発言を「うそだ」と否定した」: the story goes on with the spokesman.
                story.passing.add(speaker.phrase.start)
    if not found:
        yield from without_predicate(story, index, before)


def _in_passing(scene: Scene, saying: Saying, speaker: Speaker, before: Carried | None, index: int) -> bool:
    """「首相は…と述べ、野党が…と批判したが、…と続けた」, 「|野党が…と述べたこと|にも反論した」: who is told of so does not go on."""
    if speaker.phrase.particle != "が":
        return False
    if saying.clause.relative:
        return not goes_on(scene, saying.clause)
    return saying.clause.ending == "but" and before is not None and before.sentence == index


def _spoken(story: Story, index: int, saying: Saying, before: Carried | None) -> tuple[Speaker, Saying] | None:
    """A saying with its speaker and its words alone; None where it is nobody's statement."""
    scene, sentence = story.scene, story.scene.sentences[index]
    if _describes_source(scene, sentence, saying):
        return None
    if (passed_on := _passed_on(story, sentence, saying)) is not None:
        return passed_on
    speaker = who_speaks(scene, sentence, saying, before, tuple(story.heard))
    if speaker is None or not speaker.name or _is_told_of(saying) or _shows(scene, saying):
        return None
    if _is_passed_on(story, index, saying, speaker):
        return None
    if _is_report(scene, sentence, saying, speaker):
        talk = as_talk(scene, sentence, tuple(story.heard))
        if talk is None or talk[1] >= saying.clause.predicate_start + 1:
            return None
        begun = talk[1] if talk[1] < saying.words.end else content_of(scene, sentence, saying, speaker).start
        speaker, saying = talk[0], replace(saying, words=Span(begun, saying.words.end), outer=saying.clause.predicate)
    if (
        _speaks_loosely(saying, speaker)
        or _is_anothers(scene, sentence, saying, speaker)
        or _is_elsewhere(story, index, saying, speaker)
    ):
        return None
    saying = replace(saying, words=content_of(scene, sentence, saying, speaker))
    long = saying.words.end - saying.words.start >= (1 if saying.quoted else SHORTEST_REPORT)
    brief = saying.form == "that" and BRIEF_REPORT.fullmatch(scene.text, saying.words.start, saying.words.end)
    return (speaker, saying) if long or brief else None


def _describes_source(scene: Scene, sentence: Sentence, saying: Saying) -> bool:
    """「|非公開だとして匿名を求めた|関係者によると」: why a source hides its name is not what it tells, and what it tells is
    nobody else's: 「通信社が伝えた大臣の発言によると、隣国は「正しい側に立つ」|という|」."""
    at = saying.clause.predicate_start
    heard = saying.clause.predicate == "言う" and saying.clause.tense != "past"
    return any(s.phrase.start <= at < s.phrase.end or (heard and s.through) for s in sources_of(scene, sentence))


def _is_passed_on(story: Story, index: int, saying: Saying, speaker: Speaker) -> bool:
    """「通信社が高官の話として報じた。供与は止まる|という|。」: the official tells on, not the agency."""
    scene = story.scene
    heard = saying.clause.predicate == "言う" and speaker.phrase.start < scene.sentences[index].start
    return heard and index > 0 and as_talk(scene, scene.sentences[index - 1], ()) is not None


def _passed_on(story: Story, sentence: Sentence, saying: Saying) -> tuple[Speaker, Saying] | None:
    """「国営通信は、報道官の話として「…」と伝えた」: quoted words that an outlet passes on."""
    if not saying.quoted or saying.clause.predicate not in PASSED_ON:
        return None
    owner = owner_of(story.scene, sentence, saying.words, tuple(story.heard))
    if owner is not None:
        return owner, replace(saying, outer=saying.clause.predicate)
    talk = as_talk(story.scene, sentence, tuple(story.heard))
    if talk is None or not sentence.start < talk[1] <= saying.words.start <= talk[1] + len("、「"):
        return None
    return talk[0], replace(saying, outer=saying.clause.predicate)


def _speaks_loosely(saying: Saying, speaker: Speaker) -> bool:
    """A joint declaration speaks in its own words only; that it condemns or demands is an act of those who issued it."""
    joint = not speaker.party and JOINT.search(speaker.name) and DOCUMENT.search(speaker.name)
    return bool(joint) and saying.form == "carried"


def _shows(scene: Scene, saying: Saying) -> bool:
    """「兵士を拘束したとする|映像|」: what a thing is said to show is nobody's words."""
    clause = saying.clause
    if clause.predicate != SURU or not clause.relative or clause.head is None or goes_on(scene, clause):
        return False
    written = scene.text[clause.head.start : clause.head.end]
    if is_document(scene, clause.head) and written not in scene.carriers:
        return not ISSUED.match(scene.text, clause.head.end)
    return not can_speak(scene, clause.head) and not written.endswith(tuple(scene.carriers))


def _is_told_of(saying: Saying) -> bool:
    """Reported words inside somebody else's words are theirs, except what an outlet tells of others.

    「隣国が撤回する旨を公表した|こと|を歓迎した」: of the deed of having said something, others speak.
    """
    head = saying.clause.head if saying.clause.relative else None
    if head is not None and (head.head, head.particle) == ("こと", "を") and not saying.quoted:
        return True
    return saying.nested and not saying.quoted and saying.outer not in REPORTS


def _is_anothers(scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker) -> bool:
    """「外相は、|首相が続ける意向を示し|、譲歩を求めたと伝えた」: a subject of its own inside what somebody else tells."""
    if saying.form != "carried" or saying.clause.ending not in ("renyo", "te") or speaker.phrase.particle != "は":
        return False
    inside = (a for a in outer_arguments(scene, sentence) if saying.words.start <= a.start < saying.words.end)
    return any(a.particle == "が" and is_person(scene, a) for a in inside if a.start > speaker.phrase.start)


def _is_elsewhere(story: Story, index: int, saying: Saying, speaker: Speaker) -> bool:
    """Somebody from a sentence before who cannot be the one meant here.

    「…と伝えた」 without a subject is the outlet's, and 「地元紙によると、…」 begins anew, except for a person's words.
    """
    scene, sentence = story.scene, story.scene.sentences[index]
    if speaker.phrase.start >= sentence.start or saying.quoted:
        return False
    if saying.clause.predicate in REPORTS and story.via_by.get(speaker.name):
        return True
    return bool(sources_of(scene, sentence)) and not speaker.party.people


def _opens_with_paper(scene: Scene, sentence: Sentence, speaker: Speaker) -> bool:
    """「国際通信は、名は明かしていないが、|指導者が、承認した|と伝えた」: the outlet tells, whoever does what it tells."""
    topics = [a for a in outer_arguments(scene, sentence) if a.particle == "は"]
    return speaker.phrase.particle == "が" and bool(topics) and is_outlet(scene, topics[0])


def _is_report(scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker) -> bool:
    """A plain fact that an outlet reports is an event, not the outlet's statement; a view in plain words is a reading."""
    kind = saying.row["kind"] if saying.row else "say"
    if kind == "view" and ELSEWHERE.search(scene.text[speaker.phrase.end : saying.words.start]):
        return True
    if saying.clause.predicate in ASKS and is_outlet(scene, speaker.phrase):
        return True
    if saying.quoted:
        return False
    reports = kind == "report" or saying.clause.predicate in REPORTS
    if reports and not saying.nested and _opens_with_paper(scene, sentence, speaker):
        return True
    if kind == "view":
        return bool(VIEWERS.search(speaker.name)) or saying.clause.relative
    return reports and (is_outlet(scene, speaker.phrase) or speaker.party.sector == "MED")
