"""A meeting within a summit, a promise within a package; a visit that is put off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jitsuroku.contract import fold
from jitsuroku.lexicon import read_table
from jitsuroku.linking.knowledge import HERE
from jitsuroku.records import Evidence, Link, Row
from tests.linking.records import commitment, document, event
from tests.linking.test_pairs import knowledge, links

SUMMIT = "CONSULT G7 day:2025-03-03 under:G7 :G7首脳会議が3日、パリで開かれた"
ASIDE = "CONSULT FRA>DEU people:デュラン,ケラー day:2025-03-03"


def parts(*lines: str, pages: str = "aa") -> list[Link]:
    papers = {name: document(name, "2025-03-04") for name in pages}
    told = [(event(line, papers[name]), papers[name]) for line, name in zip(lines, pages, strict=True)]
    return [link for link in links(*told) if link.link == "part-of"]


def test_a_meeting_beside_a_summit() -> None:
    (link,) = parts(f"{ASIDE} :デュラン大統領はケラー首相とも会談した", SUMMIT)
    assert link.reasons == ("told beside the meeting of G7, on one of its days",)
    assert parts(f"{ASIDE} under:G7 :デュラン大統領は3日、ケラー首相と会談した", SUMMIT, pages="ab")


@pytest.mark.parametrize(
    "line",
    [
        f"{ASIDE} :デュラン大統領は3日、ケラー首相と会談した",
        f"{ASIDE.replace('03-03', '03-05')} :デュラン大統領はケラー首相とも会談した",
        "CONSULT CHN>IND day:2025-03-03 :習近平国家主席はモディ首相とも会談した",
        "CONSULT FRA>GBR,CAN,DEU,ITA day:2025-03-03 under:G7 :デュラン大統領は各国首脳とも会談した",
    ],
    ids=["nothing says so", "another day", "no member", "most of the format"],
)
def test_no_part_of_the_summit(line: str) -> None:
    assert parts(line, SUMMIT) == []


def test_a_part_has_one_whole_that_of_its_own_page() -> None:
    papers = [document(name, "2025-03-04") for name in "abc"]
    part = event(f"{ASIDE} under:G7 :デュラン大統領は3日、ケラー首相と会談した", papers[1])
    told = [(event(SUMMIT, page), page) for page in papers]
    (link,) = (each for each in links((part, papers[1]), *told) if each.link == "part-of")
    assert (link.left, link.right) == (part.id, told[1][0].id)


def test_a_promise_within_a_package() -> None:
    page = document("a", "2025-03-04")
    whole = commitment("EU", "UKR", 50_000_000_000, "EUR", page)
    part = commitment("EU", "UKR", 33_000_000_000, "EUR", page, part_of=whole.id)
    (link,) = links((whole, page), (part, page))
    assert (link.link, link.left, link.right) == ("part-of", part.id, whole.id)


def test_a_visit_that_is_put_off_supersedes_its_plan() -> None:
    first, then = document("a", "2025-03-02"), document("b", "2025-03-09")
    words = "AGREE FRA>DEU people:デュラン status:planned day:2025-03-12 :デュラン大統領は12日にドイツを訪問する"
    plan = event(words, first)
    stop = event("REJECT FRA day:2025-03-08 :8日、デュラン大統領のドイツ訪問を延期する", then)
    (link,) = links((plan, first), (stop, then))
    assert (link.link, link.left, link.right) == ("supersedes", stop.id, plan.id)
    held = replace(stop, evidence=Evidence("8日、デュラン大統領のドイツ訪問を歓迎する", 0, 22, "", ""))
    assert links((plan, first), (held, then)) == ()


@pytest.mark.parametrize("row", read_table(HERE / "margins.tsv").rows, ids=lambda r: r.rule)
def test_words_for_beside(row: Row) -> None:
    assert fold(row["word"]) in fold(row["example"])
    assert fold(row["word"]) in knowledge().margins


@pytest.mark.parametrize("row", read_table(HERE / "venues.tsv").rows, ids=lambda r: r.rule)
def test_buildings_and_their_cities(row: Row) -> None:
    assert fold(row["venue"]) in fold(row["example"])
    assert (fold(row["venue"]), fold(row["city"])) in knowledge().venues
