"""What else the words around an act tell: how far a plan has come, parts people play, counts, votes, topics, hedges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.triggers import compiled
from jitsuroku.contract import with_id
from jitsuroku.records import Actor, Count, Event, Role, Row, Sentence, Vote

LADDER = ("considered", "arranging", "decided", "announced")
# How far behind an act the words may stand that carry it: 「供与する|方針を固めた|」.
AFTER = 30
HEDGE = re.compile(
    r"(?:という|といいます|とのこと(?:です|だ)?|とみられ(?:る|ます|ている)|もよう(?:だ|です)?|らしい(?:です)?|とされ(?:る|ます|ている)|"
    r"ということ(?:だ|です)|と伝えられ(?:る|た|ている)|とも言われ(?:る|ている))。?$"
)
VOTES = (("for", re.compile("賛成")), ("against", re.compile("反対票|反対")), ("abstain", re.compile("棄権")))
INITIATOR = "initiator"


def detailed(scene: Scene, events: Iterable[Event]) -> Iterator[Event]:
    """The events with what their sentences tell beside the act itself."""
    for event in events:
        sentence = scene.sentence_of(event.evidence.start)
        yield event if sentence is None else with_id(_with_details(scene, event, sentence))


def _with_details(scene: Scene, event: Event, sentence: Sentence) -> Event:
    start, end = event.evidence.start, event.evidence.end
    parts = _parts(scene, sentence)
    return replace(
        event,
        stage=_stage(scene, event, sentence),
        roles=tuple(Role(name, role) for name, role in _roles(parts)),
        initiator=next((actor.codes[0] for actor, role in parts if role == INITIATOR), None),
        quantities=tuple(
            Count(q.n, q.unit, q.bound) for q in scene.mentions.quantities if start <= q.start and q.end <= end
        ),
        votes=_votes(scene, sentence),
        topics=topics_in(scene, start, end),
        hedge=_hedge(scene, sentence, end),
    )


def _stage(scene: Scene, event: Event, sentence: Sentence) -> str | None:
    """How far what lies ahead has come; the lowest step told, since what is only considered is announced too."""
    if event.status != "planned":
        return None
    words = scene.text[event.evidence.start : min(sentence.end, event.evidence.end + AFTER)]
    told = {r["stage"] for r in scene.language.tables["stages"].rows if compiled(r["pattern"]).search(words)}
    return next((stage for stage in LADDER if stage in told), None)


def _roles(parts: tuple[tuple[Actor, str], ...]) -> dict[tuple[str, str], None]:
    """The parts by the names of those who play them, each once."""
    return {(actor.person or actor.codes[0], role): None for actor, role in parts if role != INITIATOR}


@once
def _parts(scene: Scene, sentence: Sentence) -> tuple[tuple[Actor, str], ...]:
    """Who plays what part in a sentence."""
    words, rows = scene.world.patterns[scene.language.code], scene.language.tables["roles"].rows
    playing = (
        a
        for a in scene.actors_in(sentence.start, sentence.end)
        if words["role after"].match(scene.text, a.end, sentence.end)
        or words["role before"].search(scene.text, sentence.start, a.start)
    )
    return tuple((a, row["role"]) for a in playing for row in rows if _fits(scene, sentence, a, row))


def _fits(scene: Scene, sentence: Sentence, actor: Actor, row: Row) -> bool:
    if row["side"] == "after":
        return compiled(row["pattern"]).match(scene.text, actor.end, sentence.end) is not None
    return compiled(rf"(?:{row['pattern']})$").search(scene.text, sentence.start, actor.start) is not None


def _votes(scene: Scene, sentence: Sentence) -> tuple[Vote, ...]:
    """How states voted, where the sentence is about a vote: 「日本が賛成し、ロシアは棄権した」."""
    if not re.search("決議|採決|投票|理事会|総会|安保理", scene.text[sentence.start : sentence.end]):
        return ()
    found: dict[str, str] = {}
    for clause in sentence.clauses:
        vote = next((name for name, pattern in VOTES if pattern.match(clause.predicate)), None)
        for argument in clause.arguments if vote and clause.inside < 0 else ():
            if argument.particle in ("が", "は", "も"):
                for actor in scene.actors_in(argument.start, argument.end):
                    found.update(dict.fromkeys(actor.codes, str(vote)))
    return tuple(Vote(party, vote) for party, vote in found.items())


def topics_in(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """The topics that the words between two offsets name, in the table's order."""
    words = scene.text[start:end]
    if scene.world.patterns[scene.language.code]["topic"].search(words) is None:
        return ()
    topics = scene.world.topics[scene.language.code]
    return tuple(dict.fromkeys(topic for pattern, topic in topics if pattern.search(words)))


def _hedge(scene: Scene, sentence: Sentence, end: int) -> str | None:
    """The words with which the page holds back: 「…を供与する|もようだ|。」."""
    match = HEDGE.search(scene.text, max(sentence.start, end - 6), sentence.end)
    return match.group().rstrip("。") if match else None
