"""A table that is written record by record is the one that is taken at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jitsuroku import Desk
from jitsuroku.desk.export.exported import OF_PAGES, exported
from jitsuroku.desk.export.formats import TABLES, formats
from jitsuroku.desk.export.taking import take
from jitsuroku.samples import PAGES
from tests.making import whole_world


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk(":memory:", world=whole_world()) as found:
        found.add(PAGES)
        found.set_private("call-agency.txt")
        found.judge("reject", found.events()[0].id, by="a")
        found.judge("correct", found.events()[1].id, changes={"date": "2019-01-02"}, by="a")
        yield found


ASKED: list[dict[str, Any]] = [{}, {"judged": True}, {"all_versions": True}, {"party": "CHN"}, {"since": "2025-06", "until": "2025-06-30"}, {"with_text": True, "raw": True}]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("table", [table for table, kind in TABLES.items() if kind in OF_PAGES])
def test_it_is_the_same(desk: Desk, table: str, asked: dict[str, Any]) -> None:
    csv = formats(table)["csv"]
    at_once = b"".join(csv.write(take(desk, csv.kinds, **asked)))
    assert b"".join(exported(desk, "csv", table=table, **asked)) == at_once
    assert at_once.count(b"\n") > 1 or table != "events"


def test_nothing_is_read_before_it_is_written(desk: Desk) -> None:
    parts = exported(desk, "csv", table="mentions")
    assert next(parts).startswith(b"id,")
    parts.close()  # type: ignore[attr-defined]
    assert len(desk.events()) > 0


def test_a_date_that_is_none_is_told_before(desk: Desk) -> None:
    with pytest.raises(ValueError, match="is no date"):
        exported(desk, "csv", since="soon")
