"""The reader's language: what the desk says, names of codes, days and numbers as one writes them there."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.codes import name_of
from jitsuroku.desk.messages import Said, Speech, in_words
from jitsuroku.desk.phrases import formulas

LANGUAGES = ("en", "ja")
# Kana and kanji with what stands between them.
IDEOGRAPHIC = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff][\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e]*")
RULE = re.compile("[/#]")
NAMES = {"en": "English", "ja": "日本語"}


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def best(asked: str | None, accepted: str) -> str:
    """The language asked for in the address, else the first of ``Accept-Language`` that the desk speaks."""
    if asked in LANGUAGES:
        return str(asked)
    wanted = [(_weight(part), -n, part.split(";")[0].strip()[:2].lower()) for n, part in enumerate(accepted.split(","))]
    spoken = [language for weight, _, language in sorted(wanted, reverse=True) if language in LANGUAGES and weight]
    return spoken[0] if spoken else LANGUAGES[0]


def _weight(part: str) -> float:
    try:
        return float(part.partition("q=")[2] or 1)
    except ValueError:
        return 0.0


def runs(text: str, own: str, foreign: str) -> Iterator[tuple[str, str | None]]:
    """A text cut where its script is not that of the desk's language: each part with its language, None for the desk's own."""
    if own != "en":
        yield text, None
        return
    at = 0
    for match in IDEOGRAPHIC.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], None
        yield match[0], foreign
        at = match.end()
    if at < len(text):
        yield text[at:], None


@dataclass(frozen=True, slots=True)
class Tongue:
    """One of the desk's languages."""

    code: str

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return "、" if self.code == "ja" else ", "

    def say(self, key: str, /, **filled: object) -> str:
        """A phrase of the desk. Raises KeyError when the table lacks it."""
        return _table()["words"][key][self.code].format(**filled)

    def value(self, value: str) -> str:
        """A value of a record in words, as it is when the table has no word for it."""
        found = _table()["value"].get(value)
        return found[self.code] if found else value

    def type(self, code: str) -> str:
        """An event's type in words."""
        found = _table()["type"].get(code.lower())
        return found[self.code] if found else code

    def topic(self, topic: str) -> str:
        """A topic in words."""
        found = _table()["topic"].get(topic)
        return found[self.code] if found else topic

    def dropped(self, rule: str) -> str:
        """Why a line was not read, by the rule that said so."""
        table = _table()["dropped"]
        # The last word says most: clean/junk.tsv#login, clean/markup#nav.
        return table[next((key for key in RULE.split(rule)[::-1] if key in table), "junk")][self.code]

    def field(self, name: str) -> str:
        """A field of a record in words."""
        found = _table()["field"].get(name)
        return found[self.code] if found else name

    def formula(self, key: str) -> str:
        """A set phrase."""
        row = formulas().get(key)
        return row["en"] if row and self.code == "en" else key

    def language(self, code: str) -> str:
        """A language by its code, as it is when nothing is known of it."""
        try:
            return Locale.parse(code).get_display_name(self.code) or code
        except (ValueError, UnknownLocaleError):
            return code

    def party(self, code: str) -> str:
        """The name that a code stands for; what is no code stays as it is."""
        return name_of(code, self.code)

    def person(self, name: str, of: Iterable[str]) -> str:
        """A person's name as the language writes it where the tables know it of one of these states, else as the page does."""
        wording = Wording(self.code)
        return next((known for state in of if (known := wording.person(name, state)) != name), name)

    def told(self, section: str, message: str) -> Said:
        """What the reader says in English, in words of this language where they are known."""
        return in_words(section, message, self.speech)

    @property
    def speech(self) -> Speech:
        """How this language writes what stands in messages."""
        return Speech(self.code, self.day, self.party, self.money)

    def number(self, number: object) -> str:
        """A number with its separators; words stay words."""
        try:
            return str(format_decimal(Decimal(str(number)), locale=self.code))
        except InvalidOperation:
            return str(number)

    def money(self, amount: object, currency: str) -> str:
        """A sum of money as one writes it: 17 billion US dollars, 170億米ドル; never rounded."""
        return Wording(self.code).money(amount, currency)

    def large(self, number: object) -> str:
        """A number with 兆, 億 and 万 where the language has them."""
        return Wording(self.code).number(number)

    def day(self, date: str | None) -> str:
        """An ISO date or span as written in the language, as exact as it is known."""
        if not date:
            return ""
        ends = [self._day(end) for end in date.split("/")]
        return " – ".join(dict.fromkeys(ends))

    def short(self, date: str) -> str:
        """A year, month or day as it stands on an axis, the day without its year."""
        if date.count("-") == 0:
            return self.day(date)
        first = datetime.date.fromisoformat(date if date.count("-") == 2 else f"{date}-01")
        return str(format_skeleton("MMMd" if date.count("-") == 2 else "yMMM", first, locale=self.code))

    def _day(self, date: str) -> str:
        try:
            match date.count("-"):
                case 0:
                    return str(format_skeleton("y", datetime.date(int(date), 1, 1), locale=self.code))
                case 1:
                    first = datetime.date.fromisoformat(f"{date}-01")
                    return str(format_skeleton("yMMMM", first, locale=self.code))
                case _:
                    return str(format_date(datetime.date.fromisoformat(date[:10]), "long", locale=self.code))
        except ValueError:
            return date
