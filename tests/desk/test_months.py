"""A pair over time: one event a cluster, by month and quad class."""

from __future__ import annotations

from dataclasses import replace

from jitsuroku import Desk
from jitsuroku.desk.months import months_of
from jitsuroku.linking import Cluster
from jitsuroku.records import Event
from tests.gate.reading import LINKED
from tests.linking.records import document, event

PAGES = tuple(document(name, "2025-03-04") for name in "abc")


def told(line: str, page: int = 0) -> Event:
    return replace(event(line, PAGES[page]), quad="verbal cooperation")


def test_what_several_pages_tell_is_counted_once_in_the_month_that_a_page_says() -> None:
    here = told("CONSULT FRA>DEU day:2025-03-03 :3月3日に会談した")
    there = told("CONSULT FRA,DEU basis:previous_date day:2025-04-01 :会談した", 1)
    other = told("CONSULT FRA,DEU,ITA day:2025-05 :5月に集まった", 2)
    cluster = Cluster("cluster", "event", (here, there), PAGES[:2], 2, ("a", "b"))
    found = months_of([here, there, other], [cluster], ("FRA", "DEU"))
    assert [(m.month, m.counts, m.ids) for m in found] == [
        ("2025-03", (("verbal cooperation", 1),), (here.id,)),
        ("2025-05", (("verbal cooperation", 1),), (other.id,)),
    ]


def test_plans_background_and_others_are_no_event_of_the_pair() -> None:
    lines = (
        "AGREE FRA>DEU status:planned day:2025-03-03 :会う",
        "CONSULT FRA>DEU background:yes day:2020-03-03 :かつて会談した",
        "CONSULT FRA>ITA day:2025-03-03 :会談した",
        "CONSULT FRA>DEU day:2025 :今年会談した",
    )
    assert months_of([told(line) for line in lines], [], ("FRA", "DEU")) == ()


def test_a_desk_counts_by_name_and_code() -> None:
    with Desk(":memory:") as desk:
        desk.add(*sorted(LINKED.glob("kaz-*.txt")))
        found = desk.months("中国", "KAZ")
        assert [month.month for month in found][:1] == ["2022-09"]
        meetings = [desk.record(id) for month in found for id in month.ids]
        assert sum(each.type == "CONSULT" for each in meetings if isinstance(each, Event)) < 5
