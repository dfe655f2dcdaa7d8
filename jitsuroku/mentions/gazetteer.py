"""All listed names of the world in one index, found in a text by their first two characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import compress, count
from operator import add
from re import Pattern
from typing import NamedTuple

from jitsuroku.mentions.words import HAN, KANA
from jitsuroku.records import Entry, Language, Row, World

KATAKANA = re.compile(f"[{KANA}]")
# Where katakana or Latin letters go on: 「ロシア|ン」.
GOES_ON = re.compile(f"(?<=[{KANA}])[{KANA}]|(?<=[A-Za-z0-9])[A-Za-z0-9]")
# A number of states or things after letters: 「EU27カ国」, 「(中国12、UAE6、インド3)」.
COUNT = re.compile(r"(?<=[A-Za-z])\d{1,3}(?![A-Za-z0-9.+-])")
KANJI = re.compile(f"[{HAN}]")
# Organisations of these kinds that act for a state are named by its code; a state's own papers speak for themselves.
ORGANS = frozenset({"ministry", "military", "agency"})
# What a kind of organisation is here: a body's people speak for no state; an agency (a secret service) has a name of its own.
WHAT = {"media": "outlet", "party": "body", "company": "body", "institute": "body", "agency": "agency"}
# Where one form names several things, the first of these is meant.
ORDER = {"state": 0, "organisation": 1, "outlet": 1, "body": 1, "agency": 1, "person": 2, "seat": 3, "place": 4}


class Hit(NamedTuple):
    """A listed name in the text."""

    start: int
    end: int
    entry: Entry


def index_of(world: World) -> Mapping[str, tuple[Entry, ...]]:
    """Every form of every listed name by its first two characters, longest first, and by its first three where many share
    two; there a name of these two alone stands last."""
    found: dict[str, dict[str, list[Entry]]] = {}
    for entry in _entries(world):
        if len(entry.form) >= 2:
            found.setdefault(entry.form[:2], {}).setdefault(entry.form, []).append(entry)
    index = {
        key: tuple(_joined(entries) for _, entries in sorted(forms.items(), key=lambda f: (-len(f[0]), f[0])))
        for key, forms in found.items()
    }
    return index | _by_three(index)


def _by_three(index: Mapping[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    threes: dict[str, list[Entry]] = {}
    for key, entries in index.items():
        for entry in entries:
            if len(entry.form) > len(key):
                threes.setdefault(entry.form[: len(key) + 1], []).append(entry)
    alone = {key: tuple(e for e in entries if e.form == key) for key, entries in index.items()}
    return {three: (*entries, *alone[three[:-1]]) for three, entries in threes.items()}


def _entries(world: World) -> Iterator[Entry]:
    tables = world.tables
    for row in tables["states"].rows:
        yield from _forms(row, "state", (row["code"],))
        for seat in row.list("seats"):
            yield Entry(seat, "seat", (row["code"],), row.rule)
    for row in tables["organisations"].rows:
        code = row["acts_for"] if row["acts_for"] and row["kind"] in ORGANS else row["code"]
        yield from _forms(row, WHAT.get(row["kind"], "organisation"), (code,))
    for row in tables["people"].rows:
        yield from _forms(row, "person", (row["key"],))
    for row in tables["places"].rows:
        yield Entry(row["name"], "place", (row["country"],) if row["country"] else (), row.rule)


def _forms(row: Row, what: str, codes: tuple[str, ...]) -> Iterator[Entry]:
    for form in dict.fromkeys((row["name_ja"], *row.list("forms"))):
        yield Entry(form, what, codes, row.rule)


def _joined(entries: list[Entry]) -> Entry:
    """One entry a form. A seat of government gives way to the place; two people keep both keys."""
    if len(entries) == 1:
        return entries[0]
    first = min(entries, key=lambda e: ORDER[e.what])
    same = [e for e in entries if e.what == first.what]
    codes = tuple(dict.fromkeys(code for e in same for code in e.codes))
    return Entry(first.form, first.what, codes, first.rule)


def hits(
    text: str, start: int, end: int, index: Mapping[str, tuple[Entry, ...]], words: Mapping[str, Pattern[str]]
) -> Iterator[Hit]:
    """The listed names between two offsets, the longest at each place, never inside another word."""
    free = start
    pairs = map(add, text[start : end - 1], text[start + 1 : end])
    for at in compress(count(start), map(index.__contains__, pairs)):
        if at < free:
            continue
        entries = index.get(text[at : at + 3]) or index[text[at : at + 2]][-1:]
        entry = _longest(text, at, end, entries, words)
        if entry is not None:
            free = at + len(entry.form)
            yield Hit(at, free, entry)


def _longest(
    text: str, at: int, end: int, entries: tuple[Entry, ...], words: Mapping[str, Pattern[str]]
) -> Entry | None:
    for entry in entries:
        if text.startswith(entry.form, at, end) and _stands(text, at, entry, words):
            return entry
    return None


def _stands(text: str, at: int, entry: Entry, words: Mapping[str, Pattern[str]]) -> bool:
    """Whether a form that stands in the text is the listed name there."""
    end = at + len(entry.form)
    if _inside_a_word(text, at, end) or (at and KANJI.match(text[at - 1]) and words["cut-across"].match(text, at)):
        return False
    if entry.what == "state":
        if words["after-state"].match(text, end):
            return False
        return not (entry.form.endswith("国") and len(entry.form) == 2 and words["after-country"].match(text, end))
    if entry.what == "outlet" and (len(entry.form) == 2 or words["ordinary"].fullmatch(entry.form)):
        return bool(
            words["cited"].match(text, end)
            or (words["paper-only"].match(text, at) and words["reports"].match(text, end))
        )
    if entry.what in ("person", "place", "seat") and len(entry.form) == 2 and KANJI.match(entry.form):
        return entry.what == "person" or not (at and KANJI.match(text[at - 1]))
    return True


def _inside_a_word(text: str, at: int, end: int) -> bool:
    """Whether a name in katakana or Latin letters goes on before or behind."""
    begun = GOES_ON.match(text, at) is not None
    return begun or (GOES_ON.match(text, end) is not None and COUNT.match(text, end) is None)


def offices_of(language: Language) -> Mapping[str, tuple[Row, ...]]:
    """The words for offices by their first character, longest first."""
    found: dict[str, list[Row]] = {}
    for row in language.tables["offices"].rows:
        found.setdefault(row["word"][0], []).append(row)
    return {k: tuple(sorted(v, key=lambda r: (-len(r["word"]), r["word"]))) for k, v in found.items()}


def office_at(text: str, at: int, offices: Mapping[str, tuple[Row, ...]]) -> Row | None:
    """The longest word for an office that begins at an offset."""
    for row in offices.get(text[at : at + 1], ()):
        if text.startswith(row.cells["word"], at):
            return row
    return None
