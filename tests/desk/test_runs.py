"""A run is written down while it goes on, can be broken off anywhere, and comes to the same however it was done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.arriving import Adding
from jitsuroku.store import Store
from tests.cli.running import SAMPLES, page, run
from tests.intake.holding import packed, record, zipped
from tests.making import whole_world
from tests.store.reading import exported

pytestmark = pytest.mark.usefixtures("both")

NAMES = ("call-agency.txt", "call-broadcast.html", "c5-paper.txt", "zh-summit.txt", "call-blog.txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for name in NAMES:
        page(made, name, (SAMPLES / name).read_bytes())
    page(made, "crawl.warc.gz", packed([record(n) for n in range(1, 6)]))
    page(made, "more.zip", zipped({"again.txt": (SAMPLES / "call-agency.txt").read_bytes(), "empty.txt": ""}))
    return made


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[str]:
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(folder)
        return exported(desk.store)


def test_a_run_tells_what_became_of_each_page(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.sqlite"
    ran = run("add", folder, "--db", db)
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "12 pages: 11 new, 1 refused"
    assert "1 in a language not read yet (zh)" in ran.out
    told = run("runs", 1, "--db", db)
    assert "run 1: done, began 20" in told.out
    assert "12 pages: 11 new, 1 refused" in told.out
    assert "refused: more.zip/empty.txt: holds no text; there is nothing to read" in told.out
    assert "a copy of another page" in told.out
    assert run("add", folder, "--db", db).out.startswith("12 pages: 11 no change, 1 refused")
    listed = run("runs", "--db", db).out.splitlines()
    assert [line.split()[0] for line in listed] == ["2", "1"]
    values = run("runs", 2, "--db", db, "--json").value
    assert (values["state"], values["pages"], values["refused"]) == ("done", 12, 1)
    assert {p["result"] for p in values["each"]} == {"no change", "refused"}
    assert (run("runs", 9, "--db", db).code, run("runs", 9, "--db", db).err) == (
        4,
        "jitsuroku: no run 9; jitsuroku runs lists them\n",
    )


def test_a_run_that_found_everything_as_it_was_leaves_no_trace(tmp_path: Path) -> None:
    db = tmp_path / "x.sqlite"
    page(tmp_path, "a.txt", "港で会談があった。")
    for _ in range(3):
        assert run("add", tmp_path / "a.txt", "--db", db).code == 0
    assert len(run("runs", "--db", db).out.splitlines()) == 1


def test_what_was_refused_is_tried_again(tmp_path: Path) -> None:
    db, pages = tmp_path / "x.sqlite", tmp_path / "pages"
    pages.mkdir()
    page(pages, "a.txt", "")
    page(pages, "b.txt", "港で会談があった。")
    assert run("add", pages, "--db", db).code == 1
    page(pages, "a.txt", "港でまた会談があった。")
    ran = run("add", "--retry", "--db", db)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "1 page: 1 new")
    assert run("add", "--retry", "--db", db).out.startswith("nothing to try again")


def test_the_order_of_the_names_does_not_matter(folder: Path, expected: list[str]) -> None:
    files = sorted(folder.iterdir())
    for order in (files[::-1], files[3:] + files[:3]):
        with Desk(":memory:", world=whole_world()) as desk:
            desk.add(*order)
            assert exported(desk.store) == expected


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
@pytest.mark.parametrize("workers", [2, 5])
def test_the_number_of_workers_does_not_matter(folder: Path, expected: list[str], workers: int) -> None:
    with Desk(":memory:", world=whole_world()) as desk:
        outcomes = list(desk.adding([folder], Adding(workers=workers)))
        assert exported(desk.store) == expected
    with Desk(":memory:", world=whole_world()) as desk:
        assert outcomes == list(desk.adding([folder]))


@pytest.mark.parametrize("often", [1, 2, 5])
def test_links_made_on_the_way_are_those_made_at_the_end(
    folder: Path, expected: list[str], often: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {'"kind":"meeting"', '"kind":"link"'} <= {line.split(",")[0].lstrip("{") for line in expected}
    monkeypatch.setattr("jitsuroku.desk.runs.LINKED_AT_A_TIME", often)
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(folder)
        assert exported(desk.store) == expected


def test_meetings_are_put_in_order_after_a_run_that_broke_off(
    folder: Path, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was compared on the way is not compared again, and yet its meetings are made."""
    monkeypatch.setattr("jitsuroku.desk.runs.LINKED_AT_A_TIME", 2)
    with Desk(tmp_path / "x.sqlite", world=whole_world()) as desk:
        coming = desk.adding([folder])
        for _ in range(7):
            next(coming)
        coming.close()  # type: ignore[attr-defined]
    with Desk(tmp_path / "x.sqlite", world=whole_world()) as desk:
        assert not [line for line in exported(desk.store) if '"kind":"meeting"' in line]
        desk.add(folder)
        assert exported(desk.store) == expected


def test_a_run_that_is_broken_off_says_so_and_the_next_goes_on(
    folder: Path, expected: list[str], tmp_path: Path
) -> None:
    with Desk(tmp_path / "x.sqlite", world=whole_world()) as desk:
        coming = desk.adding([folder])
        for _ in range(3):
            next(coming)
        with pytest.raises(KeyboardInterrupt):
            coming.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
        (broken,) = desk.store.runs()
        assert (broken.state, broken.pages) == ("interrupted", 3)
        outcomes = desk.add(folder)
        assert [o.result.value for o in outcomes[:3] if o.result] == ["no change"] * 3
        assert exported(desk.store) == expected


@pytest.mark.of_files
def test_a_run_whose_process_is_gone_is_told_from_one_that_goes_on(tmp_path: Path) -> None:
    with Store(tmp_path / "x.sqlite") as store:
        store.begin_run(["a"], "reader-1", "2025-06-16T08:00:00Z")
        assert store.runs()[0].state == "going on"
        store._db.execute("UPDATE runs SET process = 99999999")
        assert store.runs()[0].state == "broken off"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_gate_tells_page_by_page_what_it_kept_out(tmp_path: Path, workers: str) -> None:
    db, pages = tmp_path / "x.sqlite", tmp_path / "pages"
    pages.mkdir()
    page(pages, "cats.txt", "猫は縁側で丸くなっていた。")
    page(pages, "talks.txt", "日本の岩屋毅外相は5日、韓国の趙顕外相とソウルで会談した。")
    ran = run("add", "--gate", "--workers", workers, pages, "--db", db)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "2 pages: 1 nothing of ours, 1 new")
    assert "language" not in ran.out
    told = run("runs", 1, "--db", db)
    assert "2 pages: 1 nothing of ours, 1 new" in told.out
    each = run("runs", 1, "--db", db, "--json").value["each"]
    assert {p["source"]: (p["result"], p["document"] is None) for p in each} == {
        "cats.txt": ("nothing of ours", True),
        "talks.txt": ("new", False),
    }
    assert len(run("list", "--db", db, "--json").value) == 1
    assert run("add", pages, "--db", db).out.splitlines()[0] == "2 pages: 1 new, 1 no change"
    assert run("add", "--gate", pages, "--db", db).out.splitlines()[0] == "2 pages: 2 no change"
