"""What the coders look up, made once for a world: predicates by base form, organs of states, formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from jitsuroku.coding.promise_words import promise_words
from jitsuroku.coding.triggers import DEMAND, INTENT, MENTIONED, by_predicate, single_words
from jitsuroku.coding.word_lists import word_lists
from jitsuroku.lexicon import ANY, behind_run, first_characters, union_of
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
        asked_by_kind={n: predicates_by_kind(lang) for n, lang in languages.items()},
        private={n: private_of(lang) for n, lang in languages.items()},
        organs={n: organs_of(lang) for n, lang in languages.items()},
        blocs=blocs_of(world),
        members=members_of(world),
        promise_words={n: promise_words(lang) for n, lang in languages.items()},
        topics={
            n: tuple((re.compile(r["pattern"]), r["topic"]) for r in lang.tables["topics"].rows)
            for n, lang in languages.items()
        },
        patterns={
            n: {**world.patterns.get(n, {}), **readings_by_kind(lang), **details_of(lang), **word_lists(lang)}
            for n, lang in languages.items()
        },
    )


def _single_words(world: World, language: Language) -> Iterator[str]:
    yield from single_words(world.triggers[language.code], "trigger", language)
    yield from single_words(language.tables["speech"].rows, "verb", language)


def predicates_by_kind(language: Language) -> Mapping[str, frozenset[str]]:
    """The predicates that rules ask for, by kind (``wish``, ``take-away`` ...)."""
    kinds: dict[str, set[str]] = {}
    for row in language.tables["predicates"].rows:
        kinds.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in kinds.items()}


def readings_by_kind(language: Language) -> Mapping[str, re.Pattern[str]]:
    """The patterns of readings by kind (``reading view`` ...); the empty group that matches names the row (``row7``).

    Each begins with a look at the characters that a match can begin with, where they are known: most can begin none.
    The group stands behind its row's pattern, so that a row is passed over at its first character. Where rows begin with
    any run of characters, what a sentence must hold stands under ``may-hold reading some``.
    """
    kinds: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(language.tables["readings"].rows):
        kinds.setdefault(f"reading {row['kind']}", []).append((number, row["pattern"]))
    whole = {kind: "|".join(f"(?:{pattern})(?P<row{n}>)" for n, pattern in rows) for kind, rows in kinds.items()}
    begins = {kind: first_characters(pattern for _, pattern in rows) for kind, rows in kinds.items()}
    holds = {k: union_of(behind_run(pattern) for _, pattern in rows) for k, rows in kinds.items() if begins[k] == ANY}
    return {f"may-hold {kind}": gate for kind, gate in holds.items()} | {
        kind: re.compile(pattern if begins[kind] == ANY else f"(?={begins[kind]})(?:{pattern})")
        for kind, pattern in whole.items()
    }


def details_of(language: Language) -> Mapping[str, re.Pattern[str]]:
    """What all topics, and all parts that somebody plays, are told by: most words hold none of them."""
    roles = language.tables["roles"].rows
    return {
        "topic": union_of(row["pattern"] for row in language.tables["topics"].rows),
        "role after": union_of(row["pattern"] for row in roles if row["side"] == "after"),
        "role before": union_of(f"(?:{row['pattern']})$" for row in roles if row["side"] == "before"),
    }


# A ministry that no table lists: 「韓国|の文化観光部|」; 「南|部|」 is a region, and a 省 of China a province.
MINISTRY = (
    r"の?[一-鿿]{2,6}(?:(?<![東西南北中央内外沿岸山間都市上下幹支本一全大学編集])部|(?<![山江河湖海東西南北建川州省])省|庁|国務院|情報院|"
    r"(?:情報|保健|管理|移民|監督|総務)局|(?:国家|軍事|安全保障|選挙|関税|税則|規制|監視)委員会)"
)


def organs_of(language: Language) -> re.Pattern[str]:
    """What may stand between a state's name and the end of a phrase that still names the state: 「ドイツ|の首相|」."""
    rows: tuple[Mapping[str, str], ...] = tuple(
        row.cells for name in ("offices", "organs") for row in language.tables[name].rows
    )
    words = "|".join(re.escape(row["word"]) for row in sorted(rows, key=lambda r: (-len(r["word"]), r["word"])))
    return re.compile(
        r"(?:\([^()]*\)|[」』]|など|ら|たち|だけ|のみ|等|自身"
        rf"|の?(?:駐|在)[^のは]{{1,8}}?(?:大使館?|代表部|公使|総領事館?)"
        rf"|{MINISTRY}|の(?:軍事|政治|武装|治安)(?:部門|組織|局)[ァ-ヶー・]{{0,24}}|の(?:国連|EU|NATO)(?:次席)?大使"
        rf"|の?(?:新|前|元|現|両|各|一部)*(?:{words})|の?[\d一二三四五六七八九十]+(?:か国|カ国|ヵ国|ヶ国|者|氏|人|隻|機|両|頭))*"
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
