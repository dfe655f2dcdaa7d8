"""Runs commands in this process and keeps what they print."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jitsuroku.cli import main
from jitsuroku.samples import PAGES as SAMPLES

__all__ = ["SAMPLES", "Ran", "page", "run"]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON value it printed."""
        return json.loads(self.out)


def run(*arguments: object) -> Ran:
    """Run ``jitsuroku ARGUMENTS``."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(a) for a in arguments])
        out.flush()
        err.flush()
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]


def page(folder: Path, name: str, text: str | bytes) -> Path:
    """A page file of our own."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file
