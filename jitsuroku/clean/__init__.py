"""Page -> Document: what is headline, body and junk, and what the page says of itself.

Offsets stay those of the page; nothing is cut out, every block keeps the rule that kept or dropped it.
"""

from __future__ import annotations

from jitsuroku.clean.blocks import blocks_of
from jitsuroku.clean.bylines import bylines_of
from jitsuroku.clean.days import days_of
from jitsuroku.clean.genre import genre_of
from jitsuroku.clean.headline import title_found, title_of
from jitsuroku.clean.injected import injected_in
from jitsuroku.clean.length import bounded
from jitsuroku.clean.lines import lines_of
from jitsuroku.clean.masthead import origin_of, outlet_of
from jitsuroku.clean.notes import notes_of
from jitsuroku.clean.sections import sections_of
from jitsuroku.contract import fold_page
from jitsuroku.records import Document, Page

__all__ = ["clean"]


def clean(page: Page) -> Document:
    """Take a page apart. A pure function of the page."""
    folded = fold_page(page.text)
    lines = lines_of(page, folded)
    title = title_of(page, lines)
    blocks = blocks_of(lines, title)
    days = days_of(page, folded, lines, blocks)
    outlet = outlet_of(page, lines, blocks, title)
    genre, signs = genre_of(page, lines, blocks)
    injected = injected_in(folded, blocks)
    within = bounded(page.text, blocks)
    return Document(
        blocks=within,
        title=title_found(page, title),
        bylines=bylines_of(page, lines, blocks),
        outlet=outlet,
        origin=origin_of(page, folded, lines, blocks, outlet),
        published=days.published,
        published_basis=days.basis,
        updated=days.updated,
        anchor=days.anchor,
        anchor_rule=days.anchor_rule,
        genre=genre,
        sections=sections_of(lines, blocks, days.published),
        injected=injected,
        notes=(*signs, *notes_of(page, within, injected)),
    )
