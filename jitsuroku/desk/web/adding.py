"""Pages that come in through the browser: files, a pasted text, an address, or the pages of the feed there. They are read one by one between other answers, so that
one can watch, and others need not wait."""

from __future__ import annotations

import asyncio
import re
import secrets
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request

from jitsuroku.desk.adding import Outcome
from jitsuroku.desk.arriving import Adding, is_address
from jitsuroku.desk.query import Desk
from jitsuroku.desk.web.asking import Asked, Missing, Wrong
from jitsuroku.desk.web.fetching import LONGEST, Fetching
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


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: pages as names with contents, and an address where one was given."""

    pages: list[Named]
    address: str = ""


@dataclass
class Run:
    """A reading under way: how many files were sent, what became of those read so far, and whether it is over."""

    id: str
    total: int
    outcomes: list[Outcome] = field(default_factory=list)
    done: bool = False
    problem: str | None = None

    def count(self, pages: int) -> None:
        """The address is that of a feed which names so many pages; none where it is a page."""
        self.total += max(0, pages - 1)

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

    def __init__(self, desk: Desk, how: Adding) -> None:
        self._desk, self._how = desk, how
        self._fetching = Fetching(desk, how.fetcher)
        self._runs: dict[str, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn: asyncio.Lock | None = None

    def get(self, id: str) -> Run:
        """A run by its id. Raises Missing."""
        if id not in self._runs:
            raise Missing(f"{id}: no such reading; it may be over for long")
        return self._runs[id]

    @property
    def offline(self) -> bool:
        """Whether addresses are refused."""
        return self._how.offline

    async def begin(self, sent: Sent) -> Run:
        """Begin to read what was sent; comes back when it is read, at the latest after PATIENCE."""
        run = Run(secrets.token_urlsafe(9), len(sent.pages) + bool(sent.address))
        finished = [id for id, old in self._runs.items() if old.done]
        for id in finished[: max(0, len(self._runs) - MOST_RUNS + 1)]:
            del self._runs[id]
        self._runs[run.id] = run
        self._turn = self._turn or asyncio.Lock()
        task = asyncio.create_task(self._read(run, sent, self._turn))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task}, timeout=PATIENCE)
        return run

    async def _read(self, run: Run, sent: Sent, turn: asyncio.Lock) -> None:
        try:
            how = self._how
            if sent.address and not how.offline:
                how = replace(how, fetcher=await self._fetching.ready(sent.address, run.count))
            async with turn:
                with tempfile.TemporaryDirectory(prefix="jitsuroku-") as folder:
                    paths = [_written(Path(folder) / str(n), name, data) for n, (name, data) in enumerate(sent.pages)]
                    for outcome in self._desk.adding([*paths, *([sent.address] if sent.address else ())], how):
                        run.outcomes.append(outcome)
                        # Others are answered between two pages.
                        await asyncio.sleep(0)
        except (StoreError, OSError) as problem:
            run.problem = str(problem)
        finally:
            run.done = True


async def sent_pages(request: Request) -> Sent:
    """What the form sent. Raises Wrong when it sent nothing, or no address of the web as one."""
    if request.headers.get("content-type", PLAIN).startswith(PLAIN):
        files: list[Named] = []
        fields = dict(await sent_fields(request, MOST_BYTES))
    else:
        files, fields = await _in_parts(request)
    text, name, address = fields.get("text", ""), fields.get("name", ""), fields.get("address", "").strip()
    if text.strip():
        files.append((f"{name or 'pasted'}.txt", text.replace("\r\n", "\n").encode()))
    pages = [(safe_name(name), data) for name, data in files if name and data]
    if address and (not is_address(address) or len(address) > LONGEST):
        raise Wrong("write the address whole, with https:// at its front")
    if not pages and not address:
        raise Wrong("choose files, paste a text or give an address")
    return Sent(pages, address)


async def _in_parts(request: Request) -> tuple[list[Named], dict[str, str]]:
    """The files of a form and its fields."""
    async with request.form(max_files=MOST_FILES, max_fields=10, max_part_size=MOST_BYTES) as form:
        files = [(f.filename or "", await f.read()) for f in form.getlist("files") if isinstance(f, UploadFile)]
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return files, fields


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
