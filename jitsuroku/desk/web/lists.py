"""Lists of records of a kind, narrowed by facets with counts; the words stand under every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.passages import parties_of
from jitsuroku.desk.web.asking import A_PAGE, Asked, Shown
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.records import Commitment, DocumentRecord, Event, Flag, Interpretation, Record, Statement
from jitsuroku.store import Where
from jitsuroku.store.days import first_and_last

MOST_VALUES = 12
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
    """One way to narrow a list: its values with how many records have each; ``chosen`` the one asked for."""

    name: str
    values: tuple[tuple[str, int], ...]
    chosen: str | None


Values = Callable[[Record, Asked], tuple[str, ...]]


def _type(record: Record, asked: Asked) -> tuple[str, ...]:
    match record:
        case Event():
            return (record.type,)
        case Commitment():
            return (record.stage,)
        case Flag():
            return (record.flag,)
        case Statement():
            return (record.act,)
        case DocumentRecord():
            return (record.genre,)
        case _:
            return ()


def _party(record: Record, asked: Asked) -> tuple[str, ...]:
    if isinstance(record, Interpretation):
        return (record.by,)
    return tuple(sorted(parties_of(record)))


def _status(record: Record, asked: Asked) -> tuple[str, ...]:
    value = getattr(record, "status", None) or getattr(record, "severity", None)
    return (value,) if value else ()


def _topic(record: Record, asked: Asked) -> tuple[str, ...]:
    return tuple(getattr(record, "topics", ()))


def _year(record: Record, asked: Asked) -> tuple[str, ...]:
    day = day_of(record, asked)
    return (day[:4],) if day else ()


def _source(record: Record, asked: Asked) -> tuple[str, ...]:
    page = asked.sources.page_of(record)
    return ((page.outlet or page.source),) if page else ()


FACETS: Mapping[str, Values] = {
    "type": _type,
    "status": _status,
    "party": _party,
    "topic": _topic,
    "year": _year,
    "source": _source,
}


def day_of(record: Record, asked: Asked) -> str | None:
    """The day by which a record is listed: its own, a promise's due day, a page's day; else that of its page."""
    own = getattr(record, "date", None) or getattr(record, "due", None) or getattr(record, "published", None)
    page = asked.sources.page_of(record)
    return own or (page.published if page else None)


def listed(asked: Asked) -> Shown:
    """A list of one kind."""
    name = asked.path.strip("/")
    since, until = asked.query.get("since"), asked.query.get("until")
    found, cut = asked.records((LISTS[name],), since=since, until=until)
    narrowed = any(asked.query.get(facet) for facet in FACETS)
    # Without facets the store can count; with them only what was looked at is known.
    number = (
        asked.desk.store.count(Where(kinds=(LISTS[name],), since=since, until=until)) if cut and not narrowed else None
    )
    return answer(asked, name, found, cut, number)


def answer(asked: Asked, name: str, found: Sequence[Record], cut: bool, number: int | None) -> Shown:
    """Records narrowed by the facets of the question; ``number`` is how many there are where that is known to be more."""
    kept = [r for r in found if _fits(r, asked)]
    kept.sort(key=lambda r: _order(r, asked))
    start = asked.start()
    shows = {
        "name": name,
        "facets": list(_facets(kept, asked)),
        "part": kept[start : start + A_PAGE],
        "total": len(kept),
        "number": number,
        "cut": cut,
        "start": start,
        "step": A_PAGE,
        "totals": totals(kept, asked) if name == "commitments" else [],
    }
    facets = {facet.name: dict(facet.values) for facet in _facets(kept, asked)}
    total = len(kept) if number is None else number
    values = {
        "total": total,
        "at_least": cut and number is None,
        "cut": cut,
        "facets": facets,
        "records": [_value(r) for r in kept],
    }
    return Shown("list.html", shows, values, records_table(kept))


def _value(record: Record) -> Any:
    """The record as in the export; a page without its text, which has a page of its own."""
    value = as_json(record)
    return {k: v for k, v in value.items() if k != "text"} if isinstance(record, DocumentRecord) else value


def _fits(record: Record, asked: Asked) -> bool:
    wanted = ((name, asked.query.get(name)) for name in FACETS)
    return all(not value or _chosen(name, value) in FACETS[name](record, asked) for name, value in wanted)


def _chosen(name: str, value: str) -> str:
    return code_for(value) if name == "party" else value


def _facets(kept: Sequence[Record], asked: Asked) -> Iterator[Facet]:
    for name, values in FACETS.items():
        counts = Counter(value for r in kept for value in values(r, asked))
        chosen = asked.query.get(name) or None
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
        if chosen or len(most) > 1:
            yield Facet(name, tuple(most), chosen)


def _order(record: Record, asked: Asked) -> tuple[Any, ...]:
    """Flags by severity; all else newest first, then in a fixed order."""
    day = first_and_last(day_of(record, asked))[1] or ""
    newest = tuple(-ord(c) for c in day) or (1,)
    return (ORDER.get(getattr(record, "severity", ""), 0), newest, record.kind, record.id)


def totals(kept: Sequence[Record], asked: Asked) -> list[tuple[str, str, Decimal, int]]:
    """Giver, currency, sum and number of promises; what several pages tell is counted once."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    promises = [r for r in kept if isinstance(r, Commitment) and not r.part_of and r.stage != "cancelled"]
    for promise in asked.sources.each_once(promises):
        if promise.amount is None or promise.currency is None:
            continue
        giver = ", ".join(promise.giver) or "?"
        found.setdefault((giver, promise.currency), []).append(Decimal(str(promise.amount)))
    return [(giver, unit, sum(sums, Decimal()), len(sums)) for (giver, unit), sums in sorted(found.items())]
