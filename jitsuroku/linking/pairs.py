"""Two records side by side: may they be one, and what speaks for it. Points, so that every reason can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jitsuroku.linking.amounts import digits, rounded
from jitsuroku.linking.days import iso
from jitsuroku.linking.profiles import alike, same_name
from jitsuroku.linking.types import Amount, Knowledge, Match, Profile
from jitsuroku.linking.words import pieces_of, share

Point = tuple[int, str]
MEETING, ACT, SAYING, PROMISE = 7, 9, 8, 7
FULL = 16
LONGEST_MEMORY, SOON = 400, 10
# Hours between two capitals from which on one day here may be the next day there.
FAR = 6


def enough(left: Profile, k: Knowledge) -> int:
    """The points that make two records of this kind one."""
    if left.kind == "event":
        return MEETING if left.type in k.symmetric else ACT
    return SAYING if left.kind == "statement" else PROMISE


def compare(left: Profile, right: Profile, k: Knowledge) -> Match | None:
    """What speaks for the two being one; None when something speaks against it or too little for it."""
    if apart(left, right, k) is not None:
        return None
    features = {"event": EVENT, "statement": STATEMENT, "commitment": COMMITMENT}[left.kind]
    points = [point for feature in features for point in feature(left, right, k)]
    total = sum(n for n, _ in points)
    if total < enough(left, k):
        return None
    return Match(left.id, right.id, total, tuple(f"{reason} ({n:+})" for n, reason in points))


def score_of(points: int) -> float:
    """Points as a number from 0 to 1."""
    return round(min(points, FULL) / FULL, 2)


def apart(left: Profile, right: Profile, k: Knowledge) -> str | None:
    """Why the two cannot be one, in words; None when nothing forbids it."""
    if (left.kind, left.type, left.state) != (right.kind, right.type, right.state):
        return "another kind of act"
    if left.document == right.document:
        return "told apart on one page"
    if left.words == right.words and len(left.words) >= 30 and not (left.dated and right.dated):
        return None
    return next((why for rule in AGAINST[left.kind] if (why := rule(left, right, k))), None)


# --- what forbids it ------------------------------------------------------------------------------------------------


def _days_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    gap = day_gap(a, b)
    return None if gap is None or gap <= (1 if a.precise and b.precise else 0) else f"{gap} days apart"


def day_gap(a: Profile, b: Profile) -> int | None:
    """How many days lie between the two; 0 when they may be the same; None when one has no days at all."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def _formats_apart(a: Profile, b: Profile, k: Knowledge) -> str | None:
    names = {a.format, b.format}
    remote = {name for _, name in k.formats}
    if a.type in k.symmetric and names & remote and None not in names and len(names) > 1:
        return f"{a.format} and {b.format}"
    formats = {f for f in (a.framework, b.framework) if f}
    if a.type in k.symmetric and len(formats) > 1 and not (frames(a, k) & frames(b, k)):
        return " and ".join(sorted(formats))
    return None


def _people_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    for country in sorted(a.by_country.keys() & b.by_country.keys()):
        one, other = a.by_country[country], b.by_country[country]
        if len(one) == len(other) == 1 and not _shared_names(one, other):
            return f"{', '.join(one)} and {', '.join(other)} for {country}"
    return None


def _sides_apart(a: Profile, b: Profile, k: Knowledge) -> str | None:
    if one_sided(a, b, k):
        if not meet(a.parties, b.parties, k):
            return "no party in common"
        return _on_the_margins(a, b, k) or _others_there(a, b) if a.type in k.symmetric else None
    if not meet(a.left, b.left, k):
        return "others act"
    return "others are acted on" if a.right and b.right and not meet(a.right, b.right, k) else None


def _on_the_margins(a: Profile, b: Profile, k: Knowledge) -> str | None:
    """One is the meeting of a whole format, the other of some of its members."""
    for whole, some in ((a, b), (b, a)):
        formats = [party for party in whole.parties if party in k.members and party not in some.parties]
        if formats and len(some.parties) > 1 and not any(party in k.members for party in some.parties):
            covered = max(len(k.members[each] & some.parties) / len(k.members[each]) for each in formats)
            if covered < 0.5:
                return f"the whole of {formats[0]} and {' '.join(sorted(some.parties))} alone"
    return None


def _others_there(a: Profile, b: Profile) -> str | None:
    """Both name somebody for every party, and not for the same parties: another meeting."""
    full = all(len(p.parties) > 1 and set(p.by_country) >= p.parties for p in (a, b))
    return "others were there" if full and set(a.by_country) != set(b.by_country) else None


def _money_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    if a.kind == "commitment" and slips(a, b):
        return None
    exclusive = {x.unit for x in a.amounts if x.money or a.kind == "commitment"} & {x.unit for x in b.amounts}
    return f"other sums of {' '.join(sorted(exclusive))}" if exclusive and not agreeing(a, b) else None


def _speakers_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    return None if _shared_names(a.people, b.people) else "others speak"


def _memories_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    if a.told is None or b.told is None:
        return None
    return "told more than a year apart" if abs(a.told - b.told) > LONGEST_MEMORY else None


def _givers_apart(a: Profile, b: Profile, k: Knowledge) -> str | None:
    if a.left and b.left and not meet(a.left, b.left, k):
        return "others give"
    return "others receive" if a.right and b.right and not meet(a.right, b.right, k) else None


def _things_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    """A sum and an act, sums that cannot be compared, or two acts."""
    if bool(a.amounts) != bool(b.amounts):
        return "a sum and an act"
    if a.amounts:
        return None if {x.unit for x in a.amounts} & {x.unit for x in b.amounts} else "sums of other currencies"
    return None if alike(a, b) else "another act"


Rule = Callable[[Profile, Profile, Knowledge], "str | None"]
AGAINST: dict[str, tuple[Rule, ...]] = {
    "event": (_days_apart, _sides_apart, _people_apart, _formats_apart, _money_apart),
    "statement": (_days_apart, _speakers_apart),
    "commitment": (_memories_apart, _givers_apart, _things_apart, _money_apart),
}


# --- what speaks for it ---------------------------------------------------------------------------------------------


def one_sided(a: Profile, b: Profile, k: Knowledge) -> bool:
    """Whether the sides are not told apart: in meetings, and in agreements that several parties reach together."""
    together = any(len(p.left) > 1 and not p.right for p in (a, b))
    return a.type in k.symmetric or together


def meet(one: frozenset[str], other: frozenset[str], k: Knowledge) -> bool:
    """Whether a party stands on both sides, as itself or as a member of a format."""
    return bool(_with_members(one, k) & other or one & _with_members(other, k))


def _with_members(codes: frozenset[str], k: Knowledge) -> frozenset[str]:
    return codes.union(*(k.members.get(code, frozenset()) for code in codes))


def frames(a: Profile, k: Knowledge) -> frozenset[str]:
    """The formats and organisations under which it took place, named as such or as a party."""
    return frozenset({a.framework} - {None} | {p for p in a.parties if p in k.members})  # type: ignore[arg-type]


def _shared_names(one: frozenset[str], other: frozenset[str]) -> list[str]:
    return sorted(name for name in one if any(same_name(name, n) for n in other))


def agreeing(a: Profile, b: Profile) -> list[Amount]:
    """The numbers with units that both give, rounding allowed, each once."""
    pairs = ((x, y) for x in a.amounts for y in b.amounts if x.unit == y.unit)
    found = {f"{x.value} {x.unit}": x for x, y in pairs if x.value == y.value or rounded(x, y)}
    return [found[name] for name in sorted(found)]


def slips(a: Profile, b: Profile) -> list[Amount]:
    """The sums of one page that have the same digits on the other and another power of ten, where they are not round:
    2600億 and 260億. Pages that take one promise from one source differ so."""
    pairs = ((x, y) for x in a.amounts for y in b.amounts if x.money and x.unit == y.unit)
    return [x for x, y in pairs if digits(x.value) > 1 and x.value != y.value and _digits_of(x) == _digits_of(y)]


def _digits_of(amount: Amount) -> tuple[int, ...]:
    return amount.value.normalize().as_tuple().digits


def _parties(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if not one_sided(a, b, k):
        yield 2, f"by {' '.join(sorted(a.left & b.left)) or 'a member'}"
        if a.right and b.right:
            yield 2, f"toward {' '.join(sorted(a.right & b.right)) or 'a member'}"
        return
    common, every = a.parties & b.parties, a.parties | b.parties
    if common == every:
        yield (4 if len(common) > 1 else 2), f"the same parties {' '.join(sorted(common))}"
    elif common in (a.parties, b.parties):
        yield 2, f"all parties of one page in the other: {' '.join(sorted(common))}"
    else:
        yield 1, f"parties in common: {' '.join(sorted(common)) or 'as members of a format'}"


def _people(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if names := _shared_names(a.people, b.people):
        yield (4 if len(names) > 1 else 2), f"the same people {' '.join(names)}"
        alone = a.by_country.keys() ^ b.by_country.keys()
        if alone and one_sided(a, b, k):
            yield -1, f"only one page names who was there for {' '.join(sorted(alone))}"


def zones_explain(told: Iterable[Profile], k: Knowledge) -> bool:
    """Whether one day here may be the next day there for the parties."""
    hours = [k.zones[party] for p in told for party in p.parties if party in k.zones]
    return bool(hours) and max(hours) - min(hours) >= FAR


def _next_day(a: Profile, b: Profile, k: Knowledge) -> int:
    """Points for a day between the two: those who meet today may meet again tomorrow; an act is told when it is known,
    and the meeting of a format lasts days."""
    if a.type not in k.symmetric or frames(a, k) & frames(b, k):
        return -1
    return -4 if zones_explain((a, b), k) else -6


def _day(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    gap = day_gap(a, b)
    if gap is None:
        yield -1, "a day is missing"
    elif gap:
        yield _next_day(a, b, k), "one day apart"
    elif a.precise and b.precise:
        carried = a.carried or b.carried
        single = a.first == b.first and (carried or a.first == a.last == b.last)
        points = 2 if not single else 3 if carried else 4
        yield points, f"on {iso(max(a.first or 0, b.first or 0))}"
    elif a.dated and b.dated:
        month = min((p.last or 0) - (p.first or 0) for p in (a, b) if not p.precise) <= 31
        yield (1 if month else 0), "the day of one lies in the month or year of the other"


def _place(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    if a.place and b.place:
        same = a.place in b.place or b.place in a.place
        yield (2, f"at {a.place}") if same else (-1, f"{a.place} and {b.place}")


def _format(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if common := frames(a, k) & frames(b, k):
        yield 3, f"under {' '.join(sorted(common))}"
    if a.type not in k.symmetric:
        return
    if a.format and a.format == b.format:
        yield 2, f"both {a.format}"
    elif a.format != b.format:
        remote = {name for _, name in k.formats}
        if {a.format, b.format} & remote or (a.format and b.format):
            yield -3, f"{a.format or 'no format'} and {b.format or 'no format'}"


def _numbers(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    found = agreeing(a, b)
    if found:
        telling = a.kind == "commitment" or any(amount.money for amount in found)
        yield (4 if telling else 2), f"the same numbers {', '.join(f'{x.value:,} {x.unit}' for x in found)}"
    if len(found) > 1:
        yield 2, "more than one number"


def _words(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if taken := _taken_over(a, b):
        yield taken
        return
    common, part = a.terms & b.terms, share(a.terms, b.terms)
    told = f"words in common: {' '.join(sorted(common)[:8])}"
    if len(common) >= 4 and part >= 0.5:
        yield 4, told
    elif len(common) >= 3 and part >= 0.35:
        yield 3, told
    elif len(common) >= 2 and part >= 0.2:
        yield 1, told
    elif not common and min(len(a.terms), len(b.terms)) >= 4 and a.type not in k.symmetric:
        yield -2, "no word in common"


def _taken_over(a: Profile, b: Profile) -> Point | None:
    """One page has the other's sentence, whole or nearly so."""
    if min(len(a.words), len(b.words)) < 20:
        return None
    if a.words == b.words:
        return 8, "the same words"
    if day_gap(a, b):
        return None
    part = share(pieces_of(a.words, 4), pieces_of(b.words, 4))
    alike = min(len(a.words), len(b.words)) / max(len(a.words), len(b.words))
    return (6, "nearly the same words") if part >= 0.75 and alike >= 0.6 else None


def _sayings(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    yield 2, f"said by {' '.join(_shared_names(a.people, b.people))}"
    if a.words == b.words or (min(len(a.words), len(b.words)) >= 12 and (a.words in b.words or b.words in a.words)):
        yield 8, "the same words"
        return
    common, part = a.terms & b.terms, share(a.terms, b.terms)
    told = f"words in common: {' '.join(sorted(common)[:8])}"
    if len(common) >= 4 and part >= 0.5:
        yield 6, told
    elif len(common) >= 3 and part >= 0.4:
        yield 4, told
    elif len(common) >= 2 and part >= 0.6:
        yield 3, told


def _givers(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    if a.left and b.left:
        yield 3, f"given by {' '.join(sorted(a.left & b.left)) or 'a member'}"
    else:
        yield -1, "one page does not say who gives"
    if a.right and b.right:
        yield 2, f"for {' '.join(sorted(a.right & b.right)) or 'a member'}"
    if a.told is not None and b.told is not None and abs(a.told - b.told) <= SOON:
        yield 1, f"told within {SOON} days"
    if any(digits(x.value) > 1 and x.value == y.value and x.unit == y.unit for x in a.amounts for y in b.amounts):
        yield 1, "a sum that is not round"
    if a.right and b.right and not agreeing(a, b) and slips(a, b):
        yield 2, "the same digits, with another power of ten"
    if not a.amounts and alike(a, b):
        yield 3, "the same act"


Feature = Callable[[Profile, Profile, Knowledge], Iterator[Point]]
EVENT: tuple[Feature, ...] = (_parties, _people, _day, _place, _format, _numbers, _words)
STATEMENT: tuple[Feature, ...] = (_sayings, _day)
COMMITMENT: tuple[Feature, ...] = (_givers, _numbers, _words)
