"""A check that people dismiss too often says what it says as a note."""

from __future__ import annotations

import json

import pytest

from jitsuroku import Desk
from jitsuroku.desk.judging.rates import rate_lines, rates
from jitsuroku.desk.sheet import sheets
from tests.desk.judging.pages import WHO, desk_of
from tests.making import whole_world
from tests.store.reading import READER, reading_of

WRONG = "会合が開かれた。日本、米国、オーストラリア、インドの{}カ国が参加した。\n2025年9月{}日\n"


def desk_with(number: int) -> Desk:
    desk = Desk(":memory:", world=whole_world())
    for n in range(number):
        desk.store.save(reading_of(WRONG.format(5 + n, 1 + n), f"{n:02}.txt"), READER)
    return desk


@pytest.mark.parametrize(
    ("shown", "dismissed", "falls"), [(10, 2, False), (10, 3, True), (9, 9, False), (11, 3, True), (15, 3, False)]
)
def test_a_rule_falls(shown: int, dismissed: int, falls: bool) -> None:
    with desk_with(shown) as desk:
        for flag in desk.flags()[:dismissed]:
            desk.judge("dismiss", flag.id, by=WHO, reason="the host counts itself twice")
        (rate,) = rates(desk.store)
        assert (rate.shown, rate.dismissed, rate.falls) == (shown, dismissed, falls)
        severity = "note" if falls else "error"
        assert {f.severity for f in desk.flags()} <= {severity}
        assert {r.severity for s in sheets(desk.store) for r in s.records() if r.kind == "flag"} <= {severity}
        assert ("notes now" in "".join(rate_lines([rate]))) is falls
        lines = map(json.loads, desk.export().splitlines())
        assert {line["severity"] for line in lines if line["kind"] == "flag"} == {"error"}


def test_it_rises_again_when_a_dismissal_is_taken_back() -> None:
    with desk_with(10) as desk:
        for flag in desk.flags()[:3]:
            desk.judge("dismiss", flag.id, by=WHO, reason="no")
        desk.undo(by=WHO)
        assert {f.severity for f in desk.flags()} == {"error"}
        assert len(desk.flags()) == 8


def test_without_flags_there_are_no_rates() -> None:
    assert rates(desk_of().store) == ()
