"""Who is aided: by the words of a subject that is the aid itself, by the page's title, else by its body."""

from __future__ import annotations

import re

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Actor, Argument

Codes = tuple[str, ...]
AID = re.compile(r"^(?:政府|軍)?(?:への|に対する|向けの?|を)?(?:軍事|人道|財政|追加|復興|武器)?(?:支援|供与)")
AIDED_WITH = re.compile(
    r"^(?:への|に対する|向けの?)?(?:人道|復興|軍事|財政|経済|緊急|食糧|追加|開発|武器|・)*(?:支援|援助|供与|融資|借款)(?:の?(?:総額|額|規模))?$"
)


def is_what_is_given(scene: Scene, subject: Argument) -> bool:
    """「|隣国支援の総額は|3億ドルになる」: the subject is the aid, and the state in it is aided; 「日本の支援額は」 names who gives."""
    actors = scene.actors_in(subject.start, subject.end)
    return bool(actors) and bool(AIDED_WITH.match(scene.text[actors[-1].end : subject.end]))


def aided_by_the_page(scene: Scene, giver: Codes) -> Codes:
    """The one state that the page is told to aid, by its title, else by its body: 「対ウクライナ支援」, 「ウクライナへの軍事支援」."""
    states = [a for a in scene.actors.actors if a.what == "state" and len(a.codes) == 1]
    title = scene.document.title.value if scene.document.title else ""
    aimed = (a for a in states if re.search(rf"対{re.escape(scene.text[a.start : a.end])}.{{0,4}}支援", title))
    for found in (aimed, (a for a in states if _is_aided(scene, a))):
        others = list(dict.fromkeys(a.codes[0] for a in found if a.codes[0] not in giver))
        if others:
            return (others[0],) if len(others) == 1 else ()
    return ()


def _is_aided(scene: Scene, actor: Actor) -> bool:
    before, after = scene.text[actor.start - 1 : actor.start], scene.text[actor.end : actor.end + 12]
    return bool(AID.match(after)) and (before == "対" or after[:1] in "へに向のを軍人支追財")
