"""The open file, or the connection to a server, on which every part of the store stands: questions and transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store.opening import DAMAGED, in_plain_words, sign
from jitsuroku.store.problem import StoreError
from jitsuroku.store.restore import restore


class Access:
    """Questions and transactions. ``patience``: seconds to wait while another process writes."""

    _db: Any
    _leaving: bool
    path: Path | str
    patience: float

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction: all of it or nothing. Raises StoreError."""
        with in_plain_words(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                sign(self.path)
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Reads inside see one state of the store, whatever others write meanwhile."""
        with in_plain_words(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("COMMIT")

    def _rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        with in_plain_words(self.path):
            yield from self._db.execute(query, values)

    def _row(self, query: str, values: Sequence[Any] = ()) -> Any:
        with in_plain_words(self.path):
            return self._db.execute(query, values).fetchone()

    def _restored(self, line: str) -> Record:
        try:
            found = restore(line)
        except ValueError as problem:
            raise StoreError(f"{self.path}: {DAMAGED} ({problem})") from problem
        if self._leaving and isinstance(found, DocumentRecord) and found.copies_of:
            seen = (id for id in found.copies_of if self._row("SELECT 1 FROM documents WHERE id = ?", (id,)))
            return replace(found, copies_of=tuple(seen))
        return found
