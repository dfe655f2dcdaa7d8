"""Links between pages that were not written to be linked: the true ones and no other. Runs where JITSUROKU_GOLD is set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jitsuroku import Desk

FOLDER = os.environ.get("JITSUROKU_GOLD")
pytestmark = pytest.mark.skipif(not FOLDER, reason="JITSUROKU_GOLD names no folder of pages")
# The links between two pages, by kind and the pages' names: a boat fired at and seized, and the protest against it.
ON_DEV = [("same-event", "wn1606", "wn3301")] * 2
ARRIVED, MET = "2025-06-16", "2025-06-17"


def desk_with(folder: str) -> Desk:
    desk = Desk(":memory:")
    desk.add(*sorted((Path(FOLDER or ".") / folder).glob("*.txt")))
    return desk


def between_pages(desk: Desk) -> list[tuple[str, str, str]]:
    """The links of two pages, by kind and names; those within one page are left out."""
    names = {page.id: Path(page.source).stem.partition("_")[0] for page in desk.documents()}
    found = []
    for link in desk.links():
        ends = (getattr(desk.record(id), "document", id) for id in (link.left, link.right))
        left, right = sorted(names[id] for id in ends)
        if left != right:
            found.append((link.link, left, right))
    return sorted(found)


def test_no_link_but_the_true_ones() -> None:
    with desk_with("gold/dev") as desk:
        assert between_pages(desk) == ON_DEV


def test_one_summit_with_two_pages_arrival_and_meeting_explained() -> None:
    with desk_with("seeds") as desk:
        same = [link for link in desk.links() if link.link.startswith("same-")]
        assert [link.link for link in same] == ["same-event"], "nothing else is merged"
        told = [desk.record(id) for id in (same[0].left, same[0].right)]
        names = {page.id: Path(page.source).stem.partition("_")[0] for page in desk.documents()}
        assert {names[each.document]: each.date for each in told} == {"000": ARRIVED, "001": MET}
        assert any("one day apart" in reason for reason in same[0].reasons)
        (cluster,) = [each for each in desk.clusters() if told[0].id in {member.id for member in each.members}]
        days = [each for each in desk.cluster(cluster.id).differences if each.field == "date"]
        assert [each.counts for each in days] == [False]
        assert days[0].note
