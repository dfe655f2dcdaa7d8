"""Pages that come in through the browser: files, or a pasted text."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request

from jitsuroku.desk.adding import Outcome
from jitsuroku.desk.web.asking import Asked, Wrong
from jitsuroku.desk.web.guard import MOST_BYTES

MOST_FILES = 100
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
LONGEST_NAME = 120


async def add(asked: Asked, request: Request) -> list[Outcome]:
    """Read what the form sent into the store. Raises Wrong when it sent nothing."""
    async with request.form(max_files=MOST_FILES, max_fields=10, max_part_size=MOST_BYTES) as form:
        sent = [(f.filename or "", await f.read()) for f in form.getlist("files") if isinstance(f, UploadFile)]
        text, name = form.get("text", ""), form.get("name", "")
    if isinstance(text, str) and text.strip():
        sent.append((f"{name or 'pasted'}.txt", text.replace("\r\n", "\n").encode()))
    pages = [(safe_name(name), data) for name, data in sent if name and data]
    if not pages:
        raise Wrong("choose files or paste a text")
    with tempfile.TemporaryDirectory(prefix="jitsuroku-") as folder:
        paths = [_written(Path(folder) / str(n), name, data) for n, (name, data) in enumerate(pages)]
        return list(asked.desk.add(*paths))


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
