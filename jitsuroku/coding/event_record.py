"""An act that was understood -> its record: type, sides, time, place and format, and the words it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jitsuroku.coding.parties import Party
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.when import When, is_background
from jitsuroku.records import Argument, Clause, Event, EventType, Evidence, Row, Sentence

MEETING = re.compile(r"会議|会談|サミット|協議|会合|総会")
# Acts of this quad class towards a format (joining it, a pledge to its members) stand under it; complaints of it do not.
# What behind a place's name says which part of it, or what stands there: 広島|空港|, モスクワ|郊外|.
PART_OF_PLACE = re.compile(
    r"(?:[市県州郡区島湾港駅沖]|市[内街][部地]?|(?:国際)?空港|郊外|近郊|周辺|付近|[北南東西中][東西]?部|沿岸部?|地方|地域|地区|海域|空域|半島|諸島|国境|宮殿|宮|庁舎|大学)+"
)
JOINING = "verbal cooperation"
LONGEST = 150
# Words that only tie a clause to the one before: 「会談した|あとで|、合意した」.
TIES = frozenset({"あと", "後", "のち", "うえ", "上", "一方", "際", "直後", "ほか", "まま"})


@dataclass(frozen=True, slots=True)
class Act:
    """What a clause tells: the row that knew it, its type, who did it to whom, when, and whether it came about."""

    sentence: Sentence
    clause: Clause
    row: Row
    kind: EventType
    actor: Party
    recipient: Party
    time: When
    status: str


def event_record(scene: Scene, act: Act, span: tuple[int, int] | None = None) -> Event:
    """The record of an act, without its id as yet; ``span`` are its words where they are not the clause's own."""
    actor, recipient = _apart(act.actor, act.recipient)
    start, end = span or words_of(act)
    return Event(
        id="",
        document=scene.page.id,
        type=act.kind.code,
        mode=act.row["mode"] or None,
        quad=act.kind.quad,
        score=act.kind.score,
        actor=actor.codes,
        actor_sector=actor.sector,
        recipient=recipient.codes,
        people=tuple(dict.fromkeys([*actor.people, *recipient.people])),
        roles=(),
        date=act.time.date,
        date_basis=act.time.basis,
        status=act.status,
        background=is_background(act.time.date, scene.document.anchor),
        stage=None,
        framework=_framework(scene, act),
        place=_place(scene, act.clause),
        initiator=None,
        votes=(),
        quantities=(),
        topics=(),
        said_by="page",
        via=(),
        hedge=None,
        evidence=scene.evidence(start, end),
        more=_elsewhere(scene, act.actor, start, end),
        rule=act.row.rule,
    )


def _apart(actor: Party, recipient: Party) -> tuple[Party, Party]:
    """A recipient that also acts is named once."""
    rest = tuple(c for c in recipient.codes if c not in actor.codes)
    if rest == recipient.codes:
        return actor, recipient
    return actor, Party(rest, recipient.people, recipient.sector, recipient.start, recipient.end)


def words_of(act: Act) -> tuple[int, int]:
    """The clause without its source, from its subject on where that stands in the sentence and not too far off."""
    clause = act.clause
    own = [a.start for a in clause.arguments if a.particle != "によると" and not _ties(a)]
    # 「両首脳は|協力を続けることで一致した|」: what is agreed is in the words too.
    content = [
        c.start for c in act.sentence.clauses if c.relative and c.head in clause.arguments and c.head.head == "こと"
    ]
    start = min([*own, *content, clause.predicate_start])
    if act.sentence.start <= act.actor.start < start and clause.end - act.actor.start <= LONGEST:
        start = act.actor.start
    return max(start, act.sentence.start), clause.end


def _ties(argument: Argument) -> bool:
    return argument.head in TIES and argument.end - argument.start == len(argument.head)


def _elsewhere(scene: Scene, actor: Party, start: int, end: int) -> tuple[Evidence, ...]:
    """The words that name the actor, where the act's own do not."""
    if actor.end <= actor.start or (start <= actor.start and actor.end <= end):
        return ()
    return (scene.evidence(actor.start, actor.end),)


def _framework(scene: Scene, act: Act) -> str | None:
    """The format or organisation an act stands under: it acts or is joined, or a phrase speaks of its meeting."""
    for argument in act.clause.arguments:
        if MEETING.search(scene.text[argument.start : argument.end]):
            for actor in scene.actors_in(argument.start, argument.end):
                if actor.what == "organisation" and actor.codes:
                    return actor.codes[0]
    joined = act.recipient.codes if act.kind.quad == JOINING else ()
    # What the head of an organisation does by himself is no meeting of it: 「|NATOの事務総長は|首相と会談した」.
    alone = act.actor.codes if len(act.actor.codes) == 1 and not act.actor.people else ()
    return next((code for code in (*alone, *joined) if code in scene.blocs), None)


def _place(scene: Scene, clause: Clause) -> str | None:
    """Where: the place named in a phrase with で, or in the phrase a visit goes to."""
    for argument in clause.arguments:
        if argument.particle in ("で", "での", "に", "を") and (found := _place_in(scene, argument)):
            return found
    return None


def _place_in(scene: Scene, argument: Argument) -> str | None:
    """The place that a phrase names, with the word that says which part of it; 「|シルクロード|基金に」 names none."""
    for name in scene.names_in(argument.start, argument.end):
        if name.end <= argument.end and name.what == "place":
            rest = scene.text[name.end : argument.end]
            if not rest or rest.startswith(("の", "(", "、")):
                return scene.page.text[name.start : name.end]
            if PART_OF_PLACE.fullmatch(rest):
                return scene.page.text[name.start : argument.end]
    return None
