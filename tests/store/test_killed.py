"""kill -9 at random points: the store opens, holds whole pages only, and a second run ends as if nothing happened."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from jitsuroku.desk.query import Desk
from jitsuroku.desk.upkeep.repair import repair
from jitsuroku.store import Store, damage, migrations, opening
from jitsuroku.store.keeping import backup
from tests.making import whole_world
from tests.store.damaging import overwrite, root_of
from tests.store.killing import kills, length_of
from tests.store.reading import exported, raw

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
SAMPLES = Path(__file__).parents[2] / "jitsuroku" / "samples" / "pages"
FEW, MANY = 5, 100
rounds = pytest.mark.parametrize("rounds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
# What builds on the same steps.
few_rounds = pytest.mark.parametrize("rounds", [2, pytest.param(MANY, marks=pytest.mark.slow)])
OLD_TABLES = ("documents", "pages", "records", "event_parties", "people")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the sample texts, each twice, so that pages copy each other."""
    folder = tmp_path_factory.mktemp("pages")
    for path in sorted(SAMPLES.glob("c*.txt"))[:4]:
        for n in range(2):
            text = path.read_text(encoding="utf-8")
            (folder / f"{n}-{path.name}").write_text(f"{text}\n第{n}刷。\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Path:
    """A store with these pages."""
    path = tmp_path_factory.mktemp("whole") / "one.sqlite"
    add(path, pages)
    return path


@pytest.fixture(scope="module")
def expected(whole: Path) -> list[str]:
    return lines_of(whole)


def add(path: Path, pages: Path, again: bool = False) -> None:
    with Desk(path, world=whole_world()) as desk:
        desk.add(pages, again=again)


def lines_of(path: Path) -> list[str]:
    with Store(path) as store:
        return exported(store)


def by_document(lines: list[str]) -> Counter[str]:
    """How many lines each document has; links and what stands on them come when all pages are there."""
    told = [line for line in map(json.loads, lines) if line.get("flag") != "contradiction"]
    owners = (line["id"] if line["kind"] == "document" else line.get("document") for line in told)
    return Counter(owner for owner in owners if owner is not None)


def clear(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


@rounds
def test_adding(tmp_path: Path, pages: Path, expected: list[str], rounds: int) -> None:
    path, ended, whole = tmp_path / "one.sqlite", 0, by_document(expected)
    length = length_of(lambda: add(path, pages))
    assert lines_of(path) == expected
    clear(path)
    known = 0
    for killed in kills(lambda: add(path, pages), length, rounds, seed=1):
        if path.exists() and path.stat().st_size:
            assert damage(path) == ()
        found = by_document(lines_of(path))
        assert all(whole[document] == n for document, n in found.items()), "half a page"
        assert len(found) >= known, "a finished page is lost"
        known = len(found)
        if not killed:
            ended += 1
            assert lines_of(path) == expected
            clear(path)
            known = 0
    assert ended < rounds, "the kills fell into the work"
    add(path, pages)
    assert lines_of(path) == expected


@few_rounds
def test_reading_again(tmp_path: Path, whole: Path, pages: Path, expected: list[str], rounds: int) -> None:
    path = Path(shutil.copy(whole, tmp_path))
    length = length_of(lambda: add(path, pages, again=True))
    number = sum(kills(lambda: add(path, pages, again=True), length, rounds, seed=2))
    assert number > rounds // 3
    add(path, pages)
    assert lines_of(path) == expected
    assert damage(path) == ()


@rounds
def test_making_indexes_and_search_anew(tmp_path: Path, whole: Path, expected: list[str], rounds: int) -> None:
    path = Path(shutil.copy(whole, tmp_path))

    def mend() -> None:
        with Store(path) as store:
            store.mend()

    found = sorted(hit.document.id for hit in Store(whole).search("会談"))
    length, number = length_of(mend), 0
    for killed in kills(mend, length, rounds, seed=3):
        number += killed
        assert lines_of(path) == expected
        with Store(path) as store:
            assert sorted(hit.document.id for hit in store.search("会談")) == found
    assert number > rounds // 3
    assert damage(path) == ()


@few_rounds
def test_repairing(tmp_path: Path, whole: Path, expected: list[str], rounds: int) -> None:
    broken, path = Path(shutil.copy(whole, tmp_path / "broken.sqlite")), tmp_path / "one.sqlite"
    overwrite(broken, root_of(broken, "records"))
    shutil.copy(broken, path)
    length, number = length_of(lambda: repair(path, whole_world())), 0
    assert lines_of(path) == expected
    for seed in range(max(1, rounds // FEW)):
        clear(path)
        shutil.copy(broken, path)
        number += sum(kills(lambda: repair(path, whole_world()), length, min(rounds, FEW), seed))
        repair(path, whole_world())
        assert lines_of(path) == expected
    assert number > 0


def of_the_first_schema(whole: Path, path: Path) -> None:
    """A store as the first version made it, with the pages of another one."""
    old = raw(path)
    for statement in opening.statements(migrations()[0].read_text(encoding="utf-8")):
        old.execute(statement)
    old.execute("ATTACH ? AS today", (str(whole),))
    for table in OLD_TABLES:
        columns = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
        old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
    old.execute("DELETE FROM main.records WHERE document IS NULL OR type = 'contradiction'")
    old.execute(f"PRAGMA application_id = {opening.APPLICATION}")
    old.execute("PRAGMA user_version = 1")
    old.close()


@rounds
def test_migrating(tmp_path: Path, whole: Path, pages: Path, expected: list[str], rounds: int) -> None:
    old, path = tmp_path / "old.sqlite", tmp_path / "one.sqlite"
    of_the_first_schema(whole, old)
    shutil.copy(old, path)

    def migrate() -> None:
        Store(path).close()

    length, number = length_of(migrate), 0
    for killed in kills(migrate, length, rounds, seed=4):
        number += killed
        assert raw(path).execute("PRAGMA user_version").fetchone()[0] in (1, len(migrations()))
        assert damage(path) == ()
        add(path, pages, again=False)
        assert lines_of(path) == expected
        clear(path)
        shutil.copy(old, path)
    assert number > rounds // 3


@rounds
def test_exporting_to_a_file(tmp_path: Path, whole: Path, expected: list[str], rounds: int) -> None:
    file = tmp_path / "export.jsonl"
    file.write_text("the export of yesterday\n", encoding="utf-8")

    def export() -> None:
        with Desk(whole, world=whole_world()) as desk:
            desk.export(file)

    allowed = {"the export of yesterday\n", "".join(f"{line}\n" for line in expected)}
    number = 0
    for killed in kills(export, length_of(export), rounds, seed=5):
        number += killed
        assert file.read_text(encoding="utf-8") in allowed, "half an export"
    assert number > rounds // 3


@few_rounds
def test_backing_up(tmp_path: Path, whole: Path, expected: list[str], rounds: int) -> None:
    copy = tmp_path / "copy.sqlite"

    def back_up() -> None:
        backup(whole, copy, force=True)

    number = 0
    length = length_of(back_up)
    copy.unlink()
    for killed in kills(back_up, length, rounds, seed=6):
        number += killed
        if copy.exists():
            assert damage(copy) == ()
            assert lines_of(copy) == expected
            clear(copy)
    assert number > rounds // 3


@few_rounds
def test_compacting(tmp_path: Path, whole: Path, expected: list[str], rounds: int) -> None:
    path = Path(shutil.copy(whole, tmp_path))

    def compact() -> None:
        with Store(path) as store:
            store.compact()

    number = 0
    for killed in kills(compact, length_of(compact), rounds, seed=8):
        number += killed
        assert damage(path) == ()
        assert lines_of(path) == expected
    assert number > rounds // 3


@few_rounds
def test_removing_and_adding_back(tmp_path: Path, whole: Path, pages: Path, expected: list[str], rounds: int) -> None:
    path, each = Path(shutil.copy(whole, tmp_path)), by_document(expected)

    def remove() -> None:
        with Store(path) as store:
            for document in each:
                store.remove([document])

    length, number = length_of(remove), 0
    add(path, pages)
    for killed in kills(remove, length, rounds, seed=7):
        number += killed
        found = by_document(lines_of(path))
        assert {d: (n, each[d]) for d, n in found.items() if each[d] != n} == {}, "half a page is left"
        add(path, pages)
    assert number > rounds // 3
    assert damage(path) == ()
    assert lines_of(path) == expected
