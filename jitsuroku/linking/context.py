"""What a page tells around an act: the meetings on it, so that what was said and agreed there can be recognised elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from jitsuroku.linking.days import iso, span_of
from jitsuroku.linking.types import Knowledge, Profile
from jitsuroku.records import DocumentRecord, Event, Person, Record

ACTUAL = "actual"
# A meeting of more days or parties is no single occasion.
MOST_DAYS, MOST_PARTIES = 2, 6


def occasions_of(records: Iterable[Record], page: DocumentRecord, k: Knowledge) -> frozenset[str]:
    """The meetings that a page tells of, each as its day and two of its parties, or its day and its format."""
    found: set[str] = set()
    for record in records:
        if isinstance(record, Event) and record.type in k.symmetric and record.status == ACTUAL:
            found.update(_occasions(record, page, k))
    return frozenset(found)


def _occasions(event: Event, page: DocumentRecord, k: Knowledge) -> Iterator[str]:
    span = span_of(event.date)
    if span is None or span[1] - span[0] > MOST_DAYS:
        return
    parties = {*event.actor, *event.recipient}
    if len(parties) < 2:
        parties |= countries_in(event.evidence.text, page, k)
    formats = {code for code in (*parties, event.framework) if code in k.members}
    pairs = combinations(sorted(parties), 2) if len(parties) <= MOST_PARTIES else ()
    names = [*formats, *("|".join(pair) for pair in pairs)]
    yield from (f"{iso(day)}|{name}" for day in range(span[0], span[1] + 1) for name in names)


def countries_in(words: str, page: DocumentRecord, k: Knowledge) -> set[str]:
    """The states that are named in words, by their own name or by a person's who acts for them."""
    found = {k.country_codes[name] for name in k.countries.findall(words)}
    return found | {person.country for person in people_in(words, page) if person.country}


def people_in(words: str, page: DocumentRecord) -> list[Person]:
    """The people of a page whose names stand in words."""
    return [person for person in page.people if any(form in words for form in (person.name, *person.forms))]


def shared_occasion(a: Profile, b: Profile, k: Knowledge) -> str | None:
    """The meeting of which both pages tell, where the two acts may have been part of it."""
    for occasion in sorted(a.occasions & b.occasions):
        day, *parties = occasion.split("|")
        there = frozenset(parties).union(*(k.members.get(party, frozenset()) for party in parties))
        if (a.parties | b.parties) & there and all(_that_day(p, day) for p in (a, b)):
            return f"{' and '.join(parties)} on {day}"
    return None


def _that_day(p: Profile, day: str) -> bool:
    span = span_of(day)
    if span is None or p.first is None or p.last is None:
        return False
    return p.first <= span[1] and span[0] <= p.last
