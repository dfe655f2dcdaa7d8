"""Search: pages by the words in them and by what is known of them, narrowed by facets with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from jitsuroku.contract import quote
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.rows import Found
from jitsuroku.desk.show import found_values
from jitsuroku.desk.web.asking import A_PAGE, Asked, Shown, Wrong, table_of
from jitsuroku.desk.web.claims import NOBODY
from jitsuroku.desk.web.lists import Facet, facet_of
from jitsuroku.records import DocumentRecord
from jitsuroku.store import Outline, Sought

# So many pages are counted at most.
MOST_PAGES = 200
# What may be asked of a page beside its words, as the address has it, with the field of the question.
FIELDS = {
    "title": "title",
    "party": "party",
    "person": "person",
    "source": "source",
    "type": "genre",
    "language": "language",
    "year": "year",
}
COLUMNS = ("source", "title", "published", "words", "start", "end")


def search(asked: Asked) -> Shown:
    """Pages that hold every word of ``?q=``, and have what ``?title=``, ``party``, ``person``, ``source`` and so on say."""
    sought = _sought(asked)
    asks = sought != Sought()
    try:
        found = asked.desk.store.catalogued(sought, MOST_PAGES) if asks else None
    except ValueError as problem:
        raise Wrong(str(problem)) from problem
    pages, cut = (found.pages, found.cut) if found else ((), False)
    start = asked.start()
    facets = list(_facets(asked, pages))
    shows = {
        "sought": sought,
        "asks": asks,
        "found": [_found(asked, page, sought) for page in pages[start : start + A_PAGE]],
        "facets": facets,
        "total": len(pages),
        "cut": cut,
        "start": start,
        "step": A_PAGE,
    }

    def of_programs() -> list[Found]:
        return [_found(asked, page, sought) for page in pages]

    def values() -> Any:
        counts = {facet.name: dict(facet.values) for facet in facets}
        return {"total": len(pages), "at_least": cut, "facets": counts, "pages": found_values(of_programs())}

    return Shown("search.html", shows, values, lambda: table_of(COLUMNS, list(_rows(of_programs()))))


def _sought(asked: Asked) -> Sought:
    given = {field: asked.query.get(name, "").strip() for name, field in FIELDS.items()}
    given["party"] = code_for(given["party"])
    return Sought(words=asked.query.get("q", "").strip(), **given, **asked.between())


def _found(asked: Asked, page: Outline, sought: Sought) -> Found:
    """A page with the places of the words that were asked for."""
    words = f"{sought.words} {sought.title}".strip()
    if not words:
        record = asked.desk.record(page.id)
        assert isinstance(record, DocumentRecord)
        return Found(record, ())
    hit = asked.desk.store.hit(page.id, words)
    return Found(hit.document, tuple(quote(hit.page, *place) for place in hit.places))


def _facets(asked: Asked, pages: Sequence[Outline]) -> Iterator[Facet]:
    """What the pages can be narrowed by, each value with the number of pages that have it."""
    store, ids = asked.desk.store, [page.id for page in pages]
    more = asked.query.get("more")
    counts = {
        "party": {code: n for code, n in store.parties_on(ids).items() if code not in NOBODY},
        "person": store.people_on(ids),
        "type": Counter(page.genre for page in pages if page.genre),
        "source": Counter(page.source for page in pages),
        "year": Counter(page.published[:4] for page in pages if page.published),
        "language": Counter(page.language for page in pages if page.language),
    }
    for name, numbers in counts.items():
        chosen = asked.query.get(name, "").strip() or None
        if chosen or len(numbers) > 1:
            yield facet_of(name, numbers, code_for(chosen) if chosen and name == "party" else chosen, more)


def _rows(found: Sequence[Found]) -> Iterator[list[Any]]:
    for each in found:
        about = [each.document.source, each.document.title, each.document.published]
        for e in each.evidence:
            yield [*about, e.text, e.start, e.end]
        if not each.evidence:
            yield [*about, None, None, None]
