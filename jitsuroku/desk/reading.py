"""Pages that came in -> what was made of each, in the order of their coming, by this process or by several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from jitsuroku.desk.arriving import Arrived
from jitsuroku.desk.pool import Pool
from jitsuroku.desk.prepared import Prepared
from jitsuroku.intake import Received, page_of
from jitsuroku.records import Page

# What was read of a page, None where the gate kept it out; the page itself, or its id, where it stands in the store already.
Made = Prepared | Page | str | None
Make = Callable[[], Made]


class Standing(Protocol):
    """What stands in the store already, so that it need not be read again."""

    def id_of(self, received: Received) -> str | None:
        """The page that came in so before."""

    def has(self, page: Page) -> bool:
        """Whether these bytes were read from somewhere else."""


@dataclass(frozen=True, slots=True)
class _Alone:
    """What this process makes of a page when it is asked to."""

    received: Received
    standing: Standing
    read: Callable[[Page], Prepared | None]

    def __call__(self) -> Made:
        page = page_of(self.received)
        return page if self.standing.has(page) else self.read(page)


def reading(
    coming: Iterable[Arrived], standing: Standing, read: Callable[[Page], Prepared | None], workers: int
) -> Iterator[tuple[Arrived, Make]]:
    """Each arrival with what makes its page; several workers read ahead, and the order and the results are the same.

    ``read`` must have its tables loaded before, so that the workers share them.
    """
    if workers <= 1:
        for arrived in coming:
            yield arrived, _make(arrived, standing) or _nothing(arrived) or _Alone(arrived.arrival, standing, read)  # type: ignore[arg-type]
        return
    with Pool(lambda received: read(page_of(received)), workers) as pool:
        jobs = ((arrived, _make(arrived, standing) or _nothing(arrived)) for arrived in coming)
        yield from pool.in_order((arrived, make, arrived.arrival) for arrived, make in jobs)


def _make(arrived: Arrived, standing: Standing) -> Make | None:
    known = standing.id_of(arrived.arrival) if isinstance(arrived.arrival, Received) else None
    return None if known is None else lambda: known


def _nothing(arrived: Arrived) -> Make | None:
    return None if isinstance(arrived.arrival, Received) else lambda: ""
