"""Codes and names, from the world's tables: what a code in a report stands for, which code a question means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Commitment, Event, Record, Statement


@cache
def _names() -> dict[str, str]:
    states = read_table(PACKAGE / "world" / "states.tsv").rows
    organisations = read_table(PACKAGE / "world" / "organisations.tsv").rows
    names = {row["code"]: row["name_ja"] for row in organisations if row["name_ja"] != row["code"]}
    return names | _english() | {row["code"]: row["name_en"] for row in states}


@cache
def _english() -> dict[str, str]:
    """The English names of organisations by code."""
    return {row["code"]: row["name_en"] for row in read_table(PACKAGE / "world" / "names_en.tsv").rows}


@cache
def _codes() -> dict[str, str]:
    """The code of every name and written form, without those that two states or organisations share."""
    codes: dict[str, set[str]] = {}
    for file in ("states.tsv", "organisations.tsv"):
        for row in read_table(PACKAGE / "world" / file).rows:
            names = (row["name_ja"], *row.list("forms"), row.cells.get("name_en", ""), row["code"])
            for name in filter(None, names):
                codes.setdefault(name.casefold(), set()).add(row["code"])
    for code, name in _english().items():
        codes.setdefault(name.casefold(), set()).add(code)
    return {name: min(found) for name, found in codes.items() if len(found) == 1}


def code_for(name: str) -> str:
    """``KAZ`` for Kazakhstan, カザフスタン and kaz; a name that the tables do not know stays as it is."""
    return _codes().get(name.casefold(), name)


@cache
def _names_by_language() -> dict[str, dict[str, str]]:
    rows = [r for f in ("states.tsv", "organisations.tsv") for r in read_table(PACKAGE / "world" / f).rows]
    japanese = {row["code"]: row["name_ja"] for row in rows}
    english = {row["code"]: row.cells.get("name_en") or row["code"] for row in rows}
    return {"ja": japanese, "en": english | _english()}


@cache
def states() -> frozenset[str]:
    """The codes of states."""
    return frozenset(row["code"] for row in read_table(PACKAGE / "world" / "states.tsv").rows)


def name_of(code: str, language: str) -> str:
    """The name that a code stands for, in Japanese or English; what is no code, and has no name there, stays as it is."""
    return _names_by_language()[language].get(code, code)


def legend(records: Iterable[Record]) -> tuple[str, ...]:
    """``KAZ Kazakhstan`` for every code of the records that the tables know, sorted."""
    return tuple(f"{code} {_names()[code]}" for code in sorted(_used(records)) if code in _names())


def _used(records: Iterable[Record]) -> set[str]:
    used: set[str] = set()
    for record in records:
        match record:
            case Event():
                used.update(record.actor, record.recipient, [record.framework or ""])
            case Statement():
                used.update(record.for_)
            case Commitment():
                used.update(record.giver, record.receiver)
            case _:
                pass
    return used
