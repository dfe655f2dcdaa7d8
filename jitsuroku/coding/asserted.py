"""Who says that an act took place: the page itself, or the statement in whose words it is told, and the source named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jitsuroku.coding.chains import sources_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.telling import asserted_by
from jitsuroku.records import Event, Sentence, Statement


def asserted(scene: Scene, events: Iterable[Event], statements: tuple[Statement, ...]) -> Iterator[Event]:
    """The events with who asserts them: 「大統領は「A国が加わった」と述べた」 is told by the president alone.

    What a source is named for (「国営通信によると、首相は隣国を訪れた」) is the page's word via that source.
    """
    for event in events:
        end = event.evidence.end
        said = asserted_by(scene, statements, end - 1, end)
        if said is not None:
            yield replace(event, said_by=said.id, via=said.via)
        else:
            sentence = scene.sentence_of(end - 1)
            via = _sources(scene, sentence, end) if sentence is not None else event.via
            yield replace(event, via=via) if via != event.via else event


def _sources(scene: Scene, sentence: Sentence, end: int) -> tuple[str, ...]:
    """The sources named before the act in its sentence, the outlet by its name, anybody else as written."""
    named = [s for s in sources_of(scene, sentence) if s.end <= end]
    names = [name for s in named for name in (*(s.outlets or (scene.written(s.phrase),)), *s.through)]
    return tuple(dict.fromkeys(names))
