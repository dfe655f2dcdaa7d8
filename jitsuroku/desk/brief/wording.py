"""The brief's own words in two languages, and names, days and numbers as each language writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from babel.numbers import format_decimal, get_currency_name

from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Row

LANGUAGES = ("en", "ja")
WORDS = Path(__file__).with_name("words.toml")
MONTHS = "January February March April May June July August September October November December".split()
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{([\w-]+)\}")
MILLIONS = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
THOUSANDTH = Decimal("0.001")
MYRIADS = ((10**12, "兆"), (10**8, "億"), (10**4, "万"))


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """``section.points`` and so on, each in both languages."""
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {f"{group}.{key}": texts for group, keys in data.items() for key, texts in keys.items()}


def filled(template: str, **slots: str) -> str:
    """The template with its slots filled; what stands in ``[ ]`` falls away when a slot in it is empty."""

    def kept(match: re.Match[str]) -> str:
        return match.group(1) if all(slots.get(slot) for slot in SLOT.findall(match.group(1))) else ""

    # In one go, so that braces in a page's words stay as they are.
    return SLOT.sub(lambda m: slots.get(m.group(1), ""), OPTIONAL.sub(kept, template))


class Wording:
    """Words, names, days and numbers in one language."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"{language!r}: briefs are written in {' and '.join(LANGUAGES)}")
        self.language = language

    def __call__(self, key: str, **slots: str) -> str:
        """The words for a key, their slots filled."""
        return filled(words()[key][self.language], **slots)

    def known(self, group: str, key: str) -> str:
        """The words for a value of the record; a value that has none stays as it is."""
        found = words().get(f"{group}.{key.replace(' ', '-')}")
        return found[self.language] if found else key

    def listed(self, names: Iterable[str]) -> str:
        """``A, B and C``, or ``AとBとC`` up to two and ``A、B、C`` beyond."""
        found = list(dict.fromkeys(names))
        if self.language == "ja":
            return ("と" if len(found) < 3 else "、").join(found)
        return " and ".join(filter(None, [", ".join(found[:-1]), found[-1]])) if found else ""

    def joined(self, details: Iterable[str]) -> str:
        """Details in one bracket."""
        return ("、" if self.language == "ja" else "; ").join(details)

    def code(self, code: str) -> str:
        """The name of a state or organisation; what the tables do not know stays as it is."""
        row = coded().get(code)
        if row is None:
            return code
        if f"named.{code}" in words():
            return self(f"named.{code}")
        return row["name_ja"] if self.language == "ja" else row.cells.get("name_en") or english(code, row)

    def codes_in(self, text: str) -> str:
        """A text with the codes in it replaced by names."""
        return " ".join(self.code(word) for word in text.split(" "))

    def person(self, name: str, country: str | None) -> str:
        """A person's name as the language writes it where the tables know it, else as the page does."""
        found = people().get((name, country or ""))
        return name if found is None or self.language == "ja" else found["name_en"]

    def day(self, date: str) -> str:
        """An ISO day, month, year or interval in words."""
        first, _, last = date.partition("/")
        if not last:
            return self._one(first)
        if len(first) == len(last) == 10 and first[:7] == last[:7]:
            # Two days of one month: 10–11 May 2025, 2025年5月10日～11日.
            if self.language == "ja":
                return f"{self._one(first)}～{int(last[8:])}日"
            return f"{int(first[8:])}–{self._one(last)}"
        return (
            f"{self._one(first)}～{self._one(last)}"
            if self.language == "ja"
            else f"{self._one(first)} to {self._one(last)}"
        )

    def _one(self, date: str) -> str:
        parts = [int(part) for part in date.split("-")]
        if self.language == "ja":
            return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
        return " ".join([*(str(p) for p in parts[2:]), *(MONTHS[p - 1] for p in parts[1:2]), str(parts[0])])

    def number(self, number: object) -> str:
        """A number with its separators, in Japanese with 兆, 億 and 万; words stay words."""
        try:
            exact = Decimal(str(number))
        except InvalidOperation:
            return str(number)
        if self.language == "en" or exact != int(exact) or abs(exact) < 10**4:
            return str(format_decimal(exact, locale=self.language))
        text, rest = "-" if exact < 0 else "", abs(int(exact))
        for size, name in MYRIADS:
            text += f"{rest // size:,}{name}" if rest // size else ""
            rest %= size
        return text + (str(rest) if rest else "")

    def money(self, amount: object, currency: str) -> str:
        """A sum as one writes it: 17 billion US dollars, 170億米ドル; never rounded."""
        name = str(get_currency_name(currency, count=2, locale=self.language))
        return f"{self._large(amount)}{'' if self.language == 'ja' and name != currency else ' '}{name}"

    def _large(self, amount: object) -> str:
        """A number with the word for millions, where nothing is lost by it."""
        if self.language == "en":
            for size, name in MILLIONS:
                part = Decimal(str(amount)) / size
                if abs(part) >= 1 and part == part.quantize(THOUSANDTH):
                    return f"{self.number(part.normalize())} {name}"
        return self.number(amount)


def english(code: str, row: Row) -> str:
    """An organisation's name in English: its code or a form in Latin letters, else as the table has it."""
    forms = (code, *row.list("forms"), row["name_ja"])
    return next((form for form in forms if form.isascii()), row["name_ja"])


@cache
def coded() -> dict[str, Row]:
    """The rows of states and organisations by code."""
    tables = (read_table(PACKAGE / "world" / name) for name in ("organisations.tsv", "states.tsv"))
    return {row["code"]: row for table in tables for row in table.rows}


@cache
def people() -> dict[tuple[str, str], Row]:
    """The rows of people by written form and country, without the forms that two of them share."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in read_table(PACKAGE / "world" / "people.tsv").rows:
        for form in dict.fromkeys((row["name_ja"], *row.list("forms"))):
            found.setdefault((form, row["country"]), []).append(row)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}
