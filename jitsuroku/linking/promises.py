"""Promises from page to page: kept, changed, revoked, or told the other way round."""

from __future__ import annotations

from decimal import Decimal

from jitsuroku.linking.against import LONGEST_MEMORY
from jitsuroku.linking.amounts import amounts_in, digits
from jitsuroku.linking.days import iso
from jitsuroku.linking.points import SOON
from jitsuroku.linking.profiles import alike
from jitsuroku.linking.sides import agreeing, meet
from jitsuroku.linking.types import Knowledge, Match, Profile
from jitsuroku.linking.words import folded, share
from jitsuroku.records import Commitment

FULFILS, SUPERSEDES = "fulfils", "supersedes"
KEPT, ENDED = frozenset({"delivering", "delivered"}), frozenset({"suspended", "cancelled"})
OPEN = frozenset({"considered", "pledged", "signed"})
# Points for the directions: sides 2, sums 4, and what makes it one promise.
TURNED, SURE = 7, 8


def went_on(one: Profile, other: Profile, k: Knowledge) -> tuple[str, Match] | None:
    """How a later page goes on with a promise: fulfils or supersedes, the later one left; None where it does not.

    Pages of the same days tell one story; a promise is kept, changed or revoked later.
    """
    if one.told is None or other.told is None or not SOON < abs(one.told - other.told) <= LONGEST_MEMORY:
        return None
    before, then = sorted((one, other), key=lambda p: p.told or 0)
    if not same_sides(before, then, k) or _commitment(before).stage not in OPEN:
        return None
    stage = _commitment(then).stage
    if stage in KEPT | ENDED and _same_thing(before, then):
        kind = FULFILS if stage in KEPT else SUPERSEDES
        return kind, _match(then, before, f"{_commitment(before).stage}, later {stage}")
    if stage in OPEN and (told := _changed(before, then, k)):
        return SUPERSEDES, _match(then, before, told)
    return None


def turned(one: Profile, other: Profile, k: Knowledge) -> Match | None:
    """The same sum in the other direction: one page has receive who gives on the other."""
    if not (one.left & other.right and one.right & other.left) or one.left & other.left:
        return None
    if one.told is None or other.told is None or abs(one.told - other.told) > LONGEST_MEMORY:
        return None
    sums = agreeing(one, other)
    if not sums:
        return None
    points = 6 + (abs(one.told - other.told) <= SOON) + any(digits(x.value) > 1 for x in sums)
    points += len(one.terms & other.terms) > 1
    reason = f"direction: {_direction(one)} / {_direction(other)}"
    return Match(one.id, other.id, points, (reason,)) if points > TURNED else None


def _commitment(item: Profile) -> Commitment:
    assert isinstance(item.record, Commitment)
    return item.record


def same_sides(a: Profile, b: Profile, k: Knowledge) -> bool:
    """Who gives is named on both pages, and whom it is for does not differ."""
    return meet(a.left, b.left, k) and (meet(a.right, b.right, k) if a.right or b.right else not a.amounts)


def _same_thing(a: Profile, b: Profile) -> bool:
    return bool(agreeing(a, b)) if a.amounts or b.amounts else alike(a, b)


def _changed(before: Profile, then: Profile, k: Knowledge) -> str | None:
    """「支援を3億ドルから5億ドルに増額する」: the words say that a sum is changed, and name the old one or the same thing."""
    words = then.record.evidence.text
    units = {x.unit for x in before.amounts if x.money} & {x.unit for x in then.amounts}
    if not units or agreeing(before, then) or not any(word in folded(words) for word in k.changes):
        return None
    around = amounts_in(then.record.evidence.prefix + words, k)
    named = any(x.value == y.value for x in around for y in before.amounts)
    same = _commitment(before).sector is not None and _commitment(before).sector == _commitment(then).sector
    if not named and not (same and share(before.terms, then.terms) > 0):
        return None
    old, new = (next(x for x in p.amounts if x.unit in units) for p in (before, then))
    return f"{_shown(old.value)} {old.unit}, later {_shown(new.value)} {new.unit}"


def _shown(value: Decimal) -> str:
    return f"{value:,}"


def _match(then: Profile, before: Profile, told: str) -> Match:
    days = f"told on {iso(before.told or 0)} and {iso(then.told or 0)}"
    return Match(then.id, before.id, SURE, (told, days))


def _direction(item: Profile) -> str:
    return f"{' '.join(sorted(item.left))} -> {' '.join(sorted(item.right))}"
