"""A page of very many sentences in stretches, so that the time to code it grows with its length only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Mentions

# A story looks back over its page, so that n sentences cost n times n; no news page has as many as this.
LONGEST_STORY = 400


def stretches(scene: Scene) -> Iterator[Scene]:
    """The page whole; one of very many sentences in stretches that are told each for itself."""
    starts = [s.start for s in scene.sentences]
    cuts = [0, *starts[LONGEST_STORY::LONGEST_STORY], len(scene.text)]
    if len(cuts) == 2:
        yield scene
        return
    for start, end in pairwise(cuts):
        mentions = scene.mentions
        actors = tuple(a for a in scene.actors.actors if start <= a.start < end)
        yield replace(
            scene,
            sentences=tuple(s for s in scene.sentences if start <= s.start < end),
            mentions=Mentions(
                names=tuple(n for n in mentions.names if start <= n.start < end),
                dates=tuple(d for d in mentions.dates if start <= d.start < end),
                money=tuple(m for m in mentions.money if start <= m.start < end),
                quantities=tuple(q for q in mentions.quantities if start <= q.start < end),
            ),
            actors=replace(scene.actors, actors=actors),
            starts=tuple(a.start for a in actors),
        )
