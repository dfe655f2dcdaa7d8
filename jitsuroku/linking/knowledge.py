"""Reads what comparing needs to know from the package's tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jitsuroku.contract import fold
from jitsuroku.lexicon import PACKAGE, read_event_type, read_table
from jitsuroku.linking.types import Knowledge
from jitsuroku.records import EventType, Row

HERE = PACKAGE / "linking"


def load(event_types: Iterable[EventType] | None = None) -> Knowledge:
    """The package's knowledge; ``event_types`` replaces its own definitions.

    Raises lexicon.TableError when a table is broken.
    """
    types = list(_event_types() if event_types is None else event_types)
    return Knowledge(
        symmetric=frozenset(each.code for each in types if each.symmetric),
        plans={each.code: each.planned_as for each in types if each.planned_as},
        members=_members(),
        plain=_plain(),
        formats=tuple((fold(row["word"]), row["format"]) for row in _longest_first("formats")),
        hedges=tuple((fold(row["word"]), row["kind"]) for row in _longest_first("hedges")),
        meetings=tuple(fold(row["word"]) for row in _longest_first("meetings")),
        requests=tuple(re.compile(row["pattern"]) for row in _rows("requests")),
        zones={row["state"]: float(row["hours"]) for row in _rows("zones")},
        places={row["name"]: row["country"] for row in read_table(PACKAGE / "world" / "places.tsv").rows},
    )


def _event_types() -> Iterable[EventType]:
    return (read_event_type(path) for path in sorted((PACKAGE / "event_types").glob("*/type.toml")))


def _rows(name: str) -> tuple[Row, ...]:
    return read_table(HERE / f"{name}.tsv").rows


def _longest_first(name: str) -> list[Row]:
    return sorted(_rows(name), key=lambda row: (-len(row["word"]), row["word"]))


def _members() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table(PACKAGE / "world" / "organisations.tsv").rows:
        found.setdefault(row["code"], set()).update(row.list("members"))
    for row in read_table(PACKAGE / "world" / "memberships.tsv").rows:
        found.setdefault(row["organisation"], set()).add(row["state"])
    return {code: frozenset(states) for code, states in found.items() if states}


def _plain() -> re.Pattern[str]:
    words = {row["word"] for row in _rows("plain")}
    for row in read_table(PACKAGE / "world" / "states.tsv").rows:
        words.update(name for name in (row["name_ja"], *row.list("forms")) if len(name) > 1)
    return re.compile("|".join(re.escape(fold(word)) for word in sorted(words, key=lambda w: (-len(w), w))))
