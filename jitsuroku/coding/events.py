"""Clauses -> events: who did what to whom, in PLOVER's types, from the trigger tables in event_types/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jitsuroku.coding.addressee import addressee
from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.parties import NOBODY, Party, first_of, from_slot, issuer, joined, parties_inside, plain
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.triggers import fires, is_denial, type_of
from jitsuroku.coding.when import is_background, is_later, lies_ahead, when
from jitsuroku.contract import with_id
from jitsuroku.records import Argument, Clause, Event, EventType, Evidence, Row, Sentence

UNREAL = frozenset({"if", "question"})
AGENTS = ("によって", "から", "に")
MEETING = re.compile(r"会議|会談|サミット|協議|会合|総会")
LONGEST = 150


def events_of(scene: Scene, rows: Mapping[str, tuple[Row, ...]]) -> Iterator[Event]:
    """Every event that a clause outside quotation marks tells."""
    told: list[Event] = []
    for sentence in scene.sentences:
        for clause in sentence.clauses:
            if clause.inside >= 0 or clause.ending in UNREAL:
                continue
            ahead = lies_ahead(scene, sentence, clause)
            firing = (r for r in rows.get(clause.predicate, ()) if fires(scene, clause, r, ahead))
            coded = (_event(scene, sentence, clause, row, ahead, told) for row in firing)
            event = next((e for e in coded if e is not None), None)
            if event is not None:
                told.append(event)
                yield event


def _event(
    scene: Scene, sentence: Sentence, clause: Clause, row: Row, planned: bool, told: list[Event]
) -> Event | None:
    kind = type_of(row, scene.world)
    actor, recipient = _sides(scene, sentence, clause, row, kind)
    if not actor or (clause.relative and clause.aspect == "continuing"):
        return None
    if not recipient and kind.addressed and row["recipient"] != "-":
        recipient = plain(scene, clause) or addressee(scene, sentence, clause, actor, told)
    time = when(scene, sentence, clause)
    if kind.planned_as and is_later(time.date, scene.document.anchor):
        planned = True
    status = _status(clause, row, kind, planned)
    if status is None or (clause.ending == "you" and status != "planned"):
        return None
    kind = _as_planned(scene, kind) if status == "planned" else kind
    actor, recipient = _symmetric(kind, actor, recipient)
    place = _place(scene, clause)
    return with_id(
        Event(
            id="",
            document=scene.page.id,
            type=kind.code,
            mode=row["mode"] or None,
            quad=kind.quad,
            score=kind.score,
            actor=actor.codes,
            actor_sector=actor.sector,
            recipient=recipient.codes,
            people=tuple(dict.fromkeys([*actor.people, *recipient.people])),
            roles=(),
            date=time.date,
            date_basis=time.basis,
            status=status,
            background=is_background(time.date, scene.document.anchor),
            stage=None,
            framework=_framework(scene, clause),
            place=place,
            initiator=None,
            votes=(),
            quantities=(),
            topics=(),
            said_by="page",
            via=(),
            hedge=None,
            evidence=scene.evidence(*_words(clause, sentence, actor)),
            more=_elsewhere(scene, clause, sentence, actor),
            rule=row.rule,
        )
    )


def _sides(scene: Scene, sentence: Sentence, clause: Clause, row: Row, kind: EventType) -> tuple[Party, Party]:
    """Actor and recipient by the row's slots; a passive clause turns them round."""
    slots = row.list("recipient") or kind.recipient
    if row["actor"]:
        actor = first_of(scene, sentence, clause, row.list("actor"), NOBODY)
        if not actor and kind.symmetric:
            actor = _meeting(scene, sentence, clause, row.list("actor"))
        return actor, first_of(scene, sentence, clause, slots, actor)
    subject = subject_of(clause)
    party = agent_of(scene, sentence, clause, story=kind.addressed and clause.voice != "passive")
    if clause.voice == "passive":
        party = party or (parties_inside(scene, subject) if subject else NOBODY)
        return _passive(scene, sentence, clause, party, slots)
    if kind.addressed and subject not in clause.arguments:
        party = from_slot(scene, sentence, clause, "から") or party
    return party, first_of(scene, sentence, clause, slots, party)


def _meeting(scene: Scene, sentence: Sentence, clause: Clause, slots: tuple[str, ...]) -> Party:
    """The parties of a meeting that is itself the subject: 「日米首脳会談が開かれた」."""
    found = [from_slot(scene, sentence, clause, f"in:{slot}") for slot in slots]
    partner = from_slot(scene, sentence, clause, "と")
    if any(found):
        return joined(*found, partner)
    named = (issuer(scene, a) for a in clause.arguments if a.particle in slots)
    return next((party for party in named if party), NOBODY)


def _passive(
    scene: Scene, sentence: Sentence, clause: Clause, party: Party, slots: tuple[str, ...]
) -> tuple[Party, Party]:
    """「漁船がロシアに拿捕された」: the agent acts, the subject is acted upon."""
    for particle in AGENTS:
        agent = from_slot(scene, sentence, clause, particle)
        if agent and set(agent.codes) != set(party.codes):
            return agent, party or first_of(scene, sentence, clause, slots, agent)
    return NOBODY, party


def _status(clause: Clause, row: Row, kind: EventType, planned: bool) -> str | None:
    if clause.negative and row["polarity"] != "not":
        return "denied" if is_denial(clause) else None
    if row["polarity"] == "plan":
        return "planned"
    if planned and (kind.planned_as or kind.quad.startswith("material")):
        return "planned"
    return "actual"


def _as_planned(scene: Scene, kind: EventType) -> EventType:
    """What the act counts as while it lies ahead: a meeting to come is an agreement to meet."""
    return next((t for t in scene.world.event_types.values() if t.code == kind.planned_as), kind)


def _symmetric(kind: EventType, actor: Party, recipient: Party) -> tuple[Party, Party]:
    """A recipient that also acts is named once."""
    rest = tuple(c for c in recipient.codes if c not in actor.codes)
    if rest == recipient.codes:
        return actor, recipient
    return actor, Party(rest, recipient.people, recipient.sector, recipient.start, recipient.end)


def _words(clause: Clause, sentence: Sentence, actor: Party) -> tuple[int, int]:
    """The clause without its source, from its subject on where that stands in the sentence and not too far off."""
    own = [a.start for a in clause.arguments if a.particle != "によると"]
    start = min([*own, clause.predicate_start])
    if sentence.start <= actor.start < start and clause.end - actor.start <= LONGEST:
        start = actor.start
    return max(start, sentence.start), clause.end


def _elsewhere(scene: Scene, clause: Clause, sentence: Sentence, actor: Party) -> tuple[Evidence, ...]:
    """The words that name the actor, where the clause's own do not."""
    start, end = _words(clause, sentence, actor)
    if actor.end <= actor.start or (start <= actor.start and actor.end <= end):
        return ()
    return (scene.evidence(actor.start, actor.end),)


def _framework(scene: Scene, clause: Clause) -> str | None:
    """The format or organisation under which a meeting stands: named in a phrase that speaks of a meeting."""
    for argument in clause.arguments:
        if MEETING.search(scene.text[argument.start : argument.end]):
            for actor in scene.actors_in(argument.start, argument.end):
                if actor.what == "organisation" and actor.codes:
                    return actor.codes[0]
    return None


def _place(scene: Scene, clause: Clause) -> str | None:
    """Where: the place named in a phrase with で, or in the phrase a visit goes to."""
    for argument in clause.arguments:
        if argument.particle in ("で", "での", "に", "を") and (found := _place_in(scene, argument)):
            return found
    return None


def _place_in(scene: Scene, argument: Argument) -> str | None:
    for name in scene.mentions.names:
        if argument.start <= name.start and name.end <= argument.end and name.what == "place":
            return scene.page.text[name.start : name.end]
    return None
