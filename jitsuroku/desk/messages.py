"""What the reader says in English, as the reader of the desk reads it: a message is known by its form, its parameters stay."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from string import Formatter

ENGLISH = "en"
SIZES = (("trillion", 12), ("billion", 9), ("million", 6))
WEEKDAYS = {
    "Monday": "月曜日",
    "Tuesday": "火曜日",
    "Wednesday": "水曜日",
    "Thursday": "木曜日",
    "Friday": "金曜日",
    "Saturday": "土曜日",
    "Sunday": "日曜日",
}
# What a parameter of a form looks like.
FORMS = {
    "day": r"\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?",
    "sum": r"[\d.]+(?: (?:trillion|billion|million))? [A-Z]{3}",
    "weekday": "|".join(WEEKDAYS),
    "points": r"[+-]\d+",
    "parties": r".+",
    "any": r".+",
    "": r".+",
    "arrow": r"[A-Z0-9 ]+ -> [A-Z0-9 ]+",
    "several": r".+",
    "word": r"\S+",
}
LONGEST, MOST_PLACES = 2_000, 12
# What no name and no number holds: a parameter with such words is a message that no row knows.
ENGLISH_WORDS = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
FEW = {"a member": "構成国", "as members of a format": "枠組みの構成国"}


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language writes days and sums of money, and what it calls a party."""

    code: str
    day: Callable[[str], str]
    party: Callable[[str], str]
    money: Callable[[object, str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A message in words, and the language it came out in."""

    text: str
    language: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A parameter of a message with its form, and the words that stand behind it."""

    name: str
    form: str
    behind: str


@dataclass(frozen=True, slots=True)
class Form:
    """A message of the table: the words it begins with, its parameters in order, and how each language says it."""

    id: str
    begins: str
    places: tuple[Place, ...]
    said: Mapping[str, str]

    @property
    def weight(self) -> int:
        """How much of it is words of its own."""
        return len(self.begins) + sum(len(place.behind) for place in self.places)


@cache
def table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The table as it stands."""
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text(encoding="utf-8"))


@cache
def _forms(section: str) -> tuple[Form, ...]:
    """The messages of a section, those that say most in words of their own first."""
    found = [_form(id, row["en"], row["ja"]) for id, row in table()[section].items()]
    return tuple(sorted(found, key=lambda form: (-form.weight, form.id)))


def _form(id: str, english: str, japanese: str) -> Form:
    parts = list(Formatter().parse(english))
    named = [(name, form or "") for _, name, form, _ in parts if name is not None]
    words = [text for text, *_ in parts]
    words += [""] * (len(named) + 1 - len(words))
    places = tuple(Place(name, form, behind) for (name, form), behind in zip(named, words[1:], strict=True))
    # The reader's own English says a day as 2025-06-05 and a state by its code; the desk's says both in words.
    plain = "".join(
        text.replace("{", "{{").replace("}", "}}") + (f"{{{name}}}" if name else "") for text, name, *_ in parts
    )
    return Form(id, words[0] if words else "", places, {ENGLISH: plain, "ja": japanese})


def in_words(section: str, text: str, speech: Speech) -> Said:
    """The message in the reader's language, days and parties in its words; as it is, in English, when no row knows it."""
    if len(text) > LONGEST:
        return Said(text, ENGLISH)
    for form in _forms(section):
        if (
            text.startswith(form.begins)
            and (values := _values(form.places, text[len(form.begins) :], speech)) is not None
        ):
            return Said(form.said[speech.code].format(**values), speech.code, form.id)
    return Said(text, ENGLISH)


def _values(places: tuple[Place, ...], text: str, speech: Speech) -> dict[str, str] | None:
    """The parameters in words, found one after the other; None when the text is not of this form.

    No pattern with several open places is run over it: what a page writes into a message must not cost time.
    """
    if not places:
        return {} if not text else None
    place, *rest = places
    for end in _ends(place, text, last=not rest):
        told = _value(place.form, text[:end], speech)
        if told is not None:
            further = _values(tuple(rest), text[end + len(place.behind) :], speech)
            if further is not None:
                return {place.name: told, **further}
    return None


def _ends(place: Place, text: str, *, last: bool) -> Iterator[int]:
    """Where the parameter may end: before its words; the last one where these end the text."""
    if last:
        if text.endswith(place.behind):
            yield len(text) - len(place.behind)
        return
    at = text.find(place.behind)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(place.behind, at + 1)


def _value(form: str, value: str, speech: Speech) -> str | None:
    """A parameter in words; None when it is none of this form."""
    if form not in FORMS:
        said = in_words(form, value, speech)
        return said.text if said.id else None
    if not re.fullmatch(FORMS[form], value, re.S):
        return None
    match form:
        case "day":
            return speech.day(value)
        case "parties":
            return _few(value, speech) or (None if ENGLISH_WORDS.search(value) else _parties(value, speech))
        case "arrow":
            left, right = value.split(" -> ")
            return f"{_parties(left, speech)}{' → ' if speech.code == ENGLISH else '→'}{_parties(right, speech)}"
        case "sum":
            return _sum(value, speech)
        case "weekday":
            return value if speech.code == ENGLISH else WEEKDAYS[value]
        case "several":
            return _several(value, speech)
        case "":
            return None if ENGLISH_WORDS.search(value) else value
        case _:
            return value


def _parties(value: str, speech: Speech) -> str:
    """Codes by the names they stand for; what is no code stays as it is."""
    codes = value.split()
    between = ", " if speech.code == ENGLISH else "・"
    return between.join(speech.party(code) for code in codes) if all(map(str.isupper, codes)) else value


def _few(value: str, speech: Speech) -> str | None:
    """Who stands for a party without being named."""
    return value if speech.code == ENGLISH and value in FEW else FEW.get(value)


def _several(value: str, speech: Speech) -> str | None:
    told = [in_words("reason", part, speech) for part in value.split("; ")]
    between = "; " if speech.code == ENGLISH else "、"
    return between.join(said.text for said in told) if all(said.id for said in told) else None


def _sum(value: str, speech: Speech) -> str:
    """「4.24 trillion JPY」 as 4兆2400億円."""
    number, *size, currency = value.split()
    power = dict(SIZES).get(size[0], 0) if size else 0
    try:
        return speech.money(Decimal(number).scaleb(power), currency)
    except InvalidOperation:
        return value
