"""Names -> actors: whom a name acts for, with the reason in words; what stays open is kept as such, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jitsuroku.actors.back import Told, meant_by
from jitsuroku.actors.home import home_of, speaks_for_itself
from jitsuroku.actors.joint import issuers
from jitsuroku.actors.who import FORMER, Book, Known, as_people, people_of
from jitsuroku.contract import fold_page
from jitsuroku.records import Actor, Actors, Ambiguity, Document, Listed, Name, Page, Row, Sentence, World

# Words that point back to nobody in particular are no question worth asking.
SILENT = ("#counted", "#same-body", "#bare-office", "#bare-organ", "#own-state", "#own-group")
STATE_ORGANS = frozenset({"ministry", "military", "agency"})


def resolve(
    page: Page, document: Document, sentences: tuple[Sentence, ...], mentions: tuple[Name, ...], world: World
) -> Actors:
    """Settle every name of a page. ``mentions`` are its names in page order."""
    home, text = home_of(page, document, world), fold_page(page.text)
    book = people_of(page, sentences, mentions, world, home, None if speaks_for_itself(document) else document.anchor)
    listed = world.listed
    # In a transcript 「我が国」 is the state of whoever speaks.
    speaking = issuers(document, sentences, mentions, world)
    in_turns = document.genre.value == "transcript"
    actors: list[Actor] = []
    open_: list[Ambiguity] = []
    for name in mentions:
        found: Actor | Ambiguity | None = None
        if name.what == "person":
            _of_same_state(name, book.meant[name.start, name.end], actors, text)
            found = _person(name, book.meant[name.start, name.end], listed.sectors)
        elif name.what in ("state", "organisation"):
            found = None if _is_of_another(name, actors, text, home.state, listed) else _body(name)
        elif name.what == "reference" and not (in_turns and name.rule.endswith("#own-state")):
            found = meant_by(name, Told(text, sentences, tuple(actors), listed.organisations, home, speaking))
            if found is None and not name.rule.endswith(SILENT):
                found = Ambiguity(name.start, name.end, (), name.rule)
        if isinstance(found, Ambiguity):
            open_.append(found)
        elif found is not None:
            actors.append(found)
    return Actors(
        actors=tuple(actors),
        people=as_people(book),
        states=_states(text, actors, mentions, listed),
        organisations=_organisations(mentions, book, listed),
        unresolved=tuple(open_),
    )


def _of_same_state(name: Name, meant: tuple[Known, ...], actors: list[Actor], text: str) -> None:
    """「同国の|ノルム国防相」: the minister of the state that 同国 means."""
    if len(meant) != 1 or meant[0].country is not None or not actors:
        return
    before = actors[-1]
    if before.what == "reference" and not before.person and text[before.start : name.start] == "同国の":
        meant[0].written = before.codes[0] if len(before.codes) == 1 else None


def _person(name: Name, meant: tuple[Known, ...], acting: Mapping[str, tuple[str, str]]) -> Actor | Ambiguity:
    if len(meant) > 1:
        return Ambiguity(name.start, name.end, tuple(sorted(k.name for k in meant)), name.rule)
    known = meant[0]
    country, office = known.country, known.office
    sector, acts = acting.get(office or "", ("", "state" if known.keys else "self"))
    acts = "state" if not sector and known.keys else acts
    former = name.rule.endswith(FORMER) or known.former
    of_organisation = country is not None and not re.fullmatch("[A-Z]{3}", country)
    for_it = country is not None and not former and (acts == "state" or of_organisation)
    codes = (country,) if for_it and country else (known.name,)
    reason = f"{office or 'listed person'} of {country}" if for_it else f"{known.name} speaks for no state known here"
    return Actor(name.start, name.end, "person", codes, known.name, office, sector or None, name.rule, reason)


def _is_of_another(name: Name, actors: list[Actor], text: str, owner: str | None, listed: Listed) -> bool:
    """「ペルー|国会|は」: a word that is one state's own parliament by itself is another's where the page names only others."""
    row = listed.organisations.get(name.rule)
    if row is None or row["kind"] != "agency" or name.text not in listed.organs:
        return False
    before = [a for a in actors if a.what in ("state", "person") and a.codes and a.codes[0] in listed.states]
    if before and text[before[-1].end : name.start] in ("", "の"):
        return before[-1].codes != (row["acts_for"],)
    return bool(before) and owner != row["acts_for"] and all(row["acts_for"] not in a.codes for a in before)


def _body(name: Name) -> Actor:
    sector = "MED" if name.office == "outlet" else None
    return Actor(name.start, name.end, name.what, name.candidates, None, None, sector, name.rule, f"named: {name.text}")


def _states(text: str, actors: Iterable[Actor], mentions: tuple[Name, ...], listed: Listed) -> tuple[str, ...]:
    """The states that the body names: by themselves, through who acts for them, or in the name of one of their organs.

    A state of the past is not named by its people: 毛沢東 and フルシチョフ name no Soviet Union.
    """
    found: dict[int, str] = {}
    for actor in actors:
        for code in actor.codes:
            named = actor.what == "state" or (actor.what == "person" and code not in listed.past)
            if actor.what == "organisation":
                named = text[actor.start : actor.end].startswith(listed.states.get(code, ()))
            if named and code in listed.states:
                found.setdefault(actor.start, code)
    for name in mentions:
        if name.country in listed.states:
            found.setdefault(name.start, str(name.country))
    return tuple(dict.fromkeys(code for _, code in sorted(found.items())))


def _organisations(mentions: tuple[Name, ...], book: Book, listed: Listed) -> tuple[str, ...]:
    """The organisations that the body names: the codebook's codes, all others as the page names them most fully."""
    rows, coded = listed.organisations, listed.coded
    written: dict[str, list[str]] = {}
    for name in mentions:
        if name.what == "organisation":
            row = rows.get(name.rule)
            if row is None or not _is_organ(name, row, listed):
                written.setdefault(row["code"] if row else name.text, []).append(name.text)
        elif name.country in coded:
            written.setdefault(str(name.country), [])
    for known in book.people:
        if known.country in coded:
            written.setdefault(str(known.country), [])
    return tuple(dict.fromkeys(c if c in coded or c in forms else max(forms, key=len) for c, forms in written.items()))


def _is_organ(name: Name, row: Row, listed: Listed) -> bool:
    """Whether a body is a part of a state that its code stands for: a ministry, a force, a parliament; or no body."""
    if row["kind"] == "bloc":
        return not row["code"].isascii()
    if row["kind"] not in STATE_ORGANS or not row["acts_for"]:
        return False
    if row["kind"] != "agency":
        return True
    own = next(
        (n for n in sorted(listed.states.get(row["acts_for"], ()), key=len, reverse=True) if name.text.startswith(n)),
        "",
    )
    return name.text.removeprefix(own).removeprefix("の") in listed.organs
