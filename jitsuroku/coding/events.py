"""Clauses -> events: who did what to whom, in PLOVER's types, from the trigger tables in event_types/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from jitsuroku.coding.agents import agent_of, issuing_clause
from jitsuroku.coding.ahead import following_content, is_later, lies_ahead
from jitsuroku.coding.decrees import decides_what_is_told, is_decreed, is_threatened, leads_to_demand
from jitsuroku.coding.denied import deeds_denied
from jitsuroku.coding.event_record import Act, event_record, words_of
from jitsuroku.coding.intended import is_intended
from jitsuroku.coding.mentioned import meetings_mentioned
from jitsuroku.coding.nationals import nationals
from jitsuroku.coding.other_side import BLAMING, GIVING, HOSTILE, WITH, Deed, other_side, slots_of, talking
from jitsuroku.coding.parties import DOCUMENT, MEDIA, NOBODY, PRIVATE, Party, issuer, joined, parties_inside, party_of
from jitsuroku.coding.passing import acts_in_passing
from jitsuroku.coding.scene import Scene, once, subject_of
from jitsuroku.coding.slots import conveners, first_of, from_slot
from jitsuroku.coding.spoken import acts_spoken, demands_told
from jitsuroku.coding.subordinate import AGREED, is_agreed_on, is_asked, leads_to_content
from jitsuroku.coding.triggers import fires, is_denial, type_of
from jitsuroku.coding.ultimatums import threats_spoken, threats_told
from jitsuroku.coding.uncoded import own_people
from jitsuroku.coding.unreal import is_disclaimed, unreal
from jitsuroku.coding.votes import votes_listed
from jitsuroku.coding.when import put_out, when_done
from jitsuroku.records import Clause, Event, EventType, Row, Sentence, Span, Verdict

VESSEL = re.compile(r"(?:艦|艇|船|空母|爆撃機|戦闘機|無人機|哨戒機|[隻機])(?:\d*[隻機])?$")
# What a meeting is about takes no part in it: 「ウクライナ|支援会合|が開かれた」.
ABOUT = re.compile(
    r"(?:支援|復興|再建|問題|情勢|危機|和平|人道|停戦|核|対策|制裁)(?:[^、。]{0,6})?(?:会合|会議|協議|サミット|総会)$"
    r"|に関する|についての|を(?:めぐ|巡)る|に向けた"
)
# 「平和|に関する|サミットが開かれた」, where the phrase before says what it is about.
TOPIC = re.compile(r"(?:に関する|についての|を(?:めぐ|巡)る|に向けた)$")
VISIT = "visit"
# What an act may be as a case, and that it came about: 「拘束される|事案|が|発生した|」; what several agree on.
FACTS, OUT = frozenset({"こと", "の", "事実"}), frozenset({"分かる", "判明", "明らか", "発覚", "成る"})
CASES, HAPPENED = frozenset({"事件", "事案", "事態", "出来事"}), frozenset({"発生", "起きる", "起こる", "有る"})
# 「国境を|越えて|、基地を攻撃した」: one deed.
MANNER = frozenset({"越える"})
TOGETHER = frozenset({"協力", "連携", "協調", "結束"})
LAW = re.compile(r"(?:議定書|協定|条約|憲法|法律|規定|規約|合意|憲章)$")
RELEASED, HELD = ("解放", "釈放"), frozenset("拘束 拉致 捕まる 捕らえる 誘拐 抑留 監禁 取る 拘留 逮捕".split())
AGENTS = ("によって", "から", "に")


def events_of(scene: Scene, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Event]:
    """Every event of the page in order: told by a clause, done by what somebody says, or mentioned in passing."""
    told: list[Event] = []
    mentions = scene.world.mentioned[scene.language.code]
    meetings = tuple(row for row in mentions if type_of(row, scene.world).symmetric)
    nouns = {row["trigger"]: row for row in mentions}
    for sentence in scene.sentences:
        mentioned = meetings_mentioned(scene, sentence, meetings, told)
        spoken = acts_spoken(scene, sentence, rows, told)
        denied = deeds_denied(scene, sentence, rows)
        passing = acts_in_passing(scene, sentence, nouns, told)
        demanded = demands_told(scene, sentence, told)
        threats = chain(threats_told(scene, sentence, rows), threats_spoken(scene, sentence, rows))
        votes = votes_listed(scene, sentence, rows, told)
        for event in chain(
            mentioned, passing, threats, votes, _told(scene, sentence, rows, told), demanded, denied, spoken
        ):
            told.append(event)
            yield event


def _told(scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]], told: list[Event]) -> Iterator[Event]:
    for index, clause in enumerate(sentence.clauses):
        event, _ = _judge(scene, sentence, index, rows.get(clause.predicate, ()), told)
        if event is not None:
            yield event


def _judge(
    scene: Scene, sentence: Sentence, index: int, rows: tuple[Row, ...], told: list[Event]
) -> tuple[Event | None, str]:
    """The event that a clause tells, or the reason why it tells none."""
    clause = sentence.clauses[index]
    if is_disclaimed(sentence, index):
        # 「交渉に|応じる|つもりはない」: they refuse.
        clause = replace(clause, negative=True)
    elif reason := unreal(scene, sentence, index):
        return None, reason
    if _is_told_by_its_contents(scene, sentence, clause, told):
        return None, "what it puts out is told as an act of its own"
    ahead = lies_ahead(scene, sentence, clause)
    reasons: list[str] = []
    for row in rows:
        if fires(scene, clause, row, ahead):
            event = _event(scene, sentence, clause, row, ahead, told)
            if isinstance(event, Event):
                return event, f"made by {row.rule}"
            reasons.append(event)
    intended = _intention(scene, sentence, clause, told)
    if intended is not None:
        return intended, f"made by {intended.rule}"
    none = "no row's conditions hold" if rows else "no row of event_types/ knows this predicate"
    return None, next(iter(reasons), none)


def _intention(scene: Scene, sentence: Sentence, clause: Clause, told: list[Event]) -> Event | None:
    """What a state means to do, whatever it is: 「首相は、|運河を広げる|方針を示した」, 「政府は|運河を広げる|と発表した」."""
    row = next(iter(scene.world.intents[scene.language.code]), None)
    if row is None or not is_intended(scene, sentence, clause) or is_agreed_on(sentence, clause):
        return None
    event = _event(scene, sentence, clause, row, True, told)
    here = isinstance(event, Event) and not any(e.start < sentence.start for e in event.more)
    return event if isinstance(event, Event) and here else None


def _is_told_by_its_contents(scene: Scene, sentence: Sentence, clause: Clause, told: list[Event]) -> bool:
    """「隣国を非難する決議を|採択した|」: the act is to condemn; that it was adopted tells nothing more."""
    contents = [content for content, issuing in _contents(scene, sentence) if issuing is clause]
    return any(e.evidence.start <= c.predicate_start < e.evidence.end for c in contents for e in told)


@once
def _contents(scene: Scene, sentence: Sentence) -> tuple[tuple[Clause, Clause], ...]:
    """The clauses that describe what another puts out, each with that other one."""
    issued = ((clause, issuing_clause(scene, sentence, clause)) for clause in sentence.clauses)
    return tuple((clause, issuing) for clause, issuing in issued if issuing is not None)


def verdicts(scene: Scene, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Verdict]:
    """What became of every clause of the page, in its order: for those who ask why a record is there or is not."""
    told: list[Event] = []
    for sentence in scene.sentences:
        for index, clause in enumerate(sentence.clauses):
            known = rows.get(clause.predicate, ())
            event, reason = _judge(scene, sentence, index, known, told)
            told += [event] if event else []
            lacks = tuple((r.rule, _lacks(scene, sentence, clause, r)) for r in known)
            made = Span(event.evidence.start, event.evidence.end) if event else None
            yield Verdict(clause.start, clause.end, clause.predicate, lacks, made, reason)


def _lacks(scene: Scene, sentence: Sentence, clause: Clause, row: Row) -> str:
    if fires(scene, clause, row, lies_ahead(scene, sentence, clause)):
        return ""
    return f"needs {row['needs'] or 'the word itself'}{' and ' + row['polarity'] if row['polarity'] else ''}"


def _is_expert(scene: Scene, actor: Party) -> bool:
    match = scene.private.search(scene.text[actor.start : actor.end])
    return match is not None and match["expert"] is not None


def _is_alone(scene: Scene, actor: Party, recipient: Party) -> bool:
    """「大統領は被災地を訪れた」: nobody else has a part in it; a format meets by itself."""
    codes = {*actor.codes, *recipient.codes}
    return len(codes) < 2 and not codes & scene.blocs


def _event(scene: Scene, sentence: Sentence, clause: Clause, row: Row, planned: bool, told: list[Event]) -> Event | str:
    """The event, or the reason why a row that fires makes none."""
    kind = type_of(row, scene.world)
    if kind.ahead and decides_what_is_told(sentence, clause, kind, told):
        return "what it puts out is told as an act of its own"
    actor, recipient = _sides(scene, sentence, clause, row, kind)
    if not actor:
        return "nobody is named who acts"
    if actor.sector == MEDIA:
        return "an outlet's words are its statement, not its act"
    if actor.sector == PRIVATE and _is_expert(scene, actor):
        return "an expert's view is a statement, not an act"
    issuing = issuing_clause(scene, sentence, clause)
    if _is_standing(scene, clause, planned) and issuing is None:
        return "it describes and tells of no act"
    if (clause.predicate in MANNER and clause.ending == "te") or (kind.ahead and clause.ending == "while" and planned):
        return "it tells how the next act was done"
    if kind.quad == BLAMING and kind.addressed and row["recipient"] != "-":
        recipient = own_people(scene, sentence, clause) or recipient
    if clause.predicate in AGREED and not recipient:
        actor = talking(scene, actor, told)
    if not recipient:
        recipient = other_side(scene, Deed(sentence, clause, issuing, row, kind, actor), told)
    if row["recipient"].startswith(WITH):
        actor, recipient = joined(actor, recipient), NOBODY
    if row["mode"] == VISIT and (not recipient or _is_alone(scene, actor, recipient)):
        return "a visit needs a host"
    if kind.symmetric and actor.sector == PRIVATE and not recipient and len(actor.codes) == 1:
        return "private people who gather are no meeting of states"
    if row["mode"] == VISIT and VESSEL.search(scene.text, actor.start, actor.end):
        return "ships and aircraft pay no visits"
    time = (
        put_out(scene, sentence, clause, issuing, actor.codes, told)
        if issuing
        else when_done(scene, sentence, clause, actor.codes, told)
    )
    if kind.planned_as and is_later(time.date, scene.document.anchor):
        planned = True
    if planned and is_decreed(sentence, clause, row["mode"]):
        planned = False
    performs = clause.predicate in scene.performatives and kind.quad.startswith("verbal")
    status = _status(clause, row, kind, planned, performs)
    if status is None or (clause.ending == "you" and (status != "planned" or is_asked(scene, sentence, clause))):
        return "it is negated, or what another is to do"
    promised = kind.ahead and any(a.particle == "に対して" for a in clause.arguments)
    if (promised or kind.quad.startswith("material")) and leads_to_demand(sentence, clause):
        return "it is what another is to do"
    if clause.predicate in TOGETHER and leads_to_content(sentence, clause):
        return "it tells how the next act was done"
    part = following_content(scene, sentence, clause)
    untold = status == "planned" or (clause.relative and clause.tense == "nonpast" and not performs)
    if untold and (part or clause.relative) and is_agreed_on(sentence, part or clause):
        return "it is what several agree on"
    if status == "planned" and kind.quad == HOSTILE and is_threatened(sentence, clause):
        return "it is what a threat says"
    kind = as_planned(scene, kind) if status == "planned" else kind
    act = Act(sentence, clause, row, kind, actor, recipient, time, status)
    return event_record(scene, act, (words_of(act)[0], issuing.end) if issuing else None)


def _is_standing(scene: Scene, clause: Clause, planned: bool) -> bool:
    """What describes and tells of no act: 「両国が争っている島」, 「要請を断る根拠」, 「出席する|ため|訪れた」."""
    if clause.relative:
        if clause.aspect == "continuing" and _has_come_out(scene, clause):
            return False
        if clause.voice == "passive" and _is_what_happened(scene, clause):
            return False
        carried = clause.head is not None and clause.head.head in scene.carriers and clause.negative
        return (clause.aspect == "continuing" and clause.tense != "past") or (
            clause.tense == "nonpast" and not planned and not carried
        )
    # 「|議定書では|、隣国は査察を認めている」: what is laid down is no act.
    laid_down = any(a.particle == "で" and LAW.search(scene.text, a.start, a.end) for a in clause.arguments)
    if laid_down and clause.aspect == "continuing" and clause.tense == "nonpast":
        return True
    return clause.ending == "tame" and clause.tense == "nonpast"


def _has_come_out(scene: Scene, clause: Clause) -> bool:
    """「隣国が撤退を|求めている|ことが3日、分かった」: it goes on, and that is the news."""
    sentence = scene.sentence_of(clause.predicate_start)
    if clause.head is None or clause.head.head not in FACTS or sentence is None:
        return False
    governor = next((c for c in sentence.clauses if clause.head in c.arguments), None)
    return governor is not None and governor.predicate in OUT and governor.tense == "past"


def _is_what_happened(scene: Scene, clause: Clause) -> bool:
    """「記者が隣国に|拘束される|事件が起きた」: it has happened, as the clause tells that takes the noun."""
    sentence = scene.sentence_of(clause.predicate_start)
    if clause.head is None or clause.head.head not in CASES or sentence is None:
        return False
    governor = next((c for c in sentence.clauses if clause.head in c.arguments), None)
    return governor is not None and governor.predicate in HAPPENED and governor.tense == "past"


def _sides(scene: Scene, sentence: Sentence, clause: Clause, row: Row, kind: EventType) -> tuple[Party, Party]:
    """Actor and recipient by the row's slots; a passive clause turns them round."""
    slots = slots_of(row, kind)
    if kind.symmetric and (hosts := conveners(scene, sentence, clause)):
        return hosts, NOBODY
    if row["actor"]:
        actor = first_of(scene, sentence, clause, row.list("actor"), NOBODY)
        if not actor and kind.symmetric:
            actor = _meeting(scene, sentence, clause, row.list("actor"))
        return actor, first_of(scene, sentence, clause, slots, actor)
    subject = subject_of(clause)
    story = (kind.addressed or _acts_on_something(clause, kind)) and clause.voice != "passive"
    party = agent_of(scene, sentence, clause, story=story)
    if clause.voice == "passive":
        named = (parties_inside(scene, subject) or nationals(scene, subject)) if subject else NOBODY
        party = party or named
        given = kind.quad == GIVING or scene.text.startswith("行われ", clause.predicate_start)
        return _passive(scene, sentence, clause, party, slots, AGENTS[:-1] if given else AGENTS)
    if kind.addressed and subject not in clause.arguments and any(a.particle == "から" for a in clause.arguments):
        party = from_slot(scene, sentence, clause, "から") or party
    return party, first_of(scene, sentence, clause, slots, party)


def _acts_on_something(clause: Clause, kind: EventType) -> bool:
    """「このうち、24機を|撃ち落とした|」, 「制裁も|決めた|」: whoever was told of before did it."""
    own = any(a.particle in ("は", "が") for a in (*clause.arguments, *clause.inherited))
    objects = any(a.particle in ("を", "も") for a in clause.arguments)
    return kind.quad.startswith("material") and not kind.symmetric and objects and not own and clause.voice == "active"


def _meeting(scene: Scene, sentence: Sentence, clause: Clause, slots: tuple[str, ...]) -> Party:
    """The parties of a meeting that is itself the subject: 「日米首脳会談が開かれた」; not what it is about."""
    named = [a for a in clause.arguments if a.particle in slots]
    about = any(ABOUT.search(scene.text, a.start, a.end) or TOPIC.search(scene.text[: a.start][-6:]) for a in named)
    found = [] if about else [from_slot(scene, sentence, clause, f"in:{slot}") for slot in slots]
    partner = from_slot(scene, sentence, clause, "と")
    if any(found):
        return joined(*found, partner)
    issuing = (issuer(scene, a) for a in named)
    return next((party for party in issuing if party), NOBODY)


def _passive(
    scene: Scene, sentence: Sentence, clause: Clause, party: Party, slots: tuple[str, ...], agents: tuple[str, ...]
) -> tuple[Party, Party]:
    """「漁船がロシアに拿捕された」: the agent acts, the subject is acted upon; 「部隊がロシアに送られた」 names none."""
    for particle in agents:
        # 「|隣国による|脅しは受け入れられない」: whose threat it is.
        whose = any(a.particle == particle and scene.text.startswith("による", a.end) for a in clause.arguments)
        if whose and clause.negative:
            continue
        agent = from_slot(scene, sentence, clause, particle)
        if agent and set(agent.codes) != set(party.codes):
            return agent, party or first_of(scene, sentence, clause, slots, agent)
    actor = _document_of(scene, clause) or _holder_of(scene, sentence, clause)
    return actor or _who_did_so_before(scene, sentence, clause, party), party


def _who_did_so_before(scene: Scene, sentence: Sentence, clause: Clause, party: Party) -> Party:
    """「漁船は|警備隊に銃撃され、|拿捕された|」: the same who did what the clause chained before tells."""
    at = sentence.clauses.index(clause)
    before = sentence.clauses[at - 1] if at and clause.inherited and not clause.arguments else None
    if before is None or before.voice != "passive" or before.ending not in ("te", "renyo") or before.inside >= 0:
        return NOBODY
    agents = (from_slot(scene, sentence, before, particle) for particle in AGENTS)
    return next((agent for agent in agents if agent and set(agent.codes) != set(party.codes)), NOBODY)


def _holder_of(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """「|武装集団に|拘束されていた記者が|解放された|」: those who held them let them go."""
    if clause.predicate not in RELEASED:
        return NOBODY
    for other in sentence.clauses:
        if other.relative and other.head in clause.arguments and other.predicate in HELD:
            for argument in other.arguments:
                if argument.particle in ("に", "によって") and (party := party_of(scene, argument)):
                    return party
    return NOBODY


def _document_of(scene: Scene, clause: Clause) -> Party:
    """「|国連総会の決議では|、停戦が求められた」: whose document it is acts."""
    for argument in clause.arguments:
        if argument.particle == "で" and DOCUMENT.search(scene.text, argument.start, argument.end):
            return issuer(scene, argument)
    return NOBODY


def _status(clause: Clause, row: Row, kind: EventType, planned: bool, performs: bool) -> str | None:
    if clause.negative and row["polarity"] != "not":
        return "denied" if is_denial(clause) else None
    if row["polarity"] == "plan" and kind.quad == BLAMING:
        return "actual"
    if row["polarity"] == "plan" or (kind.ahead and row["polarity"] != "done"):
        return "planned"
    if planned and performs:
        return "actual"
    if planned and row["polarity"] != "done" and (kind.planned_as or kind.quad.startswith("material")):
        return "planned"
    return "actual"


def as_planned(scene: Scene, kind: EventType) -> EventType:
    """What the act counts as while it lies ahead: a meeting to come is an agreement to meet."""
    return next((t for t in scene.world.event_types.values() if t.code == kind.planned_as), kind)
