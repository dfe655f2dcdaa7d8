"""Which pages carry another page's text, whole or in part, and which of the two was first."""

from __future__ import annotations

from dataclasses import dataclass

from jitsuroku.contract import fold
from jitsuroku.linking.days import iso
from jitsuroku.linking.texts import page_day, pieces_in
from jitsuroku.linking.translations import translated
from jitsuroku.linking.types import Text
from jitsuroku.records import DocumentRecord

# Of the shorter text. Part of a text is a copy only when the page says where it comes from, or when much of it is.
WHOLE, MUCH, PART = 0.6, 0.45, 0.25
LEAST, LEAST_PART = 60, 120
UNKNOWN = 10**7
# Of so many marks of the shorter text one is shared.
MARKS = 8


@dataclass(frozen=True, slots=True)
class Copied:
    """The page that copies, the page it copies, the shared part of the shorter text, and why."""

    copy: str
    original: str
    part: float
    reasons: tuple[str, ...]


def may_be_copied(shared: int, marks: int, others: int) -> bool:
    """Whether two texts with so many marks each, so many of them ``shared``, may have a part in common that counts: a
    quarter of a text in one piece holds an eighth of its marks or more."""
    return shared * MARKS >= min(marks, others) - MARKS + 1


def copied(left: Text, right: Text) -> Copied | None:
    """Whether one page carries the other's text, in its own language or translated; None when what they share is too little."""
    return _carried(left, right) or _translated(left, right)


def _translated(left: Text, right: Text) -> Copied | None:
    for copy, original in ((left, right), (right, left)):
        if found := translated(copy, original):
            return Copied(copy.id, original.id, found[0], (found[1],))
    return None


def _carried(left: Text, right: Text) -> Copied | None:
    one, other = pieces_in(left.body), pieces_in(right.body)
    shared, least = len(one & other), min(len(one), len(other))
    part = shared / max(1, least)
    if shared < LEAST or part < PART:
        return None
    named = names_source(left, right) or names_source(right, left)
    if (part < MUCH and not named) or (part < WHOLE and shared < LEAST_PART):
        return None
    original, copy = sorted((left, right), key=lambda t: (names_source(t, right if t is left else left), age(t)))
    short = len(pieces_in(copy.body)) == least
    told = f"{part:.0%} of the {'copy' if short else 'original'}'s text stands word for word in the other"
    return Copied(copy.id, original.id, round(part, 2), (told, *_order(copy, original)))


def _order(copy: Text, original: Text) -> tuple[str, ...]:
    if names_source(copy, original):
        return (f"names its source: {copy.document.origin}",)
    first, then = printed_day(original.document), printed_day(copy.document)
    if first is not None and then is not None and first < then:
        return (f"the other was published earlier: {iso(first)}, {iso(then)}",)
    return ("which of the two was first is not known; the fuller text is taken for the original",)


def names_source(page: Text, other: Text) -> bool:
    """Whether a page names the other's outlet or address as where it comes from."""
    origin = fold(page.document.origin or "")
    names = (fold(other.document.outlet or ""), other.document.address or "")
    return any(len(name) > 1 and name in origin for name in names)


def printed_day(document: DocumentRecord) -> int | None:
    """The day that a page gives as its own; a day inferred from its story says nothing of who was first."""
    return page_day(document) if document.published_basis in ("printed", "metadata") else None


def age(text: Text) -> tuple[int, bool, int, str, str]:
    """Orders pages: who was first comes first; without a day, what names no origin and holds more text."""
    day = printed_day(text.document)
    document = text.document
    return UNKNOWN if day is None else day, document.origin is not None, -len(text.body), text.source, text.id


def chosen(found: list[Copied]) -> list[Copied]:
    """For every copy the one original that it shares most with, so that ten copies of a story point at the story."""
    best: dict[str, Copied] = {}
    copies = {each.copy for each in found}
    for each in found:
        rank = (each.original in copies, -each.part, each.original)
        known = best.get(each.copy)
        if known is None or rank < (known.original in copies, -known.part, known.original):
            best[each.copy] = each
    return [best[copy] for copy in sorted(best)]
