"""Where the pages of a cluster differ, field by field, every value with the words that say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from jitsuroku.contract import fold
from jitsuroku.linking.amounts import rounded
from jitsuroku.linking.days import span_of
from jitsuroku.linking.points import VISIT, zones_explain
from jitsuroku.linking.profiles import profile
from jitsuroku.linking.sides import PLANNED, announced, frames, members_alone, one_place
from jitsuroku.linking.types import Amount, Cell, Cluster, Difference, Knowledge, Profile
from jitsuroku.records import Commitment, Event, Evidence, Record, Statement

NONE, PAGE, UNSAID, TOPICS = "none", "page", "not said", "topics"
# Characters of the page that a piece of evidence has on each side.
AROUND = 32
# Numbers further apart do not stand for one thing: a rate (1元は約20円) and a sum. A slip of 万 for 億 is ten thousand.
MOST_TIMES = 10_000
# So far may two conversions of one sum lie apart, by the rates of their days.
OTHER_RATE = Decimal("1.25")


def differences(
    cluster: Cluster, knowledge: Knowledge, beside: Mapping[str, Sequence[Record]] | None = None
) -> tuple[Difference, ...]:
    """Where the pages differ, in the order of the fields; what is only rounding, precision or a zone is marked so.

    ``beside`` holds the other records of each page, by its id: what was spoken of at a meeting stands there.
    """
    pages = {page.id: page for page in cluster.documents}
    made = [profile(member, pages[member.document], knowledge) for member in cluster.members]
    told = [item for item in made if isinstance(item, Profile)]
    found = (each for each in differing(told, knowledge) if each.field != TOPICS)
    return (*found, *_topics(told, knowledge, beside))


def differing(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    """The same for profiles."""
    return _of_fields(FIELDS, told, k)


def exclusive(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    """Those in fields that cannot differ between two true accounts. An office, a hedge or who says it may."""
    return _of_fields(EXCLUSIVE, told, k)


def _of_fields(fields: Sequence[Field], told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    ordered = sorted(told, key=lambda p: (p.source, p.id))
    return (difference for field in fields for difference in field(ordered, k))


def _cell(p: Profile, value: str, evidence: Evidence | None = None) -> Cell:
    return Cell(p.id, p.document, value, evidence or p.record.evidence)


def _difference(
    field: str, cells: list[Cell], note: str | None = None, counts: bool | None = None
) -> Iterator[Difference]:
    if len({cell.value for cell in cells}) > 1:
        yield Difference(field, (note is None) if counts is None else counts, note, tuple(cells))


def _date(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    said = [
        (p, p.record.date) for p in told if _says_when(p) and not isinstance(p.record, Commitment) and p.record.date
    ]
    spans = [span for p, date in said if not p.carried and (span := span_of(date))]
    gaps = [max(0, a[0] - b[1], b[0] - a[1]) for a, b in combinations(spans, 2)]
    note = None
    if not any(gaps):
        note = "a day taken from the sentence before" if len(spans) < len(said) else "another precision"
    elif max(gaps) == 1 and any(frames(p, k) for p in told):
        note = "one day apart: the meeting of a format lasts days"
    elif max(gaps) == 1 and any(p.format == VISIT for p in told):
        note = "one day apart: a visit lasts days"
    elif max(gaps) == 1 and zones_explain(told, k):
        note = "one day apart, which time zones may explain"
    yield from _difference("date", [_cell(p, date) for p, date in said], note)


def _says_when(p: Profile) -> bool:
    """Whether the date is that of the thing: a plan's may be the day on which it was told."""
    return p.dated and not (p.state == PLANNED and announced(p))


def _place(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    said = [(p, _closer(p, p.place, k)) for p in told if p.place]
    names = sorted({place for _, place in said})
    known = {k.places[p.place] for p in told if p.place and k.places.get(p.place)}
    nested = all(one_place(a, b, k) for a, b in combinations(names, 2))
    note = "one names it more closely" if nested else None if len(known) > 1 else "may be one place"
    yield from _difference("place", [_cell(p, place) for p, place in said], note)


def _closer(p: Profile, place: str, k: Knowledge) -> str:
    """The place as the words name it: 「アスタナの大統領府で会談した」."""
    words = fold(p.record.evidence.text)
    at = words.find(fold(place))
    building = k.building.match(words, at + len(fold(place))) if at >= 0 else None
    return place + building.group() if building else place


def _participants(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    sides = [(p, p.parties) for p in told if p.parties]
    nested = all(a <= b or b <= a for (_, a), (_, b) in combinations(sides, 2))
    note = "one page names more" if nested else None
    if len({members_alone(side, k) for _, side in sides}) == 1:
        note = "one page names their format"
    yield from _difference("participants", [_cell(p, " ".join(sorted(side))) for p, side in sides], note)


def _numbers(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    by_unit: dict[str, list[tuple[Profile, list[Amount]]]] = {}
    for p in told:
        for unit in dict.fromkeys(a.unit for a in p.amounts):
            by_unit.setdefault(unit, []).append((p, [a for a in p.amounts if a.unit == unit]))
    settled = {unit for unit, said in by_unit.items() if len(said) > 1 and _agree(said)}
    for unit, said in sorted(by_unit.items()):
        money = any(a.money for _, amounts in said for a in amounts)
        converted = money and bool(settled - {unit})
        yield from _of_unit("amount" if money else "number", unit, said, converted)


def _agree(said: list[tuple[Profile, list[Amount]]]) -> bool:
    return all({a.value for a in one} & {a.value for a in other} for (_, one), (_, other) in combinations(said, 2))


def _of_unit(field: str, unit: str, said: list[tuple[Profile, list[Amount]]], converted: bool) -> Iterator[Difference]:
    values = [{a.value for a in amounts} for _, amounts in said]
    if max(map(max, values)) > MOST_TIMES * min(map(min, values)):
        return
    cells = [_cell(p, " ".join(f"{a.value:,} {unit}" for a in amounts)) for p, amounts in said]
    if _agree(said):
        bounds = [_cell(p, f"{_bounds(amounts) or 'exact'} {unit}") for p, amounts in said]
        yield from _difference("hedge", bounds, "the number is left open in another way")
        return
    pairs = combinations([amounts for _, amounts in said], 2)
    rounding = all(any(x.value == y.value or rounded(x, y) for x in a for y in b) for a, b in pairs)
    near = max(map(max, values)) <= OTHER_RATE * min(map(min, values))
    note = "rounded" if rounding else "converted at another rate" if converted and near else None
    yield from _difference(field, cells, note)


def _bounds(amounts: list[Amount]) -> str:
    return " ".join(a.bound for a in amounts if a.bound)


def _office(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    for name in sorted({name for p in told for name in p.people}):
        cells, forms = [], []
        for p in told:
            person = next((person for person in p.page.people if person.name == name), None)
            written = next((f for f in person.forms if _names_office(f, p)), None) if person else None
            if person and person.office and written:
                cells.append(_cell(p, person.office))
                forms.append(_cell(p, written))
        found = list(_difference("office", cells))
        yield from found or _difference("office", forms, "the same office in other words")


def _names_office(form: str, p: Profile) -> bool:
    return form in p.record.evidence.text and not form.endswith(("氏", "さん"))


def _initiator(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    cells = [_asked(p, k) for p in told if isinstance(p.record, Event)]
    values = {cell.value for cell in cells} - {UNSAID}
    note = None if len(values) > 1 else "not every page says at whose request"
    if values:
        yield from _difference("initiator", [cell for cell in cells if cell.value != UNSAID or note], note)


def _asked(p: Profile, k: Knowledge) -> Cell:
    """Who asked for it: as the record says, by its words, or by the next sentence of a meeting (「来日は首相の招待に応えた」)."""
    evidence = p.record.evidence
    if initiator := getattr(p.record, "initiator", None):
        return _cell(p, initiator)
    for words in (evidence, _next_words(evidence)) if p.type in k.symmetric else (evidence,):
        found = next((match for pattern in k.requests if (match := pattern.search(fold(words.text)))), None)
        if found is not None:
            return _cell(p, _side(found.group(1), p, k), words)
    return _cell(p, UNSAID)


def _next_words(evidence: Evidence) -> Evidence:
    """What is known of the sentence after, as evidence of its own."""
    after = evidence.suffix.partition("\n")[0]
    first = len(after) - len(after.lstrip("。"))
    words = after[first:].partition("。")[0]
    start = evidence.end + first
    before = (evidence.prefix + evidence.text + after[:first])[-AROUND:]
    return Evidence(words, start, start + len(words), before, after[first + len(words) :])


def _side(asked: str, p: Profile, k: Knowledge) -> str:
    """The state of a person or party named there, else the words."""
    people = {form: person.country for person in p.page.people for form in (person.name, *person.forms)}
    named = [country for form, country in people.items() if country and fold(form) in asked]
    named += [k.country_codes[name] for name in k.countries.findall(asked)]
    return named[0] if named else asked


def _said_by(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    if any(isinstance(p.record, Statement) for p in told):
        return
    cells = [_cell(p, _asserted(p)) for p in told]
    one_sided = any(cell.value == PAGE for cell in cells)
    yield from _difference("said_by", cells, "told as a fact on some pages" if one_sided else None)


def _asserted(p: Profile) -> str:
    record = p.record
    if isinstance(record, Statement):
        return PAGE
    return " < ".join(record.via) or (record.said_by if record.said_by == PAGE else "a statement")


def _hedge(told: list[Profile], k: Knowledge) -> Iterator[Difference]:
    cells = [_cell(p, _left_open(p, k)) for p in told]
    yield from _difference("hedge", cells)


def _left_open(p: Profile, k: Knowledge) -> str:
    """The words that leave it open, in the clause and right after it."""
    hedge = getattr(p.record, "hedge", None)
    words = fold(p.record.evidence.text + _rest_of_sentence(p.record.evidence.suffix))
    found = sorted({word for word, _ in k.hedges if word in words} | ({hedge} if hedge else set()))
    return " ".join(found) or NONE


def _rest_of_sentence(suffix: str) -> str:
    return suffix.partition("。")[0].partition("\n")[0]


def _wording(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    said = [(p, p.record) for p in told if isinstance(p.record, Statement)]
    cells = [_cell(p, "quoted" if record.quoted else "reported") for p, record in said]
    yield from _difference("wording", cells, "quoted on some pages, reported on others")


def _types(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    yield from _difference("type", [_cell(p, p.type) for p in told], "told as another kind of act")


def _votes(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    """How one party voted, by the pages that say it."""
    said = [(p, vote.party, vote.vote) for p in told if isinstance(p.record, Event) for vote in p.record.votes]
    for party in sorted({party for _, party, _ in said}):
        yield from _difference("votes", [_cell(p, f"{party} {vote}") for p, each, vote in said if each == party])


def _stage(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    """How far a plan or promise has come: considered on one page, decided on another."""
    said = [(p, stage) for p in told if (stage := getattr(p.record, "stage", None))]
    days = {p.told for p, _ in said}
    note = "told on other days" if len(days) > 1 else None
    yield from _difference("stage", [_cell(p, stage) for p, stage in said], note)


def _term(told: list[Profile], _: Knowledge) -> Iterator[Difference]:
    """Over what time a promise runs."""
    said = [(p, fold(p.record.horizon)) for p in told if isinstance(p.record, Commitment) and p.record.horizon]
    yield from _difference("horizon", [_cell(p, "".join(words.split())) for p, words in said])


def _topics(
    told: list[Profile], k: Knowledge, beside: Mapping[str, Sequence[Record]] | None = None
) -> Iterator[Difference]:
    cells = []
    for p in told:
        near = [r for r in (beside or {}).get(p.document, ()) if p.type in k.symmetric and _there(r, p)]
        topics = {*p.record.topics, *(topic for r in near for topic in getattr(r, "topics", ()))}
        evidence = next((r.evidence for r in near if isinstance(r, Event | Statement)), None)
        cells.append(_cell(p, " ".join(sorted(topics)) or NONE, None if p.record.topics else evidence))
    yield from _difference(TOPICS, cells, "not every page mentions them")


def _there(record: Record, meeting: Profile) -> bool:
    """Whether a record of the page has a topic and tells of what was done or said at the meeting."""
    if not isinstance(record, Event | Statement) or not record.topics:
        return False
    span = span_of(record.date)
    parties = record.for_ if isinstance(record, Statement) else (*record.actor, *record.recipient)
    same_day = meeting.precise and span == (meeting.first, meeting.last)
    return same_day and bool(parties) and meeting.parties >= set(parties)


Field = Callable[[list[Profile], Knowledge], Iterator[Difference]]
FIELDS: tuple[Field, ...] = (
    _date,
    _place,
    _participants,
    _numbers,
    _office,
    _initiator,
    _said_by,
    _hedge,
    _wording,
    _types,
    _votes,
    _stage,
    _term,
    _topics,
)
EXCLUSIVE: tuple[Field, ...] = (_date, _place, _numbers, _initiator)
