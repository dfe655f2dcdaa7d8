"""The export: one JSON object a line, the same bytes for the same pages."""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from uuid import uuid4

from jitsuroku.store import Store


def export_lines(
    store: Store,
    *,
    with_pages: bool = False,
    all_versions: bool = False,
    judged: bool = False,
    only: Container[str] | None = None,
) -> Iterator[str]:
    """The lines in order, without line ends. ``with_pages`` adds ``page``, the text as received, to documents;
    ``judged`` gives the record as people judged it, with the ids it has without their judgements; ``only`` those with
    these ids. Private pages, and what was read from them, are left out.

    Sorted by document source, kind, start of the evidence and id; kinds without a document last, by kind and id.
    """
    private = store.private_documents()
    for line, page in store.lines(newest=not all_versions, judged=judged):
        if only is not None and id_in(line) not in only:
            continue
        told = line if page is None else _without(line, private)
        yield told if page is None or not with_pages else f"{told[:-1]},{_page_field(page)}}}"


def id_in(line: str) -> str:
    """The id in a line of the export: the second of its fields."""
    return line.split('"', 8)[7]


def _without(line: str, private: frozenset[str]) -> str:
    """A document's line that names no private page as what it copies."""
    if not any(id in line for id in private):
        return line
    value = json.loads(line)
    value["copies_of"] = [id for id in value["copies_of"] if id not in private]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _page_field(page: str) -> str:
    return f'"page":{json.dumps(page, ensure_ascii=False)}'


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines, given without line ends, to a file, as ``write_text`` does."""
    write_text(path, (f"{line}\n" for line in lines))


def write_text(path: Path, parts: Iterable[str]) -> None:
    """Write the parts, as UTF-8, as ``write_bytes`` does."""
    write_bytes(path, (part.encode() for part in parts))


def write_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts to a file that is whole or not there: a temporary file beside it, then renamed.

    Raises OSError, with what to do, when that is not possible; the old file then stays. What is no file (``/dev/null``,
    a pipe) is written to as it is.
    """
    target = path.resolve()
    special = target.exists() and not target.is_file() and not target.is_dir()
    try:
        _write(target, parts) if special else _replace(target, parts)
    except OSError as problem:
        raise OSError(f"{path}: cannot be written ({problem.strerror}); choose another file or folder") from problem


def _replace(target: Path, parts: Iterable[bytes]) -> None:
    beside = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        _write(beside, parts)
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)
        file.flush()
        if path.is_file():
            os.fsync(file.fileno())
