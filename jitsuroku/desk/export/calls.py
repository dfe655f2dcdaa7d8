"""What a program or a command does to take the record elsewhere."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from jitsuroku.desk.export.jsonl import export_lines, write_lines
from jitsuroku.desk.judging.rates import fallen, lowered
from jitsuroku.records import Record
from jitsuroku.store import Store, Where

FilePath = str | PathLike[str]


class ExportingDesk:
    """The part of the desk that exports."""

    store: Store

    def _where(self, kinds: tuple[str, ...], page: str | None = None, all_versions: bool = False, **more: Any) -> Where:
        raise NotImplementedError

    def stream(self, kinds: Sequence[str], **more: Any) -> Generator[Record, None, None]:
        """As ``records``, in the order of the export whatever is asked, one after the other and never all at once."""
        where = self._where(tuple(kinds), **more)
        return lowered(self.store.stream(where), fallen(self.store) if where.judged else frozenset())

    def export(self, path: FilePath | None = None, **options: Any) -> str:
        """The export as JSON lines (docs/codebook.md), written to ``path`` too when one is given.

        ``with_pages``, ``all_versions``, ``judged``: as the options of ``jitsuroku export``.
        """
        lines = list(export_lines(self.store, **options))
        if path is not None:
            write_lines(Path(path), lines)
        return "".join(f"{line}\n" for line in lines)
