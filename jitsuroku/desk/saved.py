"""Saved queries: a question under a name, for feeds, exports and the watch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jitsuroku.store.days import first_and_last

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

# What a saved query may ask; a limit or an old version is a matter of the one who asks.
QUESTIONS = ("actor", "recipient", "party", "person", "type", "status", "since", "until", "page")
NAME = re.compile(r"[\w.-]{1,60}")
DAYS = ("since", "until")


def save_query(desk: Desk, name: str, asked: Mapping[str, str | None]) -> dict[str, str]:
    """Keep a question under a name. Raises ValueError when the name or the question will not do."""
    told = {key: value for key, value in asked.items() if value is not None}
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a name is up to 60 letters, digits, dots, hyphens and underscores")
    if not told:
        raise ValueError(f"{name}: asks for nothing; add --actor, --party, --since or another option")
    if unknown := [key for key in told if key not in QUESTIONS]:
        raise ValueError(f"{unknown[0]}: a query asks for {', '.join(QUESTIONS)}")
    for key in DAYS:
        if key in told and first_and_last(told[key])[0] is None:
            raise ValueError(f"{told[key]!r} is no date; write 2025, 2025-06 or 2025-06-16")
    desk.store.save_query(name, told)
    return told


def saved_query(desk: Desk, name: str) -> dict[str, Any]:
    """The question under a name. Raises NotFound."""
    from jitsuroku.desk.query import NotFound

    known = desk.store.queries()
    if name not in known:
        raise NotFound(f"{name}: no such query; saved are {', '.join(known) or 'none'} (jitsuroku query list)")
    return known[name]


def words_of(asked: Mapping[str, Any]) -> str:
    """A question as one types it."""
    return " ".join(f"--{key} {value}" for key, value in asked.items())
