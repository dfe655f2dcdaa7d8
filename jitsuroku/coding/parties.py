"""Argument -> the parties it names: codes, persons and sector, from the actors that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jitsuroku.coding.binding import (
    is_aligned,
    is_posted,
)
from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.turns import own_side
from jitsuroku.records import Actor, Argument, Clause

BESIDE = re.compile(r"と(?:ともに|共に|共同で|一緒に|並んで|連名で)")
EXAMPLES = re.compile(r"など(?:の)?[^、。はがを]{0,10}?(?:\d+[かカヵヶケ箇]国|諸国|各国|国々|\d+の国と地域)$")
BRACKET = re.compile(r"\([^()]*\)$")
# A group told of by its quoted name alone: 「|「青い月連合」|は撤退した」.
QUOTED_GROUP = re.compile(
    r"「(?P<name>[^「」]{2,20}(?:連合|戦線|旅団|軍団|党|運動|評議会|同盟|機構|軍)(?:\([^()]*\))?)」(?:\([^()]*\))?"
)
JOINT = re.compile(r"(?:、|=|と|や|・|および|及び|並びに|ならびに|,|そして|とともに)*")
MEDIA, PRIVATE, BUSINESS = "MED", "CVL", "BUS"
FIRM = re.compile(r"「(?P<name>[^「」]{2,20})」の?$")
LONGEST_NAME = 12
ISSUED = re.compile(
    r"(?:宣言|声明|決議|サミット|首脳会議|首脳会談|(?:首脳|外相|国防相|閣僚|財務相|全体|拡大)(?:級)?会合|外相会議|閣僚会議|国防相会議|総会|理事会|"
    r"加盟国|加盟(?:各)?国の?首脳|各国首脳|参加国|加盟各国)$"
)
DOCUMENT = re.compile(r"(?:談話|声明|宣言|コミュニケ|決議|報告書|発表文|書簡)$")
# 「|首脳宣言|は」 is that of the summit, whoever spoke of it last.
OF_SUMMIT = re.compile(r"(?:首脳宣言|首脳声明|議長声明)$")
DRAFT = re.compile(r"(?:決議案|草案|声明案|提案|修正案)$")
PROPOSING = frozenset({"提案", "提出", "共同提案", "作成", "起草", "提示", "示す"})
# How many sentences back a document may have been told of.
REACH = 6
# How many make up a crowd is no part of its name: 「僧侶ら|約1万人|」.
SOME = re.compile(r"(?:(?<=ら)|(?<=たち)|(?=約|およそ))(?:約|およそ)?[\d数十百千万]+人(?:以上|余り|あまり)?$")
LOCAL_ORGAN = re.compile(
    r"の?(?:市警察|州警察|警察|警察当局|(?:中央|地方|高等|最高|控訴|連邦|軍事|特別|憲法)*(?:裁判所|法院)|中央地裁|地裁|高裁|検察|検察庁|地検|市当局)$"
)
# A group by its own name, whatever kind of group it is said to be: 「反政府組織「|青い山の戦線|」(BMF)」.
NAMED_GROUP = re.compile(
    r"(?:組織|勢力|集団|団体|基金|財団|ゲリラ|派|グループ|連合|戦線)「(?P<name>[^「」]{2,20})」(?:\([^()]*\))?$"
)
# A group that its last word shows to be armed: 「|北の獅子旅団|は」; units of armies are numbered or say what they fight with.
ARMED = re.compile(
    r"(?!.*(?:第|歩兵|空挺|機甲|戦車|砲兵|機械化|海兵|工兵|\d))(?P<name>[一-鿿ァ-ヶー・の]{2,14}?(?:旅団|解放戦線|解放軍|解放運動|抵抗運動|抵抗戦線|聖戦団|殉教者団))"
)
# What follows a format that a page is about: 「APEC|が2日、開催され|」, 「BRICS|首脳会議は|」.
TOLD_OF = re.compile(
    r"(?:\([^()]*\))?(?:の?(?:首脳|外相|国防相|財務相)?(?:会議|会合|会談|サミット|総会|理事会))?(?:\([^()]*\)|\))?[はが]"
)
# What a body has that acts for it: 「海警局|の船4隻|」.
CREWS = re.compile(r"の?(?:巡視|警備|公)?(?:船|艦艇?|航空機|ヘリ(?:コプター)?|職員|隊員|要員|部隊)(?:\d+(?:隻|機|人))?")
PARLIAMENT = re.compile(r"国会|議会|上院|下院|衆院|参院|両院")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event. ``written`` is the phrase it was read from."""

    codes: tuple[str, ...]
    people: tuple[str, ...]
    sector: str | None
    start: int
    end: int

    def __bool__(self) -> bool:
        return bool(self.codes)


NOBODY = Party((), (), None, 0, 0)


@once
def party_of(scene: Scene, argument: Argument) -> Party:
    """The party that the phrase as a whole names: its last actor, with those joined to it before.

    「日本とフランスの両首脳」 names both, 「フランスの企業」 names neither.
    """
    end = _before_examples(scene, argument) or _before_bracket(scene, argument)
    if is_own_parliament(scene, argument):
        return NOBODY
    if words := _private(scene, argument, _before_count(scene, argument, end)):
        return Party((words,), (), PRIVATE, argument.start, end)
    if other := _named_group(scene, argument) or _local_organ(scene, argument, end):
        return other
    actors = tuple(a for a in scene.actors_in(argument.start, end) if not is_posted(scene, a))
    # 「中央アジア5か国|(カザフスタン、キルギス…)|の大統領」: the bracket explains who stands before it.
    actors = tuple(a for a in actors if not _in_bracket(scene.text[argument.start : a.start])) or actors
    if not actors and (speaker := own_side(scene, argument.start, end)):
        return _party([speaker], argument)
    rest = scene.text[actors[-1].end : end] if actors else ""
    served = bool(actors) and actors[-1].what == "organisation" and bool(CREWS.fullmatch(rest))
    if not actors or not (served or scene.organs.fullmatch(rest)):
        return NOBODY
    chosen = [actors[-1]]
    for actor in reversed(actors[:-1]):
        gap = scene.text[actor.end : chosen[-1].start]
        if not JOINT.fullmatch(gap) or (not gap and actor.what != "state"):
            break
        chosen.append(actor)
    return _party((_of_party(scene, actor) for actor in reversed(chosen)), argument)


def _before_examples(scene: Scene, argument: Argument) -> int:
    """Where those end who are named of many: 「|日本やガイアナ|など非常任理事国10か国が提出した」; 0 where nobody is."""
    match = EXAMPLES.search(scene.text, argument.start, argument.end)
    return match.start() if match else 0


def _private(scene: Scene, argument: Argument, end: int) -> str:
    """「フランスの市民ら」 act for themselves; 「市民団体のノルム氏」 is a person, and of a long phrase the last words name them:
    「連合を率いるノルム前大統領の|支持者ら|」."""
    last = scene.text.rfind("の", argument.start, end) + 1
    for start in dict.fromkeys((argument.start, *((last,) if last else ()))):
        group = scene.private.search(scene.text[start:end]) is not None
        people = any(a.person and a.end > start for a in scene.actors_in(argument.start, argument.end))
        if end - start <= LONGEST_NAME and group and not people:
            return scene.page.text[start:end]
    return ""


def _before_count(scene: Scene, argument: Argument, end: int) -> int:
    """Where a phrase ends without the number of a crowd: 「僧侶ら|約1万人|」."""
    match = SOME.search(scene.text[argument.start : end])
    return argument.start + match.start() if match and match.start() else end


def _named_group(scene: Scene, argument: Argument) -> Party:
    """A group that no table lists and the page calls by its name."""
    words = scene.text[argument.start : argument.end]
    match = NAMED_GROUP.search(words) or QUOTED_GROUP.fullmatch(words) or ARMED.fullmatch(words)
    if match is None or scene.actors_in(argument.start + match.start("name"), argument.start + match.end("name")):
        return NOBODY
    name = scene.page.text[argument.start + match.start("name") : argument.start + match.end("name")]
    return Party((name,), (), PRIVATE, argument.start, argument.end)


def _local_organ(scene: Scene, argument: Argument, end: int) -> Party:
    """The police and the courts of a place act for its state: 「|ムンバイの警察|は4人を逮捕した」."""
    if LOCAL_ORGAN.search(scene.text, argument.start, end) is None:
        return NOBODY
    state = state_of_place(scene, replace(argument, end=end))
    if state is None or any(a.codes != (state,) or a.person for a in scene.actors_in(argument.start, end)):
        return NOBODY
    return Party((state,), (), None, argument.start, end)


def _before_bracket(scene: Scene, argument: Argument) -> int:
    """Where a phrase ends without the bracket that explains it: 「ビルマ(現ミャンマー)」 names one state."""
    match = BRACKET.search(scene.text[argument.start : argument.end])
    if match is None or not match.start():
        return argument.end
    end = argument.start + match.start()
    # 「|王毅政治局委員(外交部長)|は」: the bracket is a second office of one person.
    within = any(a.start < end < a.end for a in scene.actors_in(argument.start, argument.end))
    return argument.end if within else end


def parties_inside(scene: Scene, argument: Argument) -> Party:
    """The first party named anywhere in a phrase, with those joined to it: 「北朝鮮の謝罪」 names 北朝鮮."""
    actors = scene.actors_in(argument.start, argument.end)
    chosen: list[Actor] = []
    plain = (a for a in actors if not is_aligned(scene, a) and not _in_bracket(scene.text[argument.start : a.start]))
    for actor in plain:
        if chosen and not JOINT.fullmatch(scene.text[chosen[-1].end : actor.start]):
            break
        chosen.append(actor)
    return _party(chosen, argument)


def _in_bracket(before: str) -> bool:
    """Whether a bracket that explains is open: 「漁船(|港町漁協|所属)」."""
    return before.count("(") > before.count(")")


def _of_party(scene: Scene, actor: Actor) -> Actor:
    """「|労働党の|前田氏」 acts for nobody but themselves, whatever state they are of; the head of a firm for the firm."""
    if actor.sector == BUSINESS and actor.codes == (actor.person,):
        firm = _firm_of(scene, actor)
        return replace(actor, codes=(firm,)) if firm else actor
    if actor.person is None or actor.office is not None or scene.text[actor.start - 1 : actor.start] != "の":
        return actor
    before = [a for a in scene.actors_in(actor.start - LONGEST_NAME, actor.start) if a.end == actor.start - 1]
    member = bool(before) and before[-1].what == "organisation" and before[-1].codes[0].endswith("党")
    return replace(actor, codes=(actor.person,)) if member else actor


def _firm_of(scene: Scene, actor: Actor) -> str | None:
    """The firm that the page names before its head, once: 「ガス会社「|北風ガス|」のレノフ社長」."""
    for other in scene.actors.actors:
        if other.person != actor.person:
            continue
        before = FIRM.search(scene.text[max(0, other.start - LONGEST_NAME * 2) : other.start])
        if before is not None:
            return before["name"]
        named = [a for a in scene.actors_in(other.start - LONGEST_NAME, other.start) if a.what == "organisation"]
        if named and scene.text[named[-1].end : other.start] in ("", "の"):
            return named[-1].codes[0]
    return None


def _party(actors: object, argument: Argument) -> Party:
    chosen: list[Actor] = list(actors)  # type: ignore[call-overload]
    codes = dict.fromkeys(code for actor in chosen for code in actor.codes)
    people = dict.fromkeys(actor.person for actor in chosen if actor.person)
    sectors = {actor.sector for actor in chosen}
    return Party(
        tuple(codes), tuple(people), sectors.pop() if len(sectors) == 1 else None, argument.start, argument.end
    )


def joined(*parties: Party) -> Party:
    """Several parties as one side."""
    filled = [p for p in parties if p]
    if not filled:
        return NOBODY
    return Party(
        tuple(dict.fromkeys(c for p in filled for c in p.codes)),
        tuple(dict.fromkeys(n for p in filled for n in p.people)),
        filled[0].sector,
        min(p.start for p in filled),
        max(p.end for p in filled),
    )


def with_partner(scene: Scene, clause: Clause, subject: Argument) -> Party:
    """The subject and a partner tied to it by と: 「フランスとドイツは」 is one subject of two."""
    party = party_of(scene, subject) or issuer(scene, subject)
    pool = clause.arguments if subject in clause.arguments else _beside(scene, clause, subject)
    party = joined(*listed_before(scene, pool, subject), party) if party else party
    for argument in pool:
        if argument.particle == "と" and 0 < subject.start - argument.end <= 2:
            return joined(party_of(scene, argument), party)
    done = clause.predicate
    if not party or not (done in scene.performatives or done in scene.speech or done in PROPOSING):
        return party
    return joined(party, _beside_whom(scene, (*clause.arguments, *pool), party))


def _beside_whom(scene: Scene, pool: tuple[Argument, ...], party: Party) -> Party:
    """With whom somebody says or asks something: 「甲国は|乙国とともに|攻撃を非難した」; one's own people add nobody."""
    for argument in pool:
        # 「甲国は乙国|を|丙国とともに非難した」 may blame both.
        beside = argument.particle == "と" and BESIDE.match(scene.text, argument.end)
        if beside and scene.text[argument.start - 1 : argument.start] != "を":
            other = party_of(scene, argument)
            return NOBODY if set(other.codes) & set(party.codes) else other
    return NOBODY


def _beside(scene: Scene, clause: Clause, subject: Argument) -> tuple[Argument, ...]:
    """What stands with a carried subject in its own sentence: 「|フランスと|ドイツは会談を持ち、合意を歓迎した」."""
    sentence = scene.sentence_of(subject.start)
    owners = (c for c in (sentence.clauses if sentence else ()) if subject in c.arguments)
    return next((c.arguments for c in owners), clause.inherited)


def listed_before(scene: Scene, pool: tuple[Argument, ...], subject: Argument) -> list[Party]:
    """Those named before the subject in one list: 「|フランスの首相、|ドイツの首相が参加した」."""
    found: list[Party] = []
    at = subject.start
    for argument in sorted((a for a in pool if a.end < subject.start), key=lambda a: -a.start):
        listed = not argument.particle or (argument.particle == "と" and bool(found))
        party = party_of(scene, argument) if listed else NOBODY
        gap = scene.text[argument.end : at]
        if not party or not gap or (gap != argument.particle and JOINT.fullmatch(gap) is None):
            break
        found.insert(0, party)
        at = argument.start
    return found


def issuer(scene: Scene, subject: Argument) -> Party:
    """Whose declaration, summit or members: the format or bloc named last before.

    「BRICS首脳会議が閉幕した。宣言は制裁を批判した」: the declaration is that of BRICS.
    """
    words = scene.text[subject.start : _before_bracket(scene, subject)]
    if DRAFT.search(words):
        return _proposer(scene, subject)
    document = DOCUMENT.search(words)
    if document and not OF_SUMMIT.search(words) and (party := _author(scene, subject, document.group())):
        return party
    if not ISSUED.search(words):
        return NOBODY
    named = parties_inside(scene, subject)
    if named and all(code in scene.blocs for code in named.codes):
        return named
    if named:
        return NOBODY
    earlier = (a for a in scene.actors_in(0, subject.start) if not is_posted(scene, a))
    before = [a for a in earlier if a.what == "organisation" and set(a.codes) & scene.blocs]
    before = [a for a in before if TOLD_OF.match(scene.text, a.end)] or before
    return Party(before[-1].codes, (), None, subject.start, subject.end) if before else NOBODY


def _proposer(scene: Scene, subject: Argument) -> Party:
    """Who put a draft forward, as the clause tells that describes it last: 「|英国が|提案した|決議案|は」."""
    for sentence in reversed(scene.sentences_until(subject.start)[-REACH:]):
        for clause in reversed(sentence.clauses):
            draft = clause.head if clause.relative and clause.predicate in PROPOSING else None
            if draft is not None and draft.start <= subject.start and draft.head == subject.head:
                by = (a for a in clause.arguments if a.particle in ("が", "によって"))
                return next((party for a in by if (party := party_of(scene, a))), NOBODY)
            # 「英国は4日、決議案を|提出した|。|決議案は|…」
            put = (a for a in clause.arguments if a.particle == "を" and a.head == subject.head)
            if clause.predicate in PROPOSING and not clause.relative and any(a.end < subject.start for a in put):
                doers = (a for a in clause.arguments if a.particle in ("は", "が"))
                return next((party for a in doers if (party := party_of(scene, a))), NOBODY)
    return NOBODY


def _author(scene: Scene, subject: Argument, document: str) -> Party:
    """Who put out a statement: named in the phrase, or the subject of the sentence that told of it first.

    「外務省は談話を出した。談話は隣国を批判した」: it is the ministry that criticises.
    """
    named = parties_inside(scene, subject)
    if named:
        return named
    for sentence in reversed(
        [s for s in scene.sentences_until(subject.start)[-REACH - 1 :] if s.end <= subject.start][-REACH:]
    ):
        at = scene.text.find(document, sentence.start, sentence.end)
        issuing = (
            c for c in sentence.clauses if any(a.start <= at < a.end and a.particle == "を" for a in c.arguments)
        )
        outer = (a for c in (*issuing, *sentence.clauses) if c.inside < 0 for a in c.arguments)
        before = (party_of(scene, a) for a in outer if a.particle in ("は", "が") and a.end <= at)
        if party := next((p for p in before if p), None):
            return party
    return NOBODY


def is_own_parliament(scene: Scene, argument: Argument) -> bool:
    """「政府は法案を|国会に|提出した」: a government brings its bills before its own parliament."""
    return argument.particle == "に" and PARLIAMENT.fullmatch(scene.text, argument.start, argument.end) is not None


def state_of_place(scene: Scene, argument: Argument) -> str | None:
    inside = (n for n in reversed(scene.mentions.names) if argument.start <= n.start and n.end <= argument.end)
    return next((n.candidates[0] for n in inside if n.what in ("place", "state") and len(n.candidates) == 1), None)
