"""sum and count: a total that its own items do not give, a number of states that differs from the states listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jitsuroku.checks.case import Case, within
from jitsuroku.records import Flag, Name, Quantity, Sentence

RULE = "checks/counts#"
# Between two items of a sum stands a separator and the next item's name, nothing that begins another clause.
ITEM = re.compile(r"^(?:、|と|・|及び|および|、?並びに)[^、。はがを()「」\d]{0,20}$")
OPEN_LIST = re.compile(r"など|ほか|他|含|除|加え|うち|さらに|約|およそ|超|以上|最大|最低|はじめ|と並")
SEPARATOR = re.compile(r"^(?:、|・|と|及び|および|、?並びに|、そして)$")
LIST_BEGINS = re.compile(r"(?:^|[はがもをにで」。])、?$")
COUNTED = re.compile(r"^の(?:計)?$")
# Below this a count is exact; above, a total may be rounded.
EXACT_BELOW = 1000
FEWEST_STATES = 3
FEWEST_PEOPLE = 2
PERSONS = ("人", "名")


@dataclass(frozen=True, slots=True)
class Item:
    """A counted number or an amount: where it stands, how much, of what; ``end`` behind its conversion in brackets."""

    start: int
    end: int
    number: Decimal
    unit: str
    exact: bool


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
    total = re.compile(rf"^、?(?:{'|'.join(map(re.escape, totals))})$")
    for sentence in case.sentences:
        for items in (_counted(case, sentence), _priced(case, sentence)):
            yield from _sums(case, sentence, items, total)


def _counted(case: Case, sentence: Sentence) -> list[Item]:
    found = within(case.mentions.quantities, sentence.start, sentence.end)
    return [Item(q.start, q.end, Decimal(q.n), q.unit, q.bound == "exact") for q in found]


def _priced(case: Case, sentence: Sentence) -> list[Item]:
    found = within(case.mentions.money, sentence.start, sentence.end)
    return [
        Item(
            m.start,
            max(m.end, m.gloss.end + 1) if m.gloss else m.end,
            Decimal(m.amount),
            m.currency or "",
            m.bound == "exact" and m.amount_max is None,
        )
        for m in found
    ]


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
        if abs(given - last.number) > _rounding(last.number):
            message = f"{' + '.join(f'{i.number:f}' for i in parts)} make {given:f}, not {last.number:f}"
            yield case.flag("sum", "error", (parts[0].start, last.end), message, f"{given:f}", RULE + "sum")


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
        for span, listed in (_before(case, sentence, quantity, here), _in_brackets(case, quantity, here)):
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
    if not listed or not LIST_BEGINS.search(case.text[sentence.start : listed[0].start]):
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
    """The states of the list that ends right before a number: 「…、インドの」5カ国."""
    if not states or not COUNTED.match(case.text[states[-1].end : until]):
        return []
    listed = [states[-1]]
    for state in reversed(states[:-1]):
        if not SEPARATOR.match(case.text[state.end : listed[0].start]):
            break
        listed.insert(0, state)
    return listed
