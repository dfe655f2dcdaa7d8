"""Offices in a draft against those that the record gives the same people.

People whom world/ knows in the office are left to the check ``offices_not_held``, which knows the days.
"""

from __future__ import annotations

from collections.abc import Iterator

from jitsuroku.contract import quote
from jitsuroku.desk.draft.finding import AGREES, DIFFERS, Draft, Finding, Told, finding
from jitsuroku.desk.query import Desk
from jitsuroku.records import Evidence, Mention, Person

SHORTEST = 2
MOST_PAGES = 3


def offices(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """「モハメド首相」 where every page of the record that gives the person an office says 外相."""
    for person in draft.reading.actors.people:
        evidence = _written(draft, person)
        if evidence is None or _world_knows(draft, person):
            continue
        known = _known(desk, person)
        told = tuple(t for _, document in known[:MOST_PAGES] for t in _told(desk, document, person))
        held = sorted({office for office, _ in known})
        label = f"{person.name} {person.office}"
        if person.office in held:
            yield finding(evidence, "office", AGREES, f"{label}: as in the record", None, told)
        elif held:
            expected = ", ".join(held)
            yield finding(evidence, "office", DIFFERS, f"{label}; the record has {expected}", expected, told)


def _written(draft: Draft, person: Person) -> Evidence | None:
    """Where the draft writes the person with the office."""
    if person.office is None:
        return None
    forms = {person.name, *person.forms}
    for name in draft.reading.mentions.names:
        if name.what == "person" and name.office == person.office and name.text in forms:
            return quote(draft.reading.page, name.start, name.end)
    return None


def _world_knows(draft: Draft, person: Person) -> bool:
    forms = {person.name, *person.forms}
    keys = {key for key, row in draft.world.people.items() if forms & {row["name_ja"], *row.list("forms")}}
    held = draft.world.tables["offices"].rows
    return any(row["person"] in keys for row in held)


def _known(desk: Desk, person: Person) -> list[tuple[str, str]]:
    """Offices and pages of the person in the record: same name or form, and no other country."""
    forms = [f for f in dict.fromkeys((person.name, *person.forms)) if len(f) >= SHORTEST]
    rows = {row for form in forms for row in desk.store.people_called(form)}
    fits = (r for r in rows if r.office and (r.country is None or person.country in (None, r.country)))
    return sorted({(str(r.office), r.document) for r in fits})


def _told(desk: Desk, document: str, person: Person) -> Iterator[Told]:
    page = desk.document(document)
    forms = {person.name, *person.forms}
    for mention in desk.records(("mention",), page=document):
        if isinstance(mention, Mention) and mention.what == "person" and any(f in mention.as_written for f in forms):
            yield Told(page.source, page.published or page.anchor, mention.as_written, mention.id)
            return
