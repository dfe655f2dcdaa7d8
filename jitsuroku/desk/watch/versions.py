"""A corrected page beside the version before: which records are gone, which are new, which of other pages that touches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jitsuroku.contract import dumps
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.lines import line_of
from jitsuroku.records import DocumentRecord, Record
from jitsuroku.store import Store, Where

# What a reader asks about; names and flags follow from it.
COMPARED = ("event", "statement", "reading", "commitment", "figure")
# Where a record stands and what it is called changes with every version; what it says need not.
CALLED = re.compile(r'"([a-z]+)[0-9a-f]{16}"')
PLACED = re.compile(r'"(?:evidence|more|rule)":.*', re.S)


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that a correction touches, and how: gone, new, or told or copied by another page."""

    how: str
    record: str
    line: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """``kept`` are the ids of records that say what the version before said."""

    kept: frozenset[str]
    touched: tuple[Touched, ...]


def corrected(store: Store, page: DocumentRecord) -> Corrected:
    """What a page's new version says otherwise than the one it replaces."""
    then, now = (_said(store.records(_all_of(id))) for id in (page.replaces or "", page.id))
    kept = frozenset(record.id for said in then.keys() & now.keys() for record in now[said])
    gone = [Touched("gone", r.id, line_of(r)) for said in then if said not in now for r in then[said]]
    new = [Touched("new", r.id, line_of(r)) for said in now if said not in then for r in now[said]]
    return Corrected(kept, (*gone, *new, *_elsewhere(store, page, [touched.record for touched in new])))


def _all_of(document: str) -> Where:
    return Where(kinds=COMPARED, document=document, newest=False)


def _said(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Records by what they say, wherever they stand and whatever they are called."""
    found: dict[str, list[Record]] = {}
    for record in records:
        said = PLACED.sub("", CALLED.sub(r'"\1"', dumps(record)))
        found.setdefault(said, []).append(record)
    return found


def _elsewhere(store: Store, page: DocumentRecord, new: list[str]) -> Iterator[Touched]:
    """Copies of the page, and what other pages tell of the same; none of it private."""
    private, links = store.private_documents(), shown_links(store)
    for link in links.links_of(page.id):
        if link.link == "copy" and link.right == page.id and link.left not in private:
            yield Touched("copied by", link.left, line_of(store.by_id(link.left)))
    for id in new:
        for link in links.links_of(id):
            other = store.by_id(link.right if link.left == id else link.left)
            if getattr(other, "document", "") not in private:
                yield Touched(link.link, other.id, line_of(other))
