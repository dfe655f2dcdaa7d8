"""Formats and their meetings: each with the words that tell of it, or the row of the world's tables."""

from __future__ import annotations

from jitsuroku import Desk
from jitsuroku.records import Meeting
from tests.desk.web.visiting import Visitor


def test_every_format_told_of_is_in_the_list_and_can_be_opened(visitor: Visitor, desk: Desk) -> None:
    listed = visitor.get("/format.json").json()
    told = {event.framework for event in desk.events() if event.framework}
    assert {each["code"] for each in listed} == told
    for each in listed:
        assert visitor.get("/format", params={"name": each["code"]}).status_code == 200
        assert each["events"] == sum(event.framework == each["code"] for event in desk.events())


def test_a_meeting_is_shown_with_its_words_or_its_row(visitor: Visitor, desk: Desk) -> None:
    meetings = visitor.get("/format.json?name=CCA").json()["meetings"]
    (told,) = [each for each in meetings if each["meeting"]]
    record = desk.record(told["meeting"]["id"])
    assert isinstance(record, Meeting)
    assert (told["number"], told["date"], told["told_by"]) == (2, "2025-06-17", 3)
    assert told["list"] == "world/meetings.tsv#CCA 2"
    assert [each["list"] for each in meetings if not each["meeting"]] == ["world/meetings.tsv#CCA 1"]
    page = visitor.get("/format?name=CCA&lang=en").text
    words = desk.record(desk.store.tellers(record.id)[0]).evidence.text  # type: ignore[union-attr]
    assert words in page
    assert "3 events tell of it" in page
    assert "world/meetings.tsv#CCA 1" in page


def test_the_page_of_a_party_leads_to_its_meetings(visitor: Visitor) -> None:
    assert "/format?lang=en&amp;name=CCA" in visitor.get("/actor?name=CCA&lang=en").text
    assert "/format?" not in visitor.get("/actor?name=CHN&lang=en").text.split("<main")[1]
