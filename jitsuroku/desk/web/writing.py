"""A record that a person adds: the words it stands on, found on the page exactly, and the fields to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.contract import quote
from jitsuroku.desk.judging.blank import USUAL
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.desk.query import NotFound
from jitsuroku.desk.web.asking import Asked, Missing, Shown, table_of
from jitsuroku.desk.web.fields import inputs

# The kinds that people add by hand; a flag is a finding of theirs, the rest what the page tells.
ADDED = ("event", "statement", "commitment", "figure", "reading", "flag")
MOST_PLACES, LONGEST_WORDS = 20, 5_000
PLACE = re.compile(r"[0-9]{1,9}")


def write(asked: Asked) -> Shown:
    """The form for a record on words of a page: first the words and the kind, then its fields."""
    try:
        document = asked.desk.document(asked.names["id"])
    except NotFound as problem:
        raise Missing(str(problem)) from problem
    page = asked.desk.store.page(document.id)
    words, kind = asked.query.get("words", ""), asked.query.get("kind", ADDED[0])
    ends = asked.query.get("start", ""), asked.query.get("end", "")
    chosen, found, told = None, [], ""
    if words.strip() or any(ends):
        try:
            chosen = place_of(page.text, words, *ends, document.source)
            found = list(places(page.text, page.text[slice(*chosen)]))
        except CannotJudge as problem:
            told = str(problem)
    shows = {
        "document": document,
        "kinds": ADDED,
        "kind": kind if kind in ADDED else ADDED[0],
        "words": words,
        "chosen": quote(page, *chosen) if chosen else None,
        "places": [quote(page, *place) for place in found if place != chosen],
        "inputs": inputs(kind, USUAL.get(kind, {})) if kind in ADDED else (),
        "told": told,
    }
    rows = [[start, end, page.text[start:end]] for start, end in found]
    values = {
        "document": document.id,
        "places": [dict(zip(("start", "end", "words"), row, strict=True)) for row in rows],
    }
    return Shown("write.html", shows, lambda: values, lambda: table_of(("start", "end", "words"), rows))


def place_of(text: str, words: str, start: str, end: str, source: str) -> tuple[int, int]:
    """Where the words stand: at the places given, else where they are found first. Raises CannotJudge."""
    if start or end:
        if not (PLACE.fullmatch(start) and PLACE.fullmatch(end) and int(start) < int(end) <= len(text)):
            raise CannotJudge(f"{source}: {start}-{end} is no place on the page, which has {len(text)} characters")
        first, last = int(start), int(end)
        if words.strip() and text[first:last].split() != words.split():
            raise CannotJudge(f"{source}: other words stand at {start}-{end}; select them again")
    else:
        first, last = next(places(text, words), (0, 0))
        if first == last:
            raise CannotJudge(f"{source}: these words do not stand on the page; copy them from it as they are")
    first, last = last - len(text[first:last].lstrip()), first + len(text[first:last].rstrip())
    if first >= last:
        raise CannotJudge(f"{source}: only spaces stand there; choose the words that say it")
    if last - first > LONGEST_WORDS:
        raise CannotJudge(f"{source}: more than {LONGEST_WORDS} characters; choose the sentence that says it")
    return first, last


def places(text: str, words: str, most: int = MOST_PLACES) -> Iterator[tuple[int, int]]:
    """Where the words stand on a page, at most so many places; spaces and line breaks count as the same."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if not pattern:
        return
    for number, match in enumerate(re.finditer(pattern, text)):
        if number == most:
            return
        yield match.span()


def nth_of(text: str, words: str, start: int) -> int:
    """The how-manieth place of the words on the page begins at ``start``."""
    number, at = 0, -1
    while at < start:
        at = text.find(words, at + 1)
        number += 1
    return number
