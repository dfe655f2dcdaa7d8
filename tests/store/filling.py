"""Fills a small disk with a store and says what happened; run in a process that has the disk to itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jitsuroku.desk.export.jsonl import export_lines, write_lines
from jitsuroku.store import Store, StoreError, damage
from jitsuroku.store.keeping import backup
from tests.store.reading import TALKS, added, exported, reading_of

NUMBER = 40
BALLAST = 12_000_000


def readings() -> list[Any]:
    return [reading_of(TALKS + f"第{n}報。\n", f"{n:02}.txt") for n in range(NUMBER)]


def problem_of(work: Callable[[], object]) -> str:
    """What is said when the work fails; "" when it does not."""
    try:
        work()
    except (OSError, StoreError) as problem:
        return str(problem)
    return ""


def add(path: Path) -> None:
    with Store(path) as store:
        added(store, *readings())


def export(path: Path, file: Path) -> None:
    with Store(path) as store:
        write_lines(file, export_lines(store))


def compact(path: Path) -> None:
    with Store(path) as store:
        store.compact()


def state(path: Path) -> list[str]:
    assert damage(path) == ()
    with Store(path) as store:
        return exported(store)


def main(folder: Path) -> None:
    """Fill the folder's disk, and tell as JSON what adding, exporting, backing up and compacting say; then make room."""
    path, ballast = folder / "one.sqlite", folder / "ballast"
    with Store() as store:
        expected = exported(added(store, *readings()))
    ballast.write_bytes(b"x" * BALLAST)
    told = {"add": problem_of(lambda: add(path))}
    kept = state(path)
    told["export"] = problem_of(lambda: export(path, folder / "export.jsonl"))
    told["backup"] = problem_of(lambda: backup(path, folder / "copy.sqlite"))
    told["compact"] = problem_of(lambda: compact(path))
    left = sorted(p.name for p in folder.iterdir())
    same = state(path) == kept
    ballast.unlink()
    again = problem_of(lambda: add(path))
    whole = state(path) == expected
    json.dump(
        {
            "told": told,
            "kept": len(kept),
            "subset": set(kept) < set(expected),
            "left": left,
            "same": same,
            "again": again,
            "whole": whole,
        },
        sys.stdout,
    )
