"""Pages that come in through the browser: files, or a pasted text. They are read one by one between other answers, so that
one can watch, and others need not wait."""

from __future__ import annotations

import asyncio
import re
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request

from jitsuroku.desk.adding import Outcome
from jitsuroku.desk.query import Desk
from jitsuroku.desk.web.asking import Asked, Missing, Wrong
from jitsuroku.desk.web.forms import PLAIN, sent_fields
from jitsuroku.desk.web.guard import MOST_BYTES
from jitsuroku.store import StoreError

MOST_FILES = 100
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
LONGEST_NAME = 120
# So many readings are remembered.
MOST_RUNS = 20
# A short reading is done when the answer comes; a long one is watched.
PATIENCE = 1.0

Named = tuple[str, bytes]


@dataclass
class Run:
    """A reading under way: how many files were sent, what became of those read so far, and whether it is over."""

    id: str
    total: int
    outcomes: list[Outcome] = field(default_factory=list)
    done: bool = False
    problem: str | None = None

    def value(self) -> dict[str, object]:
        """The run as a JSON value."""
        told = [
            {
                "source": o.source,
                "document": o.document,
                "result": o.result.value if o.result else None,
                "problem": o.problem,
            }
            for o in self.outcomes
        ]
        return {"id": self.id, "total": self.total, "done": self.done, "problem": self.problem, "outcomes": told}


class Runs:
    """The readings that were begun in the browser, one after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._runs: dict[str, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn: asyncio.Lock | None = None

    def get(self, id: str) -> Run:
        """A run by its id. Raises Missing."""
        if id not in self._runs:
            raise Missing(f"{id}: no such reading; it may be over for long")
        return self._runs[id]

    async def begin(self, pages: list[Named]) -> Run:
        """Begin to read pages; comes back when they are read, at the latest after PATIENCE."""
        run = Run(secrets.token_urlsafe(9), len(pages))
        finished = [id for id, old in self._runs.items() if old.done]
        for id in finished[: max(0, len(self._runs) - MOST_RUNS + 1)]:
            del self._runs[id]
        self._runs[run.id] = run
        self._turn = self._turn or asyncio.Lock()
        task = asyncio.create_task(self._read(run, pages, self._turn))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task}, timeout=PATIENCE)
        return run

    async def _read(self, run: Run, pages: Iterable[Named], turn: asyncio.Lock) -> None:
        async with turn:
            try:
                with tempfile.TemporaryDirectory(prefix="jitsuroku-") as folder:
                    paths = [_written(Path(folder) / str(n), name, data) for n, (name, data) in enumerate(pages)]
                    for outcome in self._desk.adding(paths):
                        run.outcomes.append(outcome)
                        # Others are answered between two pages.
                        await asyncio.sleep(0)
            except (StoreError, OSError) as problem:
                run.problem = str(problem)
            finally:
                run.done = True


async def sent_pages(request: Request) -> list[Named]:
    """What the form sent: names and contents. Raises Wrong when it sent nothing."""
    if request.headers.get("content-type", PLAIN).startswith(PLAIN):
        one = dict(await sent_fields(request, MOST_BYTES))
        found: tuple[list[Named], str, str] = [], one.get("text", ""), one.get("name", "")
    else:
        found = await _in_parts(request)
    sent, text, name = found
    if text.strip():
        sent.append((f"{name or 'pasted'}.txt", text.replace("\r\n", "\n").encode()))
    pages = [(safe_name(name), data) for name, data in sent if name and data]
    if not pages:
        raise Wrong("choose files or paste a text")
    return pages


async def _in_parts(request: Request) -> tuple[list[Named], str, str]:
    """The files of a form, its text and its name."""
    async with request.form(max_files=MOST_FILES, max_fields=10, max_part_size=MOST_BYTES) as form:
        files = [(f.filename or "", await f.read()) for f in form.getlist("files") if isinstance(f, UploadFile)]
        text, name = form.get("text", ""), form.get("name", "")
    return files, text if isinstance(text, str) else "", name if isinstance(name, str) else ""


async def add(asked: Asked, runs: Runs, request: Request) -> str:
    """Begin to read what the form sent; gives the address at which one can watch. Raises Wrong."""
    run = await runs.begin(await sent_pages(request))
    return asked.link(f"/add/{run.id}")


def safe_name(name: str) -> str:
    """A file name that leads nowhere else: no folders, no control characters, not hidden, not too long."""
    last = UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(".")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem or ending)[:LONGEST_NAME]}{dot if stem else ''}{ending[:10] if stem else ''}" or "page.txt"


def _written(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir()
    file = folder / name
    file.write_bytes(data)
    return file
