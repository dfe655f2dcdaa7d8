"""Series of meetings: what pages tell, a case a line in meetings.tsv; stored meetings follow the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.contract import fold
from jitsuroku.lexicon import read_table
from jitsuroku.linking import Account, Gathering, Profile, account_of, gatherings, profile, record_of
from jitsuroku.linking.knowledge import HERE
from jitsuroku.records import Event, Evidence, Row
from tests.linking.records import document, event
from tests.linking.test_pairs import knowledge
from tests.making import CASES, table

ROWS = table(CASES / "linking" / "meetings.tsv")
TEXTS = {
    "a.txt": "SCO首脳会議、天津で\n2025年8月29日\n\n上海協力機構(SCO)首脳会議が31日から2日間、中国・天津で開かれる。",
    "b.txt": "SCO首脳会議閉幕\n2025年9月2日\n\n上海協力機構(SCO)首脳会議が1日、天津で開かれた。",
    "c.txt": "G7サミット\n2025年6月18日\n\n主要7カ国(G7)首脳会議が17日、カナダのカナナスキスで開かれた。",
}


def told(row: dict[str, str]) -> list[Profile]:
    days, lines = row["told"].split("|"), row["events"].split("||")
    pages = [document(f"page{n}", day) for n, day in enumerate(days)]
    made = (profile(event(line, page), page, knowledge()) for line, page in zip(lines, pages, strict=True))
    return [each for each in made if isinstance(each, Profile)]


def shown(found: Gathering) -> str:
    number = "-" if found.number is None else str(found.number)
    wrong = " !" if found.differ else ""
    return f"{number} {found.date} {found.status} {found.place or '-'}{wrong}"


def account(told_of: Profile) -> Account:
    assert isinstance(told_of.record, Event)
    return account_of(told_of.record, told_of.source, told_of.page.published or told_of.page.anchor, knowledge())


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_meetings(row: dict[str, str]) -> None:
    accounts = [account(each) for each in told(row) if each.series == "SCO"]
    for ordered in (accounts, accounts[::-1]):
        found = gatherings("SCO", ordered, knowledge())
        told_of = [shown(each) for each in found if each.accounts]
        assert told_of == ([] if row["expected"] == "-" else row["expected"].split("|"))


def test_a_format_no_list_knows_must_be_named() -> None:
    page = document("a", "2031-06-03")
    named, unnamed = "XYZ首脳会議が2日に開幕した", "首脳会議が2日に開幕した"
    events = [
        profile(event(f"CONSULT XYZ> day:2031-06-02 under:XYZ :{w}", page), page, knowledge()) for w in (named, unnamed)
    ]
    assert [each.series for each in events if isinstance(each, Profile)] == ["XYZ", None]


def test_the_whole_series_is_in_order() -> None:
    found = gatherings("SCO", (), knowledge())
    numbers = [each.number for each in found if each.number is not None]
    assert len(numbers) > 10
    assert numbers == sorted(numbers)
    assert [record_of(each) for each in found] == [None] * len(found)


@pytest.mark.parametrize("row", read_table(HERE / "series.tsv").rows, ids=lambda r: r.rule)
def test_word_of_a_series(row: Row) -> None:
    page = document("a", "2031-06-14")
    named = {"日中韓": "日中韓首脳会談", "首脳協議会": "中央アジア首脳協議会合", "SCO": "SCO"}
    series = next((series for word, series in named.items() if word in row["example"]), "G7")
    made = event(f"CONSULT {series}> day:2031-06-13 under:{series} :{row['example']}", page)
    item = profile(made, page, knowledge())
    assert isinstance(item, Profile)
    if row["kind"] in ("lesser", "margin"):
        assert item.series is None
    else:
        wanted = {"meeting": "held"}.get(row["kind"], row["kind"])
        assert item.series == series
        assert account(item).status == wanted


def meetings_in(desk: Desk) -> list[tuple[str, str | None]]:
    return [(each.series, each.date) for each in desk.meetings()]


def test_stored_meetings_follow_the_pages(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Desk(":memory:") as whole, Desk(":memory:") as piecemeal:
        whole.add(tmp_path)
        for name in sorted(TEXTS, reverse=True):
            piecemeal.add(tmp_path / name)
        both = [("G7", "2025-06-15/2025-06-17"), ("SCO", "2025-08-31/2025-09-01")]
        assert meetings_in(whole) == meetings_in(piecemeal) == both
        assert [m.id for m in whole.records(("meeting",))] == [m.id for m in piecemeal.records(("meeting",))]
        piecemeal.remove("c.txt")
        assert meetings_in(piecemeal) == both[1:]
        (before,) = piecemeal.records(("meeting",))
        piecemeal.remove("b.txt")
        (after,) = piecemeal.records(("meeting",))
        assert before.id != after.id
        piecemeal.remove("a.txt")
        assert list(piecemeal.records(("meeting",))) == []


def test_every_stored_meeting_quotes_its_page(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Desk(":memory:") as desk:
        desk.add(tmp_path)
        pages = {page.source: desk.store.page(page.id).text for page in desk.documents()}
        for meeting in desk.meetings():
            for account in meeting.accounts:
                e = account.evidence
                assert pages[account.source][e.start : e.end] == e.text
        for record in desk.records(("meeting",)):
            assert isinstance(getattr(record, "evidence", None), Evidence)
            assert fold(record.rule).startswith("linking/meetings#event")
