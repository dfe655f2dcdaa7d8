"""Whose words a joint text holds: 「我々は」 in the statement of a format means its members, in that of two states both."""

from __future__ import annotations

from jitsuroku.contract import fold
from jitsuroku.records import Document, Name, Sentence, World

JOINT = "joint-statement"
# How many sentences may tell who speaks, and between how many.
OPENING, TWO = 3, 2
# Those that many statements speak of and that put out none like this.
SPOKEN_OF = frozenset({"UN", "GSOUTH", "WTO"})


def issuers(
    document: Document, sentences: tuple[Sentence, ...], mentions: tuple[Name, ...], world: World
) -> tuple[str, ...]:
    """The format whose statement the page is by its title or its first sentence, else the two states that the first
    sentences name; nobody where the page is no joint text or leaves it open."""
    if document.genre.value != JOINT or not sentences:
        return ()
    title = fold(document.title.value) if document.title and document.title.value else ""
    first = [n for n in mentions if n.end <= sentences[0].end]
    for named in (_in_title(title, world), [c for n in first if (c := _format_of(n, world))]):
        if named:
            return (named[0],)
    end = sentences[min(OPENING, len(sentences)) - 1].end
    states = dict.fromkeys(c for n in mentions if n.end <= end and (c := _state_of(n, world)))
    return tuple(states) if len(states) == TWO else ()


def _in_title(title: str, world: World) -> list[str]:
    """The formats that a title names, the first first: 「|G7|外相声明」."""
    found: list[tuple[int, str]] = []
    for row in world.listed.organisations.values():
        if row["code"] in world.blocs - SPOKEN_OF:
            at = [title.find(fold(form)) for form in (row["code"], row["name_ja"], *row.list("forms"))]
            found += [(min(a for a in at if a >= 0), row["code"])] if max(at) >= 0 else []
    return [code for _, code in sorted(found)]


def _format_of(name: Name, world: World) -> str | None:
    row = world.listed.organisations.get(name.rule) if name.what == "organisation" else None
    return row["code"] if row is not None and row["code"] in world.blocs - SPOKEN_OF else None


def _state_of(name: Name, world: World) -> str | None:
    code = name.candidates[0] if name.what == "state" and len(name.candidates) == 1 else name.country
    return code if code in world.listed.states else None
