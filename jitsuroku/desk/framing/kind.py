"""What kind of page this is, in one line, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jitsuroku.desk.framing.words import Place, place_of
from jitsuroku.desk.query import Desk
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import DocumentRecord, Row

NOTE = re.compile(r"genre \w[\w-]*: (?P<rule>\S+)(?: \((?P<words>.*)\))?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a page: genre, outlet, owner, origin, copy. ``because`` the rule, row or link that says so,
    ``place`` the words of the page where there are any."""

    what: str
    value: str | None
    because: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class PageKind:
    """What kind of page it is."""

    source: str
    line: str
    facts: tuple[Fact, ...]


def page_kind(desk: Desk, document: DocumentRecord) -> PageKind:
    """A page's kind from its genre, outlet, owner, origin and the pages it copies."""
    text = desk.store.page(document.id).text
    facts = (
        _genre(document, text),
        _named("outlet", document.outlet, document, text),
        _owner(document),
        *_origin(document, text),
        *(_copied(desk, id) for id in document.copies_of),
    )
    return PageKind(document.source, "; ".join(_told(fact) for fact in facts), facts)


def _genre(document: DocumentRecord, text: str) -> Fact:
    match = next(filter(None, (NOTE.fullmatch(note) for note in document.notes)), None)
    words = match["words"] if match else None
    return Fact("genre", document.genre, match["rule"] if match else "", _place(document, text, words))


def _named(what: str, name: str | None, document: DocumentRecord, text: str) -> Fact:
    place = _place(document, text, name)
    because = "printed on the page" if place else "metadata of the page" if name else "the page does not say"
    return Fact(what, name, because, place)


def _place(document: DocumentRecord, text: str, words: str | None) -> Place | None:
    at = text.find(words) if words else -1
    return place_of(document, text, at, at + len(words)) if words and at >= 0 else None


def _owner(document: DocumentRecord) -> Fact:
    if document.owner:
        return Fact("owner", document.owner, "the page", None)
    row = _outlets().get(document.outlet or "")
    if row is not None and row["acts_for"]:
        return Fact("owner", f"state-owned or official, {row['acts_for']}", row.rule, None)
    return Fact("owner", None, "neither the page nor world/organisations.tsv tells", None)


def _origin(document: DocumentRecord, text: str) -> Iterator[Fact]:
    yield _named("origin", document.origin, document, text)
    for name, row in sorted(_outlets().items()):
        if document.origin and row["acts_for"] and len(name) > 1 and name in document.origin:
            value = f"{name}: state-owned or official, {row['acts_for']}"
            yield Fact("owner of the origin", value, row.rule, None)
            return


def _copied(desk: Desk, id: str) -> Fact:
    return Fact("copy", desk.document(id).source, f"a copy link to {id}", None)


@cache
def _outlets() -> dict[str, Row]:
    """The media of the tables by each of their names."""
    rows = [r for r in read_table(PACKAGE / "world" / "organisations.tsv").rows if r["kind"] == "media"]
    return {name: row for row in rows for name in (row["name_ja"], *row.list("forms"))}


def _told(fact: Fact) -> str:
    match fact.what:
        case "genre":
            return f"{fact.value} page" if fact.value != "unknown" else "page of unknown genre"
        case "outlet":
            return f"of {fact.value}" if fact.value else "of no named outlet"
        case "owner":
            return f"owner: {fact.value}" if fact.value else "owner not known"
        case "origin":
            return f"gives as its source: {fact.value}" if fact.value else "names no other source"
        case "copy":
            return f"copies {fact.value}"
        case _:
            return f"{fact.value}"
