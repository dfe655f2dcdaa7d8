"""Who promises and who is promised: from the clause, the noun phrase, the speaker, the paragraph's label or the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jitsuroku.coding.aided import is_what_is_given
from jitsuroku.coding.deals import among, both_sides, met
from jitsuroku.coding.parties import MEDIA, NOBODY, PRIVATE, Party, joined, parties_inside, party_of, with_partner
from jitsuroku.coding.promise_words import PromiseWords
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import from_slot
from jitsuroku.coding.telling import Telling
from jitsuroku.records import Actor, Argument, Clause, Row, Statement

Codes = tuple[str, ...]

WITH_SUBJECT = ("が", "は", "も")
GIVEN_TO = ("に対して", "に", "へ", "への", "向け", "に向けて", "in:への", "in:に", "in:へ", "in:向け", "in:に対して")
GIVEN_BY = ("によって", "により", "から", "による", "側から")
BOUGHT_FROM = ("から", "in:から")
# What follows a party that is promised something, inside the noun phrase of the amount.
TOWARD = re.compile(r"^(?:政府|国内|側|企業|社)?(?:への|へ|向け|に対する|産|製)")
AIMED = re.compile(r"^(?:への|へ|向け|に対する|に|との|産|製)")
FROM = re.compile(r"^(?:政府|企業|社|側)?(?:による|からの)")
AIDED = re.compile(r"^(?:支援|援助|投資|融資)")
OWN = re.compile(r"^(?:政府)?(?:の|が(?:表明|発表|約束)した)(?:約|総額|最大|計)?$")
# Whose debt it is: 「|隣国の|債務3億ドルを帳消しにする」.
OWED = re.compile(r"^(?:政府)?の?(?:対[日米中露英仏独欧]|公的|対外|二国間|円借款|商業)*(?:債務|借金|負債)")
MADE_BY = re.compile(r"^(?:機|製)")
WE = re.compile(r"^(?:我々|われわれ|我が国|わが国|私たち|私|我が方|わが社|当社)")
FIRM = re.compile(r"[^\s、。「」はがをにでとへのも]{1,14}(?:社|航空|銀行|ファンド|基金|公社|会社|グループ|連合体)$")
MEMBERS = re.compile(r"^(?:全|同|各|他の)?(?:加盟国|参加国|構成国|メンバー国|加盟各国)(?:政府|首脳)?$")
ADDRESSED = ("に対して", "に", "へ", "向け")
# What parts a giver from the amount in a list, and what follows there.
LISTED = re.compile(r"^(?:\([A-Z]+\))?(?:政府)?(?:が|は|、|:|\((?:[^()\d、]{0,8})?)(?:約|最大|計|総額|同)?$")
LIST_GOES_ON = re.compile(r"[)]|、|,|など|。|と(?!す|し|述)|だ|で(?:ある|、|。)|に(?:なる|なっ)")
LIST = re.compile(r"(?:や|と|など|及び|および)?、")
# When and where a thing happens, which nobody is: 「首相の|隣国訪問時に|」, 「日本との|会談に|合わせ」.
OCCASION = re.compile(r"(?:時|際|折|中|前|後|機|場|席|会談|会合|会議|訪問|交渉|協議|式典|式)$")
RECIPIENT = re.compile(r"(?:国|国々|諸国|各国|政府|軍|社|機関|住民|難民|国民|側)$")
ISSUED = re.compile(r"(?:宣言|声明|首脳会議|首脳会合|加盟国|加盟国首脳)$")
FUND = re.compile(r"^の?(?:信託)?(?:基金|本部|条約|協定)")
VISIT = re.compile(r"^(?:を|へ|に)?(?:訪問時|訪問中|訪問の際|訪問し|訪れ)")
STATE = 3
LABEL = re.compile(r"^(?::|】|\]|、\d{1,2}月\d{1,2}日。)")
TOGETHER = "共同"
# How much of the amount's noun phrase stands before and after it.
# How far the end of a phrase with its particle may stand before the next.
NEXT_TO = 2
PHRASE = 30
PAUSES = re.compile(r"(?<!今後)(?<!新たに)[、。「」]")


@dataclass(frozen=True, slots=True)
class Sides:
    """Giver and receiver as codes; empty where the page leaves them open."""

    giver: Codes
    receiver: Codes


def sides(scene: Scene, telling: Telling, words: PromiseWords, kind: str, speaker: Statement | None) -> Sides:
    """Giver and receiver as the sentence tells them; what it leaves open is asked of label and speaker."""
    giver, receiver = _in_the_phrase(scene, telling, kind)
    coming_from, aimed_at = giver, receiver
    if telling.clause is not None and telling.told is None and is_praise(scene, telling.clause):
        return Sides(giver or _owner(scene, telling), ())
    known = True
    for clause in telling.clauses:
        mine, theirs = _in_the_clause(scene, telling, clause, words, kind)
        # 「融資を受けたと発表した」: who receives and then tells of it does not give.
        giver = giver or (_without(mine, _without(receiver, aimed_at)) if known else ())
        # 「彼は、旅行が20億ドルの取引をもたらしたと主張した」: who claims it is not who gives it.
        known = known and not _has_other_subject(telling, clause)
        receiver = receiver or _without(theirs, giver)
        if giver and receiver:
            break
    receiver = receiver or (_receives(scene, telling, coming_from) if coming_from else ())
    giver = (
        giver
        or listed_giver(scene, telling)
        or among(scene, telling)
        or _speaker(scene, telling, speaker)
        or _label(scene, telling)
    )
    if aimed_at and set(aimed_at) <= set(giver):
        # 「日本とインドは、|インドへの|投資を広げる」: it is one of the two that receives; 「大統領は国王と会談し、|自国への|
        # 投資で合意した」: the other gives.
        giver, receiver = _without(giver, aimed_at) or _without(met(scene, telling), aimed_at), aimed_at
    if kind == "deal" and (both := both_sides(scene, telling, giver, receiver)):
        return Sides(both, ())
    receiver = _without(receiver, giver) or _we_are_promised(telling, scene, speaker, giver)
    return Sides(giver, receiver or _visited(scene, telling, giver))


def _without(codes: Codes, taken: Codes) -> Codes:
    return tuple(c for c in codes if c not in taken)


def _in_the_phrase(scene: Scene, telling: Telling, kind: str) -> tuple[Codes, Codes]:
    """Parties beside the amount: 「フランスによる隣国への3億ドル」, 「3億ドルの対米投資」."""
    pauses = [m.end() for m in PAUSES.finditer(scene.text, telling.sentence.start, telling.start)]
    begin = max([telling.start - PHRASE, telling.sentence.start, *(p for p in pauses if not _inside_list(scene, p))])
    pause = PAUSES.search(scene.text, telling.end)
    end = min(telling.end + PHRASE, telling.sentence.end, pause.start() if pause else telling.sentence.end)
    giver: Codes = ()
    receiver: Codes = ()
    for actor in (*scene.actors_in(begin, telling.start), *scene.actors_in(telling.end, end)):
        rest = scene.text[actor.end : actor.end + 6]
        if FROM.match(rest):
            giver = giver or actor.codes
        elif _is_aimed_at(scene, telling, actor, kind):
            receiver = receiver or actor.codes
    return giver, _without(receiver, giver)


def _is_aimed_at(scene: Scene, telling: Telling, actor: Actor, kind: str) -> bool:
    """「隣国への3億ドル」, 「3億ドルの|対米|投資」, 「3億ドルの|インド支援|」; what is bought there: 「米国|製|」."""
    rest = scene.text[actor.end : actor.end + 6]
    if kind == "relief" and OWED.match(scene.text[actor.end : actor.end + 12]):
        return True
    if TOWARD.match(rest) or scene.text[actor.start - 1 : actor.start] == "対":
        return True
    pattern = AIDED if actor.start >= telling.end else MADE_BY if kind == "buy" else None
    return pattern is not None and bool(pattern.match(rest))


def _inside_list(scene: Scene, at: int) -> bool:
    """Whether a comma parts the amount from the goods it is the price of: 「20機の注文、|3億ドル」."""
    return scene.text[at - 1] == "、" and bool(re.search(r"注文、$", scene.text[at - 4 : at]))


def _in_the_clause(
    scene: Scene, telling: Telling, clause: Clause, words: PromiseWords, kind: str
) -> tuple[Codes, Codes]:
    subject = _subject(scene, telling, clause)
    if clause.predicate in words.receiving:
        return _first(scene, telling, clause, (*GIVEN_BY, "に", "に対して"), subject), subject
    if clause.voice == "passive":
        given = _first(scene, telling, clause, GIVEN_BY, ())
        return given, _first(scene, telling, clause, GIVEN_TO, given) or _without(subject, given)
    slots = (*BOUGHT_FROM, *GIVEN_TO) if kind == "buy" else GIVEN_TO
    return subject, _first(scene, telling, clause, slots, subject) or _without(_aided(scene, clause), subject)


def _aided(scene: Scene, clause: Clause) -> Codes:
    """Who is aided where the aid is the subject: 「|隣国|支援の総額は3億ドルになる」."""
    given = (a for a in clause.arguments if a.particle in WITH_SUBJECT and is_what_is_given(scene, a))
    return next((scene.actors_in(a.start, a.end)[-1].codes for a in given), ())


def _receives(scene: Scene, telling: Telling, giver: Codes) -> Codes:
    """「米政府は日本からの3億ドルの投資を発表した」: what comes from one is for the other."""
    begin = max(telling.sentence.start, telling.start - PHRASE)
    origin = re.search(r"からの(?:新たな|追加の|約|総額)?$", scene.text[begin : telling.start])
    subject = _subject(scene, telling, telling.clause) if origin and telling.clause else ()
    return _without(subject, giver)


def listed_giver(scene: Scene, telling: Telling) -> Codes:
    """Who stands right before an amount in a list of them: 「|ドイツが|6億ドル、|英国が|2億ドル」, 「|英国|(7400万ドル)」."""
    actors = scene.actors_in(max(telling.sentence.start, telling.start - PHRASE), telling.start)
    beside = bool(actors) and LISTED.match(scene.text[actors[-1].end : telling.start])
    return actors[-1].codes if beside and LIST_GOES_ON.match(scene.text, telling.end) else ()


def _owner(scene: Scene, telling: Telling) -> Codes:
    """Whose the amount is: |日本|の20億ドルの支援."""
    actors = scene.actors_in(max(telling.sentence.start, telling.start - PHRASE), telling.start)
    return actors[-1].codes if actors and OWN.match(scene.text[actors[-1].end : telling.start]) else ()


def is_praise(scene: Scene, clause: Clause) -> bool:
    """「首相は3億ドルの支援に感謝した」: who thanks for a promise makes none."""
    rows: tuple[Row, ...] = scene.speech.get(clause.predicate, ())
    return any(r["kind"] == "stance" for r in rows)


def _subject(scene: Scene, telling: Telling, clause: Clause) -> Codes:
    """The codes of the clause's subject, with those who act together with it."""
    for pool in (clause.arguments, clause.inherited):
        for particle in WITH_SUBJECT:
            for argument in reversed(pool):
                if argument.particle != particle or argument.start <= telling.start < argument.end:
                    continue
                if is_what_is_given(scene, argument):
                    continue
                party = with_partner(scene, clause, argument) or _named(scene, argument)
                if party and party.sector not in (MEDIA, PRIVATE):
                    return joined(*_partners(scene, telling, argument), party).codes
    return ()


def _partners(scene: Scene, telling: Telling, subject: Argument) -> list[Party]:
    """Those joined to the subject: 「フランスとドイツは」, 「ドイツはイタリアと共同で」."""
    found = []
    for argument in dict.fromkeys(a for c in telling.sentence.clauses for a in c.arguments):
        if argument.particle != "と":
            continue
        if 0 < subject.start - argument.end <= NEXT_TO or scene.text[argument.end + 1 :].startswith(TOGETHER):
            found.append(parties_inside(scene, argument))
    return found


def _named(scene: Scene, argument: Argument) -> Party:
    """The party a phrase names: as a whole, inside it, or a firm that no table lists."""
    party = party_of(scene, argument)
    if party:
        return party
    written = scene.text[argument.start : argument.end]
    actors = scene.actors_in(argument.start, argument.end)
    if not actors and ISSUED.search(written):
        return Party(_bloc(scene, argument.start), (), None, argument.start, argument.end)
    if actors and not AIMED.match(scene.text[actors[-1].end :]) and not TOWARD.match(scene.text[actors[0].end :]):
        firm = FIRM.search(written)
        if not firm or actors[-1].end >= argument.start + firm.end():
            return parties_inside(scene, argument)
    if firm := FIRM.search(written):
        return Party((firm[0],), (), "BUS", argument.start, argument.end)
    return NOBODY


def _first(scene: Scene, telling: Telling, clause: Clause, slots: tuple[str, ...], taken: Codes) -> Codes:
    """The first slot that names somebody else; members stand for their bloc, a firm for itself."""
    for slot in slots:
        party = from_slot(scene, telling.sentence, clause, slot)
        codes = _without(party.codes, taken) if not _is_occasion(scene, clause, slot, party) else ()
        inside = slot.startswith("in:")
        if codes and not (inside and (_is_part_of_a_name(scene, party) or _is_listed_behind(scene, telling, party))):
            return codes
        for argument in (*clause.arguments, *clause.inherited):
            if argument.particle not in (slot, slot + "の"):
                continue
            words = scene.text[argument.start : argument.end]
            if MEMBERS.match(words) and (bloc := _bloc(scene, argument.start)):
                return bloc
            if not scene.actors_in(argument.start, argument.end) and FIRM.fullmatch(words):
                return (words,)
    return ()


def _is_occasion(scene: Scene, clause: Clause, slot: str, party: Party) -> bool:
    """「大統領の隣国|訪問時に|、3億ドルの契約が結ばれた」: nobody is given anything there."""
    held = (a for a in clause.arguments if a.start <= party.start and party.end <= a.end and a.particle == slot)
    return bool(party) and any(OCCASION.search(scene.text[a.start : a.end]) for a in held)


def _is_listed_behind(scene: Scene, telling: Telling, party: Party) -> bool:
    """「3億ドルの鉄道|や、|隣国への送電線で合意した」: what goes to the neighbour is another thing."""
    return telling.end <= party.start and bool(LIST.search(scene.text[telling.end : party.start]))


def _is_part_of_a_name(scene: Scene, party: Party) -> bool:
    """「NATO基金への」 names a fund, not the organisation."""
    actors = scene.actors_in(party.start, party.end)
    return bool(actors) and bool(FUND.match(scene.text[actors[0].end : actors[0].end + 4]))


def _bloc(scene: Scene, until: int) -> Codes:
    """The bloc or format named last before a place: 「SCO首脳会議…加盟国に」."""
    named = [
        a for a in scene.actors_in(0, until) if a.what == "organisation" and a.codes and a.codes[0] in scene.members
    ]
    return named[-1].codes if named else ()


def _speaker(scene: Scene, telling: Telling, speaker: Statement | None) -> Codes:
    """Inside a quotation the speaker's side promises, where nobody is named or 「我々は」 is said."""
    if telling.inside < 0 or speaker is None or (telling.clause and telling.clause.voice == "passive"):
        return ()
    for clause in telling.clauses:
        for argument in (*clause.arguments, *clause.inherited):
            if argument.particle in WITH_SUBJECT and not argument.start <= telling.start < argument.end:
                if WE.match(scene.text[argument.start : argument.end]):
                    return speaker.for_
                return ()
    return speaker.for_


def _we_are_promised(telling: Telling, scene: Scene, speaker: Statement | None, giver: Codes) -> Codes:
    """「インドは20億ユーロを|我々に|投資する」: the speaker's side."""
    for argument in telling.clause.arguments if telling.clause and speaker else ():
        if argument.particle in ADDRESSED and WE.match(scene.text[argument.start : argument.end]):
            return _without(speaker.for_, giver) if speaker else ()
    return ()


def _label(scene: Scene, telling: Telling) -> Codes:
    """The state or body whose name heads the paragraph: 「(3)ノルウェー:…」, 「カタール、5月14日。…」."""
    same = scene.paragraph(telling.sentence.paragraph)
    head = scene.actors_in(same[0].start, min(same[0].end, same[0].start + 24)) if same else ()
    if head and re.fullmatch(r"(?:\(?\d+\)?|[・【\[])?", scene.text[same[0].start : head[0].start]):
        return head[0].codes if LABEL.match(scene.text[head[0].end : head[0].end + 12]) else ()
    return ()


def is_addressed(scene: Scene, telling: Telling) -> bool:
    """Whether the clause names somebody promised whom no rule could place: nobody else is to be put there."""
    clause = telling.clause
    return clause is not None and any(
        a.particle in ADDRESSED and RECIPIENT.search(scene.text[a.start : a.end]) for a in clause.arguments
    )


def _visited(scene: Scene, telling: Telling, giver: Codes) -> Codes:
    """The host of the visit on which the promise is made: 「キーウ訪問時に…表明」."""
    begin = telling.clause.start if telling.clause else telling.sentence.start
    for actor in scene.actors_in(min(begin, telling.start), telling.start):
        if VISIT.match(scene.text[actor.end : actor.end + 6]) and not set(actor.codes) & set(giver):
            return actor.codes
    return ()


def has_own_subject(telling: Telling) -> bool:
    """Whether a clause around the amount names a subject with が, whatever it is: 「旅行が20億ドルの取引をもたらした」."""
    return any(_has_other_subject(telling, clause) for clause in telling.clauses)


def _has_other_subject(telling: Telling, clause: Clause) -> bool:
    return any(
        a.particle == "が" and not a.start <= telling.start < a.end for a in (*clause.arguments, *clause.inherited)
    )


def topic_before(scene: Scene, telling: Telling) -> Codes:
    """The last topic of the sentence or the paragraph before the amount, for a clause that names no actor of its own."""
    if telling.inside >= 0 or (telling.clause and telling.clause.voice == "passive"):
        return ()
    if has_own_subject(telling):
        return ()
    paragraph = telling.sentence.paragraph
    earlier = [s for s in scene.paragraph(paragraph) if s.start <= telling.sentence.start]
    for sentence in reversed(earlier):
        clauses = [c for c in sentence.clauses if c.inside < 0]
        own = {(a.start, a) for c in clauses if not c.relative for a in c.arguments if a.particle == "が"}
        topical = {(a.start, a) for c in clauses for a in c.arguments if a.particle == "は"}
        topics = sorted((t for t in own | topical if t[1].end <= telling.start), key=_place)
        for _, topic in reversed(topics):
            if (party := party_of(scene, topic)) and party.sector not in (MEDIA, PRIVATE):
                return party.codes
    return ()


def _place(placed: tuple[int, Argument]) -> int:
    return placed[0]
