"""A report of the watch: to be read, as JSON, as a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.export.atom import Entry, feed, publisher, web_address
from jitsuroku.desk.terminal import shown
from jitsuroku.desk.watch.changes import Change

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What changed with the documents numbered from after ``since`` up to ``upto``, told at a moment; ``query`` is the saved
    query, "" where everything is watched."""

    query: str
    since: int
    upto: int
    at: str
    changes: tuple[Change, ...]


def report_lines(report: Report) -> Iterator[str]:
    """The report to be read; nothing when nothing changed."""
    for change in report.changes:
        yield shown(f"{change.what}: {change.line}")
        if change.evidence is not None:
            yield shown(f"      | {change.evidence.text}  [{_place(change)}]")
        yield shown(f"      {change.record}")
        yield from (shown(f"      {why}") for why in change.why)
        yield from (shown(f"      {touched.how}: {touched.line} ({touched.record})") for touched in change.touched)


def _place(change: Change) -> str:
    evidence = change.evidence
    return f"{change.page.source} {evidence.start}-{evidence.end}" if evidence else change.page.source


def report_value(report: Report) -> dict[str, Any]:
    """The report as JSON values, without the text of pages."""
    return {
        "query": report.query,
        "at": report.at,
        "since": report.since,
        "upto": report.upto,
        "changes": [_value(change) for change in report.changes],
    }


def _value(change: Change) -> dict[str, Any]:
    evidence = change.evidence
    words = {"text": evidence.text, "start": evidence.start, "end": evidence.end} if evidence else None
    return {
        "change": change.what,
        "record": change.record,
        "line": change.line,
        "document": change.page.id,
        "source": change.page.source,
        "address": change.page.address,
        "evidence": words,
        "why": list(change.why),
        "touched": [as_json(touched) for touched in change.touched],
    }


def atom_file(name: str, reports: Sequence[Report]) -> Iterable[bytes]:
    """The last reports as a feed, the newest change first."""
    entries = [_entry(change, report.at) for report in reports for change in report.changes]
    return feed(name, entries[:MOST_ENTRIES])


def _entry(change: Change, at: str) -> Entry:
    words = f"「{change.evidence.text}」 " if change.evidence else ""
    told = [f"{words}[{_place(change)}] {change.record}", *change.why]
    told += [f"{touched.how}: {touched.line} ({touched.record})" for touched in change.touched]
    return Entry(
        id=change.id,
        title=f"{change.what}: {change.line}",
        updated=at,
        words="\n".join(told),
        category=change.what,
        link=web_address(change.page),
        source=publisher(change.page),
    )
