"""Full-text search: the documents that hold the words of a query, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.records import Block, DocumentRecord, Page, Record
from jitsuroku.store.access import Access
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


# So many of the pages that came last are ranked; of words that more have, the others are not looked at.
RANKED = 20_000
# So many of the best are looked up at first.
LOOKED_UP = 500
FAR = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
BEST = (
    "SELECT d.id FROM (SELECT rowid AS number, bm25(search) AS score FROM search WHERE search MATCH ? AND rowid > ? "
    "ORDER BY score LIMIT ?) s JOIN documents d ON d.number = s.number WHERE d.newest >= ? ORDER BY s.score, d.source, d.id"
)


class FoundPages(Access):
    """The part of the store that searches."""

    def page(self, document: str) -> Page:
        """The page as received."""
        raise NotImplementedError

    def blocks(self, document: str) -> tuple[Block, ...]:
        """The blocks of a page."""
        raise NotImplementedError

    def records(self, where: Where) -> Iterator[Record]:
        """The records asked for."""
        raise NotImplementedError

    def search(self, query: str, *, newest: bool = True, limit: int = 20) -> Iterator[Hit]:
        """Documents whose title or body holds every term of the query, best first, at most ``limit``."""
        for document in self._candidates(query, newest):
            if limit <= 0:
                return
            hit = self.hit(document, query)
            if hit.places:
                limit -= 1
                yield hit

    def _candidates(self, query: str, newest: bool) -> Iterator[str]:
        if isinstance(self.path, Server):
            question = on_server(query, newest, RANKED)
            return (row[0] for row in self._rows(*question)) if question else iter(())
        expression = match_expression(query)
        return iter(()) if expression is None else self._in_file(expression, newest)

    def _in_file(self, expression: str, newest: bool) -> Iterator[str]:
        found = next(self._rows(FAR, (expression, RANKED)), None)
        far = found[0] if found else 0
        looked = [row[0] for row in self._rows(BEST, (expression, far, LOOKED_UP, int(newest)))]
        yield from looked
        known = set(looked)
        yield from (row[0] for row in self._rows(BEST, (expression, far, -1, int(newest))) if row[0] not in known)

    def hit(self, document: str, query: str) -> Hit:
        """A document with the places of the words in what was read of it."""
        page = self.page(document)
        own = next(self.records(Where(kinds=("document",), document=document, newest=False)))
        assert isinstance(own, DocumentRecord)
        read = [(b.start, b.end) for b in self.blocks(document) if b.kept or b.role == "headline"]
        found = [p for p in places(page.text, query) if any(s <= p[0] and p[1] <= e for s, e in read)]
        return Hit(own, page, tuple(found))
