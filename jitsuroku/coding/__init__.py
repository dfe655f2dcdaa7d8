"""Sentences and actors -> events, statements, readings, commitments and figures."""

from __future__ import annotations

from jitsuroku.coding.asserted import asserted
from jitsuroku.coding.commitments import promises_of
from jitsuroku.coding.details import detailed
from jitsuroku.coding.events import events_of, verdicts
from jitsuroku.coding.merge import merge_events, merge_statements
from jitsuroku.coding.readings import readings_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.statements import statements_of
from jitsuroku.coding.stretches import stretches
from jitsuroku.coding.transcripts import in_turns
from jitsuroku.records import (
    Actors,
    Commitment,
    Document,
    Event,
    Figure,
    Interpretation,
    Language,
    Mentions,
    Page,
    Sentence,
    Statement,
    Verdict,
    World,
)

Coded = Event | Statement | Interpretation | Commitment | Figure


def code(
    page: Page,
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: Mentions,
    actors: Actors,
    language: Language,
    world: World,
) -> tuple[Coded, ...]:
    """What the sentences tell, each record with its evidence; a record told twice on the page is one."""
    scene = in_turns(Scene.of(page, document, sentences, mentions, actors, language, world))
    return tuple(record for stretch in stretches(scene) for record in _coded(stretch))


def _coded(scene: Scene) -> tuple[Coded, ...]:
    rows = scene.world.predicates[scene.language.code]
    statements = merge_statements(statements_of(scene))
    events = tuple(detailed(scene, merge_events(asserted(scene, events_of(scene, rows), statements))))
    readings = tuple(readings_of(scene, statements))
    promises = tuple(promises_of(scene, events, statements))
    return (*events, *statements, *readings, *promises)


def judge(
    page: Page,
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: Mentions,
    actors: Actors,
    language: Language,
    world: World,
) -> tuple[Verdict, ...]:
    """What became of every clause: the rows that know its predicate, the event it made or why it made none."""
    scene = in_turns(Scene.of(page, document, sentences, mentions, actors, language, world))
    return tuple(verdicts(scene, world.predicates[language.code]))
