"""Phrase -> speaker: whether a phrase names somebody who can speak, and whom.

「同志は」, 「大使は」, 「孫副部長は」, 「同庁は」 are somebody the page has named before; 「談話は」 is whoever issued it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jitsuroku.coding.outlets import OUTLET, SHORTENED, TITLED, core_of, is_outlet, outlets_in, title_in
from jitsuroku.coding.parties import NOBODY, Party, party_of
from jitsuroku.coding.scene import Scene, once
from jitsuroku.records import Actor, Argument

ANONYMOUS = re.compile(
    r"(?<![道大粗血])筋|関係者|幹部|高官|専門家|消息|当局者|外交団|観測|周辺|外交官|アナリスト|識者|OB|閣僚経験者"
)
COLLECTIVE = re.compile(r"両|双方|首脳ら|共同|各国|加盟国|[^一]人$|\d+(?:人|か国|カ国)|各社|ら$|たち$")
VAGUE = re.compile(r"^(?:各国|[^、。]{0,6}諸国|双方|両国|両者|両政府|加盟国|国際社会|世界|多くの国)")
GROUP = re.compile(
    r"(?:両首脳|両氏|両外相|首脳ら|各国|加盟国|\d+人|\d+(?:か国|カ国)|各社|ら|たち|双方|両者|両国|両政府)$"
)
BODY = re.compile(
    r"(?:省|庁|局|院|会|党|府|側|当局|政府|社|新聞|通信|放送|機関|機構|銀行|軍|紙|大使館|報道官|室|委|(?<!の)広報|連盟|団体|財団|研究所|事務所|組合|協会|教会|学会|大学|警察|検察|裁判所|最高裁|高裁|地裁|国連|赤十字|連合|首相府|本部|支部|会議所|プロジェクト|サービス|勢力|組織|グループ|軍政|陣営|選管|消防|内閣|首脳陣|(?<![一二三四五六七八九十集師旅兵軍])団|隊|政権|(?<![タハ][カト])派|自治区|青瓦台|中南海|ダウニング街|保障会議|調査所|漁協|領事館|広報部|戦線|(?<=[謀令表])部|(?:外交|国防|商務|財政|法務|統一|教育|公安|国家安全|宣伝|組織)部|議長国|理事国|部門|シンクタンク|農協|NGO|ホワイトハウス|クレムリン|ペンタゴン|官邸)(?:は|など)?$"
)
# No such ending is longer: of a long phrase the rest need not be searched.
LONGEST_ENDING = 16
PEOPLE = re.compile(
    r"(?<!死)(?<!負傷)(?<!犠牲)(?<!被災)(?<!避難)(?:氏|さん|同志|者|家|員|元首|長|相|官|領|使|師|授|記者|首脳|党首|大統領|主席|総書記|補佐官|代表|友人|閣僚|官僚|アナウンサー|キャスター|妻|夫|息子|娘|母|父|弟|兄|遺族|家族|弁護士|側近|住民|市民|社長|会長|教授|主筆|知事|代理|法王|教皇|陛下|殿下|女王|司教|枢機卿|乗客|観光客|被告|弁護人|船主|社主|漁民|農民|移民|候補|スポークス(?:マン|パーソン|ウーマン)|(?<=の)広報|リーダー|トップ|メンバー|コメンテーター|父親|母親|両親|親族|知人|同僚|部下|理事|監事|総裁|頭取|CEO|書記|准将|[大中少](?:将|佐|尉)|兵士|元兵|軍人|スパイ|テロリスト|誘拐犯|実行犯|部族|少数民族|[ァ-ヶー国]人|大臣|顧問|担当|報道官|OB|一人|\d人|人物|ら|たち|男性?|女性?|国王|皇太子|司令官|議員|企業|各社|(?<![道大粗血])筋|周辺)(?:など)?$"
)
DOCUMENT = re.compile(
    r"(?:声明|談話|書面|書面立場|コメント|書簡|決議|宣言|報告書|文書|コミュニケ|論評|社説|記事|演説)$"
)
# 「|今回の|報告書は」: which text it is, not whose.
THIS = re.compile(r"^(?:今回の|この|その|同|新たな|最新の|先の)")
JOINT = re.compile(r"共同|宣言|コミュニケ|決議|首脳声明|議長声明")
# How far before a phrase a name may begin that the phrase ends.
NAME = 40
DEED = re.compile(
    r"の(?:訪[問日米中朝韓露]|会談|出席|参加|来日|訪問|攻撃|動き|行動|決定|発表|判断|対応|関与|支援|演習|発射|立場|狙い|思惑|姿勢|方針|政策)$"
)
# 「いかなる勢力も必ず失敗すると強調した」: nobody in particular speaks.
NOBODY_MEANT = re.compile(
    r"(?:いかなる|どの[^、。]|どんな|どういう|誰[がもか]?|だれ[がもか]?|何人|あらゆる|すべての|全ての)"
)
KNOWS = re.compile(r"(?:詳しい|近い|通じる|通じた|精通した|精通する)")
TAKEN_FOR = re.compile(r"([^、。「」はが\s]{1,16}(?:とみられる|と見られる|とされる|を名乗る|と称する))$")
ABOUT = re.compile(r"([^、。「」はが\s]{1,20}に)$")
PRONOUN = re.compile(r"^(?:彼(?:女)?(?:ら|たち)?|本人|同志|当人|自ら)$")
SURNAME = re.compile(
    r"^([一-鿿々]{1,3}?)(|氏|副?(?:部長|首相|大臣|次官|長官|主席|大統領|代表)|(?:外務)?(?:次官|大臣)|外相|大使|報道官|局長|補佐官)$"
)
SHORT_BODY = re.compile(
    r"同?[一-鿿々]{0,3}(?:局|庁|省|委員会|委)|同[一-鿿々]{0,3}(?:党|軍|社|院|所|大学|団体|組織|グループ|連盟|協会|財団|機関|勢力|連合)"
)
# 「外交筋の説明は」: the diplomats'.
ACCOUNT = re.compile(
    r"(?<=.)の(?:説明|話|見立て|言い分|証言|発言|主張|見解|コメント|談話|声明|論評|演説|投稿|声|訴え|意見|要求|批判|指摘|反論|報道|記事|判断|認識|考え|立場|方針)$"
)
# 「外務省報道官談話」: the author stands in the word itself.
COMPOUND = re.compile(r"(?<=...)(?:談話|声明|論評|発言|コメント)$")
# 「モロー政権は」 is not Moreau himself.
HOUSE = re.compile(r"(?:政権|陣営|内閣|派|一家)(?:側)?$")
PREFIX = re.compile(
    r"^(?:[(【\[][^()【】\[\]、。]{0,10}(?:=|発|(?=時事|共同|ロイター))[^()【】\[\]、。]{0,8}[)】\]])?(?:(?:もっとも|そのため|その後|このため|だが|しかし|ただし?|一方で?|これに対し(?:て)?|他方|また|さらに|そして|なお|実際|結局|ものの)[、,]?)*"
)
IN_MARKS = re.compile(r"[「『]([^「」『』]*)[」』]")
# 「|隣国だけ|が応じなかったと主張した」: whoever is singled out is told of.
ALONE = re.compile(r"(?:だけ|のみ|ばかり)$")


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


@once
def is_person(scene: Scene, argument: Argument) -> bool:
    """A phrase that names a person, an office holder or people, not a state or a body."""
    core = core_of(scene, argument)
    return bool(party_of(scene, argument).people) or bool(PEOPLE.search(core) or ANONYMOUS.search(core))


def is_state(scene: Scene, argument: Argument) -> bool:
    """Whether a phrase names a state and nothing more."""
    return any(
        (a.what, a.start, a.end) == ("state", argument.start, argument.end)
        for a in scene.actors_in(argument.start, argument.end)
    )


def can_speak(scene: Scene, argument: Argument) -> bool:
    """Whether the phrase names a party, a body, a person, an anonymous source or a document that speaks."""
    if NOBODY_MEANT.match(scene.text, argument.start, argument.end) or ALONE.search(
        scene.text, argument.start, argument.end
    ):
        return False
    return not is_thing(scene, argument) or bool(DOCUMENT.search(core_of(scene, argument)))


@once
def is_thing(scene: Scene, subject: Argument) -> bool:
    """A subject that cannot speak: no party, no body, no person, no anonymous source."""
    written = core_of(scene, subject)
    if party_of(scene, subject) and not _is_deed_of(written):
        return False
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


def _is_deed_of(written: str) -> bool:
    """「大統領の|訪朝|も実現すれば」: what somebody does is not who does it."""
    return DEED.search(written) is not None


def whole_name(scene: Scene, argument: Argument) -> Argument:
    """A phrase from where its name begins: the clause reader cuts 「Nordic| Times」 at the space."""
    begun = [
        a.start
        for a in scene.actors_in(max(0, argument.start - NAME), argument.end)
        if a.start < argument.start < a.end
    ]
    return replace(argument, start=begun[0], head=scene.text[begun[0] : argument.end]) if begun else argument


def speaker_of(
    scene: Scene, argument: Argument, before: Carried | None = None, heard: tuple[Speaker, ...] = ()
) -> Speaker | None:
    """The speaker that a phrase names; 彼 and a bare office are the one who spoke last, 談話 is whoever issued it."""
    if (author := author_of(scene, argument)) is not None:
        inner = speaker_of(scene, author, before, heard)
        return replace(inner, phrase=argument) if inner is not None else None
    argument = _with_knowledge(scene, argument)
    written = PREFIX.sub("", core_of(scene, argument))
    argument = replace(argument, start=argument.start + _cut(scene, argument))
    if PRONOUN.match(written):
        return replace(before.speaker, phrase=argument) if before else None
    party = NOBODY if _is_anothers(scene, argument) else party_of(scene, argument) or _bracketed(scene, argument)
    if party.people and HOUSE.search(written):
        party = replace(party, people=())
    if (not party or written.startswith("同")) and (
        known := _known(scene, argument, written, before, heard)
    ) is not None:
        return replace(known, phrase=argument)
    if (holder := _by_state(scene, argument, party)) is not None:
        return holder
    paper = THIS.sub("", written)
    if not written or (not party and DOCUMENT.search(paper) and not JOINT.search(paper) and "の" not in paper):
        return _issuer(scene, argument, before, heard) or (Speaker(argument, paper, "body", NOBODY) if paper else None)
    name = _name(scene, argument, party)
    return Speaker(argument, name, _kind(name, party), party)


def _issuer(scene: Scene, argument: Argument, before: Carried | None, heard: tuple[Speaker, ...]) -> Speaker | None:
    """Whose statement 「声明は」 means, where the page tells: whoever spoke last, not the agency that told of it: 「組織は声明を出した。港通信が報じた」."""
    if before is None:
        return None
    spoken = (*heard, before.speaker)
    issuer = next((s for s in reversed(spoken) if not is_outlet(scene, s.phrase)), before.speaker)
    return replace(issuer, phrase=argument)


def _with_knowledge(scene: Scene, argument: Argument) -> Argument:
    """「事情に|詳しい関係者」, 「兵士とみられる|男」: the clause reader leaves out what somebody knows about or is taken for."""
    before = scene.text[max(0, argument.start - NAME) : argument.start]
    about = TAKEN_FOR.search(before)
    if about is None and not KNOWS.match(scene.text, argument.start, argument.end):
        return argument
    about = about or ABOUT.search(before)
    start = argument.start - len(about.group(1)) if about is not None else argument.start
    return replace(argument, start=start, head=scene.text[start : argument.end])


def author_of(scene: Scene, argument: Argument, compound: bool = False) -> Argument | None:
    """Whose words a phrase tells of: 「外交筋の|説明」, where a word may name its author also 「外務省報道官|談話」."""
    written = core_of(scene, argument)
    named = ACCOUNT.search(written) or (COMPOUND.search(written) if compound else None)
    if named is None:
        return None
    end = argument.start + named.start()
    author = replace(argument, end=end, head=scene.text[argument.start : end])
    return author if can_speak(scene, author) and not DOCUMENT.search(core_of(scene, author)) else None


def is_document(scene: Scene, argument: Argument) -> bool:
    """Words that somebody else in the sentence has issued: 「とする|報道官声明|を発表した」, but not 「大統領の発言」."""
    return bool(DOCUMENT.search(core_of(scene, argument))) and author_of(scene, argument) is None


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
    person = _by_office(scene, argument, written, before) or by_surname(scene, argument, written)
    if person is not None or is_outlet(scene, argument):
        return person
    ending = written.removeprefix("同")
    for speaker in reversed(heard):
        longer = speaker.name != written and speaker.name.endswith(ending)
        if len(ending) > 1 and longer and not speaker.party.people:
            return speaker
    return _by_ending(scene, argument, written)


def _by_office(scene: Scene, argument: Argument, written: str, before: Carried | None) -> Speaker | None:
    """「大使は」: the one who spoke last if that fits, else the only holder named in the last sentences or on the page."""
    office = written.removeprefix("同").removeprefix("その")
    if not _is_office(scene, office):
        return None
    if before is not None and before.speaker.party.people:
        phrase = before.speaker.phrase
        if office in scene.text[phrase.start : phrase.end]:
            return before.speaker
    for pool in (_near(scene, argument), scene.actors_in(0, argument.start)):
        named = [a for a in pool if a.person and scene.text[a.start : a.end].endswith(office)]
        if named:
            return _person(argument, named)
    return None


def _is_office(scene: Scene, written: str) -> bool:
    rows = scene.world.offices[scene.language.code].get(written[:1], ())
    return any(row["word"] == written and row["level"] != "honorific" for row in rows)


def _by_state(scene: Scene, argument: Argument, party: Party) -> Speaker | None:
    """「ロシア大統領は」, 「米外相は」: the one holder of that state's office whom the page names."""
    states = [a for a in scene.actors_in(argument.start, argument.end) if a.what == "state"]
    office = scene.text[states[-1].end : argument.end].removeprefix("の") if len(states) == 1 else ""
    if party.people or not office or not _is_office(scene, office):
        return None
    named = [
        a
        for a in scene.actors_in(0, argument.start)
        if a.person and a.codes == states[0].codes and scene.text[a.start : a.end].endswith(office)
    ]
    return _person(argument, named)


def by_surname(scene: Scene, argument: Argument, written: str) -> Speaker | None:
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
    starts = [s.start for s in scene.sentences_until(argument.start)[-3:]]
    return list(scene.actors_in(starts[0], argument.start)) if starts else []


def _person(argument: Argument, named: list[Actor]) -> Speaker | None:
    if len({a.person for a in named}) != 1:
        return None
    name = named[-1].person or ""
    return Speaker(
        argument, name, "person", Party(named[-1].codes, (name,), named[-1].sector, argument.start, argument.end)
    )


def _by_ending(scene: Scene, argument: Argument, written: str) -> Speaker | None:
    """「警備局は」, 「同庁は」: the one body named before whose name ends so."""
    ending = written.removeprefix("同")
    if not SHORT_BODY.fullmatch(written):
        return None
    starts = [s.start for s in scene.sentences_until(argument.start)[-4:]]
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
    if (title := title_in(scene.written(phrase))) is not None:
        return title
    if len(party.people) == 1 and "、" not in party.people[0]:
        return party.people[0]
    if party.people and any(person in scene.written(phrase) for person in party.people):
        return "、".join(party.people)
    outlets = outlets_in(scene, phrase)
    if outlets and len(party.codes) == 1 and not party.codes[0].isupper():
        named = scene.page.text[outlets[0].start : outlets[0].end]
        return party.codes[0] if len(named) <= SHORTENED or party.codes[0] in named else named
    name = re.sub(r"\([^()]*\)$|から$", "", scene.written(phrase)).strip()
    whole = IN_MARKS.fullmatch(name)
    return whole.group(1) if whole is not None else name


def _kind(speaker: str, party: Party) -> str:
    if party.people:
        return "person" if len(party.people) == 1 else "collective"
    if ANONYMOUS.search(speaker):
        return "anonymous"
    if COLLECTIVE.search(speaker):
        return "collective"
    return "body" if party or BODY.search(speaker) or DOCUMENT.search(speaker) else "office"
