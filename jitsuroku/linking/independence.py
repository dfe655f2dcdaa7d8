"""How many sources that do not draw on one another: copies, and pages that name one origin, count once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jitsuroku.contract import fold
from jitsuroku.linking.types import Told
from jitsuroku.records import DocumentRecord, Statement


def independent(
    pages: Sequence[DocumentRecord], originals: Mapping[str, str], members: Sequence[Told] = ()
) -> tuple[str, ...]:
    """One name for each independent source of the pages: its origin, outlet or file.

    ``originals`` names the document that a copy comes from, by ids; ``members`` the records at hand: where every record of a page
    stands on one named source, that source is the page's origin for them.
    """
    roots = _roots(pages, originals)
    names = {page.id: _name(page, members) for page in pages}
    outlets = {fold(page.outlet): names[page.id] for page in pages if page.outlet}
    found = {outlets.get(fold(names[root]), names[root]) if root in names else root for root in roots}
    return tuple(sorted(found))


def _roots(pages: Sequence[DocumentRecord], originals: Mapping[str, str]) -> list[str]:
    """For every page the page that its text comes from; of two copies of a page that is not here, the first."""
    first: dict[str, str] = {}
    here = {page.id for page in pages}
    roots = []
    for page in pages:
        end, seen = page.id, {page.id}
        while originals.get(end, end) not in seen:
            end = originals[end]
            seen.add(end)
        roots.append(end if end in here else first.setdefault(end, page.id))
    return roots


def _name(page: DocumentRecord, members: Sequence[Told]) -> str:
    vias = {member.via for member in members if member.document == page.id and not isinstance(member, Statement)}
    if len(vias) == 1 and len(via := vias.pop()) == 1:
        return via[0]
    return page.origin or page.outlet or page.source


def originals_of(pages: Iterable[DocumentRecord]) -> dict[str, str]:
    """The document that each copy among the pages comes from, by ids."""
    return {page.id: original for page in pages for original in page.copies_of}


def descent(document: str, originals: Mapping[str, str]) -> tuple[str, ...]:
    """The documents from which a document's text comes, the nearest first."""
    line: list[str] = []
    while (document := originals.get(document, "")) and document not in line:
        line.append(document)
    return tuple(line)
