"""Blocking keys: two records are compared only when they share one. They say little each, so that none is missed, and
enough that few share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations, product

from jitsuroku.linking.amounts import EXACT, digits, roundings
from jitsuroku.linking.days import iso, month_day, months
from jitsuroku.linking.instalments import part_named
from jitsuroku.linking.parts import PART, WHOLE, WITHIN, keys_of_parts
from jitsuroku.linking.profiles import AHEAD, name_key
from jitsuroku.linking.promises import OPEN
from jitsuroku.linking.sides import PLANNED, announced, members_alone
from jitsuroku.linking.texts import PIECE, page_day
from jitsuroku.linking.translations import keys_of_translation
from jitsuroku.linking.types import Amount, Knowledge, Profile, Text
from jitsuroku.linking.words import folded, landmarks, number_of
from jitsuroku.records import Commitment

LANDMARK, WINDOW = 12, 64
MOST_TOKENS, MOST_DAYS, SAID_TERMS = 6, 9, 8
HALF_MONTH, YEAR = 16, 366
# A quotation is known by so many of its first characters.
QUOTE = 6
# Words of this length that are the same are of one act on whatever day a page has put them.
SAME_AT_ANY_TIME = 30
# Days by which keys that tell no time are kept apart, and how many such seasons a record may touch.
SEASON, MOST_SEASONS = 31, 4
ANY_TIME = frozenset({"ever", "words", "quote"})
SHORTEST_SAME_WORDS, SENTENCE_MARK, SENTENCE_WINDOW = 20, 12, 9
# The two sides of keys by month and of keys of plans.
DAY, NO_DAY, ANY, OPEN_YEAR, HELD, AHEAD_OF = "day", "no-day", "any", "open", "held", "ahead"
# The keys that have a side.
SIDED = ANY_TIME | {"month", "yearless", "sum", "deal", "plan", WITHIN}
# A sum as it is told, one that is said to be rounded, and those that others may round it to; what each looks for.
TOLD, ROUGH, CUT = "told", "rough", "cut"
SOUGHT = {TOLD: (TOLD,), ROUGH: (CUT,), CUT: (ROUGH,)}
# A promise as it was made, the news of a change or of a part, and one of an act; what each looks for.
BEFORE, THEN, ACT = "before", "then", "act"
FOUND_BY = {BEFORE: (THEN,), THEN: (BEFORE,), ACT: (ACT,)}
# The place of the party in the keys of sums that were told within weeks.
SOON = "soon"
# Letters in the code of a state.
STATE = 3
MOST_RARE = 6
NOBODY = "-"
# From here on a number tells one event from another.
TELLING = 100
# Events of a format's meeting are no partners: they are put in order together.
MEETING = "meeting"
# A piece of a text at any time, and one of texts of the same weeks.
COPY, STORY = "copy", "story"
# A key that more records have tells nothing and is left out: a set phrase, an agency's credit. Copies of one story, and
# accounts of one day, may be many; over the years a piece that many texts have is a turn of phrase.
MOST_HOLDERS = {
    COPY: 30,
    STORY: 500,
    "words": 60,
    "same": 60,
    "day": 1000,
    "month": 100,
    "tongue": 200,
    "within": 200,
    "act": 100,
    "who": 100,
    "quote": 60,
    "yearless": 100,
    "said-on": 100,
    "plan": 100,
    "ever": 60,
    "said": 100,
    "sum": 100,
    "digits": 60,
    "deal": 100,
    MEETING: 1_000_000,
}


def keys_of(item: Profile | Text, knowledge: Knowledge) -> tuple[str, ...]:
    """The keys of a record, sorted, each once."""
    if isinstance(item, Text):
        return tuple(sorted({*_of_text(item), *keys_of_translation(item)}))
    if item.kind == "event":
        return tuple(sorted({*_of_event(item, knowledge), *_of_plan(item, knowledge), *keys_of_parts(item, knowledge)}))
    if item.kind == "statement":
        return tuple(sorted(set(_of_statement(item))))
    return tuple(sorted({*_of_commitment(item, knowledge), *keys_of_parts(item, knowledge)}))


def partners(key: str) -> tuple[str, ...]:
    """The keys of those that a record with this key is compared with. Mostly the same key; records that say their day
    meet by the day, so in its month they look for those that do not; a meeting looks for its plan. A key that older rules
    made, and that a record lost with them, has none: its holders have new ones."""
    head = key.partition("|")[0]
    if head == MEETING:
        return ()
    if head not in SIDED:
        return (key,)
    _, side, rest = (*key.split("|", 2), "")[:3]
    if head == "month":
        return tuple(f"{head}|{other}|{rest}" for other in ((NO_DAY,) if side == DAY else (DAY, NO_DAY)))
    if head in ANY_TIME:
        return {DAY: (key,), ANY: (f"{head}|{NO_DAY}|{rest}",)}.get(
            side, (f"{head}|{NO_DAY}|{rest}", f"{head}|{ANY}|{rest}")
        )
    if head == "yearless":
        return tuple(f"{head}|{other}|{rest}" for other in ((OPEN_YEAR,) if side == DAY else (DAY, OPEN_YEAR)))
    if head == "sum":
        return tuple(f"{head}|{other}|{rest}" for other in SOUGHT.get(side, ()))
    if head == "deal":
        return tuple(f"{head}|{other}|{rest}" for other in FOUND_BY.get(side, ()))
    if head == WITHIN:
        return (f"{head}|{WHOLE if side == PART else PART}|{rest}",)
    if head == "plan":
        return tuple(f"{head}|{other}|{rest}" for other in ((AHEAD_OF,) if side == HELD else (HELD, AHEAD_OF)))
    return (key,)


def most_holders(key: str) -> int:
    """How many records may have a key; with more of them it says nothing."""
    return MOST_HOLDERS[key.partition("|")[0]]


def _of_text(item: Text) -> Iterator[str]:
    if len(item.body) < 2 * PIECE - 1:
        return
    day = page_day(item.document)
    seasons = ("?",) if day is None else (day // SEASON, day // SEASON + 1)
    for mark in landmarks(item.body, LANDMARK, WINDOW):
        yield f"{COPY}|{mark}"
        yield from (f"{STORY}|{mark}|{season}" for season in seasons)


def _of_event(event: Profile, k: Knowledge) -> Iterator[str]:
    if event.series is not None:
        yield f"{MEETING}|{event.series}"
    yield from _of_words(event)
    yield from _of_any_time(event, "ever", (f"{event.family}|{'|'.join(pair)}" for pair in _rare_pairs(event, k)))
    quotes = (number_of(quote[:QUOTE]) for quote in sorted(event.quotes) if len(quote) >= QUOTE)
    yield from _of_any_time(event, "quote", (f"{event.family}|{quote}" for quote in quotes))
    yield from _of_month_day(event, k)
    if event.first is None or event.last is None:
        return
    if event.precise:
        told = event.parties if event.right else event.parties | event.named
        parties = sorted(told | ({event.framework} if event.framework else set()))[:MOST_TOKENS]
        for day in range(event.first, min(event.last, event.first + MOST_DAYS) + 2):
            yield from (f"day|{event.family}|{party}|{iso(day)}" for party in parties)
        if any(party in k.members for party in event.parties):
            states = "|".join(sorted(members_alone(event.parties, k)))
            yield f"who|{event.family}|{number_of(states)}|{iso(event.first)}"
    pairs = _pairs(event)
    for month in months(event.first, event.last):
        if not pairs:
            marks = sorted(event.terms, key=lambda term: (number_of(term), term))[:SAID_TERMS]
            yield from (f"act|{event.family}|{party}|{mark}|{month}" for party in sorted(event.left) for mark in marks)
        yield from (
            f"month|{DAY if event.precise else NO_DAY}|{event.family}|{'|'.join(pair)}|{month}" for pair in pairs
        )


def _of_month_day(event: Profile, k: Knowledge) -> Iterator[str]:
    """Keys by which a meeting on 「11月15日」 of an unknown year finds those on that day of any year."""
    if event.type not in k.symmetric or not (event.month_day or event.precise):
        return
    day = event.month_day or month_day(event.first or 0)
    side = OPEN_YEAR if event.month_day else DAY
    parties = sorted(event.parties | event.named)[:MOST_TOKENS]
    yield from (f"yearless|{side}|{one}|{other}|{day[0]}-{day[1]}" for one, other in combinations(parties, 2))


def _of_words(told: Profile) -> Iterator[str]:
    """Keys of those who take over a sentence."""
    if len(told.words) >= SHORTEST_SAME_WORDS:
        marks = landmarks(told.words, SENTENCE_MARK, SENTENCE_WINDOW)
        yield from _of_any_time(told, "words", (f"{told.type}|{mark}" for mark in marks))
    if len(told.words) >= SAME_AT_ANY_TIME:
        yield f"same|{told.type}|{number_of(told.words)}"


def _of_any_time(told: Profile, head: str, marks: Iterable[str]) -> Iterator[str]:
    """Keys that tell no time. Records that say theirs meet those of the same season only, or the numbers compared would grow
    with the years of an archive; one that may be of any time looks for all."""
    seasons = _seasons(told)
    for mark in marks:
        if seasons:
            yield f"{head}|{ANY}|{mark}"
            yield from (f"{head}|{DAY}|{mark}|{season}" for season in seasons)
        else:
            yield f"{head}|{NO_DAY}|{mark}"


def _seasons(told: Profile) -> range:
    """The seasons in which another page's day of it may lie; none where that may be any: a day taken from the sentence
    before, or that of an announcement, is not its own."""
    if told.first is None or told.last is None or told.carried or (told.state == PLANNED and announced(told)):
        return range(0)
    seasons = range((told.first - 1) // SEASON, (told.last + 1) // SEASON + 1)
    return seasons if len(seasons) <= MOST_SEASONS else range(0)


def _rare_pairs(event: Profile, k: Knowledge) -> list[tuple[str, ...]]:
    """Pairs that hardly two events of one type have, for pages that give no day: a sum and who gives it, a format and
    the place, a body that is no state and the people."""
    largest = sorted(event.amounts, key=lambda a: (-a.value, a.unit))
    amounts = [f"{a.value.normalize()}{a.unit}" for a in largest if a.value >= TELLING and digits(a.value) > 1]
    states = {party for party in event.parties if party.isascii() and len(party) == STATE and party not in k.members}
    bodies = sorted(event.parties - states)
    rare = list(dict.fromkeys([*amounts, *bodies, *(name for name in (event.framework, event.place) if name)]))
    others = [*rare[1:], *sorted(name_key(name) for name in event.people), *sorted(event.parties)]
    return sorted({tuple(sorted((one, other))) for one in rare[:2] for other in others if one != other})[:MOST_RARE]


def _tokens(event: Profile) -> list[str]:
    """What picks an event out, the most telling first: people, format, place, amounts, parties."""
    alone = len(event.parties) < 2
    people = sorted({name_key(name) for name in (event.people | event.people_named if alone else event.people)})
    amounts = sorted({f"{a.value.normalize()}{a.unit}" for a in event.amounts})
    others = [name for name in (event.framework, event.place) if name]
    parties = sorted(event.parties | event.named if alone else event.parties)
    return list(dict.fromkeys([*people, *others, *amounts, *parties]))[:MOST_TOKENS]


def _pairs(event: Profile) -> list[tuple[str, ...]]:
    """Two tokens each; a state and its own minister would say no more than the minister."""
    own = {frozenset((country, name_key(name))) for country, names in event.by_country.items() for name in names}
    pairs = (pair for pair in combinations(_tokens(event), 2) if frozenset(pair) not in own)
    return sorted({tuple(sorted(pair)) for pair in pairs})


def _of_plan(event: Profile, k: Knowledge) -> Iterator[str]:
    """Keys that a plan shares with its holding, and a plan with the plan that replaces it."""
    if event.first is None or event.last is None:
        return
    if event.type in k.symmetric and event.state == "actual":
        spread, side = (event.first, event.last), HELD
    elif event.state == "actual" and event.told is not None and event.stops:
        spread, side = (event.told, event.told + AHEAD), HELD
    elif event.state == "planned" and event.type in k.plans.values() and event.meets:
        spread, side = (event.first, event.last + AHEAD), AHEAD_OF
    else:
        return
    pairs = _pairs(event)
    for month in months(*spread):
        yield from (f"plan|{side}|{'|'.join(pair)}|{month}" for pair in pairs)


def _of_statement(said: Profile) -> Iterator[str]:
    day = said.told if said.told is not None else page_day(said.page)
    if day is None and said.first is not None:
        day = said.first
    speaker = name_key(next(iter(sorted(said.people)), ""))
    marks = sorted(said.terms, key=lambda term: (number_of(term), term))[:SAID_TERMS]
    for bucket in () if day is None else (day // HALF_MONTH, day // HALF_MONTH + 1):
        yield from (f"said|{speaker}|{mark}|{bucket}" for mark in marks)
    if said.dated and said.first == said.last:
        yield f"said-on|{speaker}|{iso(said.first or 0)}"
    yield from _of_words(said)


def _of_commitment(promise: Profile, k: Knowledge) -> Iterator[str]:
    day = promise.told
    years = ("?",) if day is None else (str(day // YEAR), str(day // YEAR + 1))
    soon = ("?",) if day is None else (day // HALF_MONTH, day // HALF_MONTH + 1)
    parties = _with_few_members(promise.parties, k)
    for amount in promise.amounts:
        for told in _sums(amount):
            yield from (f"sum|{told}|{amount.unit}|{SOON}|{near}" for near in soon)
            yield from (f"sum|{told}|{amount.unit}|{party}|{year}" for party in parties for year in years)
        figures = "".join(map(str, amount.value.normalize().as_tuple().digits))
        if len(figures) > 1:
            yield from (f"digits|{amount.unit}|{figures}|{party}|{year}" for party in parties for year in years)
    receivers = sorted(promise.right)[:MOST_TOKENS] if promise.amounts else [NOBODY]
    for giver, receiver in product(sorted(promise.left)[:MOST_TOKENS], receivers):
        yield from (f"deal|{part}|{giver}|{receiver}|{year}" for part in _parts(promise, k) for year in years)


def _with_few_members(parties: frozenset[str], k: Knowledge) -> list[str]:
    """The parties, with the members of formats that have few."""
    few = (k.members.get(party, frozenset()) for party in parties)
    return sorted(parties.union(*(members for members in few if len(members) <= MOST_TOKENS)))


def _parts(promise: Profile, k: Knowledge) -> Iterator[str]:
    """What a promise is to others between the same two: one that may be changed or handed over in parts, the news of that,
    or an act that may be told again. The same sum is found by the sum."""
    made = promise.record
    assert isinstance(made, Commitment)
    if not promise.amounts:
        yield ACT
    elif made.stage in OPEN:
        yield BEFORE
    if promise.amounts and (part_named(made.evidence) or any(word in folded(made.evidence.text) for word in k.changes)):
        yield THEN


def _sums(amount: Amount) -> Iterator[str]:
    """A sum by which the same one is found: as it is told, and where it is rounded those that it may stand for."""
    yield f"{TOLD}|{_plain(amount.value)}"
    yield from (f"{CUT}|{each}" for each in sorted({_plain(each) for each in roundings(amount.value)}))
    if amount.bound != EXACT:
        yield f"{ROUGH}|{_plain(amount.value)}"


def _plain(value: Decimal) -> str:
    return str(value.normalize())
