"""commitments and meetings on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku.cli import Exit
from tests.cli.running import run

PAGE = (
    "支援を約束\n\n2025年5月4日\n\n"
    "日本の外相は3日、インドに35億ドルの支援を年内に行うと表明した。このうち12億ドルは鉄道に充てる。\n\n"
    "上海協力機構(SCO)首脳会議が8月31日、中国・天津で開かれる。\n"
)


@pytest.fixture
def db(tmp_path: Path) -> str:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    path = str(tmp_path / "my.sqlite")
    run("add", str(tmp_path / "page.txt"), "--db", path)
    return path


def test_promises_with_their_parts(db: str) -> None:
    ran = run("commitments", "--pair", "India", "JPN", "--db", db)
    assert ran.code == Exit.OK
    assert ran.out.startswith("* JPN -> IND")
    assert "of this:" in ran.out
    value = run("commitments", "--db", db, "--json").value
    assert [(line["amount"], bool(line["part_of"])) for line in value] == [
        (3_500_000_000, False),
        (1_200_000_000, True),
    ]


def test_questions_that_find_nothing(db: str) -> None:
    for asked in (("--giver", "USA"), ("--stage", "cancelled"), ("--until", "2024"), ("--sector", "energy")):
        assert run("commitments", *asked, "--db", db).out == "no promise of this kind\n"
    assert run("commitments", "--totals", "--giver", "USA", "--db", db).out == "no promise of money\n"


def test_a_day_that_is_none_is_refused(db: str) -> None:
    assert run("commitments", "--until", "soon", "--db", db).code == Exit.USAGE


def test_sums(db: str) -> None:
    (total,) = run("commitments", "--totals", "--by", "pair", "--db", db, "--json").value
    assert (total["pair"], total["least"], total["year"]) == ("JPN -> IND", "3500000000", "")
    assert "JPY" in run("commitments", "--totals", "--db", db).out


def test_meetings_of_pages_and_of_the_list(db: str) -> None:
    (told,) = run("meetings", "--db", db, "--json").value
    assert (told["series"], told["number"], told["place"]) == ("SCO", 25, "天津")
    assert len(run("meetings", "SCO", "--db", db, "--json").value) > 10
    assert "from the list" in run("meetings", "上海協力機構", "--db", db).out


def test_a_series_nobody_knows(db: str) -> None:
    ran = run("meetings", "XYZ", "--db", db)
    assert ran.code != Exit.OK
    assert "known are" in ran.err
