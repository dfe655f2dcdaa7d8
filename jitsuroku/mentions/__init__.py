"""Sentences -> everything named, dated, priced and counted, with its span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from jitsuroku.mentions.dates import date_finder
from jitsuroku.mentions.gazetteer import index_of, offices_of
from jitsuroku.mentions.money import money_finder
from jitsuroku.mentions.names import find_names
from jitsuroku.mentions.occasions import anchored, occasions_of
from jitsuroku.mentions.quantities import quantity_finder
from jitsuroku.mentions.words import patterns_of
from jitsuroku.records import Date, Finders, Language, Mentions, Page, Section, Sentence, World

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
        finders={name: _finders(world, language) for name, language in languages},
    )


def _finders(world: World, language: Language) -> Finders:
    tables = language.tables
    return Finders(dates=date_finder(tables), money=money_finder(world, tables), quantities=quantity_finder(tables))


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
    finders = world.finders[language.code]
    return Mentions(
        names=find_names(page, sentences, language, world),
        dates=tuple(_dates(page, sentences, finders, anchor, sections)),
        money=finders.money(page.text, sentences),
        quantities=finders.quantities(page.text, sentences),
    )


def _dates(
    page: Page, sentences: tuple[Sentence, ...], finders: Finders, anchor: str | None, sections: tuple[Section, ...]
) -> Iterator[Date]:
    """The dates of each section apart, so that 同日 and 「17日」 never point into another section."""
    starts = [section.start for section in sections]
    for at, run in groupby(sentences, lambda s: bisect_right(starts, s.start)):
        its = sections[at - 1].anchor if at else anchor
        yield from finders.dates(page.text, tuple(run), its)
