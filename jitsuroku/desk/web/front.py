"""The overview: what is new, where reports differ most, what to check, what is due or planned."""

from __future__ import annotations

from typing import Any

from jitsuroku.desk.web.asking import Asked, Shown, table_of
from jitsuroku.desk.web.claims import claim_text
from jitsuroku.desk.web.event import group_value, with_first
from jitsuroku.desk.web.lists import ORDER, severest
from jitsuroku.desk.web.windows import Row, once
from jitsuroku.store.days import first_and_last
from jitsuroku.store.listing import LONG

SHOWN, LOOKED_AT = 8, 200
PLANNED = "status:planned"


def front(asked: Asked) -> Shown:
    """The overview."""
    pages = asked.window("document", most=LOOKED_AT).rows
    pages.sort(key=lambda row: (row.value["published"] or "", row.value["source"]), reverse=True)
    day = next((row.value["published"] for row in pages if row.value["published"]), None)
    flags = severest(asked, most=LOOKED_AT).rows
    flags.sort(key=lambda row: (ORDER.get(row.value["severity"], 3), row.id))
    disputed = with_first(asked, asked.sources.disputed(SHOWN))
    ahead, counts = _ahead(asked, day), asked.desk.store.numbers_listed()
    shows = {
        "counts": counts,
        "pages": asked.sources.records_of(pages[:SHOWN]),
        "flags": asked.sources.records_of(flags[:SHOWN]),
        "number_of_flags": counts["flag"],
        "disputed": disputed,
        "first": with_first(asked, asked.sources.clusters(most=SHOWN)),
        "day": day,
        "ahead": asked.sources.records_of(ahead[:SHOWN]),
    }

    def values() -> Any:
        return {
            "counts": dict(asked.desk.store.counts(judged=True)),
            "pages": [row.id for row in pages[:SHOWN]],
            "flags": [row.id for row in flags[:SHOWN]],
            "disputed": [group_value(asked, c) | {"fields": list(c.differing)} for c, _ in disputed],
            "as_of": day,
            "ahead": [row.id for row in ahead],
        }

    rows = [
        [c.id, c.independent, len(c.documents), "; ".join(c.differing), claim_text(first, asked.tongue)]
        for c, first in disputed
    ]
    columns = ("id", "independent", "pages", "fields", "what")
    return Shown("front.html", shows, values, lambda: table_of(columns, rows))


def _soonest(asked: Asked, kind: str, day: str | None, *facets: str) -> list[Row]:
    """What ends first from a day on, and what lasts for years and may have begun long ago."""
    found = [asked.window(kind, *under, since=day, soonest=True, most=LOOKED_AT) for under in (facets, (LONG, *facets))]
    return list({row.id: row for window in found for row in window.rows}.values())


def _ahead(asked: Asked, day: str | None) -> list[Row]:
    """Promises due and events planned from the day of the newest page on, the next first."""
    due = [row for row in _soonest(asked, "commitment", day) if row.value["due"]]
    planned = [row for row in _soonest(asked, "event", day, PLANNED) if row.value["date"]]
    dated = [(first_and_last(row.day), row) for row in once([*due, *planned])]
    ordered = sorted(dated, key=lambda pair: (pair[0][0] or "", pair[1].id))
    return [row for (first, last), row in ordered if last and last >= (day or "")]
