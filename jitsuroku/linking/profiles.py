"""A record with its page -> the profile by which it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from jitsuroku.contract import fold
from jitsuroku.linking.amounts import amounts_in
from jitsuroku.linking.context import countries_in, people_in
from jitsuroku.linking.days import span_of
from jitsuroku.linking.meetings import meets, series_of, stops
from jitsuroku.linking.texts import page_day, text_of
from jitsuroku.linking.types import Amount, Knowledge, Profile, Text, Told
from jitsuroku.linking.words import folded, squeezed, terms_of
from jitsuroku.records import Commitment, DocumentRecord, Event, Evidence, Statement

# Without a date of its own an act of the news is looked for in the week before its page, a plan in the two months after.
BEFORE, AFTER, AHEAD = 7, 1, 60
# Two things are one when of the pairs of characters in the shorter words for it so many stand in the longer.
PAIR, MOST_OF_IT = 2, 0.5
KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
PLANNED, VERBAL = "planned", "verbal"
QUOTATION = re.compile(r"「([^「」]+)」|『([^『』]+)』")
MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
DAY = re.compile(r"(\d{1,2})日")
ABOUT = re.compile(r"([^、。「」]{2,30})(?:について|を巡|をめぐ|に関し|に関する)")
# The noun behind a clause that modifies it: 「両首脳が署名した|共同宣言」.
HEAD = re.compile(r"[々一-鿿ァ-ヴー]{2,12}")


def profile(
    record: Told | DocumentRecord, page: DocumentRecord, knowledge: Knowledge, occasions: frozenset[str] = frozenset()
) -> Profile | Text:
    """The record as it is compared; a document gives its text. ``occasions`` are the meetings that its page tells of."""
    match record:
        case DocumentRecord():
            return text_of(record, knowledge)
        case Event():
            return _event(record, page, knowledge, occasions)
        case Statement():
            return _statement(record, page, knowledge, occasions)
        case Commitment():
            return _commitment(record, page, knowledge, occasions)


def family_of(event: Event, k: Knowledge) -> str:
    """What an act is compared with: one page's demand may be another's warning, one's promise another's decision."""
    if event.type in k.symmetric:
        return event.type
    if event.status == PLANNED:
        return PLANNED
    return event.quad if event.quad.startswith(VERBAL) else event.type


def _event(event: Event, page: DocumentRecord, k: Knowledge, occasions: frozenset[str]) -> Profile:
    words = _words(event)
    return _made(
        event,
        page,
        k,
        occasions,
        type=event.type,
        family=family_of(event, k),
        state=event.status,
        left=event.actor,
        right=event.recipient,
        people=event.people,
        date=event.date,
        background=event.background,
        amounts=amounts_in(words, k),
        format=_format(words, k) or event.mode,
        words=words,
    )


def _statement(said: Statement, page: DocumentRecord, k: Knowledge, occasions: frozenset[str]) -> Profile:
    return _made(
        said,
        page,
        k,
        occasions,
        type="statement",
        beside=_beside(said),
        state=said.act,
        left=said.for_,
        people=(said.speaker,),
        date=said.date,
        amounts=amounts_in(said.text, k),
        words=said.text,
    )


def _commitment(promise: Commitment, page: DocumentRecord, k: Knowledge, occasions: frozenset[str]) -> Profile:
    return _made(
        promise,
        page,
        k,
        occasions,
        type="commitment",
        state="",
        left=promise.giver,
        right=promise.receiver,
        amounts=tuple(_promised(promise)),
        words=_words(promise),
    )


def _promised(promise: Commitment) -> Iterable[Amount]:
    unit = promise.currency or promise.unit
    if promise.amount is not None and unit is not None:
        bound = "" if promise.bound == "exact" else promise.bound
        yield Amount(Decimal(promise.amount), unit, promise.currency is not None, bound, 0, 0)
    if promise.converted is not None:
        # What a page converts it rounds.
        yield Amount(Decimal(promise.converted[0]), promise.converted[1], True, "about", 0, 0)


def _words(record: Event | Commitment) -> str:
    return record.evidence.text


def _beside(said: Statement) -> str:
    """What the words are about, as the sentence says: 「|地上部隊の派遣|について「排除しない」と述べた」."""
    sentence = re.split(r"[。\n]", said.evidence.prefix)[-1] + said.evidence.text.replace(said.text, " ")
    return " ".join(ABOUT.findall(sentence))


def _modified(evidence: Evidence) -> str:
    """The words with the noun that they modify."""
    head = HEAD.match(evidence.suffix)
    return evidence.text + (head.group() if head and not evidence.text.endswith(tuple("。、」")) else "")


def _format(words: str, k: Knowledge) -> str | None:
    folded = fold(words)
    return next((name for word, name in k.formats if word in folded), None)


def _made(
    record: Told,
    page: DocumentRecord,
    k: Knowledge,
    occasions: frozenset[str],
    *,
    type: str,
    state: str,
    left: tuple[str, ...],
    amounts: tuple[Amount, ...],
    words: str,
    right: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    date: str | None = None,
    background: bool = False,
    format: str | None = None,
    family: str = "",
    beside: str = "",
) -> Profile:
    known = {person.name: person for person in page.people}
    names = {form for person in page.people for form in (person.name, *person.forms)}
    told, dated = page_day(page), span_of(date)
    first, last = dated or _around(told, state, background)
    folded_words = fold(words)
    if _may_be_later(record, k) and last is not None and told is not None and last < told:
        last = told
    return Profile(
        id=record.id,
        document=page.id,
        source=page.source,
        kind=record.kind,
        type=type,
        state=state,
        left=frozenset(left),
        right=frozenset(right),
        people=frozenset(people),
        by_country=_by_country({name: known[name].country for name in people if name in known}),
        first=first,
        last=last,
        dated=dated is not None,
        told=told,
        place=getattr(record, "place", None) or (_place_in(folded_words, k) if family in k.symmetric else None),
        framework=getattr(record, "framework", None),
        format=format,
        amounts=amounts,
        terms=terms_of(_modified(record.evidence) if words == record.evidence.text else words, names, k),
        words=squeezed(words),
        record=record,
        page=page,
        family=family,
        named=frozenset(countries_in(words, page, k)),
        people_named=frozenset(person.name for person in people_in(words, page)),
        about=terms_of(beside, names, k) if beside else frozenset(),
        quotes=frozenset(squeezed(one or other) for one, other in QUOTATION.findall(words)),
        organ=next((name for word, name in k.organs if word in folded_words), None),
        month_day=_month_day(folded_words) if dated is None and told is None else None,
        days_named=frozenset(map(int, DAY.findall(folded_words))),
        occasions=occasions,
        meets=meets(folded_words, amounts, k),
        stops=stops(folded_words, k),
        series=series_of(record, k),
    )


def _place_in(words: str, k: Knowledge) -> str | None:
    """The place of a meeting by its words: 「首都アスタナに到着し、大統領と会談した」."""
    found = k.at_place.search(words)
    return found.group(1) if found else None


def _month_day(words: str) -> tuple[int, int] | None:
    found = MONTH_DAY.findall(words)
    return (int(found[0][0]), int(found[0][1])) if len(found) == 1 else None


def _may_be_later(record: Told, k: Knowledge) -> bool:
    """An act whose day is that of a sentence before: the story may have gone on since. Who meets is told with a day."""
    carried = isinstance(record, Event) and record.date_basis == "previous date" and record.status == "actual"
    return carried and not record.background and record.type not in k.symmetric  # type: ignore[union-attr]


def _around(told: int | None, state: str, background: bool) -> tuple[int | None, int | None]:
    if told is None or background:
        return None, None
    return (told, told + AHEAD) if state == "planned" else (told - BEFORE, told + AFTER)


def _by_country(countries: dict[str, str | None]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, country in countries.items():
        if country is not None:
            found.setdefault(country, set()).add(name)
    return {country: frozenset(names) for country, names in found.items()}


def alike(a: Profile, b: Profile) -> bool:
    """Whether two promises without an amount are of one thing, by the words for it: 特別委員会の設立 and 特別委員会を設立する."""
    one, other = (squeezed(getattr(p.record, "what", None) or "") for p in (a, b))
    left, right = (frozenset(words[i : i + PAIR] for i in range(len(words) - 1)) for words in (one, other))
    return bool(left and right) and len(left & right) / min(len(left), len(right)) >= MOST_OF_IT


def name_key(name: str) -> str:
    """A short form on which the forms of a name agree: ドナルド・トランプ and トランプ, 習近平 and 習近平氏."""
    last = folded(name).split("・")[-1].split(" ")[-1]
    katakana = KATAKANA.match(last)
    return katakana.group() if katakana else last[:2]


def same_name(left: str, right: str) -> bool:
    """Whether two names may be one person's: one holds the other, or they agree on the last part."""
    short, long = sorted((folded(left), folded(right)), key=len)
    if len(short) > 1 and short in long:
        return True
    return bool(KATAKANA.match(name_key(short))) and name_key(short) == name_key(long)
