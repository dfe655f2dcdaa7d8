"""A page that prints no day, but tells of a summit whose day is known: its month is then the page's anchor.

「23日、カザンで開かれたBRICS首脳会議は…」 can only be the meeting of October 2024 (world/meetings.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from jitsuroku.contract import fold, fold_page
from jitsuroku.records import Document, Occasion, Page, Sentence, World

RULE = "mentions/occasions#world/meetings.tsv"
SUMMIT = re.compile(r"首脳会(?:議|合|談)|サミット")
DAY = re.compile(r"(?<![\d月])(\d{1,2})日(?!間|本|後|前|以内)")
MONTH = len("2024-10")
# A page may tell of the eve of a meeting or of the day after.
AROUND = timedelta(days=1)


def anchored(page: Page, document: Document, sentences: tuple[Sentence, ...], world: World) -> Document:
    """The document with an anchor from the one known meeting its sentences tell of, where the page gives none.

    A summit counts where one sentence names its series, its place and a day of the month on which it was held.
    """
    if document.anchor is not None:
        return document
    text = fold_page(page.text)
    told = [words for s in sentences if SUMMIT.search(words := text[s.start : s.end])]
    held = [(words, meeting) for words in told for meeting in world.occasions if meeting.place in words]
    found = {day[:MONTH] for words, meeting in held if (day := _told_day(words, meeting))}
    if len(found) != 1:
        return document
    month = found.pop()
    return replace(document, anchor=month, anchor_rule=RULE, published_basis=document.published_basis or "inferred")


def occasions_of(world: World) -> tuple[Occasion, ...]:
    """The meetings of world/meetings.tsv whose place is known, with all names of their series."""
    return tuple(_occasions(world))


def _occasions(world: World) -> Iterator[Occasion]:
    forms: dict[str, set[str]] = {}
    for row in world.tables["organisations"].rows:
        forms.setdefault(row["code"], set()).update(fold(f) for f in (row["name_ja"], row["code"], *row.list("forms")))
    for row in world.tables["meetings"].rows:
        if row["place"]:
            first, _, last = row["date"].partition("/")
            names = tuple(sorted(forms.get(row["series"], {row["series"]})))
            yield Occasion(names, fold(row["place"]), first, last or first)


def _told_day(sentence: str, meeting: Occasion) -> str | None:
    """The day of a meeting that a sentence with its place tells of, ISO; the last where it tells several."""
    if not any(name in sentence for name in meeting.names):
        return None
    first, last = date.fromisoformat(meeting.first), date.fromisoformat(meeting.last)
    span = [first - AROUND + timedelta(days=i) for i in range((last - first + 2 * AROUND).days + 1)]
    days = {day.day: day.isoformat() for day in span}
    told = [int(m[1]) for m in DAY.finditer(sentence)]
    return days[told[-1]] if told and all(day in days for day in told) else None
