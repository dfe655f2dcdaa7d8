"""All data types of jitsuroku, frozen; this file imports nothing of ours.

First the products of the stages (Page, Document, Sentence, Name, Actor ...), then the world's tables, then the
records of the export (docs/codebook.md). Offsets are code points into ``Page.text`` as received; an end is exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from re import Pattern
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


def _made_fast(kind: type[T]) -> type[T]:
    """A frozen dataclass whose objects are made in about half the time, for those that a page has hundreds of.

    A frozen dataclass sets each field through ``object.__setattr__``. Here a new object belongs to a class with the same
    slots that is not frozen until its fields are set.
    """
    own = fields(kind)  # type: ignore[arg-type]
    names: dict[str, Any] = {f.name: f.default for f in own if f.default is not MISSING}
    given = ", ".join(f.name + (f"={f.name}" if f.name in names else "") for f in own if f.init)
    sets = "".join(f"    self.{f.name} = {f.name}\n" for f in own)
    names |= {"_open": type(kind.__name__, (), {"__slots__": kind.__slots__}), "_kind": kind}  # type: ignore[attr-defined]
    names["_become"] = object.__dict__["__class__"].__set__
    exec(f"def __init__(self, {given}):\n    _become(self, _open)\n{sets}    self.__class__ = _kind\n", names)
    kind.__init__ = names["__init__"]  # type: ignore[method-assign]
    return kind


@_made_fast
@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the page: ``page.text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the words that gave it (None when it comes from metadata or a table) and the rule that decided."""

    value: str
    span: Span | None
    rule: str


# --- intake ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an HTML page and what its markup says of it: nav, aside, footer, header, h1, h2, p, li, caption ..."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was received, as text. ``source`` is the path relative to what was added, ``sha256`` that of the bytes.

    ``read_at`` are the places in a page without its readings where that of a name stood: behind 金銀漢 of 金銀漢(キム・ウンハン).
    """

    id: str
    source: str
    address: str | None
    sha256: str
    text: str
    walk: str
    charset: str
    metadata: tuple[tuple[str, str], ...] = ()
    regions: tuple[Region, ...] = ()
    notes: tuple[str, ...] = ()
    fetched: str | None = None
    read_at: tuple[int, ...] = ()


# --- clean ----------------------------------------------------------------------------------------------------------


@_made_fast
@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of the page: what it is (headline, byline, body, subhead, caption, list, junk ...), whether
    it belongs to the body, and the rule that said so."""

    start: int
    end: int
    role: str
    kept: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a page with a day of its own: in a digest each quoted source, and what the page says in between.

    ``anchor`` is the day, month or year against which 「17日」 is read here, None where nothing tells it; ``origin`` and
    ``address`` name the quoted source.
    """

    start: int
    end: int
    anchor: str | None
    anchor_rule: str
    origin: Found | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A page taken apart: blocks in page order and what the page says of itself.

    ``sections`` have anchors of their own; outside them ``anchor`` holds. ``injected`` are readings set between the
    words, as the brackets in 習(xí)近平 or 薛剣(せつ・けん): they are no words of the text. ``notes`` say
    what a reader must know of the text.
    """

    blocks: tuple[Block, ...]
    title: Found | None
    bylines: tuple[Found, ...]
    outlet: Found | None
    origin: Found | None
    published: Found | None
    published_basis: str | None
    updated: Found | None
    anchor: str | None
    anchor_rule: str | None
    genre: Found
    sections: tuple[Section, ...] = ()
    injected: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


# --- language -------------------------------------------------------------------------------------------------------


class Token(NamedTuple):
    """A word; ``pos`` is the part of speech (UniDic names, up to four levels), ``lemma`` the normalised base form.

    A named tuple, because a page has thousands of them and they are made three times as fast.
    """

    start: int
    end: int
    surface: str
    pos: tuple[str, ...]
    form: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``rule`` names file and key, as in ``event_types/agree/ja.tsv#約束``."""

    rule: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The cell's values between ``|``; an empty cell is an empty tuple."""
        cell = self.cells[column]
        return tuple(cell.split("|")) if cell else ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words or facts, in file order."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language the reader knows: its tokenizer and its tables by name (``offices``, ``speech`` ...).

    ``tokenize(text, offset=0)`` gives the words of a text that stands at an offset of its page.
    ``read_clauses`` takes the place of the parse room's own reader of clauses where it is given.
    """

    code: str
    tokenize: Callable[..., tuple[Token, ...]]
    tables: Mapping[str, Table]
    read_clauses: ClauseReader | None = None


# --- parse ----------------------------------------------------------------------------------------------------------


@_made_fast
@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; ``inner`` is without the marks. ``depth`` 1 is the outermost."""

    start: int
    end: int
    inner: Span
    depth: int


@_made_fast
@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase of a clause with the particle that gives its role (は が を に で と から へ に対して について ...)."""

    particle: str
    start: int
    end: int
    head: str


@_made_fast
@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and its arguments. ``start``..``end`` runs from the first argument to the end of the predicate.

    ``predicate`` is the base form (``会談`` for 会談した and 会談を行った); ``voice`` active, passive, causative or
    potential; ``tense`` past, nonpast or none; ``modality`` words such as plan, obligation, desire, hearsay, attempt;
    ``inside`` is the index of the quotation the clause stands in, -1 outside; ``relative`` tells that the clause
    modifies the noun after it, which then is ``head``; ``inherited`` are arguments carried over from other clauses.
    """

    start: int
    end: int
    predicate: str
    predicate_start: int
    arguments: tuple[Argument, ...]
    negative: bool
    voice: str
    tense: str
    aspect: str
    modality: tuple[str, ...]
    inside: int
    relative: bool
    head: Argument | None
    inherited: tuple[Argument, ...]
    ending: str


# From the tokens of a sentence and the quotations in it to its clauses.
ClauseReader = Callable[[tuple[Token, ...], tuple[Quotation, ...]], tuple[Clause, ...]]


@_made_fast
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body. ``paragraph`` counts blocks, so that a topic is carried within one only."""

    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    clauses: tuple[Clause, ...]


# --- mentions -------------------------------------------------------------------------------------------------------


@_made_fast
@dataclass(frozen=True, slots=True)
class Name:
    """A name as the page writes it. ``what``: state, person, organisation, place or reference (同氏, 両国).

    ``start``..``end`` covers the whole name phrase (ロシアのラブロフ外相); ``text`` is the bare name (ラブロフ);
    ``country`` a code written beside it, ``office`` the office's normal form; ``candidates`` codes or people's keys.
    """

    start: int
    end: int
    what: str
    text: str
    candidates: tuple[str, ...]
    country: str | None
    office: str | None
    rule: str


@_made_fast
@dataclass(frozen=True, slots=True)
class Date:
    """A date read against the anchor. ``value`` ISO day, month, year or ``a/b``; ``basis`` says against what."""

    start: int
    end: int
    value: str
    basis: str
    rule: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount. ``currency`` None when the text leaves it open. ``gloss`` is the page's own conversion in brackets."""

    start: int
    end: int
    amount: str
    amount_max: str | None
    currency: str | None
    bound: str
    per: str | None
    gloss: Money | None
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted number: ``n`` units, with its bound."""

    start: int
    end: int
    n: str
    unit: str
    bound: str
    rule: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything named, dated, priced and counted on a page, each in page order."""

    names: tuple[Name, ...]
    dates: tuple[Date, ...]
    money: tuple[Money, ...]
    quantities: tuple[Quantity, ...]


# --- actors ---------------------------------------------------------------------------------------------------------


@_made_fast
@dataclass(frozen=True, slots=True)
class Actor:
    """A name resolved. ``codes`` whom it acts for (ISO3, organisation code, or the plain name of anyone else);
    ``person`` the person's name as the page writes it most fully; ``sector`` GOV, MIL ...; ``reason`` in words."""

    start: int
    end: int
    what: str
    codes: tuple[str, ...]
    person: str | None
    office: str | None
    sector: str | None
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the body. ``actor`` tells that the person acts or speaks on the page."""

    name: str
    forms: tuple[str, ...]
    country: str | None
    office: str | None
    actor: bool


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A name that more than one candidate fits, or none: stored and shown, never guessed."""

    start: int
    end: int
    candidates: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Actors:
    """All resolved names of a page in page order, with the lists the document carries."""

    actors: tuple[Actor, ...]
    people: tuple[Person, ...]
    states: tuple[str, ...]
    organisations: tuple[str, ...]
    unresolved: tuple[Ambiguity, ...]


# --- the world ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of a listed name and its codes: state, seat (of government), organisation (of states, or acting for one),
    agency (of a state), body (a party, firm or institute), outlet, person or place."""

    form: str
    what: str
    codes: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting of a known series: the words for the series, the place, its first and last day."""

    names: tuple[str, ...]
    place: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed actors by what names are settled with: all names of each state by its code, the codes of those that are
    no more, organisations by their row's rule, the codes of those of states, the words for organs of a state, by the
    office its sector and whom its holder acts for, by the person's key the terms of office, by series the meetings."""

    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    organisations: Mapping[str, Row] = field(default_factory=dict)
    coded: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    sectors: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    terms: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    meetings: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finders:
    """What finds dates, amounts and counts in a page's sentences, made once from the tables of a language.

    Each takes the page's text and sentences, ``dates`` the day too against which 「17日」 is read.
    """

    dates: Callable[[str, tuple[Sentence, ...], str | None], tuple[Date, ...]]
    money: Callable[[str, tuple[Sentence, ...]], tuple[Money, ...]]
    quantities: Callable[[str, tuple[Sentence, ...]], tuple[Quantity, ...]]


@dataclass(frozen=True, slots=True)
class World:
    """What the reader knows of the world: tables of facts, event types and languages, handed in as one value.

    ``tables`` are those of ``world/`` by name (states, organisations, memberships, people, offices, places, meetings,
    rates, currencies); ``event_types`` the definitions by folder name; ``triggers`` the trigger rows by language.
    ``predicates`` and ``speech`` are the trigger and speech rows by language and base form of their predicate.
    ``mentioned`` and ``demands`` are the trigger rows for meetings mentioned in passing and for what another must do.
    ``performatives`` are, by language, the base forms of verbs that do what they say (支持する).
    ``single_words`` are those of the trigger and speech rows that have one part.
    ``private`` matches what a phrase ends in that names people who act for themselves (市民), ``organs``, by language, what may follow a state's name and still name it; ``blocs`` are formats' codes,
    ``members`` the states that ever belonged to each.
    ``promise_words`` are, by language, the coders' own patterns of promises (``coding/promise_words.py``), ``topics`` those of
    topics with their codes.
    ``gazetteer`` holds the listed names by their first two characters, ``offices`` the words for offices by language and
    first character, ``abbreviations`` the states by one-character names (米), ``people`` the rows by key, ``listed`` states, organisations and offices; ``patterns``
    are, by language and name, the words that names are known by; ``occasions`` the meetings whose days are known; ``finders``, by
    language, what finds dates, amounts and counts.
    ``daily_rate(day, currency)`` gives units of the currency to one euro on an ISO day, None where there is none.
    """

    tables: Mapping[str, Table]
    event_types: Mapping[str, EventType]
    triggers: Mapping[str, tuple[Row, ...]]
    languages: Mapping[str, Language]
    daily_rate: Callable[[str, str], float | None]
    predicates: Mapping[str, Mapping[str, tuple[Row, ...]]] = field(default_factory=dict)
    speech: Mapping[str, Mapping[str, tuple[Row, ...]]] = field(default_factory=dict)
    mentioned: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    demands: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    intents: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    performatives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    single_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    private: Mapping[str, Pattern[str]] = field(default_factory=dict)
    organs: Mapping[str, Pattern[str]] = field(default_factory=dict)
    blocs: frozenset[str] = frozenset()
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    promise_words: Mapping[str, Any] = field(default_factory=dict)
    topics: Mapping[str, tuple[tuple[Pattern[str], str], ...]] = field(default_factory=dict)
    gazetteer: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    offices: Mapping[str, Mapping[str, tuple[Row, ...]]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Row] = field(default_factory=dict)
    listed: Listed = field(default_factory=Listed)
    patterns: Mapping[str, Mapping[str, Pattern[str]]] = field(default_factory=dict)
    occasions: tuple[Occasion, ...] = ()
    finders: Mapping[str, Finders] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type: quad class, score and the properties the reader branches on.

    ``recipient`` lists where the recipient stands when a trigger's row does not say it: particles, or ``in:を`` for a
    party named inside that phrase; ``addressed`` tells that the act always has another side, so that the story may name
    it. ``ahead`` tells that what the act is about comes later (a promise), so that it is planned unless a row says it is
    done (an offer). ``targets`` tells that the act is directed at its object (what is accused, what is refused), so that the
    other side of a dialogue is none. ``planned_as`` is the code of the act as long as it lies ahead. ``cameo`` are the codes
    that CAMEO has for it, by mode, ``any`` for the others.
    """

    code: str
    quad: str
    score: float
    definition: str
    symmetric: bool
    planned_as: str | None
    recipient: tuple[str, ...]
    addressed: bool
    ahead: bool
    targets: bool
    cameo: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a clause: the trigger rows of its predicate, and an event or the reason why there is none.

    ``rules`` are the rows looked at, each with what it lacks ("" for the one that fired); ``made`` is the event's place in
    the page (start, end of its evidence), None where there is none.
    """

    start: int
    end: int
    predicate: str
    rules: tuple[tuple[str, str], ...]
    made: Span | None
    reason: str


# --- records of the export ------------------------------------------------------------------------------------------


@_made_fast
@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words, where they stand, and up to 32 characters on each side."""

    text: str
    start: int
    end: int
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    id: str
    source: str
    address: str | None
    sha256: str
    outlet: str | None
    owner: str | None
    title: str | None
    bylines: tuple[str, ...]
    genre: str
    origin: str | None
    published: str | None
    published_basis: str | None
    updated: str | None
    fetched: str | None
    anchor: str | None
    language: str | None
    text: str
    people: tuple[Person, ...]
    states: tuple[str, ...]
    orgs: tuple[str, ...]
    copies_of: tuple[str, ...]
    replaces: str | None
    private: bool
    notes: tuple[str, ...]
    kind: str = field(default="document", init=False)


@_made_fast
@dataclass(frozen=True, slots=True)
class Mention:
    id: str
    document: str
    what: str
    as_written: str
    code: str | None
    evidence: Evidence
    rule: str
    kind: str = field(default="mention", init=False)


@dataclass(frozen=True, slots=True)
class Role:
    """What part a party plays in an event: lead, accompany, envoy, mediator, host."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Vote:
    """How a party voted."""

    party: str
    vote: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit and bound (exact, about, at least, at most, more than)."""

    n: str
    unit: str
    bound: str


@_made_fast
@dataclass(frozen=True, slots=True)
class Event:
    id: str
    document: str
    type: str
    mode: str | None
    quad: str
    score: float
    actor: tuple[str, ...]
    actor_sector: str | None
    recipient: tuple[str, ...]
    people: tuple[str, ...]
    roles: tuple[Role, ...]
    date: str | None
    date_basis: str | None
    status: str
    background: bool
    stage: str | None
    framework: str | None
    place: str | None
    initiator: str | None
    votes: tuple[Vote, ...]
    quantities: tuple[Count, ...]
    topics: tuple[str, ...]
    said_by: str
    via: tuple[str, ...]
    hedge: str | None
    evidence: Evidence
    more: tuple[Evidence, ...]
    rule: str
    kind: str = field(default="event", init=False)


@_made_fast
@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    document: str
    speaker: str
    speaker_kind: str
    speaker_count: int | None
    for_: tuple[str, ...]
    via: tuple[str, ...]
    venue: str | None
    act: str
    quoted: bool
    wording: str
    text: str
    about: tuple[str, ...]
    topics: tuple[str, ...]
    verb: str
    stance: str | None
    hedge: str | None
    date: str | None
    evidence: Evidence
    more: tuple[Evidence, ...]
    rule: str
    kind: str = field(default="statement", init=False)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """Somebody's reading of a statement or an event (kind ``reading`` in the export)."""

    id: str
    document: str
    of: str | None
    by: str
    as_: tuple[str, ...]
    evidence: Evidence
    rule: str
    kind: str = field(default="reading", init=False)


@dataclass(frozen=True, slots=True)
class Commitment:
    id: str
    document: str
    giver: tuple[str, ...]
    receiver: tuple[str, ...]
    what: str | None
    amount: int | str | None
    amount_max: int | str | None
    currency: str | None
    item: str | None
    unit: str | None
    per: str | None
    bound: str
    converted: tuple[int | str, str] | None
    part_of: str | None
    horizon: str | None
    due: str | None
    sector: str | None
    stage: str
    topics: tuple[str, ...]
    said_by: str
    via: tuple[str, ...]
    evidence: Evidence
    more: tuple[Evidence, ...]
    rule: str
    kind: str = field(default="commitment", init=False)


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    document: str
    measure: str | None
    of: tuple[str, ...]
    amount: int | str | None
    unit: str | None
    currency: str | None
    period: str | None
    base: str | None
    source: str
    evidence: Evidence
    rule: str
    kind: str = field(default="figure", init=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    id: str
    series: str
    number: int | None
    date: str | None
    place: str | None
    host: str | None
    participants: tuple[str, ...]
    evidence: Evidence | None
    rule: str
    kind: str = field(default="meeting", init=False)


@dataclass(frozen=True, slots=True)
class Flag:
    id: str
    document: str
    flag: str
    severity: str
    whose: str
    message: str
    expected: str | None
    records: tuple[str, ...]
    evidence: Evidence
    rule: str
    kind: str = field(default="flag", init=False)


@dataclass(frozen=True, slots=True)
class Unresolved:
    id: str
    document: str
    as_written: str
    candidates: tuple[str, ...]
    evidence: Evidence
    rule: str
    kind: str = field(default="unresolved", init=False)


@dataclass(frozen=True, slots=True)
class Link:
    id: str
    link: str
    left: str
    right: str
    score: float
    reasons: tuple[str, ...]
    kind: str = field(default="link", init=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    id: str
    by: str
    at: str
    judgement: str
    document: str | None
    target: str
    quote: str | None
    before: str | None
    after: str | None
    reason: str | None
    kind: str = field(default="judgement", init=False)


Record = (
    DocumentRecord
    | Mention
    | Event
    | Statement
    | Interpretation
    | Commitment
    | Figure
    | Meeting
    | Flag
    | Unresolved
    | Link
    | Judgement
)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one page gave: the value on each arrow of the pipeline and the records, in export order."""

    page: Page
    document: Document
    language: str | None
    sentences: tuple[Sentence, ...]
    mentions: Mentions
    actors: Actors
    records: tuple[Record, ...]
