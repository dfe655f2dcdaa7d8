"""The words of promises: the language's tables as patterns, each match with the row that names its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jitsuroku.records import Language, Row, Table

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table's words as one pattern, the longer word first, and the row of each word."""

    pattern: re.Pattern[str]
    rows: Mapping[str, Row]

    def first(self, text: str) -> Row | None:
        """The row of the first word that stands in a text."""
        match = self.pattern.search(text)
        return self.rows[match[0]] if match else None

    def all(self, text: str) -> tuple[Row, ...]:
        """The rows of all words of a text, in order."""
        return tuple(self.rows[m[0]] for m in self.pattern.finditer(text))

    def nearest(self, text: str, at: int) -> Row | None:
        """The row of the word that stands nearest to an offset of a text."""
        matches = list(self.pattern.finditer(text))
        best = min(matches, key=lambda m: max(m.start() - at, at - m.end()), default=None)
        return self.rows[best[0]] if best else None


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """What the tables say of promises, reported numbers, stages, fields, times and parts."""

    promises: Lookup
    measures: Lookup
    stages: Lookup
    sectors: Lookup
    receiving: frozenset[str]
    founding: Mapping[str, Row]
    handovers: frozenset[str]
    refusing: re.Pattern[str]
    collectives: re.Pattern[str]
    amounts: re.Pattern[str]
    things: Mapping[str, re.Pattern[str]]
    totals: re.Pattern[str]
    parts: re.Pattern[str]
    horizons: tuple[tuple[re.Pattern[str], str], ...]


def promise_words(language: Language) -> PromiseWords:
    """The patterns of a language; a table it lacks gives a pattern that never matches."""
    tables = language.tables
    return PromiseWords(
        promises=_lookup(tables, "promises"),
        measures=_lookup(tables, "measures"),
        stages=_lookup(tables, "ladder"),
        sectors=_lookup(tables, "sectors"),
        receiving=frozenset(_column(tables, "receiving", "word")),
        founding={row["word"]: row for row in _rows(tables, "founding")},
        handovers=frozenset(_column(tables, "handovers", "word")),
        refusing=re.compile(_any(_column(tables, "refusing", "word"))),
        amounts=re.compile(
            rf"(?:{_any(_column(tables, 'promises', 'word'))})(?:表明|約束)?(?:の(?:上位|内訳)|総?額|国)"
        ),
        collectives=re.compile(
            rf"(?:{_any(_column(tables, 'collectives', 'word'))})(?:全体|側|など)?(?=では|で|が|は|から|も)"
        ),
        things={kind: _ending(tables, kind) for kind in ("institution", "meeting")},
        totals=re.compile(rf"(?:総額|{_any(_column(tables, 'totals', 'word'))})[、で]?(?:約|最大|少なくとも)?$"),
        parts=re.compile("|".join(_column(tables, "parts", "pattern")) or "(?!)"),
        horizons=tuple((re.compile(r["pattern"]), r["kind"]) for r in _rows(tables, "horizons")),
    )


def _rows(tables: Mapping[str, Table], name: str) -> tuple[Row, ...]:
    return tables[name].rows if name in tables else ()


def _column(tables: Mapping[str, Table], name: str, column: str) -> list[str]:
    return [row[column] for row in _rows(tables, name)]


def _ending(tables: Mapping[str, Table], kind: str) -> re.Pattern[str]:
    words = [row["word"] for row in _rows(tables, "institutions") if row["kind"] == kind]
    return re.compile(rf"(?:{_any(words)})$")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"


def _lookup(tables: Mapping[str, Table], name: str) -> Lookup:
    rows = {row["word"]: row for row in _rows(tables, name)}
    return Lookup(re.compile(_any(rows)) if rows else NEVER, rows)
