"""Page -> Document: what is headline, body and junk, and what the page says of itself.

Offsets stay those of the page; nothing is cut out, every block keeps the rule that kept or dropped it.
"""

from __future__ import annotations

from jitsuroku.clean.blocks import blocks_of
from jitsuroku.clean.genre import genre_of
from jitsuroku.clean.headline import (
    bylines_of,
    metadata_day,
    origin_of,
    outlet_of,
    printed_days,
    source_days,
    title_found,
    title_of,
)
from jitsuroku.clean.lines import lines_of
from jitsuroku.clean.printed import all_dates
from jitsuroku.contract import fold
from jitsuroku.records import Document, Found, Page

__all__ = ["clean"]


def clean(page: Page) -> Document:
    """Take a page apart. A pure function of the page."""
    folded = fold(page.text)
    lines = lines_of(page, folded)
    title = title_of(page, lines)
    blocks = blocks_of(page, lines, title)
    printed, updated = printed_days(lines, blocks)
    published = printed or metadata_day(page)
    body = "\n".join(folded[b.start : b.end] for b in blocks if b.kept)
    anchor, rule = _anchor(published, source_days(lines, blocks), body)
    return Document(
        blocks=blocks,
        title=title_found(page, title),
        bylines=bylines_of(lines, blocks),
        outlet=outlet_of(page, lines, title),
        origin=origin_of(page, lines),
        published=published,
        published_basis=("printed" if printed else "metadata" if published else "inferred" if anchor else None),
        updated=updated,
        anchor=anchor,
        anchor_rule=rule,
        genre=genre_of(page, folded),
    )


def _anchor(published: Found | None, sources: list[str], body: str) -> tuple[str | None, str | None]:
    """The day against which 「16日」 and 「今年」 are read, and why: never today, never a guess without words."""
    if published is not None:
        return published.value, published.rule
    if sources:
        return max(sources), "clean/anchor#latest-source"
    days = all_dates(body)
    return (max(days), "clean/anchor#latest-day-in-text") if days else (None, None)
