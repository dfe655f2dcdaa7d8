"""One thing, many reports: a table with a page a column and a question a row, every cell with its words.

What a page does not say is told apart from what it says without our having a record of it, and from what cannot be known
because the page's language is not read: a blank must never claim more than the page gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jitsuroku.desk.clusters import Told
from jitsuroku.desk.linking import knowledge
from jitsuroku.desk.passages import Passage, passage_of
from jitsuroku.desk.phrases import Phrase, formulas_in, lengths, topic_named, touched
from jitsuroku.linking import Cluster, Profile, descent, independent, originals_of, profile
from jitsuroku.records import Commitment, DocumentRecord, Event, Evidence, Figure, Statement
from jitsuroku.store import Store

# Units of the length of a meeting, which has a line of its own.
OF_TIME = frozenset({"分", "時間"})
MOST_NAMED = 5
SAID, NAMED, SILENT = "said", "named", "silent"


@dataclass(frozen=True, slots=True)
class Field:
    """What one page says to one question. ``state`` said, named (its words touch on it, without a record) or silent;
    ``odd`` when it says something else than most, or when no answer is that of most."""

    state: str
    values: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One question to all pages. ``question`` names it, ``about`` the topic or set phrase; ``differs`` when the pages that
    answer do not agree; ``note`` when they only seem to."""

    question: str
    about: str
    fields: tuple[Field, ...]
    differs: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A page that tells of it: its origin, whether it is a copy of a page beside it, and how many columns stand under the
    same origin."""

    document: DocumentRecord
    origin: str
    copy_of: str | None
    members: tuple[Event | Statement | Commitment, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table."""

    told: Told
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    origins: tuple[str, ...]


def compare(store: Store, told: Told) -> Comparison:
    """The table of what the pages of a cluster say."""
    cluster = told.cluster
    columns = tuple(
        sorted(_columns(cluster), key=lambda c: (_rank(c, cluster), c.origin, bool(c.copy_of), c.document.source))
    )
    passages = [passage_of(store, column.document, column.members) for column in columns]
    lines = (*_plain(told, columns, passages), *_topics(passages), *_formulas(passages))
    return Comparison(told, columns, lines, cluster.origins)


def _rank(column: Column, cluster: Cluster) -> int:
    """Origins with several pages first, so that what hangs together stands together."""
    return -sum(1 for c in _columns(cluster) if c.origin == column.origin)


def _columns(cluster: Cluster) -> Iterator[Column]:
    originals = originals_of(cluster.documents)
    names = {page.id: page for page in cluster.documents}
    for page in cluster.documents:
        line = [id for id in descent(page.id, originals) if id in names]
        root = names[line[-1]] if line else page
        mine = tuple(m for m in cluster.members if m.document == page.id)
        # The origin as it is counted, for one page at a time.
        origin = independent((root,), {}, [m for m in cluster.members if m.document == root.id])[0]
        yield Column(page, origin, line[0] if line else None, mine)


# --- who asked, when, who, where, how much ---------------------------------------------------------------------------


def _plain(told: Told, columns: Sequence[Column], passages: Sequence[Passage]) -> Iterator[Line]:
    for question, ask in QUESTIONS.items():
        fields = tuple(ask(passage) for passage in passages)
        if any(field.state == SAID for field in fields):
            line = _line(question, "", fields, told)
            yield replace(line, differs=False, fields=fields) if question in NEVER_ODD else line


def _line(question: str, about: str, fields: Sequence[Field], told: Told | None = None) -> Line:
    answers = Counter(field.values for field in fields if field.state == SAID)
    most = max(answers.values(), default=0)
    # Where two answers are as frequent, neither is the usual one: both stand out.
    usual = [values for values, number in answers.items() if number == most]
    found = {d.field: d for d in told.differences} if told else {}
    note = found[question].note if question in found else None
    marked = tuple(replace(f, odd=f.state == SAID and len(answers) > 1 and usual != [f.values]) for f in fields)
    return Line(question, about, marked, len(answers) > 1, note)


Ask = Callable[[Passage], Field]


def _said(pairs: Iterable[tuple[str, Evidence]]) -> Field:
    """The values with their words; silent without any."""
    found = list(dict.fromkeys(pairs))
    values = tuple(sorted({value for value, _ in found}))
    return Field(SAID, values, tuple(dict.fromkeys(e for _, e in found))) if found else Field(SILENT)


def _said_or_named(pairs: Iterable[tuple[str, Evidence]], passage: Passage, what: str) -> Field:
    """The values; without any, where the page names something of the kind in its telling."""
    found = _said(pairs)
    named = tuple(m.evidence for m in passage.mentions if m.what == what)[:MOST_NAMED]
    return Field(NAMED, (), named) if found.state == SILENT and named else found


def _asked_by(passage: Passage) -> Field:
    """Who asked for it: as the record itself tells, else as another record of the page does."""
    own = [(e.initiator, e.evidence) for e in passage.members if isinstance(e, Event) and e.initiator]
    beside = [(e.initiator, e.evidence) for e in passage.beside if isinstance(e, Event) and e.initiator]
    found = _said(own or beside)
    words = touched(passage.page, passage.stretches, "initiator") if found.state == SILENT else ()
    return Field(NAMED, (), words) if words else found


def _day(passage: Passage) -> Field:
    told = ((d, r.evidence) for r in passage.members if not isinstance(r, Commitment) and (d := r.date))
    return _said_or_named(told, passage, "date")


def _due(passage: Passage) -> Field:
    return _said((r.due, r.evidence) for r in passage.members if isinstance(r, Commitment) and r.due)


def _participants(passage: Passage) -> Field:
    sides = [(" ".join(sorted(_profile(passage, r).parties)), r.evidence) for r in passage.members]
    return _said((side, evidence) for side, evidence in sides if side)


def _people(passage: Passage) -> Field:
    """The words for the people as each page puts them; the names differ from page to page, so none is odd."""
    return _said((name, e.evidence) for e in passage.members if isinstance(e, Event) for name in e.people)


def _place(passage: Passage) -> Field:
    told = ((e.place, e.evidence) for e in passage.members if isinstance(e, Event) and e.place)
    return _said_or_named(told, passage, "place")


def _via(passage: Passage) -> Field:
    told = ((via, r) for r in passage.members for via in getattr(r, "via", ()))
    return _said((via, r.evidence) for via, r in told)


def _hedge(passage: Passage) -> Field:
    return _said((r.hedge, r.evidence) for r in passage.members if isinstance(r, Event | Statement) and r.hedge)


def _length(passage: Passage) -> Field:
    """How long it took, in minutes."""
    events = [r.evidence for r in passage.members if isinstance(r, Event)]
    found = _said((str(n), words) for e in events for n, words in lengths(passage.page, e.start, e.end))
    near = [words for place in passage.stretches for _, words in lengths(passage.page, *place)]
    return Field(NAMED, (), tuple(near)) if found.state == SILENT and near and events else found


def _amounts(passage: Passage) -> Field:
    told = [(a, r) for r in passage.members for a in _profile(passage, r).amounts]
    sums = ((f"{a.value:,f} {a.unit}", r.evidence) for a, r in told if a.unit not in OF_TIME)
    return _said_or_named(sums, passage, "money")


def _wording(passage: Passage) -> Field:
    return _said((r.text, r.evidence) for r in passage.members if isinstance(r, Statement))


def _sums_beside(passage: Passage) -> Field:
    """Sums of money that the page tells beside it."""
    money = ((r, r.amount) for r in passage.beside if isinstance(r, Commitment | Figure))
    told = (
        (f"{Decimal(str(a)):,f} {r.currency or r.unit or ''}".strip(), r.evidence) for r, a in money if a is not None
    )
    return _said_or_named(told, passage, "money")


def _profile(passage: Passage, record: Event | Statement | Commitment) -> Profile:
    made = profile(record, passage.document, knowledge())
    assert isinstance(made, Profile)
    return made


QUESTIONS: dict[str, Ask] = {
    "initiator": _asked_by,
    "date": _day,
    "participants": _participants,
    "people": _people,
    "place": _place,
    "length": _length,
    "amount": _amounts,
    "due": _due,
    "wording": _wording,
    "via": _via,
    "hedge": _hedge,
    "sums": _sums_beside,
}


# Told in other words on every page, or only beside the thing.
NEVER_ODD = frozenset({"people", "sums", "wording"})


# --- topics and set phrases ------------------------------------------------------------------------------------------


def _topics(passages: Sequence[Passage]) -> Iterator[Line]:
    """A line for each topic that some page has a record of; where a page only names it, that is told."""
    counts = Counter(topic for p in passages for topic in {t for r in p.all() for t in getattr(r, "topics", ())})
    for topic, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield _told_or_not("topic", topic, [_topic(passage, topic) for passage in passages])


def _told_or_not(question: str, about: str, fields: Sequence[Field]) -> Line:
    """A line on what some pages tell and others do not; the fewer are the odd ones."""
    silent = sum(field.state == SILENT for field in fields)
    differs = 0 < silent < len(fields)
    odd_when_silent = silent < len(fields) - silent
    marked = (replace(f, odd=differs and (f.state == SILENT) == odd_when_silent) for f in fields)
    return Line(question, about, tuple(marked), differs)


def _topic(passage: Passage, topic: str) -> Field:
    told = [r for r in passage.all() if topic in getattr(r, "topics", ())]
    if told:
        return Field(SAID, (), tuple(dict.fromkeys(r.evidence for r in told)))
    words = topic_named(passage.page, passage.stretches, topic)
    return Field(NAMED, (), words) if words else Field(SILENT)


def _formulas(passages: Sequence[Passage]) -> Iterator[Line]:
    """A line for each set phrase that some page uses near its telling."""
    used: list[tuple[Phrase, ...]] = [formulas_in(p.page, p.stretches) for p in passages]
    keys = Counter(key for phrases in used for key in {phrase.key for phrase in phrases})
    for key, _ in sorted(keys.items(), key=lambda pair: (-pair[1], pair[0])):
        places = [tuple(phrase.evidence for phrase in phrases if phrase.key == key) for phrases in used]
        yield _told_or_not("formula", key, [Field(NAMED, (), found) if found else Field(SILENT) for found in places])
