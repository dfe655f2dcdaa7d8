"""The ledger: a promise is one line however many pages tell of it, and sums count nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.cli import promises as commands
from jitsuroku.coding import ladder
from jitsuroku.desk import ledger
from jitsuroku.desk.constant import BASE_YEAR, money_tables, rate_of, worth
from jitsuroku.desk.ledger import Line
from jitsuroku.desk.ledger_lines import ledger_lines, totals_lines
from jitsuroku.desk.totals import BY

PAGES = {
    "whole.txt": (
        "2025年5月4日",
        "日本の外相は3日、インドに35億ドルの支援を約束すると表明した。このうち12億ドルは鉄道に充てる。",
    ),
    "again.txt": ("2025年5月5日", "日本政府は3日、インドに約35億ドルの支援を約束した。"),
    "slip.txt": ("2025年5月5日", "日本政府は3日、インドに350億ドルの支援を約束した。"),
    "turned.txt": ("2025年5月6日", "インドは3日、日本に35億ドルの支援を約束した。"),
    "kept.txt": ("2025年8月20日", "日本は19日、インドに35億ドルを供与した。"),
    "part.txt": ("2025年5月6日", "日本は3日、インドに12億ドルの鉄道支援を約束した。"),
    "other.txt": ("2024年3月1日", "フランスは29日、ウクライナに3億ユーロの軍事支援を年内に供与すると表明した。"),
    "dear.txt": ("2024年3月1日", "カザフスタンは29日、キルギスに900億テンゲの支援を約束した。"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(":memory:") as made:
        yield made


def add(desk: Desk, folder: Path, *names: str) -> None:
    for name in names:
        day, text = PAGES[name]
        (folder / name).write_text(f"支援を約束\n\n{day}\n\n{text}\n", encoding="utf-8")
        desk.add(folder / name)


def large(desk: Desk) -> Line:
    (line,) = (line for line in desk.ledger(pair=("JPN", "IND")) if line.part_of is None)
    return line


def test_told_twice_is_one_line_with_both_figures(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "whole.txt", "again.txt")
    line = large(desk)
    assert (line.giver, line.receiver, line.amount, line.amount_max) == (("JPN",), ("IND",), 3_500_000_000, None)
    assert [(s.source, s.amount, s.bound) for s in line.sources] == [
        ("whole.txt", 3_500_000_000, "exact"),
        ("again.txt", 3_500_000_000, "about"),
    ]
    assert line.independent == 2
    assert line.sides == ("giver", "page")
    assert line.sources[0].by == "日本の外相"


def test_a_part_stands_in_its_whole_and_is_not_added(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "whole.txt", "part.txt")
    whole = large(desk)
    (part,) = (line for line in desk.ledger() if line.part_of)
    assert (part.part_of, whole.parts, part.amount) == (whole.id, (part.id,), 1_200_000_000)
    assert {s.source for s in part.sources} == {"whole.txt", "part.txt"}
    (total,) = desk.totals(by=())
    assert (total.least, total.most, total.lines) == ("3500000000", "3500000000", (whole.id,))


def test_a_part_alone_is_counted(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "part.txt")
    assert [total.least for total in desk.totals(by=())] == ["1200000000"]


def test_pages_that_differ_give_a_range_and_say_so(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "again.txt", "slip.txt")
    line = large(desk)
    assert (line.amount, line.amount_max) == (3_500_000_000, 35_000_000_000)
    assert [each for each in line.differ if each.startswith("amount")]
    (total,) = desk.totals(by=())
    assert (total.least, total.most) == ("3500000000", "35000000000")


def test_directions_that_differ_are_one_disputed_line(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "whole.txt", "again.txt", "turned.txt")
    line = large(desk)
    assert line.disputed
    assert (line.giver, line.receiver) == (("JPN",), ("IND",))
    assert [each for each in line.differ if each.startswith("direction")]
    (total,) = desk.totals(by=("pair",))
    assert (total.pair, total.least) == ("JPN <> IND", "3500000000")


def test_a_later_page_keeps_the_promise(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "again.txt", "kept.txt")
    line = large(desk)
    assert line.stage == "delivered"
    assert line.life == ("fulfils: 2025-05-05 pledged, 2025-08-20 delivered (kept.txt)",)
    assert [total.least for total in desk.totals(by=())] == ["3500000000"]


INSTALMENTS = {
    "twenty.txt": ("2025年5月4日", "日本政府は3日、インドに戦闘機20機を供与すると表明した。"),
    "first.txt": ("2025年8月20日", "日本は19日、インドに第1陣として戦闘機8機を引き渡した。"),
    "first-again.txt": ("2025年8月21日", "日本は19日、第1陣の戦闘機8機をインドに引き渡した。"),
    "first-otherwise.txt": ("2025年8月22日", "日本は19日、第1陣の戦闘機9機をインドに引き渡した。"),
    "second.txt": ("2025年10月20日", "日本は19日、インドに戦闘機の第2陣7機を引き渡した。"),
    "rest.txt": ("2025年12月20日", "日本は19日、インドに残りの戦闘機5機を引き渡した。"),
    "some.txt": ("2025年9月20日", "日本は19日、インドに戦闘機4機を引き渡した。"),
    "within.txt": ("2025年10月21日", "日本は19日、計20機のうち戦闘機6機をインドに引き渡した。"),
}


@pytest.mark.parametrize(
    ("names", "delivered", "stage"),
    [
        ("twenty first", (8, None), "delivering"),
        ("twenty first second", (15, None), "delivering"),
        ("twenty first second rest", (20, None), "delivered"),
        ("twenty first first-again", (8, None), "delivering"),
        ("twenty first first-otherwise", (8, 9), "delivering"),
        ("twenty second within", (6, 7), "delivering"),
        ("twenty first within", (14, None), "delivering"),
        ("twenty some", (None, None), "pledged"),
        ("twenty first some", (8, None), "delivering"),
        ("rest second first twenty", (20, None), "delivered"),
    ],
)
def test_parts_that_pages_name_are_added_up_each_once(
    desk: Desk, tmp_path: Path, names: str, delivered: tuple[int | None, int | None], stage: str
) -> None:
    for name in names.split(" "):
        day, text = INSTALMENTS[f"{name}.txt"]
        (tmp_path / f"{name}.txt").write_text(f"支援の続報\n\n{day}\n\n{text}\n", encoding="utf-8")
        desk.add(tmp_path / f"{name}.txt")
    (line,) = (line for line in desk.ledger() if line.amount == 20)
    assert (line.delivered, line.delivered_max) == delivered
    assert line.stage == stage
    shown = "\n".join(ledger_lines(desk.ledger()))
    assert ("handed over in parts: " in shown) == (delivered != (None, None))


def test_questions(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "whole.txt", "other.txt")
    assert len(desk.ledger()) == 3
    assert len(desk.ledger(pair=("インド", "日本"))) == 2
    assert [line.giver for line in desk.ledger(giver="FRA")] == [("FRA",)]
    assert [line.receiver for line in desk.ledger(receiver="ウクライナ")] == [("UKR",)]
    assert [line.sector for line in desk.ledger(sector="military")] == ["military"]
    assert desk.ledger(stage="cancelled") == ()
    assert [line.due for line in desk.ledger(due=True)] == ["2024-12-31"]
    assert [line.due for line in desk.ledger(until="2024")] == ["2024-12-31"]
    assert desk.ledger(until="2024-11") == ()


def test_sums_in_dollars_and_yen_with_their_rates(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "other.txt")
    (total,) = desk.totals()
    assert (total.pair, total.year, total.sector, total.stage) == ("FRA -> UKR", "2024", "military", "pledged")
    dollars, yen = total.money
    assert dollars.rates == ("1 EUR = 1.081 USD (daily rate, 2024-03-01)",)
    assert Decimal(dollars.least or "") == pytest.approx(Decimal(324_300_000), rel=Decimal("0.001"))
    assert dollars.constant_least == dollars.least
    assert yen.currency == "JPY"
    assert Decimal(yen.least or "") > 48_000_000_000


def test_yearly_rates_where_there_is_none_of_the_day(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, "dear.txt")
    (total,) = desk.totals()
    assert total.currency == "KZT"
    assert [money.rates for money in total.money][0] == ("1 KZT = 0.002132 USD (yearly rate, 2024)",)


def test_a_missing_rate_leaves_the_cell_empty() -> None:
    world = money_tables()
    assert worth(Decimal(100), "IRR", "2024-03-01", "USD", world) is None
    assert worth(Decimal(100), "USD", None, "JPY", world) is None
    assert rate_of("XAU", "2024-03-01", "USD", world) is None


@pytest.mark.parametrize(("year", "more"), [("2014", True), ("2024", None), ("2025", False)])
def test_money_of_one_year(year: str, more: bool | None) -> None:
    found = worth(Decimal(1_000_000), "USD", year, "USD", money_tables())
    assert found is not None
    assert found.constant is not None
    assert (found.constant > found.value) if more else (found.constant <= found.value)
    assert (found.constant == found.value) == (year == BASE_YEAR)


def test_a_year_without_an_index_leaves_constant_money_empty() -> None:
    found = worth(Decimal(1_000_000), "USD", "1990-03-01", "USD", money_tables())
    assert found is not None
    assert found.constant is None


def test_nothing_depends_on_the_order_of_pages(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, *sorted(PAGES))
    with Desk(":memory:") as other:
        add(other, tmp_path, *sorted(PAGES, reverse=True))
        assert other.ledger() == desk.ledger()
        assert other.totals() == desk.totals()


def test_every_source_quotes_its_page(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, *PAGES)
    for line in desk.ledger():
        for source in line.sources:
            text = desk.store.page(source.document).text
            assert text[source.evidence.start : source.evidence.end] == source.evidence.text


def test_sums_by_something_else_are_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="colour"):
        desk.totals(by=("colour",))


def test_the_ladder_is_the_readers() -> None:
    assert ledger.LADDER == ladder.LADDER == commands.STAGES
    assert commands.BY == BY


def test_lines_to_be_read(desk: Desk, tmp_path: Path) -> None:
    add(desk, tmp_path, *PAGES)
    text = "\n".join(ledger_lines(desk.ledger()))
    assert "    of this:\n    * JPN -> IND" in text
    assert "! pages do not agree on who gives" in text
    assert "> fulfils: 2025-05-05 pledged, 2025-08-20 delivered (kept.txt)" in text
    assert "says 日本の外相 (JPN)" in text
    assert "3,500,000,000 to 35,000,000,000 USD" in "\n".join(totals_lines(desk.totals()))
