"""Events: each line of tests/cases/coding/ja.tsv is a text and the events it must give, neither more nor fewer."""

from __future__ import annotations

import pytest

from jitsuroku.pipeline import read
from jitsuroku.records import Event
from tests.making import CASES, page_of, table, whole_world

ROWS = table(CASES / "coding" / "ja.tsv")


def shown(event: Event) -> str:
    actors, recipients = ",".join(event.actor) or "-", ",".join(event.recipient) or "-"
    return f"{event.type} {actors} > {recipients} {event.status}"


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_events(row: dict[str, str]) -> None:
    page = page_of("2026年5月4日\n\n" + row["text"])
    events = [r for r in read(page, whole_world()).records if isinstance(r, Event)]
    wanted = [] if row["expected"] == "none" else row["expected"].split(" | ")
    assert [shown(e) for e in events] == wanted
    assert all(page.text[e.evidence.start : e.evidence.end] == e.evidence.text for e in events)
