"""The links around some records: everything that is compared with them, and the groups they belong to, whole."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from jitsuroku.contract import with_id
from jitsuroku.linking.contradictions import contradictions, denial, flags_of
from jitsuroku.linking.copies import Copied, chosen, copied
from jitsuroku.linking.grouping import settled
from jitsuroku.linking.instalments import another_part, certain, part_of
from jitsuroku.linking.keys import keys_of, most_holders, partners
from jitsuroku.linking.pairs import compare, score_of
from jitsuroku.linking.parts import may_be_within, wholes, within
from jitsuroku.linking.plans import fulfilled, holding, moved, stopped
from jitsuroku.linking.promises import turned, went_on
from jitsuroku.linking.types import Knowledge, Match, Profile, Text
from jitsuroku.records import Flag, Link

T = TypeVar("T")
Item = Profile | Text
Fetched = Callable[[str], Item]
Beside = Callable[[str], Iterable[str]]
PLANNED = "planned"
SAME = {"event": "same-event", "statement": "same-statement", "commitment": "same-commitment"}


@dataclass(slots=True)
class _Web:
    """What was found on the way from the keys: the records and what holds between two of them."""

    items: dict[str, Item] = field(default_factory=dict)
    same: dict[tuple[str, str], Match] = field(default_factory=dict)
    held: dict[tuple[str, str], Match] = field(default_factory=dict)
    moved: dict[tuple[str, str], Match] = field(default_factory=dict)
    denied: dict[tuple[str, str], Match] = field(default_factory=dict)
    later: dict[tuple[str, str], tuple[str, Match]] = field(default_factory=dict)
    parts: dict[tuple[str, str], Match] = field(default_factory=dict)
    copied: dict[tuple[str, str], Copied] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that something joins, all links between them, and a flag on both sides of every contradiction."""

    records: frozenset[str]
    links: tuple[Link, ...]
    flags: tuple[Flag, ...]


def links_of(items: Iterable[Item], knowledge: Knowledge) -> tuple[Link, ...]:
    """All links of a set of records, by id."""
    known = list(items)
    blocks: dict[str, list[str]] = {}
    for item in known:
        for key in keys_of(item, knowledge):
            blocks.setdefault(key, []).append(item.id)
    small = {key: block for key, block in blocks.items() if len(block) <= most_holders(key)}
    by_id = {each.id: each for each in known}

    def beside(id: str) -> Iterator[str]:
        for key in dict.fromkeys(partner for own in keys_of(by_id[id], knowledge) for partner in partners(own)):
            yield from small.get(key, ())

    groups = groups_around(by_id, by_id.__getitem__, beside, knowledge)
    return tuple(sorted((link for group in groups for link in group.links), key=lambda link: link.id))


def groups_around(changed: Iterable[str], item: Fetched, beside: Beside, knowledge: Knowledge) -> Iterator[Group]:
    """The groups of the records that are new or may have lost a partner, whole, with all their links now.

    ``item`` gives the record of an id, ``beside`` the ids of those that have a partner of one of its keys, keys left out that more
    have than ``most_holders``. What a group holds depends on the records alone, so looking around new ones gives the same
    as looking at everything.
    """
    seen: set[str] = set()
    for id in changed:
        if id in seen:
            continue
        if any(other not in seen and other != id for other in beside(id)):
            web = _web(item(id), item, beside, seen, knowledge)
            seen.update(web.items)
            yield _group(web, knowledge)
        else:
            # Nothing to compare it with, so it need not be made.
            seen.add(id)
            yield Group(frozenset({id}), (), ())


def _group(web: _Web, k: Knowledge) -> Group:
    links = tuple(sorted(_links(web, k), key=lambda link: link.id))
    flags = (flag for link in links if link.link == "contradicts" for flag in flags_of(link, web.items))
    return Group(frozenset(web.items), links, tuple(sorted(flags, key=lambda flag: flag.id)))


def _web(first: Item, fetched: Fetched, beside: Beside, seen: Container[str], k: Knowledge) -> _Web:
    web, waiting = _Web(), [first]
    while waiting:
        item = waiting.pop()
        if item.id not in web.items:
            web.items[item.id] = item
            waiting += _reached(item, fetched, beside, seen, web, k)
    return web


def _reached(
    item: Item, fetched: Fetched, beside: Beside, seen: Container[str], web: _Web, k: Knowledge
) -> Iterator[Item]:
    """The records that something joins to this one; with those looked at before, it was compared then: what belongs to
    another group is joined to nothing here, or it would be in this one."""
    for id in dict.fromkeys(beside(item.id)):
        if id in web.items or id in seen:
            continue
        other = fetched(id)
        one, then = (item, other) if item.id < id else (other, item)
        if _joined(one, then, web, k):
            yield other


def _joined(one: Item, other: Item, web: _Web, k: Knowledge) -> bool:
    """Note what holds between two records, ``one`` before ``other`` by id; says whether anything does."""
    pair = (one.id, other.id)
    if isinstance(one, Text) and isinstance(other, Text):
        return _noted(web.copied, pair, copied(one, other))
    if isinstance(one, Text) or isinstance(other, Text) or one.kind != other.kind:
        return False
    if may_be_within(one, other) and _noted(web.parts, pair, within(one, other, k) or within(other, one, k)):
        return True
    if one.document == other.document:
        return False
    if one.kind == "commitment":
        return _promised(one, other, web, k)
    same = _noted(web.same, pair, compare(one, other, k))
    if one.kind != "event":
        return same
    states = {one.state, other.state}
    if states == {PLANNED}:
        return _noted(web.moved, pair, moved(one, other, k) or moved(other, one, k)) or same
    if PLANNED in states and _noted(web.moved, pair, stopped(one, other, k) or stopped(other, one, k)):
        return True
    if PLANNED in states:
        return _noted(web.held, pair, holding(one, other, k) or holding(other, one, k))
    return _noted(web.denied, pair, denial(one, other, k)) if len(states) > 1 else same


def _promised(one: Profile, other: Profile, web: _Web, k: Knowledge) -> bool:
    """A promise that a later page keeps, in part or whole, changes or revokes is told from one that it tells again."""
    pair = (one.id, other.id)
    if _noted(web.later, pair, went_on(one, other, k) or part_of(one, other, k)):
        return True
    same = compare(one, other, k)
    denied = None if same else turned(one, other, k)
    if not (same or denied) or another_part(one, other):
        return False
    return _noted(web.same, pair, same) or _noted(web.denied, pair, denied)


def _noted(known: dict[tuple[str, str], T], pair: tuple[str, str], found: T | None) -> bool:
    if found is not None:
        known[pair] = found
    return found is not None


def _links(web: _Web, k: Knowledge) -> Iterator[Link]:
    profiles = {id: item for id, item in web.items.items() if isinstance(item, Profile)}
    groups = settled(web.same.values(), profiles, k)
    yield from (_link(SAME[profiles[m.left].kind], m) for m in groups)
    yield from (_link("fulfils", m) for m in fulfilled(web.held.values(), profiles))
    yield from (_link("supersedes", m) for m in web.moved.values())
    yield from (_link("part-of", m) for m in wholes(web.parts.values(), profiles))
    yield from (_link(kind, m) for kind, m in certain(web.later.values(), groups))
    for found in chosen(list(web.copied.values())):
        yield _made("copy", found.copy, found.original, found.part, found.reasons)
    yield from (_link("contradicts", m) for m in web.denied.values())
    for left, right, reasons in contradictions(groups, profiles, k):
        yield _made("contradicts", left, right, 1.0, reasons)


def _link(kind: str, match: Match) -> Link:
    return _made(kind, match.left, match.right, score_of(match.points), match.reasons)


def _made(kind: str, left: str, right: str, score: float, reasons: tuple[str, ...]) -> Link:
    return with_id(Link("", kind, left, right, score, reasons))
