"""A page's cleaning as people read it: what the page says of itself, then every line with its role and rule."""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.records import Document, Found, Page


def rendered(page: Page, document: Document) -> str:
    """The text of expected.txt."""
    return "\n".join((*_head(document), "", *_lines(page, document), "")).replace("\r", "")


def _head(document: Document) -> Iterator[str]:
    for name in ("title", "outlet", "origin", "published", "updated", "genre"):
        found: Found | None = getattr(document, name)
        yield f"{name}: {found.value}  ({found.rule})" if found else f"{name}: -"
    yield from (f"byline: {b.value}  ({b.rule})" for b in document.bylines)
    yield f"anchor: {document.anchor or '-'}  ({document.anchor_rule or 'nothing'}; {document.published_basis or '-'})"
    yield from (f"note: {note}" for note in document.notes)


def _lines(page: Page, document: Document) -> Iterator[str]:
    opened = {s.start: s for s in document.sections}
    for block in document.blocks:
        if section := opened.get(block.start):
            source = section.origin.value if section.origin else "-"
            yield f"--- section read against {section.anchor or 'no day'}  ({section.anchor_rule}; {source})"
        yield f"{'keep' if block.kept else 'drop'} {block.role:<9} {block.rule}"
        yield f"     {page.text[block.start : block.end]}"
