"""Short lists of words, a table each with its kinds, as patterns: made once for a world."""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import Pattern

from jitsuroku.records import Language

# Table and kind -> how the words of that kind stand in a pattern.
SHAPES = {
    ("ourselves", "side"): r"(?:{})(?:として|側)?$",
    ("ourselves", "self"): r"(?:{})(?:自身)?$",
    ("worries", "worry"): r"(?:{})$",
    ("worries", "stake"): r"(?:{})$",
    ("uncoded", "victim"): r"(?:{})(?:ら|たち|など)?$",
    ("uncoded", "people"): r"(?:{})$",
    ("uncoded", "group"): r"(?:{})$",
    ("occasions", "guess"): r"(?:{})$",
    ("occasions", "held"): r"(?:{})$",
    ("passing", "ask"): r"(?:{})",
    ("passing", "harm"): r"(?:{})",
    ("leads", "manner"): r"(?:{})[、,]",
    ("leads", "about"): r"(?:[^、。「」はが]|「[^「」]{{0,20}}」){{1,30}}?(?:{})[、,]",
}
# What is the ground of another act, and how it is so: 「大統領の|招待により|、首相は…」.
GROUND = (
    r"(?:から)?の(?:強い|急な|再三の)?(?P<noun>{})(?:に(?:より|よって|応じ|応え|こたえ)|を受け(?:て|、)|で(?=、|\d))"
)


def word_lists(language: Language) -> Mapping[str, Pattern[str]]:
    """The lists of a language by table and kind (``worries stake``), the longest words first."""
    lists = {f"{table} {kind}": _pattern(language, table, kind, shape) for (table, kind), shape in SHAPES.items()}
    return {**lists, "passing ground": _pattern(language, "passing", "ask", GROUND)}


def _pattern(language: Language, table: str, kind: str, shape: str) -> Pattern[str]:
    words = (row["word"] for row in language.tables[table].rows if row["kind"] == kind)
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(shape.format("|".join(map(re.escape, longest_first))))
