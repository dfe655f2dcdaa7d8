"""Workers: results in order, faults where they belong, and what ends a worker given up after two tries."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from jitsuroku.desk.pool import AHEAD, ON_HAND, Pool, WorkerLost

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork")


def work(n: int) -> int:
    """Doubles, and dies of 13."""
    if n == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if n == 7:
        raise ValueError("seven")
    time.sleep(0.002 * (n % 3))
    return 2 * n


def through(pool: Pool, numbers: Any) -> list[Any]:
    found: list[Any] = []
    for beside, make in pool.in_order((f"no. {n}", None, n) for n in numbers):
        try:
            found.append((beside, make()))
        except (ValueError, WorkerLost) as problem:
            found.append((beside, f"{type(problem).__name__}: {problem}"))
    return found


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_results_come_in_order_and_faults_where_they_belong(workers: int) -> None:
    with Pool(work, workers) as pool:
        found = through(pool, range(60))
    expected: list[Any] = [(f"no. {n}", 2 * n) for n in range(60)]
    expected[7] = ("no. 7", "ValueError: seven")
    expected[13] = ("no. 13", "WorkerLost: ended the process that read it, 2 times")
    assert found == expected


def test_what_ends_its_worker_is_tried_twice(tmp_path: Path) -> None:
    def dying(n: int) -> int:
        with (tmp_path / str(n)).open("a") as file:
            file.write("x")
        if n == 1 or (n == 2 and (tmp_path / "2").stat().st_size == 1):
            os._exit(1)
        return n

    with Pool(dying, 2) as pool:
        assert [told for _, told in through(pool, range(4))][2:] == [2, 3]
    assert [(tmp_path / str(n)).stat().st_size for n in range(4)] == [1, 2, 2, 1]


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    with Pool(work, 2) as pool:
        coming = pool.in_order(("", None, n) for n in range(14, 60))
        found = [next(coming)[1]() for _ in range(3)]
        for worker in pool.workers:
            assert worker.process.pid is not None
            os.kill(worker.process.pid, signal.SIGKILL)
        found += [make() for _, make in coming]
    assert found == [2 * n for n in range(14, 60)]


def test_what_takes_too_long_is_given_up() -> None:
    with Pool(lambda n: time.sleep(60 if n == 1 else 0), 2, seconds=0.3) as pool:
        begin = time.monotonic()
        assert [told for _, told in through(pool, range(4))] == [
            None,
            "WorkerLost: ended the process that read it, 2 times",
            None,
            None,
        ]
        assert time.monotonic() - begin < 10


def test_only_so_much_is_taken_ahead() -> None:
    taken = []

    def things() -> Any:
        for n in range(200):
            taken.append(n)
            yield "", None, n + 14

    with Pool(work, 2) as pool:
        coming = pool.in_order(things())
        next(coming)
        assert len(taken) <= 2 * AHEAD * ON_HAND + 1


def test_workers_end_with_the_pool() -> None:
    with Pool(work, 3) as pool:
        through(pool, range(5))
        processes = [worker.process for worker in pool.workers]
    assert not any(process.is_alive() for process in processes)
