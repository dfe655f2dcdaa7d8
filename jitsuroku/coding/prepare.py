"""What the coders look up, made once for a world: predicates by base form, organs of states, formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from jitsuroku.coding.promise_words import promise_words
from jitsuroku.coding.triggers import DEMAND, INTENT, MENTIONED, by_predicate, single_words
from jitsuroku.coding.word_lists import word_lists
from jitsuroku.lexicon import ANY, first_characters
from jitsuroku.records import Language, World


def prepared(world: World) -> World:
    """The world with the indexes that coding needs, for every language that is read."""
    languages = world.languages
    return replace(
        world,
        predicates={n: by_predicate(world.triggers[n], "trigger", lang) for n, lang in languages.items()},
        speech={n: by_predicate(lang.tables["speech"].rows, "verb", lang) for n, lang in languages.items()},
        mentioned={n: tuple(r for r in world.triggers[n] if r["polarity"] == MENTIONED) for n in languages},
        intents={n: tuple(r for r in world.triggers[n] if r["polarity"] == INTENT) for n in languages},
        demands={n: tuple(r for r in world.triggers[n] if r["polarity"] == DEMAND) for n in languages},
        performatives={
            n: frozenset(by_predicate(lang.tables["performatives"].rows, "verb", lang)) for n, lang in languages.items()
        },
        single_words={n: frozenset(_single_words(world, lang)) for n, lang in languages.items()},
        private={n: private_of(lang) for n, lang in languages.items()},
        organs={n: organs_of(lang) for n, lang in languages.items()},
        blocs=blocs_of(world),
        members=members_of(world),
        promise_words={n: promise_words(lang) for n, lang in languages.items()},
        patterns={
            n: {**world.patterns.get(n, {}), **readings_by_kind(lang), **word_lists(lang)}
            for n, lang in languages.items()
        },
    )


def _single_words(world: World, language: Language) -> Iterator[str]:
    yield from single_words(world.triggers[language.code], "trigger", language)
    yield from single_words(language.tables["speech"].rows, "verb", language)


def readings_by_kind(language: Language) -> Mapping[str, re.Pattern[str]]:
    """The patterns of readings by kind (``reading view`` ...); the empty group that matches names the row (``row7``).

    Each begins with a look at the characters that a match can begin with, where they are known: most can begin none.
    The group stands behind its row's pattern, so that a row is passed over at its first character.
    """
    kinds: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(language.tables["readings"].rows):
        kinds.setdefault(f"reading {row['kind']}", []).append((number, row["pattern"]))
    whole = {kind: "|".join(f"(?:{pattern})(?P<row{n}>)" for n, pattern in rows) for kind, rows in kinds.items()}
    begins = {kind: first_characters(pattern for _, pattern in rows) for kind, rows in kinds.items()}
    return {
        kind: re.compile(pattern if begins[kind] == ANY else f"(?={begins[kind]})(?:{pattern})")
        for kind, pattern in whole.items()
    }


def organs_of(language: Language) -> re.Pattern[str]:
    """What may stand between a state's name and the end of a phrase that still names the state: 「ドイツ|の首相|」."""
    rows: tuple[Mapping[str, str], ...] = tuple(
        row.cells for name in ("offices", "organs") for row in language.tables[name].rows
    )
    words = "|".join(re.escape(row["word"]) for row in sorted(rows, key=lambda r: (-len(r["word"]), r["word"])))
    return re.compile(
        r"(?:\([^()]*\)|[」』]|など|ら|たち|だけ|のみ|等|自身"
        rf"|の?(?:駐|在)[^のは]{{1,8}}?(?:大使館?|代表部|公使|総領事館?)"
        rf"|の?(?:新|前|元|現|両|各|一部)*(?:{words})|の?\d+(?:か国|カ国|ヵ国|ヶ国|者|氏|人|隻|機|両|頭))*"
    )


def blocs_of(world: World) -> frozenset[str]:
    """The codes of formats, blocs and organisations of states, whose summits and declarations speak for them."""
    rows = world.tables["organisations"].rows
    return frozenset(r["code"] for r in rows if r["kind"] in ("bloc", "format", "organisation") and r["code"].isascii())


def members_of(world: World) -> Mapping[str, frozenset[str]]:
    """The states that ever belonged to an organisation or a format, by its code."""
    members: dict[str, set[str]] = {}
    for row in world.tables["memberships"].rows if "memberships" in world.tables else ():
        members.setdefault(row["organisation"], set()).add(row["state"])
    return {code: frozenset(states) for code, states in members.items()}


def private_of(language: Language) -> re.Pattern[str]:
    """What a phrase ends in that names people who act for themselves: 「フランスの|市民ら|」."""
    rows = sorted(language.tables["private"].rows, key=lambda r: (-len(r["word"]), r["word"]))
    kinds = {kind: "|".join(re.escape(r["word"]) for r in rows if r["kind"] == kind) for kind in ("expert", "group")}
    return re.compile(rf"(?:(?P<expert>{kinds['expert']})|{kinds['group']})(?:ら|たち|など|の一部|側)*$")
