"""What people decided across pages, applied where links are shown: links rejected, records of two pages joined.

Links are made anew whenever their pages change, and get other ids then. So a judgement on a link finds it by its two
ends, each of which is found again as ``attach`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jitsuroku.contract import with_id
from jitsuroku.desk.judging.attach import Subject, find, subjects
from jitsuroku.desk.judging.meetings import is_of_meeting, series_judged, target_of, teller_subjects
from jitsuroku.desk.judging.state import in_effect
from jitsuroku.records import Judgement, Link, Record
from jitsuroku.store import Store

LINK = "link"
SAME = "same-"
# A person's word counts as much as everything that can speak for a link.
CERTAIN = 1.0
REMEMBERED = 2_000
Pair = tuple[str, frozenset[str]]


def is_across(judgement: Judgement) -> bool:
    """Whether it is about a link, or joins records of different pages."""
    if judgement.document is not None or is_of_meeting(judgement):
        return False
    return judgement.target.startswith(LINK) or judgement.judgement == "merge"


def ends_of(store: Store, judgement: Judgement) -> tuple[Record, ...] | None:
    """The records that a judgement across pages is about, as they are read now; None when one is gone."""
    told = [s for s in subjects(judgement) if not s.id.startswith(LINK)]
    found = [record_now(store, subject) for subject in told]
    ends = tuple(record for record in found if record is not None)
    return ends if len(ends) == len(found) > 1 else None


def record_now(store: Store, subject: Subject) -> Record | None:
    """The record itself, else the one on the newest version of its page that a judgement on it would find."""
    try:
        return store.by_id(subject.id)
    except KeyError:
        versions = store.versions(subject.line.get("document") or subject.id)
        records = store.as_read(versions[-1]) if versions else ()
        return find([subject], records).get(subject)


def meeting_now(store: Store, judgement: Judgement) -> Record | None:
    """The meeting that a judgement is about, as it is read now; None when nothing that told of it is left."""
    told = {s.id: now.id for s in teller_subjects(judgement)[0] if (now := record_now(store, s)) is not None}
    id = target_of(store.meetings_told(series_judged(judgement)).items(), told)
    return store.by_id(id) if id is not None else None


@dataclass(frozen=True, slots=True)
class ShownLinks:
    """The links and records of a store as people judged them; ``by_id`` gives a record as it is shown, or raises KeyError."""

    store: Store
    hidden: frozenset[str]
    rejected: frozenset[Pair]
    joined: tuple[Link, ...]
    by_id: Callable[[str], Record]

    def links(self) -> Iterator[Link]:
        """All links that are shown."""
        made = (link for link in self.store.links() if self._is_shown(link))
        yield from sorted({link.id: link for link in (*made, *self.joined)}.values(), key=lambda link: link.id)

    def links_of(self, record: str) -> tuple[Link, ...]:
        """Those with an end at a record."""
        made = [link for link in self.store.links_of(record) if self._is_shown(link)]
        return (*made, *(link for link in self.joined if record in (link.left, link.right)))

    def _is_shown(self, link: Link) -> bool:
        ends = frozenset((link.left, link.right))
        return (link.link, ends) not in self.rejected and not ends & self.hidden


def shown_links(store: Store) -> ShownLinks:
    """What people decided on the links of a store as it is now."""
    rejected: set[Pair] = set()
    joined: dict[frozenset[str], Link] = {}
    hidden = store.hidden()
    for judgement in filter(is_across, in_effect(store.judgements())):
        ends = ends_of(store, judgement)
        if ends is None or {end.id for end in ends} & hidden:
            continue
        if judgement.judgement == "merge":
            for link in _joins(judgement, ends):
                joined[frozenset((link.left, link.right))] = link
        else:
            _verdict(rejected, judgement, ends)
    return ShownLinks(store, hidden, frozenset(rejected), tuple(joined.values()), store.shown_by_id)


def remembering(shown: ShownLinks) -> ShownLinks:
    """The same for whoever asks for many records while none changes: those asked for last are at hand."""
    return replace(shown, by_id=lru_cache(maxsize=REMEMBERED)(shown.by_id))


def _verdict(rejected: set[Pair], judgement: Judgement, ends: tuple[Record, ...]) -> None:
    line: Any = subjects(judgement)[0].line
    pair = (line["link"], frozenset(end.id for end in ends))
    if judgement.judgement == "reject":
        rejected.add(pair)
    else:
        rejected.discard(pair)


def _joins(judgement: Judgement, ends: tuple[Record, ...]) -> Iterator[Link]:
    first, *others = ends
    reason = f"{judgement.by}: {judgement.reason or 'the same'}"
    for other in others:
        left, right = sorted((first.id, other.id))
        yield with_id(Link("", SAME + first.kind, left, right, CERTAIN, (reason,)))
