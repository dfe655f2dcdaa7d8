"""A plan and its holding are two events: the holding fulfils the plan, a later plan supersedes an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jitsuroku.linking.against import apart
from jitsuroku.linking.days import iso
from jitsuroku.linking.points import EVENT
from jitsuroku.linking.profiles import AHEAD
from jitsuroku.linking.sides import PLANNED, announced, day_gap, shared_names
from jitsuroku.linking.types import Knowledge, Match, Profile

# A plan without a day needs more than the same people: they meet again and again.
HELD, HELD_SOME_DAY, MOVED = 8, 10, 7
LONGEST_MOVE = 60
ACTUAL = "actual"


def holding(plan: Profile, held: Profile, k: Knowledge) -> Match | None:
    """The match of a plan (right) with the meeting that fulfils it (left), or None."""
    if plan.state != "planned" or held.state != "actual" or k.plans.get(held.type) != plan.type:
        return None
    if held.type not in k.symmetric or not plan.meets:
        return None
    ahead = _ahead(plan)
    if day_gap(ahead, held) != 0 or _told_after(plan, ahead, held):
        return None
    as_held = replace(ahead, type=held.type, family=held.family, state=held.state)
    if apart(as_held, held, k) is not None:
        return None
    points = [point for feature in EVENT for point in feature(as_held, held, k)]
    return _matched(held, plan, points, HELD if as_held.dated else HELD_SOME_DAY)


def moved(first: Profile, then: Profile, k: Knowledge) -> Match | None:
    """The match of a plan (right) with the later plan (left) that gives the same meeting another day, or None."""
    both = (first, then)
    if any(p.state != "planned" or not p.precise or not p.meets for p in both) or first.type != then.type:
        return None
    gap = day_gap(first, then)
    if first.told is None or then.told is None or then.told <= first.told or (first.last or 0) < then.told:
        return None
    if not gap or gap > LONGEST_MOVE:
        return None
    here = replace(first, first=then.first, last=then.last, type="", family="", state="")
    there = replace(then, type="", family="", state="")
    if apart(here, there, k) is not None:
        return None
    points = [point for feature in EVENT[:2] + EVENT[3:] for point in feature(here, there, k)]
    told = (0, f"planned for {iso(first.first or 0)}, later for {iso(then.first or 0)}")
    return _matched(then, first, [*points, told], MOVED)


def stopped(stop: Profile, plan: Profile, k: Knowledge) -> Match | None:
    """The match of a plan to meet (right) with the news that it is put off or called off (left), or None."""
    if plan.state != PLANNED or stop.state != ACTUAL or not stop.stops or not plan.meets:
        return None
    if plan.told is None or stop.told is None or not 0 <= stop.told - plan.told <= LONGEST_MOVE:
        return None
    if not announced(plan) and (plan.last is None or plan.last < stop.told - 1):
        return None
    sides = plan.parties <= stop.parties | stop.named
    people = shared_names(plan.people, stop.people | stop.people_named)
    if not sides or not people:
        return None
    told = (
        f"the plan of {' '.join(sorted(plan.parties))} is put off or called off",
        f"the same people {' '.join(people)}",
    )
    return Match(stop.id, plan.id, MOVED, told)


def _told_after(plan: Profile, ahead: Profile, held: Profile) -> bool:
    """Whether the plan was told when the meeting was over; a plan without a day is of a later day than its page."""
    if plan.told is None or held.first is None or held.last is None:
        return not plan.dated
    return plan.told > held.last + 1 if ahead.dated else plan.told >= held.first


def _ahead(plan: Profile) -> Profile:
    """The plan as of days that lie ahead: a date no later than its page is the day on which it was made."""
    if plan.told is None or plan.last is None or plan.last > plan.told:
        return plan
    return replace(plan, first=plan.told, last=plan.told + AHEAD, dated=False)


def _matched(left: Profile, right: Profile, points: list[tuple[int, str]], least: int) -> Match | None:
    total = sum(n for n, _ in points)
    reasons = tuple(f"{reason} ({n:+})" for n, reason in points)
    return Match(left.id, right.id, total, reasons) if total >= least else None


def fulfilled(found: Iterable[Match], items: Mapping[str, Profile]) -> list[Match]:
    """For every plan the one meeting that fulfils it best; equally good ones on other days leave it open."""
    by_plan: dict[str, list[Match]] = {}
    for match in found:
        by_plan.setdefault(match.right, []).append(match)
    kept = []
    for plan in sorted(by_plan):
        best, *others = sorted(by_plan[plan], key=lambda m: (-m.points, m.left))
        rivals = [m for m in others if m.points >= best.points - 1]
        if all(day_gap(items[m.left], items[best.left]) == 0 for m in rivals):
            kept.append(best)
    return kept
