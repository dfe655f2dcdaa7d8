"""What speaks for two records being one, in points, so that every reason can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jitsuroku.linking.amounts import digits
from jitsuroku.linking.context import shared_occasion
from jitsuroku.linking.days import iso
from jitsuroku.linking.profiles import alike
from jitsuroku.linking.sides import (
    agreeing,
    announced,
    day_gap,
    days_ahead,
    frames,
    meet,
    members_alone,
    one_place,
    one_sided,
    plans_to_meet,
    same_month_day,
    shared_names,
    slips,
    written,
)
from jitsuroku.linking.types import Knowledge, Profile
from jitsuroku.linking.words import pieces_of, share

Point = tuple[int, str]
SOON = 10
# Hours between two capitals from which on one day here may be the next day there.
FAR = 6
VISIT = "visit"
# So long is a quotation that says more than a word.
QUOTED = 6


def _parties(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if not one_sided(a, b, k):
        yield 2, f"by {' '.join(sorted(a.left & b.left)) or 'a member'}"
        yield from _toward(a, b, k)
        return
    common, every = a.parties & b.parties, a.parties | b.parties
    if common == every:
        yield (4 if len(common) > 1 else 2), f"the same parties {' '.join(sorted(common))}"
    elif members_alone(a.parties, k) == members_alone(b.parties, k):
        yield 4, "the same parties, as members of a format"
    elif every <= (a.parties | a.named) & (b.parties | b.named):
        yield 3, f"the same parties, named in the words: {' '.join(sorted(every))}"
    elif common in (a.parties, b.parties):
        yield 2, f"all parties of one page in the other: {' '.join(sorted(common))}"
    elif not common and (a.parties <= b.named or b.parties <= a.named):
        yield 2, "the parties of one page are named on the other"
    else:
        yield 1, f"parties in common: {' '.join(sorted(common)) or 'as members of a format'}"


def _toward(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if a.right and b.right:
        told = f"toward {' '.join(sorted(a.right & b.right)) or 'a member'}"
        same = meet(a.right, b.right, k) or written(a, b)
        yield (2, told) if same else (1, "toward a party that the words of both name")
        return
    named = (a.right & b.named - b.left) | (b.right & a.named - a.left)
    if named:
        yield 1, f"toward {' '.join(sorted(named))}, on one page by the words alone"


def _people(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if names := shared_names(a.people, b.people):
        yield (4 if len(names) > 1 else 2), f"the same people {' '.join(names)}"
        alone = (a.by_country.keys() ^ b.by_country.keys()) - (a.named & b.named)
        if alone and one_sided(a, b, k):
            yield -1, f"only one page names who was there for {' '.join(sorted(alone))}"
    if len(names) < 2 and (others := _named(a, b, names)):
        yield 2, f"named on both pages: {' '.join(others)}"


def _named(a: Profile, b: Profile, known: list[str]) -> list[str]:
    """People who act on one page and are named in the words of the other."""
    left, right = shared_names(a.people, b.people_named), shared_names(b.people, a.people_named)
    return sorted(name for name in {*left, *right} if not shared_names(frozenset({name}), frozenset(known)))


def zones_explain(told: Iterable[Profile], k: Knowledge) -> bool:
    """Whether one day here may be the next day there for the parties."""
    hours = [k.zones[party] for p in told for party in p.parties if party in k.zones]
    return bool(hours) and max(hours) - min(hours) >= FAR


def _next_day(a: Profile, b: Profile, k: Knowledge) -> int:
    """Points for a day between the two: those who meet today may meet again tomorrow; an act is told when it is known,
    and a visit and the meeting of a format last days."""
    if a.format == b.format == VISIT and (a.carried or b.carried):
        return 0
    if a.type not in k.symmetric or frames(a, k) & frames(b, k) or a.format == b.format == VISIT:
        return -1
    return -4 if zones_explain((a, b), k) else -6


def _day(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if days := days_ahead(a, b, k):
        both = announced(a) and announced(b)
        yield (3 if both else 0), f"planned for the same days {' '.join(map(str, days))}"
        return
    if same_month_day(a, b):
        yield 3, "on the same day, the year not said"
        return
    gap = day_gap(a, b)
    if gap is None:
        yield -1, "a day is missing"
    elif gap:
        yield _next_day(a, b, k), "one day apart" if gap == 1 else "a day taken from the sentence before"
    elif a.precise and b.precise:
        carried = a.carried or b.carried
        single = a.first == b.first and (carried or a.first == a.last == b.last)
        points = 2 if not single else 3 if carried else 4
        yield points, f"on {iso(max(a.first or 0, b.first or 0))}"
    elif a.dated and b.dated and (a.first, a.last) == (b.first, b.last) and not (a.precise or b.precise):
        yield 2, "in the same month or year"
    elif a.dated and b.dated:
        month = min((p.last or 0) - (p.first or 0) for p in (a, b) if not p.precise) <= 31
        yield (1 if month else 0), "the day of one lies in the month or year of the other"


def _place(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if a.place and b.place:
        same = one_place(a.place, b.place, k)
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
        elif VISIT in (a.format, b.format):
            yield -1, "a visit and a meeting"


def _numbers(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    found = agreeing(a, b)
    if found:
        money = a.kind == "commitment" or any(amount.money for amount in found)
        yield (4 if money else 2), f"the same numbers {', '.join(f'{x.value:,} {x.unit}' for x in found)}"
    if len(found) > 1:
        yield 2, "more than one number"


def _words(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    if taken := _taken_over(a, b):
        yield taken
        return
    common, part = a.terms & b.terms, share(a.terms, b.terms)
    told = f"words in common: {' '.join(sorted(common)[:8])}"
    if points := _overlap(len(common), part):
        yield points, told
    elif not common and a.type not in k.symmetric and not plans_to_meet(a, b):
        yield -3, "no word in common"


def _overlap(number: int, part: float) -> int:
    """Points for so many words in common that are that part of the shorter account."""
    steps = ((4, 0.5, 4), (3, 0.35, 3), (3, 0.2, 2), (2, 0.6, 2), (2, 0.2, 1), (1, 0.5, 1))
    return next((points for least, share_of, points in steps if number >= least and part >= share_of), 0)


def _quotes(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    """「根拠のないうわさだ」 on both pages."""
    shared = sorted(
        q for q in a.quotes if len(q) >= QUOTED and any(q in o or o in q for o in b.quotes if len(o) >= QUOTED)
    )
    if shared:
        yield 3, f"the same quotation {shared[0][:16]}"


def _occasion(a: Profile, b: Profile, k: Knowledge) -> Iterator[Point]:
    """Both pages tell of one meeting on that day, and of what was done there."""
    if a.type in k.symmetric:
        return
    alike = next(_words(a, b, k), (0, ""))[0] > 0 or agreeing(a, b)
    if alike and (occasion := shared_occasion(a, b, k)):
        yield 2, f"both pages tell of the meeting of {occasion}"
    elif alike and a.occasions & b.occasions:
        yield 1, "both pages tell of one meeting"


def _types(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    if a.type != b.type:
        yield -1, f"{a.type} on one page, {b.type} on the other"


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
    yield 2, f"said by {' '.join(shared_names(a.people, b.people))}"
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
    elif share(pieces_of(a.words, 3), pieces_of(b.words, 3)) >= 0.5 and len(a.words) >= 12 <= len(b.words):
        yield 4, "nearly the same wording"


def _subject(a: Profile, b: Profile, _: Knowledge) -> Iterator[Point]:
    """What it is said about stands beside the words: 「部隊の派遣について「排除しない」と述べた」."""
    common = (a.terms | a.about) & (b.terms | b.about) - (a.terms & b.terms)
    if len(common) >= 2:
        yield 2, f"on the same subject: {' '.join(sorted(common)[:8])}"


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
EVENT: tuple[Feature, ...] = (_parties, _people, _day, _place, _format, _numbers, _words, _quotes, _occasion, _types)
STATEMENT: tuple[Feature, ...] = (_sayings, _subject, _day)
COMMITMENT: tuple[Feature, ...] = (_givers, _numbers, _words)
