"""Which page is the translation of another: it says that it is one, and names, figures and days agree."""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.linking.days import iso
from jitsuroku.linking.texts import page_day
from jitsuroku.linking.types import Text
from jitsuroku.linking.words import share

# So long after its original a translation is looked for.
DAYS = 3
NAMES, NAMES_PART, FIGURES, FIGURES_PART = 2, 0.75, 3, 0.6
# One short surname (Li, Kim) tells nobody from others.
TELLING = 4


def keys_of_translation(text: Text) -> Iterator[str]:
    """Keys by which a translation finds its original: who is named, and the days before it."""
    day = page_day(text.document)
    if day is None or not (text.translated or not text.document.people):
        return
    days = range(day - DAYS, day + 1) if text.translated else (day,)
    for name in sorted(text.names):
        if len(name) >= TELLING:
            yield from (f"tongue|{name}|{iso(each)}" for each in days)


def translated(copy: Text, original: Text) -> tuple[float, str] | None:
    """The part of the figures that agrees, and why one page is the other's translation; None when it is not."""
    if not copy.translated or original.translated or copy.document.language == original.document.language:
        return None
    names, figures = copy.names & original.names, copy.figures & original.figures
    telling = any(len(name) >= TELLING for name in names)
    if len(names) < NAMES or not telling or share(copy.names, original.names) < NAMES_PART:
        return None
    part = share(copy.figures, original.figures)
    if len(figures) < FIGURES or part < FIGURES_PART:
        return None
    told = (
        f"says that it is a translation; names {' '.join(sorted(names))} and figures {' '.join(sorted(figures))} agree"
    )
    return round(part, 2), told
