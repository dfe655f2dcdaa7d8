"""An event told three times is one record with three pieces of evidence; nothing else is folded together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from jitsuroku.contract import with_id
from jitsuroku.records import Commitment, Event, Evidence, Statement

# Between an act and the verb that governs it: 「承認する|ことを決定した」.
GOVERNOR = 16
PAGE = "page"
# 「近年、頻繁に会談している」 is none of the meetings that have a day.
HABIT = re.compile(r"近年|頻繁|しばしば|たびたび|幾度|何度も|毎年|定期的")
SEVERALLY = re.compile(r"それぞれ|相次いで|個別に|順に")
# One side is blamed by another once a day: 「非難した」, then 「懸念を表明した」.
CLOSING = ("#閉幕", "#閉会")
BLAME = "event_types/accuse/"
REPLIES = ("event_types/accuse/", "event_types/reject/")

T = TypeVar("T", Event, Statement, Commitment)


def merge_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Fold events that are the same act: the same words and actor (「送ることを決めた」 is one promise, not two), or a
    meeting of the same parties on days that may be one; one that took place is not also to come."""
    kept: list[Event] = []
    folded: set[int] = set()
    for event in sorted(events, key=lambda e: (not _is_dated(e), e.evidence.start, e.evidence.end, e.rule)):
        twin = next((i for i, other in enumerate(kept) if _same(other, event)), None)
        if twin is None:
            kept.append(event)
        else:
            kept[twin] = _fold(kept[twin], event)
            folded.add(twin)
    named = (with_id(event) if i in folded else event for i, event in enumerate(kept))
    return tuple(sorted(named, key=lambda e: (e.evidence.start, e.evidence.end, e.rule)))


def _is_dated(event: Event) -> bool:
    return event.date is not None and not event.background


def _same(left: Event, right: Event) -> bool:
    if _is_meeting(left) and _is_meeting(right):
        return _same_meeting(left, right)
    if left.type != right.type or "denied" in (left.status, right.status) and left.status != right.status:
        return False
    if _told_again(left, right):
        return True
    overlap = left.evidence.start < right.evidence.end and right.evidence.start < left.evidence.end
    if overlap and abs(left.evidence.end - right.evidence.end) <= GOVERNOR and not _are_chained(left, right):
        apart = left.recipient and right.recipient and set(left.recipient) != set(right.recipient)
        return set(left.actor) == set(right.actor) and not apart
    return False


def _told_again(left: Event, right: Event) -> bool:
    """One deed that a page tells twice in the same word: 「断交した」 in its first sentence, 「断交を決定した」 in a later one.

    Those who act are the same, nobody else is acted upon, and the days may be one. What is asked or agreed on is another
    thing each time; blame and refusal of one side are one.
    """
    reply = left.rule.startswith(REPLIES) and bool(left.recipient) and left.recipient == right.recipient
    blame = left.rule.startswith(BLAME) and right.rule.startswith(BLAME)
    of_one = blame and not (left.recipient and right.recipient)
    if (
        not (reply or of_one or left.quad.startswith("material"))
        or set(left.actor) != set(right.actor)
        or left.status != right.status
    ):
        return False
    if left.recipient and right.recipient and set(left.recipient) != set(right.recipient):
        return False
    if reply and blame and left.date == right.date is not None:
        return True
    word = any(_word(one) in other.evidence.text for one, other in ((left, right), (right, left)))
    return word and left.background == right.background and _one_day(left, right)


def _are_chained(left: Event, right: Event) -> bool:
    """「反乱を起こし|、大統領を拘束した」: two deeds, not one act and the verb that governs it."""
    first, last = sorted((left.evidence, right.evidence), key=lambda e: e.end)
    return left.quad.startswith("material") and last.text[first.end - last.start :].startswith("、")


def _word(event: Event) -> str:
    """The word that told of an event: the trigger of its row."""
    return event.rule.rpartition("#")[2]


def _same_meeting(left: Event, right: Event) -> bool:
    """A visit and the talks held there, or one summit told twice, as long as their days may be the same."""
    if _describes(left, right) or _describes(right, left):
        return True
    sides = [{*each.actor, *each.recipient} for each in (left, right)]
    together = sides[0] == sides[1] or _is_one_of(left, right) or _is_one_of(right, left)
    if any(HABIT.search(event.evidence.text) for event in (left, right)):
        return False
    if not together or left.background != right.background or "denied" in (left.status, right.status):
        return False
    return _one_day(left, right) and {left.mode, right.mode} != {"visit", "phone"}


def _is_one_of(meeting: Event, others: Event) -> bool:
    """「|甲国の外相との会談で|」, after 「甲国、乙国の外相と|それぞれ|会談した」: one of those meetings."""
    severally = (
        meeting.date in (None, others.date) and meeting.actor == others.actor and SEVERALLY.search(others.evidence.text)
    )
    return bool(severally) and set(meeting.recipient) < set(others.recipient)


def _describes(left: Event, right: Event) -> bool:
    """「|広島で開かれていた|サミットは21日、大統領を迎えて閉幕した」: one meeting, told by the clause before it and by its own."""
    beside = 0 <= right.evidence.start - left.evidence.end <= 1
    return beside and left.framework is not None and left.framework == right.framework and not left.background


def _is_meeting(event: Event) -> bool:
    return event.rule.startswith("event_types/consult/")


def _one_day(left: Event, right: Event) -> bool:
    """Whether two dates may be one: the same, one more precise than the other, or one not told."""
    if left.date is None or right.date is None:
        return left.status == right.status or (left.date is None and right.date is None)
    if left.date == right.date:
        return True
    short, long = sorted((left.date, right.date), key=len)
    if "/" in long:
        first, _, last = long.partition("/")
        return "/" not in short and first <= short <= last
    return long.startswith(short)


def _fold(first: Event, second: Event) -> Event:
    """The fuller telling stands first: the one with a date, then the longer one; what the page tells by itself anywhere
    is the page's. The id is not made anew yet."""
    lead, other = first, second
    if first.status != second.status:
        lead, other = (first, second) if first.status == "actual" and _is_meeting(first) else (second, first)
    elif (second.date is not None, len(second.evidence.text)) > (first.date is not None, len(first.evidence.text)):
        lead, other = second, first
    people = tuple(dict.fromkeys([*lead.people, *other.people]))
    more = _more(lead.evidence, (*lead.more, other.evidence, *other.more))
    recipient = tuple(c for c in lead.recipient or other.recipient if c not in lead.actor)
    framework = lead.framework or other.framework
    plain = min((lead, other), key=lambda e: (e.said_by != PAGE, len(e.via)))
    told = replace(lead, date=_span(lead, other), people=people, recipient=recipient, more=more, framework=framework)
    return replace(told, said_by=plain.said_by, via=plain.via)


def _span(lead: Event, other: Event) -> str | None:
    """「|5月7日から開かれていた|総会は|9日、閉幕した|」: from its first day to its last."""
    closing, opening = (lead, other) if lead.rule.endswith(CLOSING) else (other, lead)
    days = [e.date for e in (opening, closing) if e.date is not None and len(e.date) == len("2026-05-09")]
    ends = closing.rule.endswith(CLOSING) and _describes(opening, closing) and len(days) == 2
    return "/".join(days) if ends and days[0] < days[1] else lead.date


def _more(first: Evidence, others: Iterable[Evidence]) -> tuple[Evidence, ...]:
    places = {(e.start, e.end): e for e in others if (e.start, e.end) != (first.start, first.end)}
    return tuple(places[key] for key in sorted(places))


def merge_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Fold a saying that a page repeats word for word by the same speaker."""
    kept: dict[tuple[str, str], Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.evidence.start, s.evidence.end)):
        key = (statement.speaker, statement.text)
        if key in kept:
            first = kept[key]
            kept[key] = replace(first, more=_more(first.evidence, (*first.more, statement.evidence)))
        else:
            kept[key] = statement
    return tuple(with_id(statement) if statement.more else statement for statement in kept.values())
