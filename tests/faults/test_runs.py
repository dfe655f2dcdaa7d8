"""Runs that are killed, starved of space, or given a page that ends its reader: the same in the end as without it."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from jitsuroku.desk import adding
from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.query import Desk
from jitsuroku.records import Page
from jitsuroku.store import Store, damage
from tests.cli.running import page, run
from tests.intake.holding import lines, packed, record, zipped
from tests.making import whole_world
from tests.store.reading import CALL, LOAN, TALKS, exported
from tests.store.test_killed import by_document

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
NUMBER = 40


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


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages in files, a crawl, a table and a zip file."""
    folder = tmp_path_factory.mktemp("pages")
    for n in range(NUMBER):
        page(folder, f"{n:02}.txt", f"{(TALKS, CALL, LOAN)[n % 3]}第{n}報。\n".encode("cp932"))
    page(folder, "crawl.warc.gz", packed([record(n) for n in range(NUMBER)]))
    page(
        folder,
        "table.jsonl",
        lines(*({"text": f"{CALL}第{n}面。", "url": f"https://kita.example/{n}"} for n in range(NUMBER))),
    )
    page(folder, "more.zip", zipped({f"{n}.txt": f"{LOAN}第{n}号。" for n in range(NUMBER)}))
    return folder


@pytest.fixture(scope="module")
def expected(pages: Path) -> list[str]:
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(pages)
        return exported(desk.store)


def add(path: Path, pages: Path, workers: int) -> None:
    with Desk(path, world=whole_world()) as desk:
        list(desk.adding([pages], Adding(workers=workers)))


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 3])
def test_a_run_killed_fifty_times_ends_as_one_that_was_not(
    tmp_path: Path, pages: Path, expected: list[str], workers: int
) -> None:
    path, dice, whole = tmp_path / "one.sqlite", random.Random(workers), by_document(expected)
    kills, seen = 0, [0]
    for _ in range(50):
        kills += killed(lambda: add(path, pages, workers), dice.uniform(0.05, 0.5))
        if not path.exists() or not path.stat().st_size:
            continue
        assert damage(path) == ()
        with Store(path) as store:
            found = by_document(exported(store))
            states = {r.state for r in store.runs(100)}
        assert all(whole[document] == n for document, n in found.items()), "half a page"
        assert len(found) >= seen[-1], "a finished page is lost"
        assert states <= {"broken off", "done"}
        seen.append(len(found))
    assert kills > 5
    add(path, pages, workers)
    with Store(path) as store:
        assert exported(store) == expected
        for document in store.find_documents("00.txt"):
            assert store.original(document) == (pages / "00.txt").read_bytes()


@pytest.mark.slow
def test_making_a_store_newer_killed_at_any_time_is_done_or_not(
    tmp_path: Path, pages: Path, expected: list[str]
) -> None:
    from jitsuroku.store import opening
    from jitsuroku.store.opening import migrations

    path, dice, all_of_them = tmp_path / "old.sqlite", random.Random(4), migrations()
    for _ in range(20):
        path.unlink(missing_ok=True)
        kept = opening.migrations
        opening.migrations = lambda: all_of_them[:3]
        try:
            opening.connect(path, create=True, timeout=1).close()
        finally:
            opening.migrations = kept
        killed(lambda: Store(path).close(), dice.uniform(0.0, 0.03))
        assert damage(path) == ()
        with Store(path) as store:
            assert exported(store) == []
    add(path, pages, 1)
    with Store(path) as store:
        assert exported(store) == expected


def test_no_space_left_is_said_and_the_same_command_goes_on(tmp_path: Path, pages: Path, expected: list[str]) -> None:
    path = tmp_path / "one.sqlite"

    def starved() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        ran = run("add", pages, "--db", path)
        told = "what was finished is kept" in ran.err and ran.code == 3
        os._exit(0 if told else 1)

    child = get_context("fork").Process(target=starved)
    child.start()
    child.join(60)
    assert child.exitcode == 0
    with Store(path) as store:
        assert 0 < len(exported(store)) < len(expected)
        assert set(exported(store)) < set(expected)
        assert store.runs()[0].state in ("broken off", "interrupted")
    add(path, pages, 1)
    with Store(path) as store:
        assert exported(store) == expected


def _dying_of(source: str) -> Callable[[Page, object], object]:
    kept = adding.read_any

    def reads(page: Page, world: object) -> object:
        if page.source == source:
            os.kill(os.getpid(), signal.SIGKILL)
        return kept(page, world)  # type: ignore[arg-type]

    return reads


def test_a_page_that_ends_its_worker_is_left_out_and_the_others_are_as_without_it(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(tmp_path, "a.txt", TALKS)
    page(tmp_path, "b.txt", CALL)
    page(tmp_path, "c.txt", LOAN)
    monkeypatch.setattr(adding, "read_any", _dying_of("b.txt"))
    with Desk(":memory:", world=whole_world()) as desk:
        outcomes = list(desk.adding([tmp_path], Adding(workers=2)))
        assert [o.problem is None for o in outcomes] == [True, False, True]
        assert "b.txt: could not be read" in (outcomes[1].problem or "")
        assert "ended the process that read it, 2 times" in (outcomes[1].problem or "")
        found = exported(desk.store)
        assert [p.source for p in desk.store.run_pages(1, refused=True)] == ["b.txt"]
    monkeypatch.undo()
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(tmp_path / "a.txt", tmp_path / "c.txt")
        assert exported(desk.store) == found
