"""Digests: the dates of each quoted source are read against its own day, never against that of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku.intake import read_page
from jitsuroku.pipeline import read
from jitsuroku.records import Reading
from tests.making import page_of, whole_world

PAGE = Path(__file__).parents[1] / "pages" / "digest-of-sources" / "page.txt"


def dates(reading: Reading) -> list[str]:
    return [f"{reading.page.text[d.start : d.end]}={d.value}" for d in reading.mentions.dates]


@pytest.fixture(scope="module")
def digest() -> Reading:
    return read(read_page(PAGE), whole_world())


def test_days_of_a_source_follow_its_own_day(digest: Reading) -> None:
    assert {"10日=2023-04-10", "同日=2023-04-10", "5日=2025-03-05", "24日=2025-03-24"} <= set(dates(digest))


def test_a_day_that_nothing_dates_stays_without_a_date(digest: Reading) -> None:
    """「17日には…見て回る予定です」 stands between two sources and belongs to neither month."""
    assert "17日には" in digest.page.text
    assert [d for d in dates(digest) if d.startswith(("17日", "1月"))] == []


def test_a_page_without_sections_is_read_against_its_day() -> None:
    page = page_of("港の会談、来週に\n2026年3月4日\n外相は17日に港町で会談し、同日に文書へ署名すると発表した。")
    assert dates(read(page, whole_world())) == ["17日=2026-03-17", "同日=2026-03-17"]
