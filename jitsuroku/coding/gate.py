"""The gate before the reading of archives: whether a text may hold anything of ours, told by its characters alone.

It looks for a name (「ケニア」, 「日米」, 「報道官」) and for the beginning of a word by which acts, sayings or promises are known
(「会談」, 「述べ」), anywhere in the text and in any order. So it lets much through that holds nothing, and keeps out what
cannot hold a record: a page of recipes, of results, of the weather.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from jitsuroku.records import World

# 「述べる」, 「招き入れる」: what may change behind the part that stays.
ENDING = re.compile(r"[ぁ-ゖ]+$")
STATE = "state"
# Beginnings by which forms are found: two characters, else the one.
Forms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Gate:
    """The names and the beginnings of words, by their first two characters."""

    names: Forms
    words: Forms

    def may_hold(self, text: str) -> bool:
        """Whether the text has a name and a word of ours."""
        begins = {*text, *map("".join, zip(text, text[1:], strict=False))}
        return _stands(self.names, begins, text) and _stands(self.words, begins, text)


def _stands(forms: Forms, begins: set[str], text: str) -> bool:
    return any(form in text for begin in forms.keys() & begins for form in forms[begin])


def gate_of(world: World) -> Gate:
    """The gate by the world's names and the words of all languages that are read."""
    names = {entry.form for entries in world.gazetteer.values() for entry in entries}
    # 「日米」, 「米中韓」: two short names side by side; one alone is any word's part.
    names |= {"".join(pair) for pair in product(world.abbreviations, repeat=2) if pair[0] != pair[1]}
    rows = [row for by_begin in world.offices.values() for same in by_begin.values() for row in same]
    # A trainer or a poet who speaks is no matter of ours where no state and no organisation is named beside.
    names |= {row["word"] for row in rows if row["acts"] == STATE}
    triggers = {row["trigger"] for rows in world.triggers.values() for row in rows}
    verbs = {row["verb"] for by_word in world.speech.values() for rows in by_word.values() for row in rows}
    return Gate(_by_begin(names), _by_begin(map(_lasting, triggers | verbs)))


def _lasting(word: str) -> str:
    """What of a word stands in all its forms; of one in kana alone its first two characters."""
    return ENDING.sub("", word) or word[:2]


def _by_begin(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for form in forms:
        if form:
            found.setdefault(form[:2], set()).add(form)
    return {begin: tuple(sorted(same, key=lambda form: (len(form), form))) for begin, same in sorted(found.items())}
