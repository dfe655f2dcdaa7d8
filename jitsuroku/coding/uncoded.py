"""Parties without a code: somebody or a ship whom a deed befalls, a crowd to whom an act is addressed."""

from __future__ import annotations

import re

from jitsuroku.coding.parties import LONGEST_NAME, NOBODY, Party, parties_inside
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Clause, Sentence

VICTIM = re.compile(
    r"(?:(?:元|前)(?:大統領|首相|外相|国防相|議員|閣僚)|活動家|指導者|記者|弁護士|党首|議員|市民|住民|漁民|船員|乗組員|学生|教授|会社員|実業家|家族|"
    r"人質|技師|技術者|研究者|宣教師|牧師|僧侶|観光客|旅行者|人男性|人女性|元将軍|元将校|元幹部|司令官|民間人|容疑者|デモ隊)(?:ら|たち|など)?$"
)
# How many they are is no part of their name: 「ルーマニア人技師|3人|」.
COUNTED = re.compile(r"(?:およそ|約|計)?[\d数十百千万]+[人名](?:以上|余り|あまり)?$")
SHIP = re.compile(r"(?:船|艦|タンカー|フェリー|[機号])[「『](?P<name>[^「」『』]{2,16})[」』]")
SAME_SHIP = re.compile(r"同(?:船|艦|機|漁船|貨物船)")
# Those to whom something may be addressed that act for nobody; of these, those that に alone addresses too.
PEOPLE = re.compile(r"(?:民|人|者|生|員|客|家|ら|たち|企業|会社|業者|団体|各社|社|法人|組織|勢力|派|党|各国)$")
COUNT = re.compile(r"[0-9数]")
GROUP = re.compile(
    r"(?:合弁会社|会社|国民|市民|住民|学生|観光客|渡航者|旅行者|邦人|企業|航空会社|業者|各社|職員|軍人|兵士)$"
)
ANAPHOR = re.compile(r"これ(?!まで|から|ほど)|それ(?!まで|ぞれ)|この(?!ところ|ほど)|その|こう|そう|今回|同(?!盟)")


def victim(scene: Scene, clause: Clause, slots: tuple[str, ...]) -> Party:
    """Somebody without a code, or a ship by its name, whom a deed befalls: 「|元首相|を逮捕した」, 「漁船「|港丸|」が拿捕された」,
    「|元首相|に懲役を言い渡した」 where the row's ``slots`` name に and no を."""
    objects: tuple[str, ...] = ("に",) if "に" in slots and "を" not in slots else ("を",)
    if clause.voice == "passive" and objects == ("を",):
        objects = ("が", "は")
    heads = (clause.head,) if clause.relative and clause.head and clause.voice == "passive" else ()
    for argument in (*clause.arguments, *heads):
        if argument.particle in objects or argument in heads:
            written = scene.written(argument)
            words = COUNTED.sub("", written)
            if words != written and VICTIM.fullmatch(words):
                continue
            if ship := SHIP.search(words) or _ship_named_before(scene, argument):
                return Party((ship["name"],), (), None, argument.start, argument.end)
            named = 2 <= len(words) <= LONGEST_NAME and "の" not in words[:2]
            if named and VICTIM.search(words) and not COUNT.match(words):
                return Party((words,), (), None, argument.start, argument.end)
    return NOBODY


def own_people(scene: Scene, sentence: Sentence, clause: Clause) -> Party:
    """A group addressed in what is asked of it: 「|国民に|訪問を慎むことを|勧告した|」."""
    asked = (c for c in sentence.clauses if c.relative and c.head in clause.arguments and c.head.head == "こと")
    for argument in (a for c in asked for a in c.arguments if a.particle == "に"):
        words = scene.written(argument)
        if 2 <= len(words) <= LONGEST_NAME and GROUP.search(words):
            return Party((words,), (), None, argument.start, argument.end)
    return NOBODY


def _ship_named_before(scene: Scene, argument: Argument) -> re.Match[str] | None:
    """「漁船「港丸」が出港した。|同船は|翌日、拿捕された」: the ship, where the page has named one only."""
    if not SAME_SHIP.fullmatch(scene.text, argument.start, argument.end):
        return None
    named = {match["name"]: match for match in SHIP.finditer(scene.page.text, 0, argument.start)}
    return next(iter(named.values())) if len(named) == 1 else None


def plain(scene: Scene, clause: Clause) -> Party:
    """Somebody without a code to whom an act is addressed in so many words: 「自国民に対し」."""
    for argument in clause.arguments:
        words = scene.written(argument)
        if argument.particle == "に対して" and 2 <= len(words) <= LONGEST_NAME and not ANAPHOR.match(words):
            if not PEOPLE.search(words) and (party := parties_inside(scene, argument)):
                return party
            if PEOPLE.search(words) or GROUP.search(words):
                return Party((words,), (), None, argument.start, argument.end)
        if argument.particle == "に" and 2 <= len(words) <= LONGEST_NAME and GROUP.search(words):
            return Party((words,), (), None, argument.start, argument.end)
    return NOBODY
