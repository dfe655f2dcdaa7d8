"""What two records have in common: parties and formats, people, days, sums. What joins them and what forbids it both ask."""

from __future__ import annotations

from datetime import date

from jitsuroku.linking.amounts import digits, rounded
from jitsuroku.linking.profiles import same_name
from jitsuroku.linking.types import Amount, Knowledge, Profile
from jitsuroku.linking.words import folded, squeezed

# From so many characters on, a plain name that stands in another is the same one told more closely (国民, 中国国民).
PLAIN_NAME = 2
STATE = 3
PLANNED = "planned"


def day_gap(a: Profile, b: Profile) -> int | None:
    """How many days lie between the two; 0 when they may be the same; None when one has no days at all."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def same_month_day(a: Profile, b: Profile) -> bool | None:
    """Whether 「11月15日」 without a year is the other's day; None where neither page leaves the year open."""
    if a.month_day is None and b.month_day is None:
        return None
    days = [each for p in (a, b) if (each := _month_days(p))]
    return bool(days[0] & days[1]) if len(days) == 2 else None


def _month_days(p: Profile) -> frozenset[tuple[int, int]]:
    if p.month_day is not None:
        return frozenset({p.month_day})
    if not p.precise or p.first is None or p.last is None:
        return frozenset()
    days = (date.fromordinal(day) for day in range(p.first, p.last + 1))
    return frozenset((day.month, day.day) for day in days)


def one_place(a: str, b: str, k: Knowledge) -> bool:
    """Whether one place lies within the other: パリ郊外 and パリ, 人民大会堂 and 北京."""
    left, right = ({folded(place), *(city for venue, city in k.venues if venue in folded(place))} for place in (a, b))
    return any(x in y or y in x for x in left for y in right)


def plans_to_meet(a: Profile, b: Profile) -> bool:
    """Whether both are plans of a meeting or a visit."""
    return a.state == b.state == PLANNED and a.meets and b.meets


def days_ahead(a: Profile, b: Profile, k: Knowledge) -> list[int]:
    """The days of the month that both name for one plan, where the date of one is only that of its announcement:
    「20日、大統領が26日から31日まで訪れると発表した」."""
    if not plans_to_meet(a, b) or not (announced(a) or announced(b)):
        return []
    return sorted(_planned_days(a) & _planned_days(b))


def announced(plan: Profile) -> bool:
    """Whether the date of a plan is the day on which it was told."""
    return plan.dated and plan.told is not None and plan.last is not None and plan.last <= plan.told


def _planned_days(plan: Profile) -> frozenset[int]:
    if not announced(plan):
        return plan.days_named | ({date.fromordinal(plan.first).day} if plan.precise and plan.first else set())
    told = {date.fromordinal(day).day for day in (plan.first, plan.told) if day is not None}
    return plan.days_named - told


def one_sided(a: Profile, b: Profile, k: Knowledge) -> bool:
    """Whether the sides are not told apart: in meetings held or planned, and in agreements that several parties reach."""
    together = any(len(p.left) > 1 and not p.right for p in (a, b))
    return a.type in k.symmetric or together or plans_to_meet(a, b)


def meet(one: frozenset[str], other: frozenset[str], k: Knowledge) -> bool:
    """Whether a party stands on both sides, as itself, as a member of a format or by a shorter plain name."""
    if one & other:
        return True
    formats = k.members.keys()
    if not (formats.isdisjoint(one) and formats.isdisjoint(other)) and (
        with_members(one, k) & other or one & with_members(other, k)
    ):
        return True
    # Codes are no plain names: that is told before any two are put beside each other.
    plain = not all(map(str.isascii, one)) or not all(map(str.isascii, other))
    return plain and any(_same_plain(a, b) for a in one for b in other)


def _same_plain(a: str, b: str) -> bool:
    short, long = sorted((folded(a), folded(b)), key=len)
    if long.isascii() or len(short) < PLAIN_NAME:
        return False
    return long.startswith(short) if short.isascii() else short in long


def written(a: Profile, b: Profile) -> bool:
    """Whether one page's words hold the plain name by which the other calls those acted on."""
    names = [(name, other) for p, other in ((a, b), (b, a)) for name in p.right if not name.isascii()]
    return any(len(name) >= PLAIN_NAME and squeezed(name) in other.words for name, other in names)


def with_members(codes: frozenset[str], k: Knowledge) -> frozenset[str]:
    """The parties with the members of those that are formats."""
    return codes.union(*(k.members.get(code, frozenset()) for code in codes))


def members_alone(codes: frozenset[str], k: Knowledge) -> frozenset[str]:
    """The states behind the parties."""
    found = (k.members.get(code, frozenset({code})) for code in codes)
    return frozenset().union(*found)


def frames(a: Profile, k: Knowledge) -> frozenset[str]:
    """The formats and organisations under which it took place, named as such or as a party."""
    return frozenset({a.framework} - {None} | {p for p in a.parties if p in k.members})  # type: ignore[arg-type]


def shared_names(one: frozenset[str], other: frozenset[str]) -> list[str]:
    """The names of one that may be a person's of the other."""
    return sorted(name for name in one if any(same_name(name, n) for n in other))


def agreeing(a: Profile, b: Profile) -> list[Amount]:
    """The numbers with units that both give, rounding allowed, each once."""
    pairs = ((x, y) for x in a.amounts for y in b.amounts if x.unit == y.unit)
    found = {f"{x.value} {x.unit}": x for x, y in pairs if x.value == y.value or rounded(x, y)}
    return [found[name] for name in sorted(found)]


def telling(a: Profile, b: Profile) -> bool:
    """Whether both give a number that says what it is about: a sum that is not round, 115 points."""
    return any(digits(x.value) > 1 and (x.money or x.value >= 100) for x in agreeing(a, b))


def slips(a: Profile, b: Profile) -> list[Amount]:
    """The sums of one page that have the same digits on the other and another power of ten, where they are not round:
    2600億 and 260億. Pages that take one promise from one source differ so."""
    pairs = ((x, y) for x in a.amounts for y in b.amounts if x.money and x.unit == y.unit)
    return [x for x, y in pairs if digits(x.value) > 1 and x.value != y.value and _digits_of(x) == _digits_of(y)]


def _digits_of(amount: Amount) -> tuple[int, ...]:
    return amount.value.normalize().as_tuple().digits
