"""Two records side by side: may they be one, and what speaks for it. Points, so that every reason can be read."""

from __future__ import annotations

from jitsuroku.linking.against import apart
from jitsuroku.linking.points import COMMITMENT, EVENT, STATEMENT
from jitsuroku.linking.sides import plans_to_meet
from jitsuroku.linking.types import Knowledge, Match, Profile

MEETING, PLAN, ACT, SAYING, PROMISE = 7, 8, 9, 8, 7
FULL = 16


def enough(left: Profile, right: Profile, k: Knowledge) -> int:
    """The points that make two records of this kind one."""
    if left.kind == "event":
        return MEETING if left.type in k.symmetric else PLAN if plans_to_meet(left, right) else ACT
    return SAYING if left.kind == "statement" else PROMISE


def compare(left: Profile, right: Profile, k: Knowledge) -> Match | None:
    """What speaks for the two being one; None when something speaks against it or too little for it."""
    if apart(left, right, k) is not None:
        return None
    features = {"event": EVENT, "statement": STATEMENT, "commitment": COMMITMENT}[left.kind]
    points = [point for feature in features for point in feature(left, right, k)]
    total = sum(n for n, _ in points)
    if total < enough(left, right, k):
        return None
    return Match(left.id, right.id, total, tuple(f"{reason} ({n:+})" for n, reason in points))


def score_of(points: int) -> float:
    """Points as a number from 0 to 1."""
    return round(min(points, FULL) / FULL, 2)
