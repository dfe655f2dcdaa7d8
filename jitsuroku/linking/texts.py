"""A document -> its text as it is compared."""

from __future__ import annotations

import re
from functools import lru_cache

from jitsuroku.contract import fold
from jitsuroku.linking.days import span_of
from jitsuroku.linking.types import Knowledge, Text
from jitsuroku.linking.words import pieces_of, squeezed
from jitsuroku.records import DocumentRecord

PIECE, TEXTS = 8, 400
TRANSLATION = "translation"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LATIN = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z]+)*")


def text_of(document: DocumentRecord, k: Knowledge) -> Text:
    """The body in pieces, with what a translation has in common with its original."""
    body = squeezed(document.text)
    return Text(
        id=document.id,
        source=document.source,
        document=document,
        body=body,
        translated=document.genre == TRANSLATION,
        names=names_in(document, k),
        figures=figures_in(document.text),
    )


@lru_cache(maxsize=TEXTS)
def pieces_in(body: str) -> frozenset[str]:
    """A body cut into overlapping pieces. They take a hundred times the room of the body, so only those of the texts that
    were compared last are kept, and of most texts none are made: nothing is like them."""
    return pieces_of(body, PIECE)


def page_day(page: DocumentRecord) -> int | None:
    """The day that the page itself carries."""
    span = span_of(page.published) or span_of(page.anchor)
    return span[0] if span and span[1] - span[0] <= 1 else None


def names_in(document: DocumentRecord, k: Knowledge) -> frozenset[str]:
    """The surnames in Latin letters of the listed people of a page; of a page that is not read, of those in its words."""
    if document.people:
        forms = (form for person in document.people for form in (person.name, *person.forms))
        return frozenset(k.people[form] for form in forms if form in k.people)
    return frozenset(word.lower() for word in LATIN.findall(document.text)) & k.surnames


def figures_in(text: str) -> frozenset[str]:
    """The numbers of a text as they stand in it, without commas; single digits are none."""
    found = (number.replace(",", "").rstrip(".") for number in NUMBER.findall(fold(text)))
    return frozenset(number for number in found if len(number) > 1)
