"""Several processes that work on one thing after another; what they give comes in order.

The workers are forked once the tables are loaded, so that they share them, and before there is any thread. Each has some
things on hand, so that it goes on while its parent is at something else. A thing that ends its worker, or holds it for
longer than any page takes, is tried once more and then given up; those on hand behind it go to others.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from mmap import mmap
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from struct import Struct
from threading import Thread
from typing import Any, Self

TRIES = 2
# So many things each worker has on hand: reading them takes as long as the parent is ever at something else. Twice as many
# for each worker are under way or done and waiting for their turn.
ON_HAND, AHEAD = 16, 2
# Results that wait for the parent, where the system lets a pipe be so wide.
PIPE_BYTES = 1_000_000
# A page of megabytes takes seconds.
SECONDS = 600.0
# What a worker notes where its parent sees it even after its end: how many things it began, and when the last one while it is
# at it, else 0.
NOTE = Struct("<qd")


class WorkerLost(RuntimeError):
    """The thing to work on ended its worker as often as it was tried."""


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
    """A forked process with a pipe to it and one from it, and the tasks that it has on hand in their order."""

    def __init__(self, work: Callable[[Any], Any], others: Iterable[_Worker]) -> None:
        context = get_context("fork")
        self.note = mmap(-1, NOTE.size)
        self.tasks: deque[_Task] = deque()
        self.done = 0
        things, self.to = context.Pipe(duplex=False)
        self.results, back = context.Pipe(duplex=False)
        _widen(back)
        ends = [self.to, self.results, *(end for other in others for end in (other.to, other.results))]
        self.process = context.Process(target=_serve, args=(work, things, back, self.note, ends), daemon=True)
        self.process.start()
        things.close()
        back.close()

    def begin(self, task: _Task) -> None:
        self.tasks.append(task)
        self.to.send(task.given)

    def take(self) -> None:
        """Take every result that is there. Raises EOFError or OSError when the worker has ended."""
        while self.tasks and self.results.poll():
            task_result, failed = pickle.loads(self.results.recv_bytes())
            task = self.tasks.popleft()
            task.result, task.failed, task.done = task_result, failed, True
            self.done += 1

    def is_late(self, seconds: float) -> bool:
        """Whether it has been at the thing that comes next for so long."""
        begun, since = NOTE.unpack(self.note[:])
        return bool(begun > self.done and 0 < since < time.monotonic() - seconds)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.to.close()
        self.results.close()
        self.note.close()


def _widen(pipe: Connection) -> None:
    """Let much wait in a pipe, where the system knows how."""
    with suppress(AttributeError, ImportError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _serve(
    work: Callable[[Any], Any], things: Connection, back: Connection, note: mmap, ends: Iterable[Connection]
) -> None:
    """The life of a worker. Ctrl-C is its parent's to deal with, and what the parent held open is not closed on leaving."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in ends:
        end.close()
    # What is sent is taken at once, so that the parent never waits for a worker that waits for it.
    on_hand: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_receive, args=(things, on_hand), daemon=True).start()
    begun = 0
    with suppress(OSError):
        while (given := on_hand.get()) is not None:
            begun += 1
            note[:] = NOTE.pack(begun, time.monotonic())
            result = _worked(work, given)
            note[:] = NOTE.pack(begun, 0)
            back.send_bytes(result)
    os._exit(0)


def _receive(things: Connection, on_hand: SimpleQueue[bytes | None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            on_hand.put(things.recv_bytes())
    on_hand.put(None)


def _worked(work: Callable[[Any], Any], given: bytes) -> bytes:
    try:
        return pickle.dumps((work(pickle.loads(given)), None), pickle.HIGHEST_PROTOCOL)
    except Exception as problem:
        try:
            return pickle.dumps((None, problem))
        except Exception:
            return pickle.dumps((None, RuntimeError(f"{type(problem).__name__}: {problem}")))


class Pool:
    """Workers for as long as the ``with`` lasts."""

    def __init__(
        self,
        work: Callable[[Any], Any],
        workers: int,
        seconds: float = SECONDS,
        *,
        tries: int = TRIES,
        on_hand: int = ON_HAND,
    ) -> None:
        self.work, self.number, self.seconds, self.tries, self.on_hand = work, workers, seconds, tries, on_hand
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
            may_take = more and len(line) < AHEAD * self.on_hand * self.number
            if may_take:
                thing = next(coming, None)
                if thing is None:
                    may_take = more = False
                else:
                    line.append(_Task(*thing))
                    waiting.extend([line[-1]] if not line[-1].done else [])
            self._collect(waiting, 0.0 if may_take or not line or line[0].done else 1.0)
            # One at a time: whoever takes it may be long, and the workers are to have things on hand meanwhile.
            if line and line[0].done:
                task = line.popleft()
                yield task.beside, task.make or task

    def _give_out(self, waiting: deque[_Task]) -> None:
        while waiting:
            worker = min(self.workers, key=lambda worker: len(worker.tasks))
            if len(worker.tasks) >= self.on_hand:
                return
            try:
                worker.begin(waiting.popleft())
            except OSError:
                self._lost(worker, waiting)

    def _collect(self, waiting: deque[_Task], timeout: float) -> None:
        """Give out what waits, take what some workers have done, and see who is lost."""
        self._give_out(waiting)
        busy = {worker.results: worker for worker in self.workers if worker.tasks}
        for pipe in wait(list(busy), timeout):
            worker = busy[pipe]  # type: ignore[index]
            try:
                worker.take()
            except (EOFError, OSError):
                self._lost(worker, waiting)
        for worker in [w for w in self.workers if w.tasks and w.is_late(self.seconds)]:
            self._lost(worker, waiting)
        self._give_out(waiting)

    def _lost(self, worker: _Worker, waiting: deque[_Task]) -> None:
        """The thing that a lost worker was at is tried once more; those behind it were not begun."""
        with suppress(EOFError, OSError):
            worker.take()
        self.workers.remove(worker)
        worker.end()
        self._hire()
        if not worker.tasks:
            return
        task = worker.tasks[0]
        task.tries += 1
        if task.tries >= self.tries:
            worker.tasks.popleft()
            task.failed = WorkerLost(f"ended the process that read it, {self.tries} times")
            task.done = True
        waiting.extendleft(reversed(worker.tasks))
