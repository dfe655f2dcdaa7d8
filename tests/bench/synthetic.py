"""Synthetic pages for the bench: ``pages(number)`` gives so many, always the same ones.

The sample pages are told again and again, a round each day. In every round the subjects, the sums, the days and the
quotations are others, while the words by which the linking room knows an act, a meeting or a place stay, so that a record
has as many keys and as many records beside it as one of a sample has:

- 「|鉱物|の|供給|で|一致|した」: 鉱物 and 供給 become other characters, 一致 (a word of ``plain.tsv``) stays.
- The states of the samples take one another's part from day to day, with their names (中国 and アメリカ, アメリカ and インド), and
  so do the formats and the cities: news of a state comes every day, the same two meet again after some weeks, and no format
  meets daily.
- People change with the ``CASTS``: the same leaders are in the news again after some weeks.
- 「150億ドル」 becomes 「260億ドル」 in the words and in the amount.
- Pages in other languages get other letters; otherwise each would be a copy of that of the day before, or of the month before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

from jitsuroku.contract import with_id
from jitsuroku.desk.adding import load_page
from jitsuroku.desk.linking import knowledge
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.linking.days import ISO
from jitsuroku.pipeline import read, world
from jitsuroku.records import Commitment, DocumentRecord, Evidence, Person, Reading, Record

SAMPLES = PACKAGE / "samples" / "pages"
# Rounds after which the same people act again.
CASTS = 24
KANJI, KATAKANA, LATIN, CYRILLIC = (0x4E00, 20_000), (0x30A1, 82), (0x61, 26), (0x430, 32)
# How far a character goes on in each round.
STEP = 37
DAYS, MONTHS, NONZERO = 28, 12, 9
# The parties come round in another order each time; no number has a divisor in common with theirs.
STRIDES = (1, 3, 7, 9)
# Fields that hold codes or names of the contract, which stay.
KEPT = frozenset("id document kind type mode quad status rule unit currency part_of".split())
WORDS = ("plain", "alike", "formats", "meetings", "series", "organs", "margins", "hedges")


class _Moved(dict[int, int]):
    """Each character of a script as the one so far on in it; made as they are asked for."""

    def __init__(self, move: int, *scripts: tuple[int, int]) -> None:
        super().__init__()
        self._move, self._scripts = move, scripts

    def __missing__(self, code: int) -> int:
        for first, number in self._scripts:
            if first <= code < first + number:
                self[code] = first + (code - first + self._move) % number
                return self[code]
        self[code] = code
        return code


@cache
def samples() -> tuple[Reading, ...]:
    """The sample pages as read."""
    whole = world()
    paths = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html"))
    return tuple(read(load_page(path, path.name), whole) for path in paths)


@cache
def _parties() -> tuple[tuple[str, ...], ...]:
    """The states that act in the samples, and the formats of the world's list that have members."""
    acting = {
        party
        for reading in samples()
        for record in reading.records
        for side in ("actor", "recipient", "giver", "receiver")
        for party in getattr(record, side, ())
    }
    formats = {code for code in knowledge().members if code.isascii()}
    return tuple(sorted(p for p in acting if p in set(knowledge().country_codes.values()))), tuple(sorted(formats))


@lru_cache(maxsize=10_000)
def other_party(code: str, turn: int) -> str:
    """The party that has a party's part in another round; itself where it takes no part in that."""
    for parties in _parties():
        if code in parties:
            again = turn // len(parties) % len(STRIDES)
            return parties[(parties.index(code) * STRIDES[again] + turn) % len(parties)]
    return code


@cache
def _name_of() -> dict[str, str]:
    return {row["code"]: row["name_ja"] for row in read_table(PACKAGE / "world" / "states.tsv").rows}


@cache
def _parts() -> re.Pattern[str]:
    """What a text consists of for whoever moves it on; what no part matches stays."""
    states = {name for name, code in knowledge().country_codes.items() if code in _parties()[0]}
    people = {form for page in samples() for person in _own(page).people for form in (person.name, *person.forms)}
    return re.compile(
        r"(?P<date>\d{4}-\d{2}(?:-\d{2})?)|(?P<year>\d+年)|(?P<month>\d{1,2}月)|(?P<day>\d{1,2}日)"
        r"|(?P<kept>第\d+[回次]|\d+[時分]|[A-Z][A-Z0-9+]*|[兆億万千約余]|(?<=[\d兆億万千カ])[一-鿿])|(?P<number>\d[\d,.]*)"
        rf"|(?P<state>{_any(states)})|(?P<name>{_any(people)})|(?P<place>{_any(set(_places()))})|(?P<word>{_any(_words())})|(?P<kanji>[一-鿿])|(?P<kana>[ァ-ヺ]{{3,}})"
    )


def _words() -> set[str]:
    """The words by which an act, a meeting or a state is known."""
    found = {row["word"] for name in WORDS for row in read_table(PACKAGE / "linking" / f"{name}.tsv").rows}
    for row in read_table(PACKAGE / "world" / "states.tsv").rows:
        found.update((row["name_ja"], *row.list("forms")))
    return found


@cache
def _places() -> tuple[str, ...]:
    """The cities of the world's list."""
    rows = read_table(PACKAGE / "world" / "places.tsv").rows
    return tuple(sorted(row["name"] for row in rows if row["kind"] == "city" and len(row["name"]) > 1))


def _any(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)) if len(word) > 1)


@lru_cache(maxsize=20_000)
def _taken_apart(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of a text with what each is; empty for what stays."""
    found, at = [], 0
    for match in _parts().finditer(text):
        found += [("", text[at : match.start()]), (match.lastgroup or "", match.group())]
        at = match.end()
    return tuple(part for part in (*found, ("", text[at:])) if part[1])


@lru_cache(maxsize=4)
def _table(move: int, *scripts: tuple[int, int]) -> _Moved:
    return _Moved(move * STEP, *scripts)


def other_words(text: str, turn: int) -> str:
    """The text in another round."""
    return "".join(_other(kind, part, turn) for kind, part in _taken_apart(text)) if turn else text


def _other(kind: str, part: str, turn: int) -> str:
    match kind:
        case "kanji" | "kana":
            return part.translate(_table(turn, KANJI, KATAKANA))
        case "name":
            return part.translate(_table(turn % CASTS, KANJI, KATAKANA))
        case "state":
            return _name_of()[other_party(knowledge().country_codes[part], turn)]
        case "place":
            return _places()[(_places().index(part) + turn) % len(_places())]
        case "number":
            return other_number(part, turn)
        case "day":
            return f"{(int(part[:-1]) - 1 + turn) % DAYS + 1}日"
        case "month":
            return f"{(int(part[:-1]) - 1 + turn // DAYS) % MONTHS + 1}月"
        case _:
            return part


def other_number(number: str, turn: int) -> str:
    """The number with other digits in the same places; zeros stay, so that it is as round as before."""
    found, place = [], 0
    for character in number:
        if character.isdecimal() and character != "0":
            character = str((int(character) - 1 + turn // NONZERO**place) % NONZERO + 1)
            place += 1
        found.append(character)
    return "".join(found)


def moved(value: Any, turn: int) -> Any:
    """A field's value in another round: dates go on by a day, words and sums change."""
    if isinstance(value, str):
        return "/".join(_moved_day(each, turn) for each in value.split("/"))
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(other_number(str(value), turn)) if turn else value
    if isinstance(value, tuple):
        return tuple(moved(each, turn) for each in value)
    if isinstance(value, Evidence):
        text, before, after = (other_words(words, turn) for words in (value.text, value.prefix, value.suffix))
        return replace(value, text=text, prefix=before, suffix=after)
    if isinstance(value, Person):
        return replace(value, **{f.name: moved(getattr(value, f.name), turn) for f in fields(value)})
    return value


def _moved_day(text: str, turn: int) -> str:
    match = ISO.fullmatch(text)
    if match is None:
        return other_words(text, turn) if (party := other_party(text, turn)) == text else party
    if match.group(3):
        return str(date.fromisoformat(text) + timedelta(turn))
    whole = date.fromisoformat(f"{text}-15") if match.group(2) else date.fromisoformat(f"{text}-07-01")
    return str(whole + timedelta(turn))[: len(text)]


def again(reading: Reading, turn: int) -> Reading:
    """A sample page in another round."""
    id = f"{reading.page.id}-{turn}"
    page = replace(reading.page, id=id, source=f"{turn}/{reading.page.source}", address=None)
    made = {record.id: _again(record, id, turn) for record in reading.records}
    return replace(reading, page=page, records=tuple(_with_whole(record, made) for record in made.values()))


def _again(record: Record, document: str, turn: int) -> Record:
    names = [f.name for f in fields(record) if f.init and f.name not in KEPT]
    changed = replace(record, **{name: moved(getattr(record, name), turn) for name in names})
    if isinstance(changed, DocumentRecord):
        return replace(changed, id=document, text=_foreign(changed, turn))
    return with_id(replace(changed, document=document))  # type: ignore[arg-type]


def _foreign(document: DocumentRecord, turn: int) -> str:
    """The text with other small letters where it is in letters; names keep their first. Every second letter goes on when all
    letters have come round, or the same text would come again."""
    if document.language == "ja":
        return document.text
    one, other = (_table(move, LATIN, CYRILLIC) for move in (turn, turn // LATIN[1]))
    pairs = zip_longest(document.text[::2].translate(one), document.text[1::2].translate(other), fillvalue="")
    return "".join(letter for pair in pairs for letter in pair)


def _with_whole(record: Record, made: dict[str, Record]) -> Record:
    """A promise that is part of another, of that other of its own round."""
    if isinstance(record, Commitment) and record.part_of is not None:
        return with_id(replace(record, part_of=made[record.part_of].id))
    return record


def _own(reading: Reading) -> DocumentRecord:
    return next(record for record in reading.records if isinstance(record, DocumentRecord))


def pages(number: int) -> Iterator[Reading]:
    """So many synthetic pages, the oldest first."""
    for n in range(number):
        yield again(samples()[n % len(samples())], n // len(samples()))
