"""Reads what comparing needs to know from the package's tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jitsuroku.contract import fold
from jitsuroku.lexicon import PACKAGE, read_event_type, read_table
from jitsuroku.linking.types import Knowledge
from jitsuroku.records import EventType, Row

HERE = PACKAGE / "linking"
JAPANESE = PACKAGE / "language" / "ja"
# Units that no table lists: a word in Katakana, kinds of days (45営業日), or one character.
# A name all in Kanji and Hiragana: the family's comes first.
FAMILY_FIRST = re.compile(r"[々一-鿿ぁ-ん]+")
OTHER_UNITS = r"[ァ-ヴー]{2,}|[一-鿿]{1,2}日(?!本)|[一-鿿]"


def load(event_types: Iterable[EventType] | None = None) -> Knowledge:
    """The package's knowledge; ``event_types`` replaces its own definitions.

    Raises lexicon.TableError when a table is broken.
    """
    types = list(_event_types() if event_types is None else event_types)
    money = _money()
    units = {fold(row["word"]): fold(row["normal"]) for row in read_table(JAPANESE / "units.tsv").rows if row["normal"]}
    bounds = read_table(JAPANESE / "bounds.tsv").rows
    return Knowledge(
        symmetric=frozenset(each.code for each in types if each.symmetric),
        plans={each.code: each.planned_as for each in types if each.planned_as},
        members=_members(),
        plain=_plain(),
        alike=_any_of(fold(row["word"]) for row in _rows("alike")),
        concepts={fold(row["word"]): fold(row["concept"]) for row in _rows("alike")},
        countries=_any_of(_countries()),
        country_codes=_countries(),
        organs=tuple((fold(row["word"]), row["organ"]) for row in _longest_first("organs")),
        formats=tuple((fold(row["word"]), row["format"]) for row in _longest_first("formats")),
        hedges=tuple((fold(row["word"]), row["kind"]) for row in _longest_first("hedges")),
        meets=re.compile(
            rf"(?:{_any_of(fold(row['word']) for row in _rows('meetings')).pattern})(?!で|の場|の席|での|の演説)"
        ),
        margins=tuple(fold(row["word"]) for row in _longest_first("margins")),
        people=_people(),
        surnames=frozenset(_people().values()),
        changes=tuple(fold(row["word"]) for row in _longest_first("changes")),
        series=tuple((fold(row["word"]), row["kind"]) for row in _longest_first("series")),
        known=read_table(PACKAGE / "world" / "meetings.tsv").rows,
        requests=tuple(re.compile(row["pattern"]) for row in _rows("requests")),
        zones={row["state"]: float(row["hours"]) for row in _rows("zones")},
        at_place=_at_place(),
        building=re.compile(
            rf"の[^、。「」の]{{0,4}}(?:{_any_of(fold(r['word']) for r in _rows('buildings')).pattern})"
        ),
        venues=tuple((fold(row["venue"]), fold(row["city"])) for row in _rows("venues")),
        places={row["name"]: row["country"] for row in read_table(PACKAGE / "world" / "places.tsv").rows},
        money=money,
        units=units,
        unit=_any_of((*money, *units), OTHER_UNITS),
        bounds={fold(row["word"]): row["bound"] for row in bounds},
        before=re.compile(f"(?:{_any_of(_beside(bounds, 'before')).pattern})$"),
        after=_any_of(_beside(bounds, "after")),
    )


def _event_types() -> Iterable[EventType]:
    return (read_event_type(path) for path in sorted((PACKAGE / "event_types").glob("*/type.toml")))


def _rows(name: str) -> tuple[Row, ...]:
    return read_table(HERE / f"{name}.tsv").rows


def _longest_first(name: str) -> list[Row]:
    return sorted(_rows(name), key=lambda row: (-len(row["word"]), row["word"]))


def _money() -> dict[str, str]:
    """Words for currencies behind a number, with the code where it is the same everywhere, else as written (元)."""
    found: dict[str, str] = {}
    for row in read_table(PACKAGE / "world" / "currencies.tsv").rows:
        word = fold(row["unit"])
        if not word.isascii():
            found[word] = word if row["context"] or word in found else row["code"]
    return found


def _beside(bounds: Iterable[Row], side: str) -> list[str]:
    return [fold(row["word"]) for row in bounds if row["side"] == side]


def _any_of(words: Iterable[str], other: str = "") -> re.Pattern[str]:
    """A pattern for any of the words, the longest first, then for what else may stand there."""
    listed = [re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))]
    return re.compile("|".join([*listed, *([other] if other else [])]))


def _members() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table(PACKAGE / "world" / "organisations.tsv").rows:
        found.setdefault(row["code"], set()).update(row.list("members"))
    for row in read_table(PACKAGE / "world" / "memberships.tsv").rows:
        found.setdefault(row["organisation"], set()).add(row["state"])
    return {code: frozenset(states) for code, states in found.items() if states}


def _countries() -> dict[str, str]:
    """Names of states of more than one character, as they stand in folded text and as they are written."""
    rows = read_table(PACKAGE / "world" / "states.tsv").rows
    names = ((name, row["code"]) for row in rows for name in (row["name_ja"], *row.list("forms")) if len(name) > 1)
    return {form: code for name, code in names for form in (name, fold(name))}


def _people() -> dict[str, str]:
    """Listed people's names and forms with the surname by which texts in Latin letters call them."""
    rows = [row for row in read_table(PACKAGE / "world" / "people.tsv").rows if row["name_en"]]
    return {name: _surname(row) for row in rows for name in (row["name_ja"], *row.list("forms"))}


def _surname(row: Row) -> str:
    """Trump of ドナルド・トランプ; Xi of 習近平, whose own name comes last."""
    parts = row["name_en"].lower().split()
    return parts[0] if FAMILY_FIRST.fullmatch(row["name_ja"]) else parts[-1]


def _at_place() -> re.Pattern[str]:
    """A city or building where somebody meets or arrives."""
    rows = read_table(PACKAGE / "world" / "places.tsv").rows
    names = _any_of(fold(row["name"]) for row in rows if row["kind"] in ("city", "building"))
    return re.compile(rf"({names.pattern})(?:市|郊外|近郊|の[^、。]{{1,8}}?)?(?:で(?!の|は)|において|に到着|を訪|に着)")


def _plain() -> re.Pattern[str]:
    words = {row["word"] for name in ("plain", "formats") for row in _rows(name)}
    for row in read_table(PACKAGE / "world" / "states.tsv").rows:
        words.update(name for name in (row["name_ja"], *row.list("forms")) if len(name) > 1)
    return _any_of(fold(word) for word in words)
