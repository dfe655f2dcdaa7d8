"""Reads folders of pages as a user does, ``jitsuroku add`` and ``jitsuroku export``, and measures our own pages."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from jitsuroku import Desk, World
from tests.gate.links import measure_links
from tests.gate.measure import Outcome, measure

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("floors.toml")
SAMPLES = ROOT / "jitsuroku" / "samples" / "pages"
# Pages of our own of the kinds that the samples lack: transcripts, lists, chronologies, tickers, injected readings...
OWN = Path(__file__).with_name("pages")
# Many pages on few events, with clusters.json alone: what is to be joined and what only looks alike.
LINKED = ROOT / "tests" / "linking" / "pages"
PAGE_SUFFIXES = (".txt", ".html")
COMMAND = (sys.executable, "-c", "import sys; from jitsuroku.cli import main; sys.exit(main())")


class ReadingError(RuntimeError):
    """jitsuroku could not be run over a folder; the message is what it said."""


def _jitsuroku(database: Path, *arguments: str) -> str:
    command = [*COMMAND, "--db", str(database), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    if done.returncode:
        raise ReadingError(f"jitsuroku {' '.join(arguments)}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def pages_of(folder: Path) -> list[Path]:
    """The pages of a folder that have annotations beside them."""
    return sorted(p for p in folder.iterdir() if p.suffix in PAGE_SUFFIXES and p.with_suffix(".json").exists())


def export(folder: Path, *, with_pages: bool = False, world: World | None = None) -> str:
    """The export of a folder's annotated pages, read into a database that is thrown away afterwards.

    By the command line as a user has it; with a ``world`` (other tables, another reader of clauses) by the Python API.
    Raises ReadingError when jitsuroku ends with an error.
    """
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages"
        pages.mkdir()
        for page in pages_of(folder):
            shutil.copyfile(page, pages / page.name)
        database = Path(scratch) / "gate.sqlite"
        if world is not None:
            with Desk(database, world=world) as desk:
                desk.add(pages)
                return desk.export(with_pages=with_pages)
        _jitsuroku(database, "add", str(pages))
        return _jitsuroku(database, "export", "--format", "jsonl", *(["--with-pages"] if with_pages else []))


def measure_pages(folder: Path, world: World | None = None) -> list[Outcome]:
    """The outcomes of every annotated page of a folder, in a fixed order."""
    lines = export(folder, with_pages=True, world=world).split("\n")
    records: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
    documents = {Path(r["source"]).name: r for r in records if r["kind"] == "document"}
    outcomes: list[Outcome] = []
    for page in pages_of(folder):
        gold = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        document = documents.get(page.name)
        if document is None:
            raise ReadingError(f"{page.name} is missing from the export")
        own = [r for r in records if r is document or r.get("document") == document["id"]]
        text = document["page"] if page.suffix == ".html" else page.read_text(encoding="utf-8")
        outcomes += measure(gold, text, own)
    return sorted([*outcomes, *measure_links(folder, world)])


def floors() -> dict[str, Any]:
    """tests/gate/floors.toml."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def below(found: dict[str, float], pinned: dict[str, float]) -> list[str]:
    """What fell below its floor, one line each; a figure that is missing has fallen."""
    return [
        f"{figure} is {found.get(figure, 'missing')}, floor {least}"
        for figure, least in pinned.items()
        if found.get(figure, -1.0) < least
    ]
