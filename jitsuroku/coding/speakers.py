"""Saying -> who speaks: the phrase of the sentence, or of the story before, that names the speaker."""

from __future__ import annotations

import re
from dataclasses import replace

from jitsuroku.coding.belonging import (
    SENDERS,
    SET_OFF,
    belongs_to_noun,
    has_acted,
    is_inside_words,
    is_occasion,
    only_acts,
    stands_apart,
)
from jitsuroku.coding.identity import (
    DOCUMENT,
    VAGUE,
    Carried,
    Speaker,
    author_of,
    by_surname,
    can_speak,
    is_document,
    is_person,
    is_state,
    speaker_of,
    whole_name,
)
from jitsuroku.coding.outlets import core_of, is_outlet
from jitsuroku.coding.parties import party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import Saying, goes_on, outer_arguments
from jitsuroku.records import Argument, Sentence

# Verbs with which the same speaker goes on: 「隣国は自制すべきだと付け加えた」.
CONTINUES = frozenset({"付け加える", "続ける", "付言", "言い添える", "補足", "締め括る"})
ADDING = re.compile(
    r"^(?:続けて|続いて|冒頭|そして|さらに|また|その上で|そのうえで|加えて|このほか|同時に|特に|併せて|あわせて|次いで)"
)
# An outlet passes on what somebody else has issued: 「外務省報道官談話|を伝えた」.
RELAYS = re.compile(r"を[^、。「」]{0,6}(?:伝え|報じ|報道|配信|放送|掲載|紹介)")
BOTH = re.compile(r"(?:また|さらに)?、?(両[一-鿿]{1,4}|双方)とも(?:に)?、?")
HOUSE_SPEAKS = re.compile(
    r"(?:^|[、。]|について)([^、。「」はが]{0,20}(?:省|庁|警察|当局|署|大使館|領事館|本部|党|社))では[、,]"
)
# 「緊急首脳|会議|は、「大使を召還する」と表明した」: who meets speaks.
MEETING = re.compile(r"(?:会議|会合|大会)$")
# 「|これは|政府が不当だと明らかにして、資金を止めたと解釈できる」: the page explains.
EXPLAINS = re.compile(r"(?:これ|それ)は(?!、)")
# 「ロシアは|5日|、…と述べた」 tells of a deed of the state.
DAY = re.compile(r"は(?:同日|[0-9]{1,2}(?:日|月))")
# 「「…」と、副司令官である|ロナ・ベック|は述べた」: a whole name right after the words.
FULL_NAME = re.compile(r"[ァ-ヶー]{2,}(?:・[ァ-ヶー]{2,})+$")
SELF_SPOKEN = ("は", "も")
# 「|注目されるのは、|隣国政府が拡張を認める考えを示した点だ」: the page points at what the next one says.
CLEFT = re.compile(r"(?:さらに|また|とりわけ|特に)?、?[^、。「」がはを]{1,12}のは、")
# What is held by whoever does what stands before: 「隣国政府が制裁を支持する|立場|を明確にした」.
STANCE = re.compile(r"立場|姿勢|構え")


def who_speaks(
    scene: Scene, sentence: Sentence, saying: Saying, before: Carried | None, heard: tuple[Speaker, ...]
) -> Speaker | None:
    """The speaker of a saying; None where the page leaves it open.

    After the words (「…」と大臣は述べた), before them (大臣は「…」と), else whoever spoke or was the topic last.
    """
    phrases = [
        whole_name(scene, a)
        for a in outer_arguments(scene, sentence)
        if a.particle in ("は", "が", "も", *SENDERS) and a.end > saying.begin
    ]
    phrases = [a for a in phrases if not belongs_to_noun(scene, sentence, a, saying)]
    by = [a for a in saying.clause.arguments if a.particle == "によって" and can_speak(scene, a)]
    if saying.clause.voice == "passive" and by:
        return speaker_of(scene, by[0], before, heard)
    head = saying.clause.head if saying.clause.relative and not goes_on(scene, saying.clause) else None
    if head is not None and core_of(scene, head) not in scene.carriers:
        author = author_of(scene, head, compound=bool(RELAYS.match(scene.text, head.end)))
        if author is not None or (can_speak(scene, head) and not is_document(scene, head)):
            return speaker_of(scene, author or head, before, heard)
    after = [
        a for a in phrases if saying.until <= a.start < saying.clause.predicate_start and a.particle not in SENDERS
    ]
    for argument in after:
        unlisted = saying.quoted and FULL_NAME.search(scene.text, argument.start, argument.end)
        if can_speak(scene, argument) or unlisted:
            return speaker_of(scene, argument, before, heard)
    ahead = [a for a in phrases if a.end <= (saying.words.start if saying.quoted else saying.words.end)]
    chosen = _nested(scene, ahead) if saying.nested else _leading(scene, sentence, ahead, saying, before)
    if chosen is not None and not saying.nested:
        chosen = _own_subject(scene, sentence, saying, ahead, chosen) or chosen
    if chosen is not None and not saying.nested and is_inside_words(scene, sentence, chosen, saying):
        chosen = _earlier(scene, sentence, saying, before) or chosen
    if chosen is not None and only_acts(scene, sentence, chosen, saying):
        return None
    if chosen is None and not saying.nested:
        chosen = _earlier(scene, sentence, saying, before)
    if before is not None and before.spoke and chosen is not None and _tells_on(scene, saying, chosen):
        return before.speaker
    if chosen is not None:
        return speaker_of(scene, _with_partners(scene, sentence, chosen), before, heard)
    if (pair := _pair(scene, sentence, saying)) is not None:
        return speaker_of(scene, pair, before, heard)
    if (house := _house(scene, sentence, saying)) is not None:
        return speaker_of(scene, house, before, heard) if can_speak(scene, house) else None
    if before is None or (saying.clause.ending in ("te", "renyo") and EXPLAINS.match(scene.text, sentence.start)):
        return None
    return before.speaker


def _tells_on(scene: Scene, saying: Saying, chosen: Argument) -> bool:
    """「外相は「初めてだ」と述べた。|両国は統合を唱えるが、これは終わりだ、と|国営放送で語った。」: a whole sentence set off by a comma
    is told by who spoke before it, unless it names a person."""
    apart = not saying.quoted and scene.text[saying.words.end : saying.words.end + 1] in ("、", ",")
    return apart and not is_person(scene, chosen) and chosen.end <= saying.words.end


def _own_subject(
    scene: Scene, sentence: Sentence, saying: Saying, ahead: list[Argument], chosen: Argument
) -> Argument | None:
    """The subject of the verb of saying, where who was found before it does something else: 「前首相は投資を求めたが、|後任は|
    海を守ると主張した」, 「隣国は、|裁判所が|主張に根拠がないと判断したのに、船を送った」."""
    own = [a for a in saying.clause.arguments if a in ahead and a.particle in ("は", "が") and a.start > chosen.start]
    holding = [c for c in sentence.clauses if c.inside < 0 and chosen in c.arguments]
    apart = any(c.ending == "but" or c.predicate_start > saying.clause.predicate_start for c in holding)
    return next((a for a in own if apart and can_speak(scene, a)), None)


def _pair(scene: Scene, sentence: Sentence, saying: Saying) -> Argument | None:
    """「|両首脳とも|提案を受け入れる意向を表明した」: とも marks the speakers."""
    match = BOTH.match(scene.text, max(saying.begin, sentence.start), saying.words.end)
    return Argument("は", match.start(1), match.end(1), match.group(1)) if match is not None else None


def _house(scene: Scene, sentence: Sentence, saying: Saying) -> Argument | None:
    """「|隣国の外務省では|、撤回を求めていくとしている」: a house of which its people speak."""
    match = HOUSE_SPEAKS.search(scene.text[max(saying.begin, sentence.start) : saying.words.end])
    if match is None:
        return None
    start = max(saying.begin, sentence.start) + match.start(1)
    return Argument("は", start, start + len(match.group(1)), match.group(1))


def _with_partners(scene: Scene, sentence: Sentence, chosen: Argument) -> Argument:
    """「フランスとドイツは」: a phrase with those tied to it by と."""
    for argument in reversed(outer_arguments(scene, sentence)):
        if argument.particle == "と" and 0 < chosen.start - argument.end <= 2 and _may_join(scene, argument):
            chosen = replace(chosen, start=argument.start)
    return chosen


def _may_join(scene: Scene, partner: Argument) -> bool:
    return bool(party_of(scene, partner)) or (is_person(scene, partner) and can_speak(scene, partner))


def _earlier(scene: Scene, sentence: Sentence, saying: Saying, before: Carried | None) -> Argument | None:
    """The topic of the part before: 「政府は反発し、制裁を行うとしている」, unless somebody has spoken since."""
    since = before.at if before is not None else -1
    topics = [
        a
        for a in outer_arguments(scene, sentence)
        if a.particle == "は" and since < a.start and a.end <= saying.begin and can_speak(scene, a)
    ]
    if len(topics) > 1 and _opens(scene, sentence, topics[0], topics[-1]):
        return topics[0]
    head = saying.clause.head if saying.clause.relative else None
    if head is not None and _of_deed(scene, sentence, head):
        # 「報道官は、|ロシアが|会合に反発し、強硬路線に進むことを示唆する談話を出したことについて…」
        inside = [a for a in outer_arguments(scene, sentence) if a.particle == "が" and a.end <= saying.begin]
        return next((a for a in reversed(inside) if can_speak(scene, a)), topics[-1] if topics else None)
    return topics[-1] if topics else _beside(scene, sentence, saying)


def _beside(scene: Scene, sentence: Sentence, saying: Saying) -> Argument | None:
    """A short name right before the quotation that the clause reader took for something else: 「習は「…」と」."""
    before_words = scene.text[sentence.start : saying.words.start]
    match = re.search(
        r"(?:^|[、。])([^、。「」はが]{1,8}|[^、。「」はが]{0,24}(?:会議|会合|大会))は、?「?$", before_words
    )
    if not saying.quoted or match is None:
        return None
    start = sentence.start + match.start(1)
    argument = Argument("は", start, start + len(match.group(1)), match.group(1))
    if MEETING.search(match.group(1)):
        return argument
    return argument if can_speak(scene, argument) or by_surname(scene, argument, match.group(1)) else None


def _nested(scene: Scene, ahead: list[Argument]) -> Argument | None:
    """「紙は、高官が「行く」と語ったと報じた」: of all before the words, the nearest が, else the last は."""
    able = [a for a in ahead if can_speak(scene, a)]
    of_verb = [a for a in able if a.particle == "が"] or able
    return of_verb[-1] if of_verb else None


def _leading(
    scene: Scene, sentence: Sentence, ahead: list[Argument], saying: Saying, before: Carried | None
) -> Argument | None:
    """The phrase before the words that names the speaker: a topic, or a が that stands apart from what is told."""
    if (inside := _inside(scene, sentence, ahead, saying)) is not None:
        return inside
    own = [a for a in saying.clause.arguments if a.particle == "が" and a in ahead and can_speak(scene, a)]
    topics = [a for a in ahead if a.particle in SELF_SPOKEN and can_speak(scene, a)]
    topics = topics[1:] if len(topics) > 1 and has_acted(scene, sentence, topics[0], topics[1]) else topics
    if own and saying.quoted and topics and is_state(scene, own[-1]) and _issues(scene, sentence, topics[0]):
        return topics[0]
    if own and saying.quoted and not any(t in (*saying.clause.arguments, *saying.clause.inherited) for t in topics):
        return own[-1]
    if own and saying.quoted and is_person(scene, own[-1]) and _adjoins(scene, own[-1], saying):
        return own[-1]
    adds = [a for a in ahead if a.particle == "が" and is_person(scene, a) and topics and a.end < topics[0].start]
    if adds and saying.clause.predicate in CONTINUES and is_state(scene, topics[0]):
        # 「|王子が|発言し、隣国は主権を重視すると付け加えた」
        return adds[-1]
    carried = before is not None and before.spoke
    sources = [a for a in ahead if a.particle in SENDERS and is_person(scene, a) and not _asks(scene, sentence, a)]
    if sources and not any(t.end < sources[0].start for t in topics):
        return sources[0]
    apart = [a for a in ahead if a.particle == "が" and can_speak(scene, a) and stands_apart(scene, a)]
    apart = [a for a in apart if not is_occasion(sentence, a, saying)]
    if apart and not saying.quoted and topics and apart[0].end <= topics[0].start:
        return apart[0]
    if topics:
        last = topics[-1]
        nearest = (
            saying.quoted
            and not DOCUMENT.search(core_of(scene, last))
            and (is_person(scene, last) or is_outlet(scene, last) or not is_person(scene, topics[0]))
        )
        topic = last if nearest and (is_person(scene, last) or _adjoins(scene, last, saying)) else topics[0]
        if topic is not topics[0] and _opens(scene, sentence, topics[0], topic):
            topic = topics[0]
        if not carried or not _may_be_told_of(scene, sentence, topic, saying, before):
            return topic
        return topics[1] if len(topics) > 1 and is_person(scene, topics[1]) else None
    subjects = [a for a in ahead if a.particle == "が" and can_speak(scene, a)]
    for subject in subjects:
        set_off = SET_OFF.match(scene.text, subject.end) is not None
        opens = saying.quoted and saying.words.start - subject.end <= len("が、「")
        if (
            set_off
            or opens
            or (saying.quoted and subject is subjects[-1])
            or (subject is subjects[0] and (_holds_it(scene, saying) or CLEFT.match(scene.text, sentence.start)))
            or (before is None and subject is subjects[0] and not _has_topic(scene, sentence, saying))
        ):
            return subject
    return None


def _holds_it(scene: Scene, saying: Saying) -> bool:
    """「大統領らが集まった。|隣国政府が|制裁を支持する|立場|を明確にした」: who supports is who takes the stance."""
    return saying.form == "carried" and bool(STANCE.match(scene.text, saying.words.end))


def _issues(scene: Scene, sentence: Sentence, topic: Argument) -> bool:
    """「隣国側も|声明を発表し|、韓国が「でっち上げた」などと反発した」: the words are of the statement."""
    return any(
        topic in c.arguments and any(a.particle == "を" and DOCUMENT.search(core_of(scene, a)) for a in c.arguments)
        for c in sentence.clauses
        if c.inside < 0 and c.ending in ("renyo", "te")
    )


def _inside(scene: Scene, sentence: Sentence, ahead: list[Argument], saying: Saying) -> Argument | None:
    """「外務省は、|隣国軍が|演習を始めると発表した|こと|を受けて…」: what a topic is told of has a subject of its own."""
    head = saying.clause.head if saying.clause.relative else None
    if head is None or goes_on(scene, saying.clause) or not (head.head == "こと" or _of_deed(scene, sentence, head)):
        return None
    others = [c for c in sentence.clauses if c.relative and c is not saying.clause and c.end < saying.words.end]
    subjects = [a for a in ahead if a.particle == "が" and can_speak(scene, a)]
    last = subjects[-1] if subjects and head.head != "こと" else None
    return next((a for a in subjects if not any(a in c.arguments for c in others)), last)


def _has_topic(scene: Scene, sentence: Sentence, saying: Saying) -> bool:
    """「|外相は|再協議を否定し、EUがこれ以上望めないとの確信を表明した」: whoever the sentence is about goes on in its next part."""
    return any(
        a.particle == "は" and a.end <= saying.begin and is_person(scene, a) for a in outer_arguments(scene, sentence)
    )


def _of_deed(scene: Scene, sentence: Sentence, text: Argument) -> bool:
    """「隣国が警告する|談話|を発表したことについて」: the text is told of as a deed of others."""
    holds = (c for c in sentence.clauses if c.relative and any(a.start == text.start for a in c.arguments))
    return is_document(scene, text) and any(c.head is not None and c.head.head == "こと" for c in holds)


def _opens(scene: Scene, sentence: Sentence, first: Argument, last: Argument) -> bool:
    """「談話は、|大使は「礼儀を知らない」と非難した」: a topic set off by a comma speaks, the next one belongs to its words."""
    between = (c for c in sentence.clauses if c.inside < 0 and first.end <= c.predicate_start < last.start)
    return stands_apart(scene, first) and all(c.relative for c in between)


def _asks(scene: Scene, sentence: Sentence, argument: Argument) -> bool:
    """「記者団から…問われ」, 「大統領から説明があり」, 「主席から招かれた」: from whom something came, not who speaks."""
    later = (c for c in sentence.clauses if c.inside < 0 and c.predicate_start > argument.end)
    # In 「|課長より|、受け入れられない|旨|申し入れた」 the passive stands in the words.
    if any(c.voice == "passive" and (c.head is None or c.head.head not in scene.carriers) for c in later):
        return True
    after = scene.text[argument.end : argument.end + 60].split("。")[0]
    return bool(re.search(r"記者", scene.text[argument.start : argument.end])) or bool(
        re.search(
            r"問われ|聞かれ|尋ねられ|質問され|求められ|批判され|要請され|指摘され|がなされ|があり|があった", after
        )
    )


def _adjoins(scene: Scene, topic: Argument, saying: Saying) -> bool:
    """Whether nothing stands between a phrase and the quotation: 「外務省は「…」と」, 「日本は、局長が「…」と」."""
    return bool(re.fullmatch(r"[はもが、,「]{1,3}", scene.text[topic.end : saying.words.start]))


def _is_own_side(scene: Scene, sentence: Sentence, topic: Argument, saying: Saying, before: Carried) -> bool:
    """「ロシアの外相は…と述べた。|ロシアは|協力を続けていくと強調した。」: an officer speaks on of the own state."""
    codes = tuple(code for code in before.speaker.party.codes if code != before.speaker.name)
    officer = (
        before.speaker.kind in ("person", "body", "office")
        and not is_state(scene, before.speaker.phrase)
        and (not codes or set(party_of(scene, topic).codes) <= set(codes))
    )
    # 「|外相は|、「…」とし、|同国は|協力を続けるとの考えを示した」: nobody new speaks in one sentence.
    kinds = ("say", "show") if sentence.start <= before.at < topic.start else ("say",)
    said = saying.row is None or saying.row["kind"] in kinds
    return officer and said and not DAY.match(scene.text, topic.end)


def _may_be_told_of(scene: Scene, sentence: Sentence, topic: Argument, saying: Saying, before: Carried | None) -> bool:
    """Whether a topic may belong to what is told and the speaker be the one before.

    「首相は…と述べた。さらに、隣国は約束を破ったとも指摘した。」: the prime minister speaks on, of the neighbour.
    """
    if "にとって" in scene.text[saying.begin : topic.start] and not saying.quoted:
        return True
    if saying.quoted:
        return False
    summed = scene.text.startswith("旨", saying.words.end) and before is not None and not is_person(scene, topic)
    if summed and before is not None and before.speaker.kind == "person":
        # 「大臣から説明があった。また、|日本と隣国は|心がつながる旨述べた。」
        return True
    if is_state(scene, topic) and before is not None and _is_own_side(scene, sentence, topic, saying, before):
        return True
    if stands_apart(scene, topic):
        return False
    if any(c.ending == "if" and saying.begin <= c.predicate_start and c.end <= topic.start for c in sentence.clauses):
        return True
    if is_person(scene, topic):
        return False
    if saying.clause.predicate in CONTINUES:
        return True
    words = scene.written(topic)
    also = scene.text[saying.until - 2 : saying.until + 1].endswith(("とも", "とも"))
    return bool(VAGUE.match(words)) or also or bool(ADDING.match(scene.text[sentence.start : topic.start + 1]))
