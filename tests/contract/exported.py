"""Exports for the tests of the contract: of the sample pages, of the cases, of pages made on the spot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from jitsuroku.desk.export.jsonl import export_lines
from jitsuroku.desk.export.schema import schema
from jitsuroku.desk.query import Desk
from tests.making import CASES, whole_world

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "jitsuroku" / "samples" / "pages"
PAGES, LATER = CASES / "contract" / "pages", CASES / "contract" / "later"
Line = dict[str, Any]


def jitsuroku(*arguments: str, **environment: str) -> bytes:
    """What the command writes in a process of its own."""
    command = [sys.executable, "-c", "import sys; from jitsuroku.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(command, env=os.environ | environment, cwd=ROOT, capture_output=True, check=True).stdout


def export_of(paths: Iterable[Path], *, judge: bool = False, **options: bool) -> list[str]:
    """The lines of the export after the paths were added one by one to a store in memory, and judged where asked."""
    with Desk(":memory:", world=whole_world()) as desk:
        for path in paths:
            assert [o.problem for o in desk.add(path) if o.problem] == []
        if judge:
            event = desk.events()[0].id
            desk.judge("correct", event, changes={"place": "東京"}, by="hanako", at="2025-09-06", reason="as it says")
        return list(export_lines(desk.store, **options))


@cache
def sample_lines() -> tuple[Line, ...]:
    """The lines of the samples with their pages."""
    return tuple(json.loads(line) for line in export_of([SAMPLES], with_pages=True))


@cache
def case_lines() -> tuple[Line, ...]:
    """The lines of the cases, both versions of the page that changed, with their pages."""
    return tuple(json.loads(line) for line in export_of([PAGES, LATER], judge=True, with_pages=True, all_versions=True))


def with_page(lines: Iterable[Line]) -> Iterator[tuple[Line, str]]:
    """Each line that belongs to a page, and that page's text."""
    known = list(lines)
    pages = {line["id"]: line["page"] for line in known if line["kind"] == "document"}
    for line in known:
        document = line["id"] if line["kind"] == "document" else line.get("document")
        if document is not None:
            yield line, pages[document]


@cache
def _validator(kind: str) -> Draft202012Validator:
    whole = schema()
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]})


def faults(line: Line) -> list[str]:
    """What the schema finds wrong with a line, by the definition of the line's own kind."""
    return [f"{line['kind']} {e.json_path}: {e.message}" for e in _validator(line["kind"]).iter_errors(line)]
