"""Full-text search: the documents that hold the words of a query, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jitsuroku.records import Block, DocumentRecord, Page, Record
from jitsuroku.store.filters import Where
from jitsuroku.store.postgres.address import Server
from jitsuroku.store.postgres.search import question as on_server
from jitsuroku.store.search import match_expression, places


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that a query found and where in its page the words stand."""

    document: DocumentRecord
    page: Page
    places: tuple[tuple[int, int], ...]


def in_file(query: str, newest: bool) -> tuple[str, list[Any]] | None:
    """The question for the documents that hold every term of a query, best first, with its values; None when it holds
    nothing to search for."""
    expression = match_expression(query)
    if expression is None:
        return None
    asked = (
        "SELECT d.id FROM search s JOIN documents d ON d.number = s.rowid "
        "WHERE search MATCH ? AND d.newest >= ? ORDER BY bm25(search), d.source, d.id"
    )
    return asked, [expression, int(newest)]


class FoundPages:
    """The part of the store that searches."""

    path: Path | str

    def page(self, document: str) -> Page:
        """The page as received."""
        raise NotImplementedError

    def blocks(self, document: str) -> tuple[Block, ...]:
        """The blocks of a page."""
        raise NotImplementedError

    def records(self, where: Where) -> Iterator[Record]:
        """The records asked for."""
        raise NotImplementedError

    def _rows(self, query: str, values: Any = ()) -> Iterator[Any]:
        raise NotImplementedError

    def search(self, query: str, *, newest: bool = True, limit: int = 20) -> Iterator[Hit]:
        """Documents whose title or body holds every term of the query, best first, at most ``limit``."""
        for document in self._candidates(query, newest):
            if limit <= 0:
                return
            hit = self._hit(document, query)
            if hit.places:
                limit -= 1
                yield hit

    def _candidates(self, query: str, newest: bool) -> Iterator[str]:
        asked = on_server if isinstance(self.path, Server) else in_file
        if (question := asked(query, newest)) is not None:
            yield from (row[0] for row in self._rows(*question))

    def _hit(self, document: str, query: str) -> Hit:
        page = self.page(document)
        own = next(self.records(Where(kinds=("document",), document=document, newest=False)))
        assert isinstance(own, DocumentRecord)
        read = [(b.start, b.end) for b in self.blocks(document) if b.kept or b.role == "headline"]
        found = [p for p in places(page.text, query) if any(s <= p[0] and p[1] <= e for s, e in read)]
        return Hit(own, page, tuple(found))
