"""A pair or a group over time: how many independent events a month has, by quad class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jitsuroku.desk.codes import code_for
from jitsuroku.desk.rows import Rows
from jitsuroku.desk.terminal import shown
from jitsuroku.linking import Cluster
from jitsuroku.records import Event

ACTUAL = "actual"
MONTH = len("2025-06")


@dataclass(frozen=True, slots=True)
class Month:
    """A month and how many events of each quad class it has; ``ids`` are the events that were counted."""

    month: str
    counts: tuple[tuple[str, int], ...]
    ids: tuple[str, ...]


class CountingDesk:
    """The part of the desk that counts by month."""

    def events(self, *, party: str | None = None) -> Rows[Event]:
        """Events, of one party where one is named."""
        raise NotImplementedError

    def clusters(self, *, kind: str | None = None) -> Rows[Cluster]:
        """What several pages tell of."""
        raise NotImplementedError

    def months(self, *parties: str) -> Rows[Month]:
        """Events by month and quad class in which all the parties take part; what several pages tell is one event."""
        codes = [code_for(party) for party in parties]
        told = self.events(party=codes[0]) if codes else self.events()
        return Rows(months_of(told, self.clusters(kind="event"), codes), Month)


def months_of(events: Iterable[Event], clusters: Sequence[Cluster], parties: Sequence[str]) -> tuple[Month, ...]:
    """The months in order. What several pages tell is one event; told as planned, denied or as background it is none.

    An event counts when all the parties take part in it; without a month it cannot be placed.
    """
    group = {member.id: cluster.id for cluster in clusters for member in cluster.members}
    told: dict[str, list[Event]] = {}
    for event in events:
        if event.status == ACTUAL and not event.background and set(parties) <= {*event.actor, *event.recipient}:
            told.setdefault(group.get(event.id, event.id), []).append(event)
    placed = [(month, one) for accounts in told.values() if (one := _first(accounts)) and (month := _month(one))]
    by_month: dict[str, list[Event]] = {}
    for month, event in placed:
        by_month.setdefault(month, []).append(event)
    return tuple(_counted(month, by_month[month]) for month in sorted(by_month))


def _first(accounts: list[Event]) -> Event:
    """The account with the most exact day of its own."""
    return min(accounts, key=lambda e: (e.date_basis == "previous date", -len((e.date or "").split("/")[0]), e.id))


def _month(event: Event) -> str | None:
    first = (event.date or "").split("/")[0]
    return first[:MONTH] if len(first) >= MONTH else None


def _counted(month: str, events: list[Event]) -> Month:
    counts = Counter(event.quad for event in events)
    return Month(month, tuple(sorted(counts.items())), tuple(sorted(event.id for event in events)))


def months_lines(found: Sequence[Month]) -> Iterator[str]:
    """One line a month."""
    for each in found:
        yield shown(f"{each.month}  {sum(n for _, n in each.counts)}  {', '.join(f'{q} {n}' for q, n in each.counts)}")
    if not found:
        yield "no event with a month in which all of them take part"
