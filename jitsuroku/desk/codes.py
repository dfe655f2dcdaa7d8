"""What the codes in a report stand for, from the world's tables."""

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
    return names | {row["code"]: row["name_en"] for row in states}


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
