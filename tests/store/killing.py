"""Kills a piece of work at random points, as kill -9 does: before a statement to SQLite, or at any moment between."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

Work = Callable[[], object]


@dataclass(frozen=True)
class Length:
    """How long a piece of work is: in statements to SQLite and in seconds."""

    statements: int
    seconds: float


def _counting(last: int | None) -> list[int]:
    """Count the statements of all connections made from now on; die by SIGKILL at the one with this number."""
    counted, connect = [0], sqlite3.connect

    def count(_: str) -> None:
        counted[0] += 1
        if counted[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def connected(*arguments: Any, **options: Any) -> Any:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = connected
    return counted


def _run(work: Work, last: int | None, end: Any) -> None:
    counted, began = _counting(last), time.monotonic()
    work()
    end.send(Length(counted[0], time.monotonic() - began))


def length_of(work: Work) -> Length:
    """How long the work is when nobody kills it; it is done afterwards."""
    found = _started(work, None, None)
    assert found is not None
    return found


def _started(work: Work, last: int | None, seconds: float | None) -> Length | None:
    """Do the work in a process of its own; its length, None when it was killed."""
    pipe, end = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=_run, args=(work, last, end))
    child.start()
    child.join(seconds)
    if child.exitcode is None and child.pid is not None:
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL), "it failed by itself"
    return pipe.recv() if child.exitcode == 0 else None


def kills(work: Work, length: Length, rounds: int, seed: int) -> Iterator[bool]:
    """Do the work so many times and kill it at random points, every other time between statements; True when it was
    killed before its end."""
    dice = random.Random(seed)
    for number in range(rounds):
        last = dice.randrange(1, length.statements + 1) if number % 2 else None
        seconds = None if number % 2 else dice.uniform(0, length.seconds)
        yield _started(work, last, seconds) is None
