"""Which records are asked for, and the same as a condition in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from jitsuroku.store.days import first_and_last
from jitsuroku.store.leaving import LEAVES


@dataclass(frozen=True, slots=True)
class Where:
    """Which records; what is None does not narrow.

    ``actor``, ``recipient``: a code or name on that side (giver and speaker's side count as actor, receiver as
    recipient); ``party``: on either side; ``pair``: one on each side or both on one; ``person``: any form of a name;
    ``framework``: the format under which an event took place, by code;
    ``since``, ``until``: ISO day, month or year, both included: records without a date are left out then;
    ``document``: a document's id; ``newest``: only what the newest version of each page says;
    ``judged``: as people judged it, without what they rejected; False: every record of the export, as it was made;
    ``leaving``: without private pages and what stands on them.
    """

    kinds: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    pair: tuple[str, str] | None = None
    person: str | None = None
    framework: str | None = None
    type: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    id: str | None = None
    newest: bool = True
    judged: bool = True
    leaving: bool = False
    limit: int | None = None


ACTING = ("actor", "giver", "for", "speaker")
RECEIVING = ("recipient", "receiver")
EITHER = (*ACTING, *RECEIVING, "of")
PARTY = "EXISTS (SELECT 1 FROM event_parties p WHERE p.event = r.id AND p.code = ? AND p.side IN ({}))"
PERSON = (
    "EXISTS (SELECT 1 FROM event_parties p WHERE p.event = r.id AND p.side IN ('person', 'speaker') AND (p.code = ? "
    "OR p.code IN (SELECT n.name FROM people n WHERE n.form = ? AND n.document = r.document)))"
)


def condition(where: Where) -> tuple[str, list[str]]:
    """The condition over ``records r LEFT JOIN documents d`` and its values.

    Raises ValueError when ``since`` or ``until`` is no ISO date.
    """
    parts: list[str] = ["(r.document IS NULL OR d.newest = 1)"] if where.newest else []
    parts.append("r.hidden = 0" if where.judged else "r.layer < 2")
    parts += [LEAVES] if where.leaving else []
    values: list[str] = []

    def add(part: str, *more: str) -> None:
        parts.append(part)
        values.extend(more)

    if where.kinds:
        add(f"r.kind IN ({', '.join('?' * len(where.kinds))})", *where.kinds)
    for code, sides in ((where.actor, ACTING), (where.recipient, RECEIVING), (where.party, EITHER)):
        if code is not None:
            add(_party(sides), code)
    for code in where.pair or ():
        add(_party(EITHER), code)
    if where.framework is not None:
        add(_party(("framework",)), where.framework)
    if where.person is not None:
        add(PERSON, where.person, where.person)
    same = {"r.type": where.type, "r.status": where.status, "r.document": where.document, "r.id": where.id}
    for column, value in same.items():
        if value is not None:
            add(f"{column} = ?", value)
    if where.since is not None:
        add("r.day_to >= ?", day_of(where.since, 0))
    if where.until is not None:
        add("r.day_from <= ?", day_of(where.until, 1))
    return " AND ".join(parts) or "1", values


def _party(sides: tuple[str, ...]) -> str:
    return PARTY.format(", ".join(f"'{side}'" for side in sides))


def day_of(date: str, end: int) -> str:
    """The first (``end`` 0) or last (1) day of an ISO date. Raises ValueError when it is none."""
    day = first_and_last(date)[end]
    if day is None:
        raise ValueError(f"{date!r} is no date; write 2025, 2025-06 or 2025-06-16")
    return day
