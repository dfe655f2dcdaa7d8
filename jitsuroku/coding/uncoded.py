"""Parties without a code: somebody or a ship whom a deed befalls, a crowd to whom an act is addressed."""

from __future__ import annotations

import re

from jitsuroku.coding.parties import LONGEST_NAME, NOBODY, Party, parties_inside
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Clause, Sentence

# How many they are is no part of their name: 「ルーマニア人技師|3人|」.
COUNTED = re.compile(r"(?:およそ|約|計)?[\d数十百千万]+[人名](?:以上|余り|あまり)?$")
SHIP = re.compile(r"(?:船|艦|タンカー|フェリー|[機号])[「『](?P<name>[^「」『』]{2,16})[」』]")
GUARD = re.compile(r"(?:取締|巡視|警備|監視|調査)$")
SAME_SHIP = re.compile(r"同(?:船|艦|機|漁船|貨物船)")
COUNT = re.compile(r"[0-9数]")
ANAPHOR = re.compile(r"これ(?!まで|から|ほど)|それ(?!まで|ぞれ)|この(?!ところ|ほど)|その|こう|そう|今回|同(?!盟)")


def victim(scene: Scene, clause: Clause, slots: tuple[str, ...]) -> Party:
    """Somebody without a code, or a ship by its name, whom a deed befalls: 「|元首相|を逮捕した」, 「漁船「|港丸|」が拿捕された」,
    「|元首相|に懲役を言い渡した」 where the row's ``slots`` name に and no を."""
    victims = scene.words("uncoded victim")
    objects: tuple[str, ...] = ("に",) if "に" in slots and "を" not in slots else ("を",)
    if clause.voice == "passive" and objects == ("を",):
        objects = ("が", "は")
    heads = (clause.head,) if clause.relative and clause.head and clause.voice == "passive" else ()
    # 「|漁船「港丸」は|銃撃を受け、|拿捕された|」
    carried = clause.inherited[:1] if clause.voice == "passive" and not clause.relative else ()
    for argument in (*clause.arguments, *carried, *heads):
        if argument.particle in objects or argument in heads:
            written = scene.written(argument)
            words = COUNTED.sub("", written)
            if words != written and victims.fullmatch(words):
                continue
            if ship := SHIP.search(words) or _ship_named_before(scene, argument):
                return Party((ship["name"],), (), None, argument.start, argument.end)
            named = 2 <= len(words) <= LONGEST_NAME and "の" not in words[:2]
            if named and victims.search(words) and not COUNT.match(words):
                return Party((words,), (), None, argument.start, argument.end)
    return NOBODY


def own_people(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """A group addressed in what is asked of it: 「|国民に|訪問を慎むことを|勧告した|」."""
    asked = (c for c in sentence.clauses if c.relative and c.head in clause.arguments and c.head.head == "こと")
    for argument in (a for c in asked for a in c.arguments if a.particle == "に"):
        words = scene.written(argument)
        if 2 <= len(words) <= LONGEST_NAME and scene.words("uncoded group").search(words):
            return Party((words,), (), None, argument.start, argument.end)
    return NOBODY


def _ship_named_before(scene: Scene, argument: Argument) -> re.Match[str] | None:
    """「漁船「港丸」が出港した。|同船は|翌日、拿捕された」: the ship, where the page has named one only, but for those on guard."""
    if not SAME_SHIP.fullmatch(scene.text, argument.start, argument.end):
        return None
    named = {match["name"]: match for match in SHIP.finditer(scene.page.text, 0, argument.start)}
    named = {
        name: match
        for name, match in named.items()
        if not GUARD.search(scene.text, max(0, match.start() - 3), match.start())
    }
    return next(iter(named.values())) if len(named) == 1 else None


def plain(scene: Scene, clause: Clause) -> Party:
    """Somebody without a code to whom an act is addressed in so many words: 「自国民に対し」."""
    people, group = scene.words("uncoded people"), scene.words("uncoded group")
    for argument in clause.arguments:
        words = scene.written(argument)
        if argument.particle == "に対して" and 2 <= len(words) <= LONGEST_NAME and not ANAPHOR.match(words):
            if not people.search(words) and (party := parties_inside(scene, argument)):
                return party
            if people.search(words) or group.search(words):
                return Party((words,), (), None, argument.start, argument.end)
        if argument.particle == "に" and 2 <= len(words) <= LONGEST_NAME and group.search(words):
            return Party((words,), (), None, argument.start, argument.end)
    return NOBODY
