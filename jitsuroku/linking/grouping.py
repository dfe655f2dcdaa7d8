"""From pairs that may be one to groups that hold: best pairs first, nothing joined that has something against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jitsuroku.linking.against import apart
from jitsuroku.linking.sides import day_gap
from jitsuroku.linking.types import Knowledge, Match, Profile

MARGIN = 2
# Accounts of so many words each that have none in common are not of one act.
UNLIKE = 2


def settled(matches: Iterable[Match], items: Mapping[str, Profile], k: Knowledge) -> list[Match]:
    """The matches that make the groups: n - 1 for a group of n. They depend on the set of matches alone."""
    matches = list(matches)
    known = {frozenset((m.left, m.right)) for m in matches}
    groups: dict[str, set[str]] = {}
    kept = []
    clear = _clear(sorted(matches, key=lambda m: (-m.points, m.left, m.right)), items)
    for match in clear:
        left, right = (groups.setdefault(id, {id}) for id in (match.left, match.right))
        if left is right or any(_apart(items[a], items[b], known, k) for a in left for b in right):
            continue
        left |= right
        groups.update(dict.fromkeys(right, left))
        kept.append(match)
    return kept


def _apart(a: Profile, b: Profile, known: set[frozenset[str]], k: Knowledge) -> bool:
    """Whether two members of one group cannot be one; acts that nothing joins directly must have a word in common."""
    if frozenset((a.id, b.id)) in known:
        return apart(a, b, k) is not None
    unlike = min(len(a.terms), len(b.terms)) >= UNLIKE and not a.terms & b.terms and a.type not in k.symmetric
    return unlike or apart(a, b, k) is not None


def _clear(matches: list[Match], items: Mapping[str, Profile]) -> list[Match]:
    """Without the matches of records that say no day and fit events of different days about equally well."""
    fits: dict[str, list[tuple[int, str]]] = {}
    for match in matches:
        for one, other in ((match.left, match.right), (match.right, match.left)):
            if not items[one].precise:
                fits.setdefault(one, []).append((match.points, other))
    open_ones = {id for id, found in fits.items() if _is_open(found, items)}
    return [match for match in matches if match.left not in open_ones and match.right not in open_ones]


def _is_open(found: list[tuple[int, str]], items: Mapping[str, Profile]) -> bool:
    best = items[found[0][1]]
    near = [items[id] for points, id in found if points >= found[0][0] - MARGIN]
    days = [item for item in near if item.precise]
    return any((day_gap(a, b) or 0) > 0 for a in days for b in (best, *days) if b.precise)
