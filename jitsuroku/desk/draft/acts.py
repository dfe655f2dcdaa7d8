"""Numbers, days and firsts of a draft against the events, promises and figures of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import log10

from jitsuroku.desk.draft.finding import AGREES, DIFFERS, UNKNOWN, Draft, Finding, finding, told_by
from jitsuroku.desk.query import Desk
from jitsuroku.records import Commitment, Event, Figure
from jitsuroku.store.days import first_and_last

# Amounts that differ by less are rounding.
ROUNDING = Decimal("0.03")
# How near a ratio must be to a power of ten to be a slip between 万, 億 and 兆.
SLIP, TENS = 0.01, range(1, 5)
# Two tellings of one promise share this part of their pairs of characters, and the pages are not further apart.
ALIKE, SAME_NEWS = 0.35, timedelta(days=31)
# Another amount of the same promise is no other order of magnitude, unless it is a slip.
MOST_TIMES = 2
FIGURES = re.compile(r"\([^()]*\)|（[^（）]*）|[0-9０-９,，.]+|[兆億万]+|ドル|円|元|ユーロ")
SAME_OCCASION = timedelta(days=10)
FIRST = re.compile(r"初めて|初の|初となる|初会談|史上初")


def amounts(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """The draft's promises of money against those of the same sides and currency."""
    for promise in draft.records(Commitment):
        if promise.amount is None or not promise.giver:
            continue
        known = [c for c in desk.commitments(party=promise.giver[0]) if _same_sides(promise, c)]
        same = [c for c in known if _near(promise.amount, c.amount) and promise.what == c.what]
        slips = [c for c in known if _alike(promise, c) and _same_news(draft, desk, c) and _confusable(promise, c)]
        label = f"{_number(promise.amount)} {promise.currency or promise.unit or ''}".strip()
        if same:
            yield finding(promise.evidence, "amount", AGREES, f"{label}: as in the record", None, told_by(desk, same))
        elif slips:
            expected = f"{_number(slips[0].amount)} {slips[0].currency or slips[0].unit or ''}".strip()
            message = f"{label}; the record has {expected}"
            yield finding(promise.evidence, "amount", DIFFERS, message, expected, told_by(desk, slips))
        else:
            yield finding(promise.evidence, "amount", UNKNOWN, f"{label}: the record has no such promise")


def _same_sides(one: Commitment, other: Commitment) -> bool:
    sides = set(one.giver) & set(other.giver) and (
        not one.receiver or not other.receiver or set(one.receiver) & set(other.receiver)
    )
    return bool(sides) and other.amount is not None and (one.currency, one.unit) == (other.currency, other.unit)


def _near(one: int | str | None, other: int | str | None) -> bool:
    a, b = Decimal(str(one)), Decimal(str(other))
    return abs(a - b) <= ROUNDING * max(abs(a), abs(b))


def _confusable(one: Commitment, other: Commitment) -> bool:
    """Whether one amount may be meant for the other: a slip between 万, 億 and 兆, or less than twice as much."""
    a, b = float(str(one.amount)), float(str(other.amount))
    if a <= 0 or b <= 0:
        return False
    return max(a, b) / min(a, b) < MOST_TIMES or any(abs(abs(log10(a / b)) - tens) < SLIP for tens in TENS)


def _same_news(draft: Draft, desk: Desk, promise: Commitment) -> bool:
    """Whether the page of the promise and the draft are of about the same days; a draft without a day is of any."""
    page = desk.document(promise.document)
    mine, theirs = (first_and_last(day)[0] for day in (draft.reading.document.anchor, page.published or page.anchor))
    return not mine or not theirs or abs(date.fromisoformat(mine) - date.fromisoformat(theirs)) <= SAME_NEWS


def _alike(one: Commitment, other: Commitment) -> bool:
    """「20億ドルの融資を約束した」, 「25億ドルを融資すると約束」: the figures left out, much the same words."""
    left, right = (_pairs(FIGURES.sub("", r.evidence.text)) for r in (one, other))
    return len(left & right) >= ALIKE * max(min(len(left), len(right)), 1) and one.what == other.what


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _number(amount: int | str | None) -> str:
    return f"{amount:,}" if isinstance(amount, int) else str(amount)


def figures(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """The draft's figures against those of the same measure, things, unit and period."""
    every = desk.figures() if draft.records(Figure) else ()
    for own in draft.records(Figure):
        if own.amount is None or own.measure is None or own.period is None:
            continue
        key = (own.measure, set(own.of), own.unit, own.currency, own.period)
        known = [f for f in every if (f.measure, set(f.of), f.unit, f.currency, f.period) == key]
        known = [f for f in known if f.amount is not None]
        same = [f for f in known if _near(own.amount, f.amount)]
        label = f"{own.measure} {_number(own.amount)} {own.currency or own.unit or ''}".strip()
        if same:
            yield finding(own.evidence, "figure", AGREES, f"{label}: as in the record", None, told_by(desk, same))
        elif known:
            expected = f"{_number(known[0].amount)} {known[0].currency or known[0].unit or ''}".strip()
            yield finding(
                own.evidence, "figure", DIFFERS, f"{label}; the record has {expected}", expected, told_by(desk, known)
            )


def days(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """The draft's events of one day against the same occasion in the record: same act, parties and place or people."""
    for event in draft.records(Event):
        span = _span(event)
        if span is None or event.background or len(_parties(event)) < 2:
            continue
        first, last = span
        around = {"since": str(first - SAME_OCCASION), "until": str(last + SAME_OCCASION)}
        known = [e for e in _same_act(event, desk, **around) if _span(e) is not None and _same_occasion(event, e)]
        same = [e for e in known if _apart(event, e) == timedelta(0)]
        near = [e for e in known if timedelta(0) < _apart(event, e) <= SAME_OCCASION]
        if same:
            message = f"{event.type} on {event.date}: as in the record"
            yield finding(event.evidence, "date", AGREES, message, None, told_by(desk, same))
        elif near:
            near.sort(key=lambda e: (_apart(event, e), e.id))
            message = f"{event.type} on {event.date}; the record has {near[0].date}"
            yield finding(event.evidence, "date", DIFFERS, message, near[0].date, told_by(desk, near))


def firsts(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """「初めて会談した」 where the record has an earlier one of the same kind: a note, for firsts have their scope."""
    for event in draft.records(Event):
        claimed = FIRST.search(event.evidence.text)
        span = _span(event)
        if claimed is None or span is None:
            continue
        known = _same_act(event, desk, until=str(span[0]))
        earlier = [e for e in known if _is_before(e, span[0]) and _same_people(event, e) and not _other_place(event, e)]
        if earlier:
            earlier.sort(key=lambda e: (e.date or "", e.id))
            message = f"said to be the first; the record has one of {earlier[0].date}"
            yield finding(event.evidence, "first", DIFFERS, message, None, told_by(desk, earlier), severity="note")


def _same_act(event: Event, desk: Desk, **days: str) -> list[Event]:
    parties = _parties(event)
    if not parties:
        return []
    found = desk.events(
        party=min(parties), type=event.type, status="actual", since=days.get("since"), until=days["until"]
    )
    return [e for e in found if _parties(e) == parties]


def _parties(event: Event) -> frozenset[str]:
    return frozenset((*event.actor, *event.recipient))


def _same_occasion(one: Event, other: Event) -> bool:
    shared = _shared_people(one, other)
    if _other_place(one, other) or shared < min(len(one.people), len(other.people), 2):
        return False
    place = one.place is not None and one.place == other.place
    format_ = one.framework is not None and one.framework == other.framework
    return place or format_ or shared > 1


def _shared_people(one: Event, other: Event) -> int:
    return sum(any(a in b or b in a for b in other.people) for a in one.people)


def _same_people(one: Event, other: Event) -> bool:
    """Whether all whom the first names take part in the other: 「両首脳が初めて」 is not about their ministers."""
    return _shared_people(one, other) == len(one.people)


def _other_place(one: Event, other: Event) -> bool:
    return bool(one.place and other.place and one.place != other.place)


def _span(event: Event) -> tuple[date, date] | None:
    """The days of an event whose date is a day, or some days within a month."""
    first, last = first_and_last(event.date)
    if first is None or last is None or len((event.date or "").split("/")[0]) < len("2025-06-16"):
        return None
    return date.fromisoformat(first), date.fromisoformat(last)


def _apart(one: Event, other: Event) -> timedelta:
    a, b = _span(one), _span(other)
    assert a is not None
    assert b is not None
    return max(a[0] - b[1], b[0] - a[1], timedelta(0))


def _is_before(event: Event, day: date) -> bool:
    last = first_and_last(event.date)[1]
    return last is not None and date.fromisoformat(last) < day
