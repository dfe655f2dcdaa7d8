"""What the linking room works with: a record as it is compared, groups of records, and where their sources differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from re import Pattern

from jitsuroku.records import Commitment, DocumentRecord, Event, Evidence, Row, Statement

Told = Event | Statement | Commitment


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What comparing needs to know of the world and the language, read from tables.

    ``symmetric``: event types whose sides are not told apart; ``plans``: for a type, the type it has while it lies ahead;
    ``members``: states of organisations and formats; ``plain``: names and words that do not tell one event from another;
    ``alike``: words for which others may stand, with the one of ``concepts`` that stands for all; ``countries``: names of
    states, with their ``country_codes``; ``organs``: words for bodies that decide apart from one another;
    ``formats``: words of a format (電話) and its name; ``hedges``: words that leave a fact or a number open;
    ``meets``: words of a meeting or visit; ``series``: words of the meetings of a format, with their kind;
    ``margins``: words of a meeting beside another; ``people``: surnames in Latin letters by Japanese names; ``surnames``: all
    of them; ``known``: the list of those that took place; ``changes``: words that change a promised sum; ``requests``: ways to say at whose request something took place;
    ``zones``: hours from UTC by state; ``places``: the states of places; ``at_place``:
    a city or building where somebody meets; ``building``: one that is named behind its city; ``venues``: the cities of buildings; ``money``: codes of currencies by their words;
    ``units``: counted units by their forms; ``unit``: what may follow a number; ``bounds``: how exact a number is, by the
    words ``before`` and ``after`` it.
    """

    symmetric: frozenset[str]
    plans: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    plain: Pattern[str]
    alike: Pattern[str]
    concepts: Mapping[str, str]
    countries: Pattern[str]
    country_codes: Mapping[str, str]
    organs: tuple[tuple[str, str], ...]
    formats: tuple[tuple[str, str], ...]
    hedges: tuple[tuple[str, str], ...]
    meets: Pattern[str]
    margins: tuple[str, ...]
    people: Mapping[str, str]
    surnames: frozenset[str]
    changes: tuple[str, ...]
    series: tuple[tuple[str, str], ...]
    known: tuple[Row, ...]
    requests: tuple[Pattern[str], ...]
    zones: Mapping[str, float]
    at_place: Pattern[str]
    building: Pattern[str]
    venues: tuple[tuple[str, str], ...]
    places: Mapping[str, str]
    money: Mapping[str, str]
    units: Mapping[str, str]
    unit: Pattern[str]
    bounds: Mapping[str, str]
    before: Pattern[str]
    after: Pattern[str]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the words: its value, its unit (a currency's code where it is ``money``), its bound (about, at least
    ...; empty when exact), and where it stands in them."""

    value: Decimal
    unit: str
    money: bool
    bound: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """An event, statement or commitment as it is compared.

    ``left`` who acts, gives or speaks, ``right`` who is acted on; ``first``, ``last`` the days it may have been, ``dated``
    False when the page gives no date of its own and the days are those around the page; ``told`` the page's own day.
    ``family`` is what it is compared with: meetings with meetings, plans with plans, words with words of one quad class.
    ``named`` and ``people_named`` are the states and people that stand in its words, whatever their part; ``about`` what
    stands beside a saying; ``quotes`` quotations in the words; ``organ`` the body that decides; ``month_day`` the day of a
    page that does not say the year; ``days_named`` days of a month in the words; ``occasions`` the meetings its page tells of.
    ``meets``: the words are of a meeting or a visit, ``stops`` that one is put off or called off; ``series`` the format of
    whose meeting they tell.
    """

    id: str
    document: str
    source: str
    kind: str
    type: str
    state: str
    left: frozenset[str]
    right: frozenset[str]
    people: frozenset[str]
    by_country: Mapping[str, frozenset[str]]
    first: int | None
    last: int | None
    dated: bool
    told: int | None
    place: str | None
    framework: str | None
    format: str | None
    amounts: tuple[Amount, ...]
    terms: frozenset[str]
    words: str
    record: Told
    page: DocumentRecord
    family: str
    named: frozenset[str]
    people_named: frozenset[str]
    about: frozenset[str]
    quotes: frozenset[str]
    organ: str | None
    month_day: tuple[int, int] | None
    days_named: frozenset[int]
    occasions: frozenset[str]
    meets: bool
    stops: bool
    series: str | None

    @property
    def parties(self) -> frozenset[str]:
        """Both sides."""
        return self.left | self.right

    @property
    def carried(self) -> bool:
        """Whether the page gives the day only through the sentence before."""
        return getattr(self.record, "date_basis", None) == "previous date"

    @property
    def precise(self) -> bool:
        """Whether the page says on which day, or on which few days, it was."""
        return self.dated and self.first is not None and self.last is not None and self.last - self.first <= 6


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A page's body as copies are looked for: its comparable characters; whether it says that it is a translation, and the
    names and figures by which its original is known."""

    id: str
    source: str
    document: DocumentRecord
    body: str
    translated: bool
    names: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that may be the same: points for and against, and the reasons in words."""

    left: str
    right: str
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records of several pages that tell of one thing. ``independent`` counts sources that do not draw on one another."""

    id: str
    kind: str
    members: tuple[Told, ...]
    documents: tuple[DocumentRecord, ...]
    independent: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one page says in one field, with its words."""

    record: str
    document: str
    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the pages of a cluster do not agree. ``counts`` is False for what is noted only: rounding, another
    precision, a day that the time zones explain; ``note`` says so."""

    field: str
    counts: bool
    note: str | None
    cells: tuple[Cell, ...]
