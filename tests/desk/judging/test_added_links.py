"""What people add is compared with other pages like what was read."""

from __future__ import annotations

from jitsuroku import Desk
from jitsuroku.desk.linking import relink
from jitsuroku.records import Link
from tests.desk.judging.pages import WHO, desk_of

HERE = "2025年9月5日、日本とフランスの外相が東京で会談した。"
THERE = "Tokyo, 5 September 2025: the foreign ministers of Japan and France met on the fifth."
WORDS = "the foreign ministers of Japan and France met"


def links_at(desk: Desk, record: str) -> list[Link]:
    return [link for link in desk.links() if record in (link.left, link.right)]


def test_an_added_event_is_linked_keeps_its_links_and_loses_them_with_its_judgement() -> None:
    desk = desk_of(HERE, THERE)
    relink(desk.store)
    fields = {"type": "CONSULT", "actor": "JPN,FRA", "date": "2025-09-05", "place": "東京"}
    added = desk.add_record("b.txt", "event", WORDS, by=WHO, **fields)
    assert [link.link for link in links_at(desk, added.id)] == ["same-event"]
    other = desk.add_record("b.txt", "event", "Tokyo", by=WHO, type="AID", actor="FRA")
    assert links_at(desk, added.id), "another addition leaves them"
    desk.undo(by=WHO)
    assert links_at(desk, added.id)
    assert other.id not in {event.id for event in desk.events()}
    desk.undo(by=WHO)
    assert links_at(desk, added.id) == []
