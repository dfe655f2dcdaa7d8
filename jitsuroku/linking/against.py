"""What forbids that two records are one."""

from __future__ import annotations

from collections.abc import Callable

from jitsuroku.linking.context import shared_occasion
from jitsuroku.linking.profiles import alike
from jitsuroku.linking.sides import (
    agreeing,
    day_gap,
    days_ahead,
    frames,
    meet,
    one_sided,
    same_month_day,
    shared_names,
    slips,
    telling,
    written,
)
from jitsuroku.linking.types import Knowledge, Profile
from jitsuroku.linking.words import share

LONGEST_MEMORY = 400
# Words that two acts of different types must have in common, and their part of the shorter account; fewer are enough where
# both pages say to whom it was done.
OTHER_TYPE, OTHER_TYPE_PART = 2, 0.35
SAME_SIDES_PART = 0.5


def apart(left: Profile, right: Profile, k: Knowledge) -> str | None:
    """Why the two cannot be one, in words; None when nothing forbids it."""
    if left.family != right.family or left.state != right.state or left.kind != right.kind:
        return "another kind of act"
    if left.document == right.document and not twins(left, right):
        return "told apart on one page"
    if left.words == right.words and len(left.words) >= 30 and not (left.dated and right.dated):
        return None
    for rule in AGAINST[left.kind]:
        if why := rule(left, right, k):
            return why
    return None


def twins(a: Profile, b: Profile) -> bool:
    """Whether one record of a page lies within another of the same act: 「撤退を求め」 in 「撤退を求め、交渉を促した」."""
    if (a.kind, a.type, a.left, a.right) != (b.kind, b.type, b.left, b.right):
        return False
    one, other = a.record.evidence, b.record.evidence
    short, long = sorted((one, other), key=lambda each: len(each.text))
    return long.start <= short.start and short.end <= long.end and short.text in long.text


def _days_apart(a: Profile, b: Profile, k: Knowledge) -> str | None:
    if same_month_day(a, b) is False:
        return "another day of the year"
    gap = day_gap(a, b)
    if gap is None or gap <= (1 if a.precise and b.precise else 0) or days_ahead(a, b, k):
        return None
    return None if (a.carried or b.carried) and telling(a, b) else f"{gap} days apart"


def _acts_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    """One act may be a warning here and a demand there, when the words are the same."""
    if a.type == b.type or telling(a, b):
        return None
    common, part = len(a.terms & b.terms), share(a.terms, b.terms)
    same = common >= OTHER_TYPE and part >= OTHER_TYPE_PART
    return None if same or (a.right & b.right and part >= SAME_SIDES_PART) else "another kind of act"


def _organs_apart(a: Profile, b: Profile, _: Knowledge) -> str | None:
    return f"{a.organ} and {b.organ}" if a.organ and b.organ and a.organ != b.organ else None


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
        if len(one) == len(other) == 1 and not shared_names(one, other):
            return f"{', '.join(one)} and {', '.join(other)} for {country}"
    return None


def _sides_apart(a: Profile, b: Profile, k: Knowledge) -> str | None:
    if one_sided(a, b, k):
        if not meet(a.parties, b.parties, k) and not _named_there(a, b):
            return "no party in common"
        return _on_the_margins(a, b, k) or _others_there(a, b) if a.type in k.symmetric else None
    if not meet(a.left, b.left, k):
        return "others act"
    if not (a.right and b.right) or meet(a.right, b.right, k) or written(a, b) or _told_there(a, b, k):
        return None
    return "others are acted on"


def _told_there(a: Profile, b: Profile, k: Knowledge) -> bool:
    """Whether both tell of one meeting and say of it the same, to a party that the words of the other name as well."""
    named = a.right <= b.named and b.right <= a.named
    return named and share(a.terms, b.terms) >= SAME_SIDES_PART and shared_occasion(a, b, k) is not None


def _named_there(a: Profile, b: Profile) -> bool:
    """Whether the several parties of one page are all named in the words of the other."""
    return any(len(p.parties) > 1 and p.parties <= other.named for p, other in ((a, b), (b, a)))


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
    return None if shared_names(a.people, b.people) else "others speak"


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
    "event": (_days_apart, _sides_apart, _people_apart, _formats_apart, _organs_apart, _money_apart, _acts_apart),
    "statement": (_days_apart, _speakers_apart),
    "commitment": (_memories_apart, _givers_apart, _things_apart, _money_apart),
}
