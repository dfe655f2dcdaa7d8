"""Sentences -> everything named, dated, priced and counted, with its span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from jitsuroku.mentions.dates import find_dates
from jitsuroku.mentions.gazetteer import index_of, offices_of
from jitsuroku.mentions.money import find_money
from jitsuroku.mentions.names import find_names
from jitsuroku.mentions.occasions import anchored, occasions_of
from jitsuroku.mentions.quantities import find_quantities
from jitsuroku.mentions.words import patterns_of
from jitsuroku.records import Date, Language, Mentions, Page, Section, Sentence, World

__all__ = ["anchored", "find_mentions", "indexed"]


def indexed(world: World) -> World:
    """The world with the indexes that names are found in.

    Raises lexicon.TableError when a language's table of words about names is broken.
    """
    languages = world.languages.items()
    return replace(
        world,
        gazetteer=index_of(world),
        occasions=occasions_of(world),
        offices={name: offices_of(language) for name, language in languages},
        patterns={name: patterns_of(language, world.abbreviations) for name, language in languages},
    )


def find_mentions(
    page: Page,
    sentences: tuple[Sentence, ...],
    language: Language,
    world: World,
    anchor: str | None,
    sections: tuple[Section, ...] = (),
) -> Mentions:
    """The names, dates, amounts and counts of the body, each in page order.

    ``anchor`` is the page's day, ISO; the sentences of a section are read against the section's own.
    """
    return Mentions(
        names=find_names(page, sentences, language, world),
        dates=tuple(_dates(page, sentences, language, anchor, sections)),
        money=find_money(page.text, sentences, world, language.tables),
        quantities=find_quantities(page.text, sentences, language.tables),
    )


def _dates(
    page: Page, sentences: tuple[Sentence, ...], language: Language, anchor: str | None, sections: tuple[Section, ...]
) -> Iterator[Date]:
    """The dates of each section apart, so that 同日 and 「17日」 never point into another section."""
    starts = [section.start for section in sections]
    for at, run in groupby(sentences, lambda s: bisect_right(starts, s.start)):
        its = sections[at - 1].anchor if at else anchor
        yield from find_dates(page.text, tuple(run), its, language.tables)
