"""Days and amounts as nobody should write them: kept with what they rest on, never today, never cut."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jitsuroku.intake import page_from_bytes
from jitsuroku.pipeline import read
from jitsuroku.records import DocumentRecord, Event
from tests.making import whole_world
from tests.mentions.test_money import read as read_money

STORY = "フランスのデュラン外相は{day}、ドイツのケラー外相とベルリンで会談した。"


def days(page: str, html: bool = False) -> tuple[str | None, str | None, str | None]:
    """Published, its basis, and the event's day."""
    found = read(page_from_bytes(page.encode(), "a", html=html), whole_world()).records
    (own,) = (r for r in found if isinstance(r, DocumentRecord))
    (event,) = (r for r in found if isinstance(r, Event))
    return own.published, own.published_basis, event.date


@pytest.mark.parametrize(
    ("head", "day", "expected"),
    [
        ("", "3日", (None, None, None)),
        ("", "昨日", (None, None, None)),
        ("", "12月31日", (None, None, None)),
        ("", "令和7年6月3日", (None, "inferred", "2025-06-03")),
        ("令和7年6月4日", "3日", ("2025-06-04", "printed", "2025-06-03")),
        ("平成31年4月30日", "昨日", ("2019-04-30", "printed", "2019-04-29")),
        ("2099年1月1日", "昨日", ("2099-01-01", "printed", "2098-12-31")),
        ("1970年1月1日", "12月31日", ("1970-01-01", "printed", "1969-12-31")),
        ("2025年13月45日", "3日", (None, None, None)),
        ("2025年2月30日", "3日", (None, None, None)),
        ("令和0年0月0日", "昨日", (None, None, None)),
    ],
)
def test_days_that_a_page_prints(head: str, day: str, expected: tuple[str | None, ...]) -> None:
    assert days(f"仏独外相が会談\n{head}\n\n{STORY.format(day=day)}\n") == expected


@pytest.mark.parametrize(
    ("told", "published", "date"),
    [
        ("1970-01-01T00:00:00Z", "1970-01-01", "1969-12-31"),
        ("2099-01-01", "2099-01-01", "2098-12-31"),
        ("2025-06-04T23:30:00+00:00", "2025-06-04", "2025-06-03"),
        ("2025-06-04T08:30:00+09:00", "2025-06-04", "2025-06-03"),
        ("2025-06-04T23:30:00", "2025-06-04", "2025-06-03"),
        ("yesterday", None, None),
        ("0000-00-00", None, None),
        ("99999999999999", None, None),
    ],
)
def test_days_that_stand_in_a_page_s_head(told: str, published: str | None, date: str | None) -> None:
    head = f'<meta property="article:published_time" content="{told}">'
    body = f"<h1>仏独外相が会談</h1><p>{STORY.format(day='昨日')}</p>"
    found = days(f"<html><head>{head}</head><body>{body}</body></html>", html=True)
    assert found == (published, "metadata" if published else None, date)


@pytest.mark.parametrize(
    ("words", "amount", "bound"),
    [
        ("１２億３千万ドル", "1230000000", "exact"),
        ("1兆2,345億6,789万円", "1234567890000", "exact"),
        ("約170億ドル", "17000000000", "about"),
        ("170億ドル超", "17000000000", "more than"),
        ("100億円余り", "10000000000", "more than"),
        ("0円", "0", "exact"),
        ("0.5ドル", "0.5", "exact"),
        ("9999999999999999999999兆円", "9999999999999999999999000000000000", "exact"),
    ],
)
def test_amounts_are_whole_or_decimal_and_keep_their_words(words: str, amount: str, bound: str) -> None:
    (found,) = read_money(f"政府は{words}を拠出する。")
    assert (found.amount, found.bound) == (amount, bound)
    assert found.amount == f"{Decimal(amount):f}"


@pytest.mark.parametrize("words", ["-5億円", "▲5億円", "マイナス5億円"])
def test_less_than_nothing_is_read_as_such(words: str) -> None:
    assert [m.amount for m in read_money(f"収支は{words}だった。")] == ["-500000000"]
