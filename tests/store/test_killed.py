"""kill -9 at random moments: the store opens, holds whole pages only, and a second run ends as if nothing happened."""

from __future__ import annotations

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from jitsuroku.desk.query import Desk
from jitsuroku.store import Store, damage
from tests.making import whole_world
from tests.store.reading import exported

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL"),
]
SAMPLES = Path(__file__).parents[2] / "jitsuroku" / "samples" / "pages"
COPIES, KILLS = 3, 20


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample texts several times, each copy a page of its own."""
    folder = tmp_path_factory.mktemp("pages")
    for n in range(COPIES):
        for path in SAMPLES.glob("*.txt"):
            text = path.read_text(encoding="utf-8")
            (folder / f"{n}-{path.name}").write_text(f"{text}\n第{n}刷。\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(pages: Path) -> list[str]:
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(pages)
        return exported(desk.store)


def killed(work: Callable[[], object], after: float) -> bool:
    """Start the work in a process of its own and kill it after some seconds; False when it had ended by then."""
    child = get_context("fork").Process(target=work)
    child.start()
    child.join(after)
    if child.exitcode is None and child.pid is not None:
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def add(path: Path, pages: Path, again: bool = False) -> None:
    with Desk(path, world=whole_world()) as desk:
        desk.add(pages, again=again)


def by_document(lines: list[str]) -> Counter[str]:
    """How many lines each document has."""
    told = map(json.loads, lines)
    return Counter(line["id"] if line["kind"] == "document" else line.get("document") for line in told) - Counter(
        [None]
    )


def test_adding(tmp_path: Path, pages: Path, expected: list[str]) -> None:
    path, dice, whole = tmp_path / "one.sqlite", random.Random(1), by_document(expected)
    seen = [0]
    for _ in range(KILLS):
        if not killed(lambda: add(path, pages), dice.uniform(0.05, 0.4)):
            break
        if path.exists() and path.stat().st_size:
            assert damage(path) == ()
        with Store(path) as store:
            found = by_document(exported(store))
        assert all(whole[document] == n for document, n in found.items()), "half a page"
        assert len(found) >= seen[-1], "a finished page is lost"
        seen.append(len(found))
    assert len(set(seen)) > 3, "the kills fell into the work"
    add(path, pages)
    with Store(path) as store:
        assert exported(store) == expected


def test_reading_again(tmp_path: Path, pages: Path, expected: list[str]) -> None:
    path, dice = tmp_path / "one.sqlite", random.Random(2)
    add(path, pages)
    kills = sum(killed(lambda: add(path, pages, again=True), dice.uniform(0.05, 0.5)) for _ in range(10))
    assert kills >= 5
    add(path, pages)
    with Store(path) as store:
        assert exported(store) == expected


def test_removing_and_adding_back(tmp_path: Path, pages: Path, expected: list[str]) -> None:
    path, dice = tmp_path / "one.sqlite", random.Random(3)
    add(path, pages)

    def remove() -> None:
        with Store(path) as store:
            for line in by_document(expected):
                store.remove([line])

    whole = by_document(expected)
    kills = 0
    for _ in range(10):
        kills += killed(remove, dice.uniform(0.01, 0.1))
        with Store(path) as store:
            found = by_document(exported(store))
            assert all(whole[document] == n for document, n in found.items()), "half a page is left"
        add(path, pages)
    assert kills >= 5
    assert damage(path) == ()
    with Store(path) as store:
        assert exported(store) == expected


def test_exporting_to_a_file(tmp_path: Path, pages: Path, expected: list[str]) -> None:
    path, file, dice = tmp_path / "one.sqlite", tmp_path / "out" / "export.jsonl", random.Random(4)
    add(path, pages)
    file.parent.mkdir()
    file.write_text("the export of yesterday\n", encoding="utf-8")

    def export() -> None:
        with Desk(path, world=whole_world()) as desk:
            for _ in range(50):
                desk.export(file)

    allowed = {"the export of yesterday\n", "".join(f"{line}\n" for line in expected)}
    kills = 0
    for _ in range(10):
        kills += killed(export, dice.uniform(0.005, 0.1))
        assert file.read_text(encoding="utf-8") in allowed, "half an export"
    assert kills >= 5
