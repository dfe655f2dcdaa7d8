"""The other side of an act where its own words do not name it: who was struck, asked, aided, answered.

Only what one candidate is left for is filled in; else the act stands without another side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jitsuroku.coding.addressee import FACTS, addressee, has_object, points_back, voted_on
from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.aided import aided_by_the_page
from jitsuroku.coding.nationals import told_of_before
from jitsuroku.coding.parties import NOBODY, Party, issuer, parties_inside, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import first_of, from_slot
from jitsuroku.coding.uncoded import plain, victim
from jitsuroku.coding.warned import warned
from jitsuroku.records import Clause, Event, EventType, Row, Sentence

# Slots of those who act together with the subject: 「日本は|フランスと|協定に署名した」.
WITH = "with:"
CHAINED = frozenset({"te", "renyo", "and"})
OBJECTS = ("を", "に", "へ", "に対して", "から")
# What is told to the other side of the talks, whatever it is about: 「輸出規制への懸念を|伝えた|」.
TOLD = frozenset({"伝える", "申し入れる", "申し伝える", "伝達"})
HELP = re.compile(r"(?:支援|供与|援助|拠出)$")
# What comes of a strike, and those of a state whom it befalls: 「|フランス軍の兵士2人|が死亡した」.
HARM = frozenset({"死亡", "負傷", "死傷", "殉職", "死ぬ"})
THEIRS = re.compile(r"(?:兵|兵士|軍人|隊員|警官|警察官|国民|市民|人|職員)(?:ら)?(?:\d+人)?(?:以上|余り)?$")
# What is sought of friends, not of those blamed before: 「隣国の核開発に懸念を表明し、|理解と協力を|求めた」.
HELP_SOUGHT = re.compile(r"(?:協力|理解|支持|支援|連携|後押し)$")
# What one decides for oneself is promised to nobody: 「首相は大統領と会談した。首相は作戦の終結を|決定した|」.
DECIDED = frozenset({"決定", "決める", "決断", "維持", "継続", "続ける"})
# Those with whom one acts though nobody can be named: 「|国際社会と|連携する」 with nobody told of before.
TO_OTHERS = ("と", "に対して", "に")
OTHERS = re.compile(r"(?:国際社会|第三国|関係国|各国|諸国|同盟国|同志国|友好国|パートナー)(?:など)?$")
# What is blamed is what the words are about: 「|演習について|」, 「|発言をめぐって|」.
ABOUT = ("について", "に関して", "をめぐって")
DEEDS = re.compile(
    r"(?:談話|発言|演説|演習|訓練|攻撃|侵攻|実験|発射|打ち上げ|措置|決定|声明|対応|行動|計画|政策|答弁|主張|訪問|参拝|投稿|拘束|封鎖|制裁|方針|関税|判決|売却|供与|放出|併合|介入)(?:など)?$"
)
# By what agreement something is given up.
UNDER, PACT = ("に基づいて", "に従って", "に沿って", "により", "によって"), re.compile(r"(?:協定|合意|条約|取り決め)$")
SHORT, AMONG = 4, re.compile(r"(?<=加盟国)(?:同士|間|相互)(?:の.{1,12})?$")
# How many paragraphs back the body may have been told of that a draft is put before.
NEAR, UNITED = 3, ("UN",)
RETREAT, SANCTION, THREAT = "event_types/retreat/", "event_types/sanction/", "event_types/threaten/"
VISIT = "visit"
FRIENDLY, GIVING, HOSTILE = "verbal cooperation", "material cooperation", "material conflict"
BLAMING = "verbal conflict"
# To whom a body puts something out: 「|隣国に対し|、撤退を求める決議を採択した」.
ISSUED_TO = ("に対して",)


@dataclass(frozen=True, slots=True)
class Deed:
    """A clause with the row that knows it and who acts; ``issuing`` is the clause that puts out what it describes."""

    sentence: Sentence
    clause: Clause
    issuing: Clause | None
    row: Row
    kind: EventType
    actor: Party


def other_side(scene: Scene, deed: Deed, told: list[Event]) -> Party:
    """Whom an act concerns that no slot of its row names, or nobody."""
    kind, clause, actor = deed.kind, deed.clause, deed.actor
    party = NOBODY
    if deed.row["recipient"] != "-":
        party = _befallen(scene, deed, told) or _voted_on(deed, told) or _tabled(scene, deed)
        party = party or _addressed(scene, deed, told)
        if not party and _is_help(scene, clause, kind):
            party = _aided(scene, clause, actor)
    if not party and kind.symmetric and not deed.row["actor"] and len(actor.codes) == 1:
        party = addressee(scene, deed.sentence, clause, actor, told, story=False)
        party = party or _host(deed.sentence, actor, told)
    return party


def _befallen(scene: Scene, deed: Deed, told: list[Event]) -> Party:
    if not deed.kind.quad.startswith("material") or deed.kind.symmetric:
        return NOBODY
    if given := _handed_to(scene, deed):
        return given
    if again := _lifted(deed, told):
        return again
    where = _struck_place(scene, deed) or _harmed(scene, deed) if deed.kind.quad == HOSTILE else NOBODY
    if deed.row.rule.startswith(RETREAT) and (partner := _under_agreement(scene, deed)):
        return partner
    where = where or (told_of_before(scene, deed.clause) if deed.kind.quad == HOSTILE else NOBODY)
    return victim(scene, deed.clause, slots_of(deed.row, deed.kind)) or where or _acted_upon_before(scene, deed)


def _struck_place(scene: Scene, deed: Deed) -> Party:
    """The state of the place that a deed strikes: 「|オデーサの港を|攻撃した」; one's own place has no other side."""
    place = from_slot(scene, deed.sentence, deed.clause, "place:を")
    return NOBODY if set(place.codes) & set(deed.actor.codes) else place


def _lifted(deed: Deed, told: list[Event]) -> Party:
    """「隣国の魚の輸入を|禁じた|甲国は、|輸入を再開した|」: what is taken back was done to the same."""
    if not deed.row.rule.startswith(RETREAT) or deed.row["mode"] == "release":
        return NOBODY
    here = [e for e in told if e.evidence.start >= deed.sentence.start and e.rule.startswith(SANCTION)]
    same = bool(here) and set(here[-1].actor) == set(deed.actor.codes)
    return Party(here[-1].recipient, (), None, deed.clause.start, deed.clause.start) if same else NOBODY


def _under_agreement(scene: Scene, deed: Deed) -> Party:
    """「|隣国と|結んだ協定に基づき、部隊を解散した」: with whom it was agreed on."""
    grounds = [a for a in deed.clause.arguments if a.particle in UNDER and PACT.search(scene.text, a.start, a.end)]
    made = (c for c in deed.sentence.clauses if c.relative and c.head is not None and c.head in grounds)
    with_whom = (a for c in made for a in c.arguments if a.particle == "と")
    party = next((party for a in with_whom if (party := party_of(scene, a))), NOBODY)
    return NOBODY if set(party.codes) & set(deed.actor.codes) else party


def _handed_to(scene: Scene, deed: Deed) -> Party:
    """「乗組員を|解放し、隣国側へ引き渡した|」: to whom those let go are given."""
    if deed.clause.predicate not in ("解放", "釈放") or deed.clause.ending not in ("te", "renyo"):
        return NOBODY
    later = (c for c in deed.sentence.clauses if c.inside < 0 and c.start >= deed.clause.end)
    handing = next(later, None)
    if handing is None or handing.predicate not in ("引き渡す", "引き渡し", "返す"):
        return NOBODY
    return first_of(scene, deed.sentence, handing, ("へ", "に"), deed.actor)


def _harmed(scene: Scene, deed: Deed) -> Party:
    """Whose people the next clause tells to have come to harm by it: 「基地を襲撃し、|フランス軍の兵士2人が|死亡した」."""
    if deed.clause.ending not in ("te", "renyo"):
        return NOBODY
    later = (c for c in deed.sentence.clauses if c.inside < 0 and c.start >= deed.clause.end)
    harm = next(later, None)
    if harm is None or harm.predicate not in HARM:
        return NOBODY
    for argument in harm.arguments:
        people = argument.particle == "が" and THEIRS.search(scene.text, argument.start, argument.end)
        party = parties_inside(scene, argument) if people else NOBODY
        if len(party.codes) == 1 and not party.people and not set(party.codes) & set(deed.actor.codes):
            return party
    return NOBODY


def _voted_on(deed: Deed, told: list[Event]) -> Party:
    vote = voted_on(deed.clause, told)
    return NOBODY if set(vote.codes) & set(deed.actor.codes) else vote


def _tabled(scene: Scene, deed: Deed) -> Party:
    """「|安保理は|協議を続けた。議長国は|決議案を提出した|」: before the United Nations, of whom the page has just told."""
    tabled = any(a.particle in ("を", "は") and a.head == "決議案" for a in deed.clause.arguments)
    named = any(a.particle in ("に", "へ", "に対して") for a in deed.clause.arguments)
    if deed.clause.predicate != "提出" or not tabled or named:
        return NOBODY
    first = scene.story_begins(deed.sentence.paragraph, NEAR)
    told_of = scene.actors_in(first, deed.clause.predicate_start)
    party = next((Party(a.codes, (), None, a.start, a.end) for a in told_of if a.codes == UNITED), NOBODY)
    return NOBODY if set(party.codes) & set(deed.actor.codes) else party


def _addressed(scene: Scene, deed: Deed, told: list[Event]) -> Party:
    """Whom a document is put out to, or to whom an act is addressed that always is to somebody."""
    kind, clause, actor = deed.kind, deed.clause, deed.actor
    if deed.issuing is not None and (party := first_of(scene, deed.sentence, deed.issuing, ISSUED_TO, actor)):
        return party
    if _is_with_others(scene, deed):
        return NOBODY
    if not kind.addressed or (kind.ahead and (len(actor.codes) > 1 or clause.predicate in DECIDED)):
        return NOBODY
    if kind.quad == FRIENDLY and not kind.ahead and _speaks_of(scene, deed):
        return NOBODY
    if deed.row.rule.startswith(THREAT):
        aimed_at = warned(scene, deed.sentence, clause, actor)
        if aimed_at is not None:
            return aimed_at
    story = _is_answered(scene, clause, deed.row, kind)
    heard = [e for e in told if _is_spoken(scene, e)] if kind.ahead and not points_back(scene, clause) else told
    if any(a.particle == "を" and HELP_SOUGHT.search(scene.text, a.start, a.end) for a in clause.arguments):
        heard = [e for e in told if e.quad not in (HOSTILE, BLAMING)]
    group = plain(scene, clause)
    party = (
        (group if set(group.codes) - set(actor.codes) else NOBODY)
        or (in_mind(scene, clause) or _whose_deed(scene, deed) if kind.targets else NOBODY)
        or _contrasted(scene, deed)
        or (_among_members(scene, deed) if kind.ahead else NOBODY)
    )
    if not party and kind.quad == BLAMING and not kind.targets:
        party = _opening(scene, deed)
    return party or addressee(scene, deed.sentence, clause, actor, heard, story=story, blamed=kind.targets)


def _is_with_others(scene: Scene, deed: Deed) -> bool:
    """「国際社会|と|連携する」, 「|第三国に対して|武器の供給を止めるよう要請した」: with or of many whom nobody can name."""
    asked = (c for c in deed.sentence.clauses if c.ending == "you" and 0 <= deed.clause.predicate_start - c.end < SHORT)
    arguments = (a for c in (deed.clause, *asked) for a in c.arguments)
    return any(a.particle in TO_OTHERS and OTHERS.search(scene.text, a.start, a.end) for a in arguments)


def _whose_deed(scene: Scene, deed: Deed) -> Party:
    """「首相は、|隣国の談話|について、責任を逃れていると|批判した|」: the deed that the words are about is the neighbour's."""
    if any(a.particle in ("を", "に", "に対して") for a in deed.clause.arguments):
        return NOBODY
    before = (c for c in deed.sentence.clauses if c.inside < 0 and c.start <= deed.clause.predicate_start)
    for clause in before:
        for argument in clause.arguments:
            slot = argument.particle if argument.particle in ABOUT else None
            if (
                slot
                and argument.end < deed.clause.predicate_start
                and DEEDS.search(scene.text, argument.start, argument.end)
            ):
                party = from_slot(scene, deed.sentence, clause, f"in:{slot}")
                return NOBODY if set(party.codes) & set(deed.actor.codes) else party
    return NOBODY


def _among_members(scene: Scene, deed: Deed) -> Party:
    """「連合の会議が開かれた。首相は、|加盟国同士で|電力を融通する仕組みを提案した」: it is proposed to the whole of them."""
    things = [a for a in deed.clause.arguments if a.particle in ("を", "も")]
    for clause in (c for c in deed.sentence.clauses if c is deed.clause or c.head in things):
        for argument in clause.arguments:
            among = AMONG.search(scene.text, argument.start, argument.end)
            party = issuer(scene, replace(argument, end=among.start())) if among else NOBODY
            if party and not set(party.codes) & set(deed.actor.codes):
                return party
    return NOBODY


def _speaks_of(scene: Scene, deed: Deed) -> bool:
    """「「|島は|大国の一部だ」と支持を示した」: of whom the words speak is not who is supported; nor is anybody told of before."""
    told = [a for a in deed.clause.arguments if a.particle == "と" and scene.text[a.start] in "「『"]
    inner = (c for c in deed.sentence.clauses for a in told if c.inside >= 0 and a.start <= c.start < a.end)
    return any(a.particle in ("は", "が") and party_of(scene, a) for c in inner for a in c.arguments)


def _opening(scene: Scene, deed: Deed) -> Party:
    """Whom a demand is put to at the head of its sentence: 「|隣国に|核について話し合う協議に戻るよう求めた」."""
    sentence = deed.sentence
    first = min((a for c in sentence.clauses for a in c.arguments), key=lambda a: a.start, default=None)
    if first is None or first.particle != "に" or first.start > sentence.start + SHORT:
        return NOBODY
    party = party_of(scene, first)
    return NOBODY if set(party.codes) & set(deed.actor.codes) or len(party.codes) != 1 else party


def in_mind(scene: Scene, clause: Clause) -> Party:
    """Whom an act is aimed at: 「首相は、|隣国を念頭に|、圧力を批判した」."""
    minded = {a.start for a in clause.arguments if a.particle == "に" and a.head == "念頭"}
    aimed = (a for a in clause.arguments if a.particle == "を" and a.end + 1 in minded)
    return next((party for a in aimed if (party := parties_inside(scene, a))), NOBODY)


def _contrasted(scene: Scene, deed: Deed) -> Party:
    """「|隣国側が|鉄道を|求めている|のに対し、首相側は道路を求めている」: each asks it of the other."""
    for other in deed.sentence.clauses:
        if other is deed.clause or other.predicate != deed.clause.predicate or other.inside != deed.clause.inside:
            continue
        first = min(other, deed.clause, key=lambda c: c.end)
        if scene.text.startswith("のに対し", first.end):
            party = agent_of(scene, deed.sentence, other, story=False)
            return NOBODY if set(party.codes) & set(deed.actor.codes) else party
    return NOBODY


def talking(scene: Scene, actor: Party, told: list[Event]) -> Party:
    """Both sides of the talks told last, where one of them is said to have agreed: 「首相は隣国の首相と会談した。協力で|一致した|」."""
    near = [e for e in told if _is_meeting(scene, e) and len({*e.actor, *e.recipient}) > 1]
    sides = dict.fromkeys([*near[-1].actor, *near[-1].recipient]) if near else {}
    if len(actor.codes) != 1 or len(sides) != 2 or actor.codes[0] not in sides:
        return actor
    return replace(actor, codes=tuple(dict.fromkeys([*actor.codes, *sides])))


def _is_meeting(scene: Scene, event: Event) -> bool:
    return next(t for t in scene.world.event_types.values() if t.code == event.type).symmetric


def slots_of(row: Row, kind: EventType) -> tuple[str, ...]:
    """Where the recipient stands by the row, else by the type."""
    return tuple(slot.removeprefix(WITH) for slot in row.list("recipient")) or kind.recipient


def _host(sentence: Sentence, actor: Party, told: list[Event]) -> Party:
    """The state that the actor has come to in the same sentence: 「首相は|オタワを|訪れ、外相と会談した」."""
    for event in reversed(told):
        if event.evidence.start < sentence.start:
            break
        if event.mode == VISIT and set(event.actor) == set(actor.codes):
            return Party(event.recipient, (), None, sentence.start, sentence.start)
    return NOBODY


def _is_help(scene: Scene, clause: Clause, kind: EventType) -> bool:
    """Whether an act gives help or promises it in so many words: 「3億ドルの|支援を|表明した」."""
    if kind.addressed and kind.quad == GIVING:
        return True
    return kind.ahead and any(a.particle == "を" and HELP.search(scene.text, a.start, a.end) for a in clause.arguments)


def _aided(scene: Scene, clause: Clause, actor: Party) -> Party:
    """Help whose receiver the clause leaves out goes to the one state that the page is told to aid."""
    if any(a.particle in ("に", "へ", "に対して") and a.head not in FACTS for a in clause.arguments):
        return NOBODY
    return Party(aided_by_the_page(scene, actor.codes), (), None, clause.start, clause.start)


def _acted_upon_before(scene: Scene, deed: Deed) -> Party:
    """「|隣国の漁船を|銃撃し、拿捕した」: what the clause chained before acts upon, where this one names nothing."""
    sentence, clause = deed.sentence, deed.clause
    slots = slots_of(deed.row, deed.kind)
    objects = [p for p in OBJECTS if p in slots or f"in:{p}" in slots]
    if clause.voice == "passive" or any(a.particle in objects for a in clause.arguments):
        return NOBODY
    before = [c for c in sentence.clauses if c.inside == clause.inside and c.end <= clause.predicate_start]
    if not before or before[-1].ending not in CHAINED or before[-1].voice == "passive" or before[-1].relative:
        return NOBODY
    # 「|隣国の大使を|呼び、国外退去を伝えた」: they who are called in are told.
    slots = (*slots, "に", "in:に", *(("を", "in:を") if "を" not in objects else ()))
    return first_of(scene, sentence, before[-1], slots, deed.actor) or victim(scene, before[-1], slots)


def _is_spoken(scene: Scene, event: Event) -> bool:
    """Whether two sides spoke with each other: a promise told after it is made to the other, not one told after a strike."""
    kind = next(t for t in scene.world.event_types.values() if t.code == event.type)
    return kind.symmetric or (kind.addressed and not kind.targets and kind.quad.startswith("verbal"))


def _is_answered(scene: Scene, clause: Clause, row: Row, kind: EventType) -> bool:
    """Whether an act without a named addressee answers what was told before: 「歓迎した」 does, 「調印した」 does not."""
    if row["recipient"].startswith(WITH):
        return False
    if kind.targets and has_object(scene, clause) and clause.predicate not in TOLD:
        return False
    answers = kind.ahead or kind.quad != FRIENDLY or clause.predicate in scene.performatives
    return answers or points_back(scene, clause)
