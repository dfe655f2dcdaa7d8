"""Sentences -> everything named, dated, priced and counted, with its span."""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.mentions.dates import find_dates
from jitsuroku.mentions.gazetteer import index_of, offices_of
from jitsuroku.mentions.money import find_money
from jitsuroku.mentions.names import find_names
from jitsuroku.mentions.occasions import anchored, occasions_of
from jitsuroku.mentions.quantities import find_quantities
from jitsuroku.mentions.words import patterns_of
from jitsuroku.records import Language, Mentions, Page, Sentence, World

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
    page: Page, sentences: tuple[Sentence, ...], language: Language, world: World, anchor: str | None
) -> Mentions:
    """The names, dates, amounts and counts of the body, each in page order. ``anchor`` is the page's day, ISO."""
    return Mentions(
        names=find_names(page, sentences, language, world),
        dates=find_dates(page.text, sentences, anchor, language.tables),
        money=find_money(page.text, sentences, world, language.tables),
        quantities=find_quantities(page.text, sentences, language.tables),
    )
