"""The meetings of a format in order, from what pages tell of them and from the list of those that are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from jitsuroku.contract import fold, with_id
from jitsuroku.linking.days import span_of
from jitsuroku.linking.types import Amount, Knowledge, Told
from jitsuroku.records import Event, Evidence, Meeting, Row

PLANNED, HELD, POSTPONED, CANCELLED = "planned", "held", "postponed", "cancelled"
STOPPED = (POSTPONED, CANCELLED)
RULE = "linking/meetings#"
ACTUAL = "actual"
# So many days lie between two pages' days of one meeting at most; a series seldom meets twice in a month.
NEAR = 10
MONTH = 31
NUMBER = r"第(\d+)回"
# What an act must end in to be the meeting itself and not something done there.
MEETS = re.compile(r"(?:開|催|出席|参加|行わ|主宰|招集|始ま|終え|終わ|閉幕|集ま|集う)[^、。]{0,7}$")
STATE = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """What one event of a page says of a meeting."""

    event: str
    document: str
    source: str
    told: str | None
    status: str
    number: int | None
    date: str | None
    place: str | None
    host: str | None
    parties: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Gathering:
    """One meeting of a series. ``known`` is its row in the world's list, None where it has none; ``differ`` tells where
    pages do not agree with it. ``accounts`` are the pages', () for one known from the list alone."""

    series: str
    number: int | None
    date: str | None
    status: str
    place: str | None
    host: str | None
    participants: tuple[str, ...]
    known: str | None
    differ: tuple[str, ...]
    accounts: tuple[Account, ...]


def meets(words: str, amounts: Iterable[Amount], k: Knowledge) -> bool:
    """Whether words, folded, tell of a meeting or a visit: 「演説で、資金を贈る」 at a meeting is none."""
    clause = re.split(r"[、。]", words.rstrip("、。"))[-1]
    return not any(amount.money for amount in amounts) and k.meets.search(clause) is not None


def stops(words: str, k: Knowledge) -> bool:
    """Whether a meeting or visit is put off or called off: 「中国訪問を延期する」."""
    stopped = any(word in words for word, kind in k.series if kind in STOPPED)
    return stopped and k.meets.search(words) is not None


def series_of(record: Told, k: Knowledge) -> str | None:
    """The format of whose meeting an event tells; None where it tells of something else, or of something at its side."""
    if not isinstance(record, Event) or record.framework is None:
        return None
    words = _sentence(record.evidence)
    kinds = {kind for word, kind in k.series if word in words}
    if "meeting" not in kinds or kinds & {"lesser", "margin"}:
        return None
    listed = any(row["series"] == record.framework for row in k.known)
    if not listed and fold(record.framework) not in words:
        return None
    return record.framework if _status(record, kinds, k) is not None else None


def _sentence(evidence: Evidence) -> str:
    """The words with what stands around them in their sentence."""
    before = re.split(r"[。\n]", evidence.prefix)[-1]
    return fold(before + evidence.text + re.split(r"[。\n]", evidence.suffix)[0])


def _status(event: Event, kinds: set[str], k: Knowledge) -> str | None:
    whole = event.framework in (*event.actor, *event.recipient)
    if POSTPONED in kinds or CANCELLED in kinds:
        return CANCELLED if CANCELLED in kinds else POSTPONED
    if event.type in k.symmetric and event.status == ACTUAL:
        return HELD if whole or MEETS.search(event.evidence.text) else None
    if event.type in k.plans.values() and event.status == PLANNED:
        return PLANNED if MEETS.search(event.evidence.text) else None
    return None


def account_of(record: Event, source: str, told: str | None, k: Knowledge) -> Account:
    """What an event of a series says of its meeting. ``source`` and ``told``: its page and the day of that."""
    words = _sentence(record.evidence)
    kinds = {kind for word, kind in k.series if word in words}
    status = _status(record, kinds, k) or PLANNED
    parties = tuple(c for c in (*record.actor, *record.recipient) if c != record.framework and _is_code(c))
    return Account(
        event=record.id,
        document=record.document,
        source=source,
        told=told,
        status=status,
        number=_number(words, k),
        date=None if status in STOPPED else record.date,
        place=record.place,
        host=next((role.name for role in record.roles if role.role == "host"), None),
        parties=parties,
        evidence=record.evidence,
    )


def _is_code(party: str) -> bool:
    return len(party) == STATE and party.isascii()


def _number(words: str, k: Knowledge) -> int | None:
    """|第2回|「中国・中央アジアサミット」, SCO首脳理事会|第25回|会議; None where several numbers are told."""
    nouns = "|".join(word for word, kind in k.series if kind == "meeting")
    found = re.findall(rf"{NUMBER}[^、。]{{0,24}}?(?:{nouns})|(?:{nouns})[^、。]{{0,3}}{NUMBER}", words)
    numbers = {int(before or after) for before, after in found}
    return numbers.pop() if len(numbers) == 1 else None


def gatherings(series: str, accounts: Iterable[Account], k: Knowledge) -> tuple[Gathering, ...]:
    """The meetings of a series in order, those of the world's list among them."""
    rows = [row for row in k.known if row["series"] == series]
    listed: dict[int, list[Account]] = {at: [] for at in range(len(rows))}
    others: list[Account] = []
    for account in sorted(accounts, key=_exactness):
        at = _listed(account, rows)
        if at is not None:
            listed[at].append(account)
        else:
            others.append(account)
    found = [_gathering(series, told, rows[at], k) for at, told in listed.items()]
    found += [_gathering(series, told, None, k) for told in _grouped(others)]
    return in_order(found)


def together(series: str, accounts: Iterable[Account], k: Knowledge, without: Container[str | None] = ()) -> Gathering:
    """The meeting of which these accounts tell, by somebody's word; ``without`` those of the world's list (days)."""
    told = sorted(accounts, key=_exactness)
    rows = [row for row in k.known if row["series"] == series and row["date"] not in without]
    listed = (at for account in told if (at := _listed(account, rows)) is not None)
    at = next(listed, None)
    return _gathering(series, told, None if at is None else rows[at], k)


def listed_day(found: Gathering) -> str | None:
    """The day by which the world's list knows a meeting; None where it does not."""
    return found.date if found.known else None


def in_order(found: Iterable[Gathering]) -> tuple[Gathering, ...]:
    """Meetings by day and number; those without a day last."""
    return tuple(sorted(found, key=_order))


def _exactness(account: Account) -> tuple[int, str, str, int, str]:
    """The most exact day first."""
    return -len((account.date or "").split("/")[0]), account.date or "", account.source, *_place_of(account)


def _place_of(account: Account) -> tuple[int, str]:
    return account.evidence.start, account.event


def _order(found: Gathering) -> tuple[str, int, str]:
    return found.date or "9999", found.number or 0, found.accounts[0].event if found.accounts else ""


def _listed(account: Account, rows: Sequence[Row]) -> int | None:
    """The place in the list of the one meeting that the account's day, else its number, names."""
    span = span_of(account.date)
    if span is not None:
        fits = [at for at, row in enumerate(rows) if (own := span_of(row["date"])) and _near(span, own)]
        return fits[0] if len(fits) == 1 else None
    if account.number is None or account.status != HELD:
        return None
    fits = [at for at, row in enumerate(rows) if _counts(row) and row["number"] == str(account.number)]
    return fits[0] if len(fits) == 1 else None


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans of days meet, a day of zones allowed for days."""
    slack = 1 if one[1] - one[0] < MONTH - 4 else 0
    return one[0] - slack <= other[1] and other[0] <= one[1] + slack


def _grouped(accounts: list[Account]) -> Iterator[list[Account]]:
    """Accounts of meetings that no list knows: by number, else by day; what has neither and no place is left out."""
    groups: list[list[Account]] = []
    places: dict[str, list[int]] = {}
    for account in accounts:
        near = sorted({place for mark in _marks(account) for place in places.get(mark, ())})
        fits = [groups[place] for place in near if _is_one(groups[place][0], account)]
        if not fits and account.status in STOPPED:
            fits = [group for group in groups if group[0].status == PLANNED]
        if len(fits) == 1:
            fits[0].append(account)
        elif not fits and (account.date or account.number or account.place):
            for mark in _marks(account):
                places.setdefault(mark, []).append(len(groups))
            groups.append([account])
    yield from groups


def _marks(account: Account) -> Iterator[str]:
    """Of two accounts that ``_is_one`` joins both have one of these."""
    if account.number is not None:
        yield f"number {account.number}"
    if (span := span_of(account.date)) is not None:
        yield from (f"month {n}" for n in range((span[0] - NEAR) // MONTH, (span[1] + NEAR) // MONTH + 1))
    elif account.place is not None:
        yield f"place {account.place}"


def _is_one(first: Account, other: Account) -> bool:
    if first.number is not None and other.number is not None:
        return first.number == other.number
    one, then = span_of(first.date), span_of(other.date)
    if one is None or then is None:
        return one is then and first.place is not None and first.place == other.place
    return one[0] - NEAR <= then[1] and then[0] <= one[1] + NEAR


def _gathering(series: str, told: list[Account], row: Row | None, k: Knowledge) -> Gathering:
    ordered = sorted(told, key=lambda a: (a.told or "9999", a.source, *_place_of(a)))
    numbers = [a.number for a in ordered if a.number is not None]
    dates = [a.date for a in sorted(told, key=_exactness) if a.date is not None]
    places = [a.place for a in ordered if a.place]
    hosts = [a.host for a in ordered if a.host]
    listed = int(row["number"]) if row and _counts(row) else None
    return Gathering(
        series=series,
        number=listed if listed is not None else _most(numbers),
        date=row["date"] if row and row["date"] else next(iter(dates), None),
        status=HELD if row else _standing(ordered),
        place=(row["place"] if row else "") or _most(places),
        host=(row["host"] if row else "") or _most(hosts),
        participants=(row.list("participants") if row else ())
        or tuple(sorted({p for a in ordered for p in a.parties})),
        known=row.rule if row else None,
        differ=tuple(_differences(ordered, row, k)),
        accounts=tuple(ordered),
    )


def _most(values: Sequence[T]) -> T | None:
    return Counter(values).most_common(1)[0][0] if values else None


def _counts(row: Row) -> bool:
    """Whether the series counts its meetings; where it does not, the list has the year for a number."""
    return row["number"].isdigit() and row["number"] != row["date"][: len("2025")]


def _standing(accounts: list[Account]) -> str:
    """Held where a page says so; else what the page that came last says."""
    return HELD if any(a.status == HELD for a in accounts) else accounts[-1].status


def _differences(accounts: list[Account], row: Row | None, k: Knowledge) -> Iterator[str]:
    """Where a page has another number or a place in another country than the list, or pages differ between themselves."""
    numbers = sorted({a.number for a in accounts if a.number is not None})
    listed = row["number"] if row and _counts(row) else ""
    wrong = [n for n in numbers if str(n) != listed] if listed.isdigit() else numbers if len(numbers) > 1 else []
    if wrong:
        told = f"; {listed} in the list" if listed.isdigit() else ""
        yield f"number: {', '.join(map(str, wrong))} on pages{told}"
    home = k.places.get(row["place"]) if row else None
    places = sorted({a.place for a in accounts if a.place and home and k.places.get(a.place, home) != home})
    if places and row:
        yield f"place: {', '.join(places)} on pages; {row['place']} in the list"


def record_of(found: Gathering) -> Meeting | None:
    """The line of the export: a meeting that pages tell of, what they leave open filled in from the list."""
    if not found.accounts:
        return None
    first = next((a for a in found.accounts if a.status == found.status), found.accounts[0])
    rules = [RULE + first.event, *([found.known] if found.known else [])]
    return with_id(
        Meeting(
            id="",
            series=found.series,
            number=found.number,
            date=found.date,
            place=found.place,
            host=found.host,
            participants=found.participants,
            evidence=first.evidence,
            rule=" ".join(rules),
        )
    )
