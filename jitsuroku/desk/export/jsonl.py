"""The export: one JSON object a line, the same bytes for the same pages."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from jitsuroku.store import Store


def export_lines(store: Store, *, with_pages: bool = False, all_versions: bool = False) -> Iterator[str]:
    """The lines in order, without line ends. ``with_pages`` adds ``page``, the text as received, to documents.

    Sorted by document source, kind, start of the evidence and id; kinds without a document last, by kind and id.
    """
    for line, page in store.lines(newest=not all_versions):
        yield (
            f'{line[:-1]},"page":{json.dumps(page, ensure_ascii=False)}}}' if with_pages and page is not None else line
        )


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines, given without line ends, to a file, as ``write_text`` does."""
    write_text(path, (f"{line}\n" for line in lines))


def write_text(path: Path, parts: Iterable[str]) -> None:
    """Write the parts to a file that is whole or not there: a temporary file beside it, then renamed.

    Raises OSError when that is not possible; the old file then stays.
    """
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_mask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
