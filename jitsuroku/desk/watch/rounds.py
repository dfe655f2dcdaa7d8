"""Rounds of the watch: from where to tell, what to tell, and the note that it was told.

What came in is noted as told only after the report was given, so that a round that is killed is told by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jitsuroku.desk.saved import saved_query
from jitsuroku.desk.watch.changes import changes
from jitsuroku.desk.watch.report import Report
from jitsuroku.store.watching import Poll

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

# So many rounds stand in a feed.
MOST_ROUNDS = 50


def begin(desk: Desk, query: str, at: str) -> None:
    """Watch from here on, where nobody watched before: what stands in the store already is no news.

    Raises NotFound when no query is called so.
    """
    if query:
        saved_query(desk, query)
    if not desk.store.polls(query, 1):
        number = desk.store.newest_number()
        desk.store.told(query, Poll(number, number, at))


def report_on(desk: Desk, query: str, at: str) -> Report:
    """What changed since the last report on a query ("" for everything). Raises NotFound when no query is called so."""
    asked = saved_query(desk, query) if query else None
    since, upto = desk.store.polls(query, 1)[0].upto, desk.store.newest_number()
    return Report(query, since, upto, at, changes(desk, since, upto, asked))


def finish(desk: Desk, report: Report) -> None:
    """Note that a report was given."""
    if report.upto > report.since:
        desk.store.told(report.query, Poll(report.since, report.upto, report.at))


def last_reports(desk: Desk, query: str) -> Iterator[Report]:
    """The reports of the last rounds, made again from the store as it stands, the newest first."""
    asked = saved_query(desk, query) if query else None
    for poll in desk.store.polls(query, MOST_ROUNDS):
        if poll.upto > poll.since:
            yield Report(query, poll.since, poll.upto, poll.at, changes(desk, poll.since, poll.upto, asked))
