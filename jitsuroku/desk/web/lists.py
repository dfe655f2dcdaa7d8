"""Lists of records of a kind, narrowed by facets with counts; the words stand under every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from jitsuroku.desk.codes import code_for
from jitsuroku.desk.web.asking import A_PAGE, Asked, Shown
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.desk.web.windows import Row, Window, once
from jitsuroku.store.days import first_and_last
from jitsuroku.store.listing import ABOUT, PARTY, STATUS

# So many values of a facet are shown, and so many of the one of which more are asked for.
MOST_VALUES, MANY_VALUES = 12, 500
LISTS = {
    "events": "event",
    "statements": "statement",
    "readings": "reading",
    "commitments": "commitment",
    "figures": "figure",
    "flags": "flag",
    "unresolved": "unresolved",
    "sources": "document",
}
ORDER = {"error": 0, "doubt": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list: its values with how many records have each; ``chosen`` the one asked for, ``left`` how many
    values are not shown."""

    name: str
    values: tuple[tuple[str, int], ...]
    chosen: str | None
    left: int = 0


def facet_of(name: str, counts: Mapping[str, int], chosen: str | None, more: str | None) -> Facet:
    """A facet with its values, the most frequent first; ``more`` names the one of which all are shown."""
    most = MANY_VALUES if more == name else MOST_VALUES
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(ordered[:most]), chosen, max(0, len(ordered) - most))


Values = Callable[[Row], tuple[str, ...]]


def _type(row: Row) -> tuple[str, ...]:
    value = row.value.get(TYPES.get(row.value["kind"], ""))
    return (value,) if value else ()


def _status(row: Row) -> tuple[str, ...]:
    value = row.value.get("status") or row.value.get("severity")
    return (value,) if value else ()


def _year(row: Row) -> tuple[str, ...]:
    return (row.day[:4],) if row.day else ()


FACETS: Mapping[str, Values] = {
    "type": _type,
    "status": _status,
    "party": lambda row: row.parties,
    "topic": lambda row: tuple(row.value.get("topics", ())),
    "year": _year,
    "source": lambda row: (row.listed.source,),
}
# By which field the records of a list are told apart.
TYPES = {"event": "type", "commitment": "stage", "flag": "flag", "statement": "act", "document": "genre"}
# Kinds whose parties the store lists as the facet tells them, so that it can count them.
COUNTED = frozenset({"event", "commitment", "figure"})
FLAG, PROMISE = "flag", "commitment"
# Stages in which a sum is promised; what is only considered or possible, and what was stopped, is none.
FIRM = frozenset({"pledged", "signed", "delivering", "delivered"})


def listed(asked: Asked) -> Shown:
    """A list of one kind."""
    name = asked.path.strip("/")
    kind = LISTS[name]
    window = {**asked.between(), "year": asked.query.get("year") or None}
    facets = _under(asked, kind)
    by_due = kind == PROMISE and asked.query.get("due") == "1"
    found = _looked_at(asked, kind, facets, soonest=by_due, **window)
    kept = [row for row in found.rows if _fits(row, asked) and (row.value["due"] if by_due else True)]
    kept.sort(key=_by_due if by_due else _order)
    number = None
    if found.cut and not by_due and len(facets) < 2 and not any(window.values()) and _counts(kind, facets):
        number = asked.desk.store.number_listed(kind, *facets)
    return _answer(asked, name, kept, found.cut, number)


def _under(asked: Asked, kind: str) -> list[str]:
    """What the store is asked for, by the facets that were chosen."""
    found = []
    for name in ("type", "status", "party", "topic", "source"):
        if value := asked.query.get(name):
            head = ABOUT if (name, kind) == ("party", "statement") else f"{name}:"
            found.append(head + _chosen(name, value))
    return found


def _counts(kind: str, facets: Sequence[str]) -> bool:
    return kind in COUNTED or not any(facet.startswith((PARTY, ABOUT)) for facet in facets)


def _looked_at(asked: Asked, kind: str, facets: Sequence[str], **window: Any) -> Window:
    """The newest records; of flags the most severe first."""
    if kind != FLAG or any(facet.startswith(STATUS) for facet in facets):
        return asked.window(kind, *facets, **window)
    return severest(asked, *facets, **window)


def severest(asked: Asked, *facets: str, most: int | None = None, **window: Any) -> Window:
    """Flags, the errors first."""
    rows: list[Row] = []
    most = asked.most() if most is None else most
    for severity in ORDER:
        found = asked.window(FLAG, STATUS + severity, *facets, most=most, **window)
        rows += found.rows
        if found.cut or len(rows) > most:
            return Window(rows[:most], True)
    return Window(rows, False)


def _answer(asked: Asked, name: str, kept: Sequence[Row], cut: bool, number: int | None) -> Shown:
    """Rows under the facets of the question; ``number`` is how many there are where that is known to be more."""
    start, facets = asked.start(), list(_facets(kept, asked))
    total = len(kept) if number is None else number
    shows = {
        "name": name,
        "facets": facets,
        "part": asked.sources.records_of(kept[start : start + A_PAGE]),
        "total": len(kept),
        "number": number,
        "cut": cut,
        "start": start,
        "step": A_PAGE,
        "totals": totals(kept) if name == "commitments" else [],
        "with_due": sum(bool(row.value.get("due")) for row in kept),
    }

    def values() -> Any:
        return {
            "total": total,
            "at_least": cut and number is None,
            "cut": cut,
            "facets": {facet.name: dict(facet.values) for facet in facets},
            **(
                {"totals": [asdict(total) | {"sum": f"{total.sum:f}"} for total in totals(kept)]}
                if name == "commitments"
                else {}
            ),
            "records": [_value(row) for row in kept],
        }

    return Shown("list.html", shows, values, lambda: records_table(asked.sources.records_of(kept)))


def _value(row: Row) -> Any:
    """The record as in the export; a page without its text, which has a page of its own."""
    return {k: v for k, v in row.value.items() if (k, row.value["kind"]) != ("text", "document")}


def _fits(row: Row, asked: Asked) -> bool:
    wanted = ((name, asked.query.get(name)) for name in FACETS)
    return all(not value or _chosen(name, value) in FACETS[name](row) for name, value in wanted)


def _chosen(name: str, value: str) -> str:
    return code_for(value) if name == "party" else value


def _facets(kept: Sequence[Row], asked: Asked) -> Iterator[Facet]:
    more = asked.query.get("more")
    for name, values in FACETS.items():
        counts = Counter(value for row in kept for value in values(row))
        chosen = asked.query.get(name) or None
        if chosen or len(counts) > 1:
            yield facet_of(name, counts, chosen, more)


def _by_due(row: Row) -> tuple[str, str]:
    return first_and_last(row.value["due"])[1] or "", row.id


def _order(row: Row) -> tuple[Any, ...]:
    """Flags by severity; all else newest first, then in a fixed order."""
    day = first_and_last(row.day)[1] or ""
    newest = tuple(-ord(c) for c in day) or (1,)
    return (ORDER.get(row.value.get("severity", ""), 0), newest, row.id)


@dataclass(frozen=True, slots=True)
class Total:
    """What a side promised in a currency; ``per`` tells of what comes every year or month."""

    giver: tuple[str, ...]
    currency: str
    per: str | None
    sum: Decimal
    number: int


def totals(kept: Sequence[Row]) -> list[Total]:
    """The sums promised, signed, being delivered or delivered; what several pages tell is counted once, and what comes every
    year stands apart from what comes once."""
    found: dict[tuple[tuple[str, ...], str, str], list[Decimal]] = {}
    for row in once(row for row in kept if not row.value["part_of"] and row.value["stage"] in FIRM):
        promise = row.value
        if promise["amount"] is None or promise["currency"] is None:
            continue
        key = tuple(promise["giver"]), promise["currency"], promise["per"] or ""
        found.setdefault(key, []).append(Decimal(str(promise["amount"])))
    return [
        Total(giver, unit, per or None, sum(sums, Decimal()), len(sums))
        for (giver, unit, per), sums in sorted(found.items())
    ]
