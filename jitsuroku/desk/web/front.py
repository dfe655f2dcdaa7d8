"""The overview: what is new, where reports differ most, what to check, what is due or planned."""

from __future__ import annotations

from jitsuroku.desk.clusters import cluster_value
from jitsuroku.desk.linking import knowledge
from jitsuroku.desk.web.asking import Asked, Shown, table_of
from jitsuroku.desk.web.claims import claim_text
from jitsuroku.desk.web.lists import ORDER, day_of
from jitsuroku.linking import Cluster, Difference, differences
from jitsuroku.records import Commitment, DocumentRecord, Event, Flag, Record
from jitsuroku.store.days import first_and_last

MOST_COMPARED, SHOWN = 80, 8


def front(asked: Asked) -> Shown:
    """The overview."""
    pages = [r for r in asked.records(("document",))[0] if isinstance(r, DocumentRecord)]
    pages.sort(key=lambda p: (p.published or "", p.source), reverse=True)
    flags = [r for r in asked.records(("flag",))[0] if isinstance(r, Flag)]
    flags.sort(key=lambda f: (ORDER.get(f.severity, 3), f.id))
    day = next((p.published for p in pages if p.published), None)
    disputed = _disputed(asked)
    counts = asked.desk.store.counts(judged=True)
    shows = {
        "counts": counts,
        "pages": pages[:SHOWN],
        "flags": flags[:SHOWN],
        "number_of_flags": counts["flag"],
        "disputed": disputed,
        "first": asked.sources.clusters()[:SHOWN],
        "day": day,
        "ahead": _ahead(asked, day)[:SHOWN],
    }
    values = {
        "counts": dict(counts),
        "pages": [p.id for p in pages[:SHOWN]],
        "flags": [f.id for f in flags[:SHOWN]],
        "disputed": [cluster_value(c) | {"fields": [d.field for d in found]} for c, found in disputed],
        "as_of": day,
        "ahead": [r.id for r in _ahead(asked, day)],
    }
    rows = [
        [c.id, c.independent, len(c.documents), "; ".join(d.field for d in f), claim_text(c.members[0], asked.tongue)]
        for c, f in disputed
    ]
    return Shown("front.html", shows, values, table_of(("id", "independent", "pages", "fields", "what"), rows))


def _disputed(asked: Asked) -> list[tuple[Cluster, tuple[Difference, ...]]]:
    """Where the reports differ: most differences first, then most sources."""
    found = [
        (c, tuple(d for d in differences(c, knowledge()) if d.counts)) for c in asked.sources.clusters()[:MOST_COMPARED]
    ]
    differing = [(c, d) for c, d in found if d]
    return sorted(differing, key=lambda pair: (-len(pair[1]), -pair[0].independent, pair[0].id))[:SHOWN]


def _ahead(asked: Asked, day: str | None) -> list[Record]:
    """Promises due and events planned from the day of the newest page on, the next first."""
    due = [r for r in asked.records(("commitment",))[0] if isinstance(r, Commitment) and r.due]
    planned = [r for r in asked.records(("event",), status="planned")[0] if isinstance(r, Event) and r.date]
    both: list[Record] = [*due, *planned]
    dated = [(first_and_last(day_of(r, asked)), r) for r in asked.sources.each_once(both)]
    return [
        r for (first, last), r in sorted(dated, key=lambda p: (p[0][0] or "", p[1].id)) if last and last >= (day or "")
    ]
