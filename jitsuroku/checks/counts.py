"""sum and count: a total that its own items do not give, a number of states that differs from the states listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jitsuroku.checks.case import Case, within
from jitsuroku.checks.items import OPEN_LIST, Item, counted, priced
from jitsuroku.records import Flag, Name, Quantity, Sentence

RULE = "checks/counts#"
# Between two items of a sum stands a separator and the next item's name: 「昨年は120件、|今年は|45件」; を would end a clause.
ITEM = re.compile(r"^(?:、|と|・|及び|および|、?並びに)[^、。を()「」\d]{0,20}$")
SEPARATOR = re.compile(r"^(?:、|・|と|及び|および|、?並びに|、そして)$")
LIST_BEGINS = re.compile(r"(?:^|[はがもをにで」。])、?$|(?:[三3五5][かカヵヶケ箇]?国|諸国|加盟国)の$")
COUNTED = re.compile(r"^の(?:計)?$")
# Below this a count is exact; above, a total may be rounded.
EXACT_BELOW = 1000
# What may follow a list that is all of its sentence: 「…、ベトナム|の各大統領である。|」.
THESE = re.compile(r"(?:の(?:各)?[一-龥ァ-ー]{1,8})?(?:だ|である|です|だった)?。?")
LEADERS = re.compile(r"の(?P<number>[2-9])(?:首脳|外相|国防相|大統領|大国)")
FEWEST_STATES = 3
FEWEST_PEOPLE = 2
PERSONS = ("人", "名")


def wrong_sums(case: Case) -> Iterator[Flag]:
    """「24機、19機、6機、30機、計89機」: the items give 79."""
    totals = [
        r["word"]
        for lang in case.world.languages.values()
        if "totals" in lang.tables
        for r in lang.tables["totals"].rows
    ]
    if not totals:
        return
    total = re.compile(rf"^(?:、|で、?|の|が、)?(?:{'|'.join(map(re.escape, totals))})(?:額|数)?(?:は|で)?、?$")
    for sentence in case.sentences:
        for items in (counted(case, sentence), priced(case, sentence)):
            yield from _sums(case, sentence, items, total)


def _sums(case: Case, sentence: Sentence, items: list[Item], total: re.Pattern[str]) -> Iterator[Flag]:
    for at in range(2, len(items)):
        last = items[at]
        if not total.match(case.text[items[at - 1].end : last.start]):
            continue
        parts = _parts(case, items, at)
        if len(parts) < 2 or not all(i.exact and i.unit == last.unit and i.unit for i in (*parts, last)):
            continue
        if OPEN_LIST.search(case.text[sentence.start : last.start]):
            continue
        given = sum((i.number for i in parts), Decimal(0))
        if not any(_gives(parts[first:], last) for first in range(len(parts) - 1)):
            message = f"{' + '.join(f'{i.number:f}' for i in parts)} make {given:f}, not {last.number:f}"
            yield case.flag("sum", "error", (parts[0].start, last.end), message, f"{given:f}", RULE + "sum")


def _gives(parts: list[Item], total: Item) -> bool:
    """Whether items make a total, give or take its rounding; the total may be that of the last ones alone."""
    return abs(sum((i.number for i in parts), Decimal(0)) - total.number) <= _rounding(total.number)


def _parts(case: Case, items: list[Item], at: int) -> list[Item]:
    """The items of the list that ends right before the total."""
    parts = [items[at - 1]]
    for item in reversed(items[: at - 1]):
        if not ITEM.match(case.text[item.end : parts[0].start]):
            break
        parts.insert(0, item)
    return parts


def _rounding(number: Decimal) -> Decimal:
    """Half a unit of the last digit that is no zero; nothing for small counts."""
    if abs(number) < EXACT_BELOW:
        return Decimal(0)
    exponent = number.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def wrong_counts(case: Case) -> Iterator[Flag]:
    """「日本、米国、豪州、インドの5カ国」, 「5カ国(日本、米国、豪州、インド)」: four states are listed."""
    states = tuple(n for n in case.mentions.names if n.what == "state" and len(n.candidates) == 1 and not n.office)
    for quantity in case.mentions.quantities:
        sentence = case.sentence_at(quantity.start)
        if quantity.unit != "カ国" or quantity.bound != "exact" or sentence is None:
            continue
        here = list(within(states, sentence.start, sentence.end))
        listings = (
            _before(case, sentence, quantity, here),
            _in_brackets(case, quantity, here),
            _in_the_next_sentence(case, sentence, quantity, states),
        )
        for span, listed in listings:
            codes = {s.candidates[0] for s in listed}
            if len(codes) >= FEWEST_STATES and str(len(codes)) != quantity.n:
                message = f"{len(codes)} states are listed, the page says {quantity.n}"
                yield case.flag("count", "error", span, message, str(len(codes)), RULE + "states")


def _before(
    case: Case, sentence: Sentence, quantity: Quantity, states: list[Name]
) -> tuple[tuple[int, int], list[Name]]:
    """The states listed right before a number, where the list is whole."""
    span = quantity.start, quantity.end
    listed = _listed(case, [s for s in states if s.start < quantity.start], quantity.start)
    if not listed or not (_is_short(listed[0]) or LIST_BEGINS.search(case.text[sentence.start : listed[0].start])):
        return span, []
    if OPEN_LIST.search(case.text[sentence.start : quantity.start]):
        return span, []
    return (listed[0].start, quantity.end), listed


def _in_brackets(case: Case, quantity: Quantity, states: list[Name]) -> tuple[tuple[int, int], list[Name]]:
    """The states listed in brackets right behind a number, where the brackets hold nothing else."""
    close = case.text.find(")", quantity.end)
    span = quantity.start, close + 1
    if case.text[quantity.end : quantity.end + 1] != "(" or close < 0:
        return span, []
    listed = [s for s in states if quantity.end < s.start and s.end <= close]
    gaps = [case.text[a.end : b.start] for a, b in zip(listed, listed[1:], strict=False)]
    whole = listed and listed[0].start == quantity.end + 1 and listed[-1].end == close
    return span, listed if whole and all(SEPARATOR.match(gap) for gap in gaps) else []


def _in_the_next_sentence(
    case: Case, sentence: Sentence, quantity: Quantity, states: tuple[Name, ...]
) -> tuple[tuple[int, int], list[Name]]:
    """The states that the next sentence lists and nothing else: 「5カ国の首脳が集まった。日本、米国、英国、独の各首脳である。」"""
    after = case.sentence_at(sentence.end) or case.sentence_at(sentence.end + 1)
    span = quantity.start, quantity.end
    if after is None or after.paragraph != sentence.paragraph or len(_counts_of_states(case, sentence)) != 1:
        return span, []
    listed = list(within(states, after.start, after.end))
    gaps = [case.text[a.end : b.start] for a, b in zip(listed, listed[1:], strict=False)]
    whole = bool(listed) and listed[0].start == after.start and all(SEPARATOR.match(gap) for gap in gaps)
    whole = whole and bool(THESE.fullmatch(case.text[listed[-1].end : after.end]))
    return (quantity.start, after.end), listed if whole else []


def _counts_of_states(case: Case, sentence: Sentence) -> list[Quantity]:
    return [q for q in within(case.mentions.quantities, sentence.start, sentence.end) if q.unit == "カ国"]


def leaders_counted(case: Case) -> Iterator[Flag]:
    """「フランス、ドイツ、イタリア、スペインの3首脳」: four are listed."""
    states = tuple(n for n in case.mentions.names if n.what == "state" and len(n.candidates) == 1 and not n.office)
    for sentence in case.sentences:
        for m in LEADERS.finditer(case.text, sentence.start, sentence.end):
            listed = _listed(case, list(within(states, sentence.start, m.start())), m.start("number"))
            if len(listed) < FEWEST_STATES or str(len(listed)) == m["number"]:
                continue
            lead = case.text[sentence.start : listed[0].start]
            if LIST_BEGINS.search(lead) and not OPEN_LIST.search(case.text[sentence.start : m.start()]):
                message = f"{len(listed)} states are listed, the page says {m['number']}"
                yield case.flag(
                    "count", "error", (listed[0].start, m.end()), message, str(len(listed)), RULE + "leaders"
                )


def wrong_counts_of_people(case: Case) -> Iterator[Flag]:
    """「A外相、B外相、C外相の4人」: three people are listed."""
    people = [n for n in case.mentions.names if n.what == "person"]
    for quantity in case.mentions.quantities:
        sentence = case.sentence_at(quantity.start)
        if quantity.unit not in PERSONS or quantity.bound != "exact" or sentence is None:
            continue
        if case.text[quantity.end : quantity.end + 1] == "の":
            continue
        listed = _listed(case, [p for p in people if sentence.start <= p.start < quantity.start], quantity.start)
        if len(listed) < FEWEST_PEOPLE or str(len(listed)) == quantity.n:
            continue
        head = case.text[sentence.start : listed[0].start]
        if LIST_BEGINS.search(head) and not OPEN_LIST.search(case.text[sentence.start : quantity.start]):
            message = f"{len(listed)} people are listed, the page says {quantity.n}"
            span = listed[0].start, quantity.end
            yield case.flag("count", "error", span, message, str(len(listed)), RULE + "people")


def _listed(case: Case, states: list[Name], until: int) -> list[Name]:
    """The states of the list that ends right before a number: 「…、インドの」5カ国, 「米英仏」3カ国."""
    between = case.text[states[-1].end : until] if states else ""
    if not states or not (COUNTED.match(between) or (not between and _is_short(states[-1]))):
        return []
    listed = [states[-1]]
    for state in reversed(states[:-1]):
        gap = case.text[state.end : listed[0].start]
        if not (SEPARATOR.match(gap) or (not gap and _is_short(state) and _is_short(listed[0]))):
            break
        listed.insert(0, state)
    return listed


def _is_short(state: Name) -> bool:
    return state.end - state.start == 1
