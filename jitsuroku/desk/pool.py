"""Several processes that work on one thing after another; what they give comes in order.

The workers are forked once the tables are loaded, so that they share them, and before there is any thread. A thing that
ends its worker, or holds it for longer than any page takes, is tried once more with a new one and then given up: the
others never notice.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Self

TRIES = 2
# So many things for each worker are under way or done and waiting for their turn.
AHEAD = 8
# A page of megabytes takes seconds.
SECONDS = 600.0


class WorkerLost(RuntimeError):
    """The thing to work on ended its worker twice."""


class _Task:
    """One thing on its way: what comes with it, what is to be worked on, what came of it."""

    __slots__ = ("beside", "done", "failed", "given", "make", "result", "tries")

    def __init__(self, beside: Any, make: Any, given: Any) -> None:
        self.beside, self.make, self.given = beside, make, given
        self.tries, self.done = 0, make is not None
        self.result: Any = None
        self.failed: BaseException | None = None

    def __call__(self) -> Any:
        if self.failed is not None:
            raise self.failed
        return self.result


class _Worker:
    """A forked process with a pipe, and the task it is at."""

    def __init__(self, work: Callable[[Any], Any], others: Iterable[_Worker]) -> None:
        here, there = get_context("fork").Pipe()
        self.pipe: Connection = here
        self.task: _Task | None = None
        self.since = 0.0
        ends = [here, *(other.pipe for other in others)]
        self.process = get_context("fork").Process(target=_serve, args=(work, there, ends), daemon=True)
        self.process.start()
        there.close()

    def begin(self, task: _Task) -> None:
        self.task, self.since = task, time.monotonic()
        task.tries += 1
        self.pipe.send(task.given)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(work: Callable[[Any], Any], pipe: Connection, ends: Iterable[Connection]) -> None:
    """The life of a worker. Ctrl-C is its parent's to deal with, and what the parent held open is not closed on leaving."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in ends:
        end.close()
    try:
        while True:
            pipe.send_bytes(_worked(work, pipe.recv()))
    except (EOFError, OSError):
        os._exit(0)


def _worked(work: Callable[[Any], Any], given: Any) -> bytes:
    try:
        return pickle.dumps((work(given), None), pickle.HIGHEST_PROTOCOL)
    except Exception as problem:
        try:
            return pickle.dumps((None, problem))
        except Exception:
            return pickle.dumps((None, RuntimeError(f"{type(problem).__name__}: {problem}")))


class Pool:
    """Workers for as long as the ``with`` lasts."""

    def __init__(self, work: Callable[[Any], Any], workers: int, seconds: float = SECONDS) -> None:
        self.work, self.number, self.seconds = work, workers, seconds
        self.workers: list[_Worker] = []

    def __enter__(self) -> Self:
        # What is there now is never collected again, so that counting references leaves it shared.
        gc.collect()
        gc.freeze()
        for _ in range(self.number):
            self._hire()
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.end()
        gc.unfreeze()

    def _hire(self) -> None:
        self.workers.append(_Worker(self.work, self.workers))

    def in_order(self, things: Iterable[tuple[Any, Any, Any]]) -> Iterator[tuple[Any, Callable[[], Any]]]:
        """For each (what comes with it, a result that is there or None, what to work on): the first with what gives or
        raises the result, in the order of the things."""
        coming, line, waiting = iter(things), deque[_Task](), deque[_Task]()
        more = True
        while more or line:
            while more and len(line) < AHEAD * self.number:
                thing = next(coming, None)
                if thing is None:
                    more = False
                else:
                    line.append(_Task(*thing))
                    waiting.extend([line[-1]] if not line[-1].done else [])
            self._give_out(waiting)
            while line and line[0].done:
                task = line.popleft()
                yield task.beside, task.make or task
            if line and not line[0].done and (len(line) >= AHEAD * self.number or not more):
                self._collect(waiting)

    def _give_out(self, waiting: deque[_Task]) -> None:
        for worker in list(self.workers):
            if waiting and worker.task is None:
                task = waiting.popleft()
                try:
                    worker.begin(task)
                except OSError:
                    self._lost(worker, waiting)

    def _collect(self, waiting: deque[_Task]) -> None:
        """Take what some workers have done, and see who is lost."""
        busy = {worker.pipe: worker for worker in self.workers if worker.task is not None}
        for pipe in wait(list(busy), timeout=1.0):
            worker = busy[pipe]  # type: ignore[index]
            try:
                answer = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                self._lost(worker, waiting)
                continue
            task, worker.task = worker.task, None
            assert task is not None
            task.result, task.failed = pickle.loads(answer)
            task.done = True
        late = time.monotonic() - self.seconds
        for worker in [w for w in self.workers if w.task is not None and w.since < late]:
            self._lost(worker, waiting)
        self._give_out(waiting)

    def _lost(self, worker: _Worker, waiting: deque[_Task]) -> None:
        task = worker.task
        self.workers.remove(worker)
        worker.end()
        self._hire()
        if task is None:
            return
        if task.tries < TRIES:
            waiting.appendleft(task)
        else:
            task.failed = WorkerLost(f"ended the process that read it, {TRIES} times")
            task.done = True
