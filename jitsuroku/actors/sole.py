"""Whose president a page means that names one state with an unknown one: 「ボツワナで議会選挙が行われ、マシシ大統領は」.

A state is none of those where somebody else is listed in that office on the page's day, or whose listed leaders never
include one in that office (Britain has no president). Only if one state is left over does the holder act for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from jitsuroku.lexicon import covers
from jitsuroku.records import Row, World

# Of a state with so many different offices listed, an office that is not among them is none it has.
WELL_KNOWN = 2


def heads_of_state(world: World) -> frozenset[str]:
    """The normal forms of offices whose holders lead a state. Ministers are left out: 「外相」 is mostly one's own."""
    rows = (row for language in world.languages.values() for row in language.tables["offices"].rows)
    return frozenset(r["office"] for r in rows if r["level"] == "head" and r["acts"] == "state")


def sole_owner(office: str, states: Iterable[str], day: str, world: World) -> str | None:
    """The only state of ``states`` whose holder of ``office`` on ``day`` may be somebody who is not listed."""
    rows = [row for terms in world.listed.terms.values() for row in terms]
    able = [code for code in states if _may_have_another(office, [r for r in rows if r["holder_of"] == code], day)]
    return able[0] if len(able) == 1 else None


def _may_have_another(office: str, rows: list[Row], day: str) -> bool:
    known = {r["office"] for r in rows}
    if office not in known:
        return len(known) < WELL_KNOWN
    return not any(r["office"] == office and covers(r, day) for r in rows)
