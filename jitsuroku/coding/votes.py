"""Votes told as a list: 「|賛成(3):カナダ、ペルー、ケニア|」 under a resolution; who voted for it supports the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jitsuroku.coding.addressee import ADOPTED
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.parties import Party
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.triggers import type_of
from jitsuroku.coding.when import When
from jitsuroku.records import Clause, Event, Row, Sentence

FOR = re.compile(r"賛成(?:票|国)?\s*[((]?\d*(?:か国|カ国|票)?[))]?\s*[::]")
SUPPORT, IN_FAVOUR = "event_types/support/", "賛成"


def votes_listed(
    scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]], told: list[Event]
) -> Iterator[Event]:
    """Those that a line lists as voting for what was adopted last."""
    head = FOR.match(scene.text, sentence.start, sentence.end)
    adopted = next((e for e in reversed(told) if ADOPTED.search(e.evidence.text)), None) if head else None
    row = next((r for r in rows.get(IN_FAVOUR, ()) if r.rule.startswith(SUPPORT)), None)
    if head is None or adopted is None or row is None:
        return
    states = [a for a in scene.actors_in(head.end(), sentence.end) if a.what == "state"]
    codes = tuple(dict.fromkeys(c for a in states for c in a.codes if c not in adopted.actor))
    if codes:
        voting = Party(codes, (), None, states[0].start, states[-1].end)
        body = Party(adopted.actor, (), None, sentence.start, sentence.start)
        time, line = When(adopted.date, adopted.date_basis), _line(sentence)
        act = Act(sentence, line, row, type_of(row, scene.world), voting, body, time, "actual")
        yield event_record(scene, act, (head.start(), states[-1].end))


def _line(sentence: Sentence) -> Clause:
    """A line without a predicate, as a clause that says nothing more."""
    end = sentence.end
    return Clause(
        sentence.start, end, "賛成", end, (), False, "active", "past", "simple", (), -1, False, None, (), "main"
    )
