"""Who speaks: the phrase that names the speaker of a saying, and the speaker's name, party and kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jitsuroku.coding.parties import NOBODY, Party, party_of
from jitsuroku.coding.sayings import Saying, goes_on, outer_arguments
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Actor, Argument, Sentence

ANONYMOUS = re.compile(r"(?<![道大粗血])筋|関係者|幹部|高官|専門家|消息|当局者|外交団|観測|周辺|外交官|アナリスト|識者|OB|閣僚経験者")
COLLECTIVE = re.compile(r"両|双方|首脳ら|共同|各国|加盟国|[^一]人$|\d+(?:人|か国|カ国)|各社|ら$|たち$")
VAGUE = re.compile(r"^(?:各国|双方|両国|両者|両政府|加盟国|国際社会|世界|多くの国)")
GROUP = re.compile(r"(?:両首脳|両氏|両外相|首脳ら|各国|加盟国|\d+人|\d+(?:か国|カ国)|各社|ら|たち|双方|両者|両国|両政府)$")
BODY = re.compile(
    r"(?:省|庁|局|院|会|党|府|側|当局|政府|社|新聞|通信|放送|機関|機構|銀行|軍|紙|大使館|報道官|室|委|連盟|団体|財団|研究所|事務所|組合|協会|教会|学会|大学|警察|検察|裁判所|最高裁|高裁|地裁|国連|赤十字|連合|首相府|本部|支部|会議所|プロジェクト|ホワイトハウス|クレムリン|ペンタゴン|官邸)(?:は|など)?$"
)
PEOPLE = re.compile(
    r"(?<!死)(?<!負傷)(?<!犠牲)(?<!被災)(?<!避難)(?:氏|さん|同志|者|家|員|元首|長|相|官|領|使|師|授|記者|首脳|大統領|主席|総書記|補佐官|代表|友人|妻|夫|息子|娘|母|父|弟|兄|遺族|家族|弁護士|側近|住民|市民|社長|会長|教授|OB|一人|\d人|ら|たち|男性|女性|国王|皇太子|司令官|議員|企業|各社|(?<![道大粗血])筋|周辺)$"
)
DOCUMENT = re.compile(r"(?:声明|談話|書面|書面立場|コメント|書簡|決議|宣言|報告書|文書|コミュニケ|論評|社説|記事|演説)$")
JOINT = re.compile(r"共同|宣言|コミュニケ|決議")
PRONOUN = re.compile(r"^(?:彼|彼女|本人|同志|当人|自ら)$")
BARE_OFFICE = re.compile(r"^(?:同|その)?(?:大統領|首相|総理|総理大臣|外相|国防相|大臣|報道官|長官|主席|皇太子|大使|事務総長|国王|次官)$")
SURNAME = re.compile(r"^([一-鿿々]{1,3}?)(|氏|副?(?:部長|首相|大臣|次官|長官|主席|大統領|代表)|(?:外務)?(?:次官|大臣)|外相|大使|報道官|局長|補佐官)$")
SHORT_BODY = re.compile(r"[一-鿿々]{0,3}(?:局|庁|省|委員会|委)")
PREFIX = re.compile(r"^(?:(?:もっとも|そのため|その後|このため|だが|しかし|ただし?|一方で?|これに対し(?:て)?|他方|また|さらに|そして|なお|実際|結局|ものの)[、,]?)+")
ADDING = re.compile(r"^(?:続けて|さらに|また|その上で|そのうえで|加えて|このほか|同時に|特に|併せて|あわせて|次いで)")
SELF_SPOKEN = ("は", "も")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whose words stand on the page, and the phrase that names them."""

    phrase: Argument
    name: str
    kind: str
    party: Party


@dataclass(frozen=True, slots=True)
class Carried:
    """Whom the story was about last: the speaker or topic, whether they spoke, and at which offset."""

    speaker: Speaker
    paragraph: int
    sentence: int
    spoke: bool
    at: int


def who_speaks(
    scene: Scene, sentence: Sentence, saying: Saying, before: Carried | None, heard: tuple[Speaker, ...]
) -> Speaker | None:
    """The speaker of a saying; None where the page leaves it open.

    After the words (「…」と大臣は述べた), before them (大臣は「…」と), else whoever spoke or was the topic last.
    """
    phrases = [a for a in outer_arguments(sentence) if a.particle in ("は", "が", "も", "から") and a.end > saying.begin]
    phrases = [a for a in phrases if not _belongs_to_noun(scene, sentence, a, saying)]
    head = saying.clause.head if saying.clause.relative and not goes_on(scene, saying.clause) else None
    if head is not None and can_speak(scene, head) and _core(scene, head) not in scene.carriers:
        return speaker_of(scene, head, before, heard)
    after = [a for a in phrases if saying.until <= a.start < saying.clause.predicate_start and a.particle != "から"]
    for argument in after:
        if can_speak(scene, argument, quoted=saying.quoted):
            return speaker_of(scene, argument, before, heard)
    ahead = [a for a in phrases if a.end <= (saying.words.start if saying.quoted else saying.words.end)]
    chosen = _nested(scene, ahead, saying) if saying.nested else _leading(scene, sentence, ahead, saying, before)
    if chosen is None and not saying.nested:
        chosen = _earlier(scene, sentence, saying, before)
    if chosen is not None:
        return speaker_of(scene, _with_partners(scene, sentence, chosen), before, heard)
    return before.speaker if before is not None else None


def _with_partners(scene: Scene, sentence: Sentence, chosen: Argument) -> Argument:
    """「フランスとドイツは」: a phrase with those tied to it by と."""
    for argument in reversed(outer_arguments(sentence)):
        if argument.particle == "と" and 0 < chosen.start - argument.end <= 2 and party_of(scene, argument):
            chosen = replace(chosen, start=argument.start)
    return chosen


def _earlier(scene: Scene, sentence: Sentence, saying: Saying, before: Carried | None) -> Argument | None:
    """The topic of the part before: 「政府は反発し、制裁を行うとしている」, unless somebody has spoken since."""
    since = before.at if before is not None else -1
    topics = [
        a
        for a in outer_arguments(sentence)
        if a.particle == "は" and since < a.start and a.end <= saying.begin and can_speak(scene, a)
    ]
    return topics[-1] if topics else _beside(scene, sentence, saying)


def _beside(scene: Scene, sentence: Sentence, saying: Saying) -> Argument | None:
    """A short name right before the quotation that the clause reader took for something else: 「習は「…」と」."""
    match = re.search(r"(?:^|[、。])([^、。「」はが]{1,8})は、?「?$", scene.text[sentence.start : saying.words.start])
    if not saying.quoted or match is None:
        return None
    start = sentence.start + match.start(1)
    argument = Argument("は", start, start + len(match.group(1)), match.group(1))
    return argument if can_speak(scene, argument) or _by_surname(scene, argument, match.group(1)) else None


def _belongs_to_noun(scene: Scene, sentence: Sentence, argument: Argument, saying: Saying) -> bool:
    """「政府が公表した措置は正しいと述べた」: 政府 goes with 措置, unless a comma sets it apart."""
    if saying.clause.relative or argument.particle not in ("が", "から") or scene.text[argument.end + 1 : argument.end + 2] in ("、", ","):
        return False
    owners = [c for c in sentence.clauses if c.inside < 0 and argument in c.arguments]
    carried = [c for c in owners if c.head is not None and c.head.head in scene.carriers]
    closed = [c for c in owners if c.ending == "but" and c.end <= saying.words.start]
    apart = bool(owners) and all(c.relative or c in closed for c in owners)
    return apart and not carried and saying.clause not in owners


def _nested(scene: Scene, ahead: list[Argument], saying: Saying) -> Argument | None:
    """「紙は、高官が「行く」と語ったと報じた」: of all before the words, the nearest が, else the last は."""
    able = [a for a in ahead if can_speak(scene, a, quoted=True)]
    of_verb = [a for a in able if a.particle == "が"] or able
    return of_verb[-1] if of_verb else None


def _leading(
    scene: Scene, sentence: Sentence, ahead: list[Argument], saying: Saying, before: Carried | None
) -> Argument | None:
    """The phrase before the words that names the speaker: a topic, or a が that stands apart from what is told."""
    own = [a for a in saying.clause.arguments if a.particle == "が" and a in ahead and can_speak(scene, a)]
    topics = [a for a in ahead if a.particle in SELF_SPOKEN and can_speak(scene, a, quoted=saying.quoted)]
    if own and saying.quoted and not any(t in (*saying.clause.arguments, *saying.clause.inherited) for t in topics):
        return own[-1]
    carried = before is not None and before.spoke
    sources = [a for a in ahead if a.particle == "から" and is_person(scene, a) and not _asks(scene, a)]
    if sources and not any(t.end < sources[0].start for t in topics):
        return sources[0]
    if topics:
        last = topics[-1]
        nearest = saying.quoted and not DOCUMENT.search(_core(scene, last)) and (is_person(scene, last) or is_outlet(scene, last) or not is_person(scene, topics[0]))
        topic = last if nearest and (is_person(scene, last) or _adjoins(scene, last, saying)) else topics[0]
        if not carried or not _may_be_told_of(scene, sentence, topic, saying):
            return topic
        return topics[1] if len(topics) > 1 and is_person(scene, topics[1]) else None
    subjects = [a for a in ahead if a.particle == "が" and can_speak(scene, a, quoted=saying.quoted)]
    for subject in subjects:
        apart = scene.text[subject.end + 1 : subject.end + 2] in ("、", ",")
        opens = saying.quoted and saying.words.start - subject.end <= len("が、「")
        if apart or opens or (saying.quoted and subject is subjects[-1]) or (not carried and subject is subjects[0]):
            return subject
    return None


def _asks(scene: Scene, argument: Argument) -> bool:
    """「記者団から…問われ」, 「大統領から説明があり」: from whom a question or a word came, not who goes on to speak."""
    after = scene.text[argument.end : argument.end + 60].split("。")[0]
    return bool(re.search(r"記者", scene.text[argument.start : argument.end])) or bool(
        re.search(r"問われ|聞かれ|尋ねられ|質問され|求められ|批判され|要請され|指摘され|がなされ|があり|があった", after)
    )


def _adjoins(scene: Scene, topic: Argument, saying: Saying) -> bool:
    """Whether nothing stands between a topic and the quotation: 「外務省は「…」と」."""
    return bool(re.fullmatch(r"[はも、,「]{1,3}", scene.text[topic.end : saying.words.start]))


def _may_be_told_of(scene: Scene, sentence: Sentence, topic: Argument, saying: Saying) -> bool:
    """Whether a topic may belong to what is told and the speaker be the one before.

    「首相は…と述べた。さらに、隣国は約束を破ったとも指摘した。」: the prime minister speaks on, of the neighbour.
    """
    if saying.quoted or is_person(scene, topic):
        return False
    if scene.text[topic.end + 1 : topic.end + 2] in ("、", ","):
        return False
    words = scene.written(topic)
    also = scene.text[saying.until - 2 : saying.until + 1].endswith(("とも", "とも"))
    return bool(VAGUE.match(words)) or also or bool(ADDING.match(scene.text[sentence.start : topic.start + 1]))


def is_person(scene: Scene, argument: Argument) -> bool:
    """A phrase that names a person, an office holder or people, not a state or a body."""
    core = _core(scene, argument)
    return bool(party_of(scene, argument).people) or bool(PEOPLE.search(core) or ANONYMOUS.search(core))


def _core(scene: Scene, argument: Argument) -> str:
    """The phrase without brackets and quotation marks at its end."""
    return re.sub(r"(?:\([^()]*\)|[」』])+$", "", scene.text[argument.start : argument.end])


def can_speak(scene: Scene, argument: Argument, quoted: bool = False) -> bool:
    """Whether the phrase names a party, a body, a person, an anonymous source or a document that speaks."""
    return not is_thing(scene, argument) or bool(DOCUMENT.search(_core(scene, argument)))


def is_thing(scene: Scene, subject: Argument) -> bool:
    """A subject that cannot speak: no party, no body, no person, no anonymous source."""
    if party_of(scene, subject):
        return False
    written = _core(scene, subject)
    return not (
        ANONYMOUS.search(written)
        or BODY.search(written)
        or VAGUE.fullmatch(written)
        or GROUP.search(written)
        or PEOPLE.search(written)
        or PRONOUN.search(written)
        or OUTLET.search(written)
        or TITLED.search(scene.text[subject.start : subject.end])
    )


OUTLET = re.compile(
    r"(?:新聞|通信社?|紙|誌|放送|テレビ|ラジオ|メディア|ニュース|週報|電子版|報道機関|ポスト|タイムズ|ロイター)(?:など|各社|各紙)?[」』]?$"
)


# An outlet by its title: 「米経済誌「太平洋評論」」.
TITLED = re.compile(r"(?:誌|紙|新聞|通信|テレビ|放送|サイト)[「『]([^「」『』]+)[」』](?:紙|誌)?$")


def outlets_in(scene: Scene, argument: Argument) -> tuple[Actor, ...]:
    """The media among the actors of a phrase."""
    return tuple(a for a in scene.actors_in(argument.start, argument.end) if a.sector == "MED")


def is_outlet(scene: Scene, argument: Argument) -> bool:
    """Whether a phrase names an outlet or outlets and nobody else."""
    named = outlets_in(scene, argument)
    if TITLED.search(scene.text[argument.start : argument.end]):
        return True
    at_end = bool(named) and len(scene.text[named[-1].end : argument.end]) <= len("などの報道")
    return at_end or bool(OUTLET.search(_core(scene, argument)))


def speaker_of(
    scene: Scene, argument: Argument, before: Carried | None = None, heard: tuple[Speaker, ...] = ()
) -> Speaker | None:
    """The speaker that a phrase names; 彼 and a bare office are the one who spoke last, 談話 is whoever issued it."""
    written = PREFIX.sub("", _core(scene, argument))
    argument = replace(argument, start=argument.start + _cut(scene, argument))
    if PRONOUN.match(written):
        return replace(before.speaker, phrase=argument) if before else None
    party = NOBODY if _is_anothers(scene, argument) else party_of(scene, argument) or _bracketed(scene, argument)
    if (not party or written.startswith("同")) and (known := _known(scene, argument, written, before, heard)) is not None:
        return replace(known, phrase=argument)
    if not written or (not party and DOCUMENT.search(written) and not JOINT.search(written)):
        return replace(before.speaker, phrase=argument) if before else None
    name = _name(scene, argument, party)
    return Speaker(argument, name, _kind(name, party), party)


def _is_anothers(scene: Scene, argument: Argument) -> bool:
    """「コラー氏の弁護士」 is not コラー氏."""
    people = [a for a in scene.actors_in(argument.start, argument.end) if a.what == "person" and a.person]
    after = scene.text[people[-1].end : argument.end] if people else ""
    return after.startswith("の") and not after.startswith(("の両", "のら", "の2", "の3"))


def _bracketed(scene: Scene, argument: Argument) -> Party:
    """「ノルム教授(国際政治)」: the person whose bracket ends the phrase."""
    named = [a for a in scene.actors_in(argument.start, argument.end) if a.end == argument.end and a.person]
    if not named:
        return NOBODY
    return Party(named[0].codes, (named[0].person or "",), named[0].sector, argument.start, argument.end)


def _cut(scene: Scene, argument: Argument) -> int:
    match = PREFIX.match(scene.text[argument.start : argument.end])
    return match.end() if match and match.end() < argument.end - argument.start else 0


def _known(
    scene: Scene, argument: Argument, written: str, before: Carried | None, heard: tuple[Speaker, ...]
) -> Speaker | None:
    """A shorter form of somebody named before: 大使 by the office, 孫副部長 and 金氏 by surname, 警備局 by its ending."""
    person = _by_office(scene, argument, written, before) or _by_surname(scene, argument, written)
    if person is not None or is_outlet(scene, argument):
        return person
    for speaker in reversed(heard):
        if len(written) > 1 and speaker.name != written and speaker.name.endswith(written) and not speaker.party.people:
            return speaker
    return _by_ending(scene, argument, written)


def _by_office(scene: Scene, argument: Argument, written: str, before: Carried | None) -> Speaker | None:
    """「大使は」: the one who spoke last if that fits, else the only holder named in the last sentences."""
    if not BARE_OFFICE.match(written):
        return None
    office = written.removeprefix("同").removeprefix("その")
    if before is not None and before.speaker.party.people:
        phrase = before.speaker.phrase
        if office in scene.text[phrase.start : phrase.end]:
            return before.speaker
    named = [a for a in _near(scene, argument) if a.person and scene.text[a.start : a.end].endswith(office)]
    return _person(argument, named)


def _by_surname(scene: Scene, argument: Argument, written: str) -> Speaker | None:
    """「金氏は」, 「孫副部長は」, 「習は」: the one person of that surname, if an office is written the one who holds it."""
    match = SURNAME.match(written)
    if match is None:
        return None
    surname, office = match.groups()
    known = [a for a in scene.actors_in(0, argument.start) if a.person and a.person.startswith(surname)]
    if office not in ("", "氏"):
        known = [a for a in known if scene.text[a.start : a.end].endswith(office)]
    elif len({a.person for a in known}) > 1:
        known = [a for a in _near(scene, argument) if a.person and a.person.startswith(surname)]
    return _person(argument, [a for a in known if a.person != surname])


def _near(scene: Scene, argument: Argument) -> list[Actor]:
    """Whom the last three sentences name before a phrase."""
    starts = [s.start for s in scene.sentences if s.start <= argument.start][-3:]
    return list(scene.actors_in(starts[0], argument.start)) if starts else []


def _person(argument: Argument, named: list[Actor]) -> Speaker | None:
    if len({a.person for a in named}) != 1:
        return None
    name = named[-1].person or ""
    return Speaker(argument, name, "person", Party(named[-1].codes, (name,), named[-1].sector, argument.start, argument.end))


def _by_ending(scene: Scene, argument: Argument, written: str) -> Speaker | None:
    """「警備局は」, 「同庁は」: the one body named before whose name ends so."""
    ending = written.removeprefix("同")
    if not SHORT_BODY.fullmatch(ending):
        return None
    starts = [s.start for s in scene.sentences if s.start <= argument.start][-4:]
    text = scene.text[: argument.start]
    longer = [m.group() for m in re.finditer(rf"[一-鿿々ァ-ヶーA-Za-z・]+?{ending}(?![一-鿿])", text[starts[0] :])]
    names = list(dict.fromkeys(n for n in longer if n not in (written, ending)))
    if len(names) != 1:
        return None
    name = names[0]
    at = text.find(name)
    phrase = Argument(argument.particle, at, at + len(name), name)
    party = party_of(scene, phrase)
    return Speaker(argument, name, _kind(name, party), party)


def _name(scene: Scene, phrase: Argument, party: Party) -> str:
    """The person's name, an outlet's usual name, else the phrase as the page has it."""
    if titled := TITLED.search(scene.written(phrase)):
        return titled.group(1)
    if len(party.people) == 1 and "、" not in party.people[0]:
        return party.people[0]
    if party.people and any(person in scene.written(phrase) for person in party.people):
        return "、".join(party.people)
    outlets = outlets_in(scene, phrase)
    if outlets and len(party.codes) == 1 and not party.codes[0].isupper():
        return party.codes[0]
    return re.sub(r"\([^()]*\)$", "", scene.written(phrase)).strip().strip("「」『』")


def _kind(speaker: str, party: Party) -> str:
    if party.people:
        return "person" if len(party.people) == 1 else "collective"
    if ANONYMOUS.search(speaker):
        return "anonymous"
    if COLLECTIVE.search(speaker):
        return "collective"
    return "body" if party or BODY.search(speaker) or DOCUMENT.search(speaker) else "office"


