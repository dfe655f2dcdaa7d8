"""Clause -> the trigger row that fires: predicate, conditions on its arguments, polarity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Clause, EventType, Language, Row, World

SUBJECTS = ("は", "が", "も")
NEAR, ANYTHING = 6, "."
# Rows for nouns that mention a meeting in passing, and for what another must do: no predicate of a clause fires them.
MENTIONED, DEMAND, INTENT = "noun", "demand", "intent"


def by_predicate(rows: tuple[Row, ...], column: str, language: Language) -> Mapping[str, tuple[Row, ...]]:
    """The rows of each predicate by the base form that the clause reader gives; the more exact row stands first.

    Tables are written as people spell; 「突っぱねる」 and 「突っ撥ねる」 meet in the tokenizer's base form.
    """
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda r: (-_exactness(r, column), r.rule, r.line)):
        found.setdefault(_base(row[column], language), []).append(row)
    return {k: tuple(v) for k, v in found.items()}


def _exactness(row: Row, column: str) -> int:
    needs, polarity = row.cells.get("needs", ""), row.cells.get("polarity", "")
    return len(needs) + 10 * len(row[column]) + 100 * (polarity not in ("", "done"))


def single_words(rows: Iterable[Row], column: str, language: Language) -> Iterator[str]:
    """The words of a table's column that have one part only."""
    return (row[column] for row in rows if len(language.tokenize(row[column])) == 1)


def _base(word: str, language: Language) -> str:
    *before, last = language.tokenize(word)
    if last.pos[0] == "接尾辞" and before:
        return before[-1].surface + last.surface
    return last.lemma if last.pos[0] in ("動詞", "形容詞") else last.surface


def names_predicate(scene: Scene, clause: Clause, word: str) -> bool:
    """Whether a word of several parts stands there whole: 「首脳会談」 is no row for 「会談」 alone."""
    if clause.predicate == word or word in scene.single_words:
        return True
    region = scene.text[max(0, clause.predicate_start - NEAR) : clause.end]
    return (word[:-1] if len(word) > 2 else word) in region


def type_of(row: Row, world: World) -> EventType:
    """The event type whose folder the row stands in."""
    return world.event_types[row.rule.split("/")[1]]


def fires(scene: Scene, clause: Clause, row: Row, lies_ahead: bool) -> bool:
    """Whether a row's polarity and conditions hold for a clause."""
    cells = row.cells
    polarity = cells["polarity"]
    if polarity in (MENTIONED, DEMAND, INTENT):
        return False
    if polarity == "not" and not clause.negative:
        return False
    if polarity != "not" and clause.negative and not is_denial(clause):
        return False
    if polarity == "plan" and not lies_ahead:
        return False
    if not names_predicate(scene, clause, cells["trigger"]):
        return False
    material = type_of(row, scene.world).quad.startswith("material")
    return all(_holds(scene, clause, need, material) for need in cells["needs"].split("&") if need)


def is_denial(clause: Clause) -> bool:
    """「会談しなかった」: said not to have happened; 「認めない」 is an act of its own, 「加盟していない」 a state."""
    return clause.negative and clause.tense == "past"


def _holds(scene: Scene, clause: Clause, need: str, material: bool) -> bool:
    """One condition: ``を:制裁|関税`` (an argument's words), or ``よう`` (a clause of that ending just before)."""
    particle, _, pattern = need.partition(":")
    if not pattern:
        return _asks(scene, clause)
    if particle == "head":
        head = clause.head if clause.relative else None
        return head is not None and bool(compiled(pattern).search(scene.text[head.start : head.end]))
    wanted = compiled(pattern)
    stand = (
        a
        for a in standing_for(clause, particle, told=material and pattern != ANYTHING)
        if not _is_owner_of_head(scene, clause, a)
    )
    return any(wanted.search(scene.text[a.start : a.end]) for a in stand)


def _is_owner_of_head(scene: Scene, clause: Clause, argument: Argument) -> bool:
    """「隣国に捕らえられた|社員の解放|を求めた」: what was caught is only the owner of the noun that the phrase is about."""
    return clause.voice == "passive" and argument is clause.head and "の" in scene.text[argument.start : argument.end]


def _asks(scene: Scene, clause: Clause) -> bool:
    """Whether another is to do what stands before: 「攻撃を控える|よう|隣国に伝えた」."""
    sentence = scene.sentence_of(clause.predicate_start)
    before = (
        [c for c in sentence.clauses if c.inside == clause.inside and c.end <= clause.predicate_start]
        if sentence
        else []
    )
    return bool(before) and before[-1].ending == "you"


def standing_for(clause: Clause, particle: str, *, told: bool = False) -> Iterator[Argument]:
    """The arguments that play the part of a particle; ``told`` says that the row tells what the object of a deed must be. Objects may stand elsewhere too: as the subject of a passive
    (「制裁|が|科された」), as a topic beside the subject (「制裁|も|科した」), as the head of a relative clause (「科した|制裁|」).
    """
    yield from (a for a in clause.arguments if a.particle == particle)
    if particle == "は" and not any(a.particle in SUBJECTS for a in clause.arguments):
        yield from (a for a in clause.inherited if a.particle == particle)  # 「|会議は|討議を終え、|閉幕した|」
    if particle != "を" or any(a.particle == "を" for a in clause.arguments):
        return
    if clause.voice == "passive":
        subjects = [a for a in clause.arguments if a.particle in ("が", "は", "も")]
        yield from subjects or ([clause.head] if clause.relative and clause.head is not None else [])
    elif clause.relative and clause.head is not None:
        yield clause.head
    else:
        topics = [a for a in clause.arguments if a.particle in ("は", "も", "まで")]
        # 「制裁も|決めた」: who decided it was told before.
        alone = told and len(topics) == 1 and topics[0].particle == "も" and clause.voice == "active"
        several = alone or len(topics) > 1 or clause.inherited or any(a.particle == "が" for a in clause.arguments)
        yield from topics if several else ()
        yield from (a for a in clause.arguments if a.particle == "について")


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a table's cell, ready to search; made when a page first asks for it."""
    return re.compile(pattern)
