"""How many sources that do not draw on one another: copies, and pages that name one origin, count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jitsuroku.contract import fold
from jitsuroku.linking.types import Told
from jitsuroku.records import DocumentRecord, Statement


def independent(
    pages: Sequence[DocumentRecord], copies: Iterable[tuple[str, str]], members: Sequence[Told] = ()
) -> tuple[str, ...]:
    """One name for each independent source of the pages: its origin, outlet or file.

    ``copies`` are pairs of document ids (copy, original); ``members`` the records at hand: where every record of a page
    stands on one named source, that source is the page's origin for them.
    """
    roots = _roots(pages, copies)
    names = {page.id: _name(page, members) for page in pages}
    outlets = {fold(page.outlet): names[page.id] for page in pages if page.outlet}
    found = {outlets.get(fold(names[root]), names[root]) if root in names else root for root in roots}
    return tuple(sorted(found))


def _roots(pages: Sequence[DocumentRecord], copies: Iterable[tuple[str, str]]) -> list[str]:
    """For every page the page that its text comes from; of two copies of a page that is not here, the first."""
    original = dict(copies)
    first: dict[str, str] = {}
    here = {page.id for page in pages}
    roots = []
    for page in pages:
        end, seen = page.id, {page.id}
        while original.get(end, end) not in seen:
            end = original[end]
            seen.add(end)
        roots.append(end if end in here else first.setdefault(end, page.id))
    return roots


def _name(page: DocumentRecord, members: Sequence[Told]) -> str:
    vias = {member.via for member in members if member.document == page.id and not isinstance(member, Statement)}
    if len(vias) == 1 and len(via := vias.pop()) == 1:
        return via[0]
    return page.origin or page.outlet or page.source


def descent(document: str, copies: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The documents from which a document's text comes, the nearest first."""
    original = dict(copies)
    line: list[str] = []
    while (document := original.get(document, "")) and document not in line:
        line.append(document)
    return tuple(line)
