"""The ledger of promises: what several pages tell of one promise is one line, each source's figure beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from jitsuroku.contract import digest
from jitsuroku.desk.instalments import with_parts
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.linking import components, independent
from jitsuroku.records import Commitment, DocumentRecord, Evidence, Link, Statement
from jitsuroku.store import Store, Where

# How far a promise has come; what was stopped comes last.
LADDER = ("potential", "considered", "pledged", "signed", "delivering", "delivered", "suspended", "cancelled")
SAME, LATER, AGAINST, PART_OF = "same-commitment", ("fulfils", "supersedes"), "contradicts", "part-of"
PAGE, OTHERS = "page", "others"
UNDATED = "~"

Number = int | str | None
Codes = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """What one page says of a promise, and who says so there: ``by`` a speaker, or "page" where nobody is named."""

    commitment: str
    document: str
    source: str
    told: str | None
    by: str
    for_: Codes
    via: Codes
    giver: Codes
    receiver: Codes
    amount: Number
    amount_max: Number
    currency: str | None
    unit: str | None
    bound: str
    converted: tuple[int | str, str] | None
    stage: str
    part_of: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Line:
    """A promise, once, however many pages tell of it.

    ``amount``..``amount_max`` reaches from the least to the largest figure of the pages that say how it stands now;
    ``differ`` are the fields in which pages contradict each other. ``sides``: which side says so, giver, receiver, others
    or page (nobody is named). ``part_of`` and ``parts`` are ids of lines. ``life`` tells how later pages went on.
    ``delivered``..``delivered_max`` is the sum of the parts that pages say were handed over.
    """

    id: str
    giver: Codes
    receiver: Codes
    disputed: bool
    what: str | None
    amount: Number
    amount_max: Number
    currency: str | None
    item: str | None
    unit: str | None
    per: str | None
    bound: str
    horizon: str | None
    due: str | None
    sector: str | None
    stage: str
    told: str | None
    part_of: str | None
    parts: tuple[str, ...]
    sides: tuple[str, ...]
    independent: int
    differ: tuple[str, ...]
    life: tuple[str, ...]
    sources: tuple[Source, ...] = field(default=())
    delivered: Number = None
    delivered_max: Number = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for; what is None does not narrow. ``pair`` in either direction; ``due`` the last day by
    which they are to be kept, "" for any that have one."""

    pair: tuple[str, str] | None = None
    giver: str | None = None
    receiver: str | None = None
    sector: str | None = None
    stage: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class _Book:
    """Everything that lines are made from."""

    promises: Mapping[str, Commitment]
    documents: Mapping[str, DocumentRecord]
    statements: Mapping[str, Statement]
    links: Mapping[str, list[Link]]
    part_of: Mapping[str, str]
    originals: Mapping[str, str]
    line_of: Mapping[str, str]


def ledger_of(store: Store, asked: Asked) -> tuple[Line, ...]:
    """The lines asked for, by day told and id; with ``due`` by the day they are due."""
    lines = [line for line in lines_of(store) if fits(line, asked)]
    day = (lambda line: (line.due or UNDATED, line.id)) if asked.due is not None else _order
    return tuple(sorted(lines, key=day))


def _order(line: Line) -> tuple[str, str, int, str]:
    first = line.sources[0]
    return line.told or UNDATED, first.source, first.evidence.start, line.id


def fits(line: Line, asked: Asked) -> bool:
    """Whether a line is asked for. Any page's telling of the sides does."""
    sides = [(line.giver, line.receiver), *((s.giver, s.receiver) for s in line.sources)]
    return (
        (asked.pair is None or any(_between(giver, receiver, asked.pair) for giver, receiver in sides))
        and (asked.giver is None or any(asked.giver in giver for giver, _ in sides))
        and (asked.receiver is None or any(asked.receiver in receiver for _, receiver in sides))
        and asked.sector in (None, line.sector)
        and asked.stage in (None, line.stage)
        and (asked.due is None or (line.due is not None and (not asked.due or line.due <= asked.due)))
    )


def _between(giver: Codes, receiver: Codes, pair: tuple[str, str]) -> bool:
    """One on each side, or both on one side of a promise that names no other."""
    one, other = pair
    across = (one in giver and other in receiver) or (other in giver and one in receiver)
    return across or (not receiver and {one, other} <= set(giver))


def lines_of(store: Store) -> tuple[Line, ...]:
    """Every promise of the newest pages, each in one line."""
    found = {r.id: r for r in store.records(Where(kinds=("commitment",))) if isinstance(r, Commitment)}
    known = tuple(shown_links(store).links())
    between = [link for link in known if link.left in found and link.right in found]
    links = [link for link in between if link.link != PART_OF]
    groups = components([(link.left, link.right) for link in links] + [(id, id) for id in found])
    names = [_name(group) for group in groups]
    line_of = {id: name for name, group in zip(names, groups, strict=True) for id in group}
    by_line: dict[str, list[Link]] = {}
    for link in links:
        by_line.setdefault(line_of[link.left], []).append(link)
    book = _Book(
        promises=found,
        documents=dict(_documents(store, found.values())),
        statements=dict(_statements(store, found.values())),
        links=by_line,
        part_of={link.left: link.right for link in between if link.link == PART_OF},
        originals={link.left: link.right for link in known if link.link == "copy"},
        line_of=line_of,
    )
    return with_parts([_line(book, name, group) for name, group in zip(names, groups, strict=True)])


def _name(group: list[str]) -> str:
    return "line" + digest("|".join(group))


def _documents(store: Store, promises: Iterable[Commitment]) -> Iterator[tuple[str, DocumentRecord]]:
    for id in sorted({promise.document for promise in promises}):
        record = store.by_id(id)
        assert isinstance(record, DocumentRecord)
        yield id, record


def _statements(store: Store, promises: Iterable[Commitment]) -> Iterator[tuple[str, Statement]]:
    for id in sorted({promise.said_by for promise in promises} - {PAGE}):
        record = store.by_id(id)
        if isinstance(record, Statement):
            yield id, record


def _line(book: _Book, name: str, group: list[str]) -> Line:
    """One line of the records of a group, the earliest page first."""
    sources = sorted((_source(book, book.promises[id]) for id in group), key=_when)
    told = [book.promises[source.commitment] for source in sources]
    links = book.links.get(name, [])
    now = _as_it_stands(sources, links)
    giver, receiver = _most((s.giver, s.receiver) for s in now)
    least, most = _reach(now)
    pages = [book.documents[id] for id in dict.fromkeys(s.document for s in sources)]
    return Line(
        id=name,
        giver=giver,
        receiver=receiver,
        disputed=any(_turned(s, giver, receiver) for s in sources),
        what=_first(p.what for p in told),
        amount=least,
        amount_max=most if most != least else None,
        currency=now[0].currency,
        item=_first(p.item for p in told),
        unit=now[0].unit,
        per=_first(p.per for p in told),
        bound=_most(s.bound for s in now),
        horizon=_first(p.horizon for p in reversed(told)),
        due=_first(p.due for p in reversed(told)),
        sector=_first(p.sector for p in told),
        stage=max((s.stage for s in now), key=LADDER.index),
        told=sources[0].told,
        part_of=_whole(book, name, told),
        parts=(),
        sides=_sides(sources),
        independent=len(independent(pages, book.originals, told)),
        differ=_differences(links),
        life=tuple(dict.fromkeys(_lives(book, links))),
        sources=tuple(sources),
    )


def _source(book: _Book, promise: Commitment) -> Source:
    page, said = book.documents[promise.document], book.statements.get(promise.said_by)
    whole = book.promises.get(promise.part_of or book.part_of.get(promise.id, ""))
    return Source(
        commitment=promise.id,
        document=page.id,
        source=page.source,
        told=page.published or page.anchor,
        by=said.speaker if said else PAGE,
        for_=said.for_ if said else (),
        via=promise.via,
        giver=promise.giver,
        receiver=promise.receiver,
        amount=promise.amount,
        amount_max=promise.amount_max,
        currency=promise.currency,
        unit=promise.unit,
        bound=promise.bound,
        converted=promise.converted,
        stage=promise.stage,
        part_of=book.line_of[whole.id] if whole else None,
        evidence=promise.evidence,
    )


def _when(source: Source) -> tuple[str, str, int, str]:
    return source.told or UNDATED, source.source, source.evidence.start, source.commitment


def _as_it_stands(sources: list[Source], links: list[Link]) -> list[Source]:
    """The tellings that no later page changed or revoked."""
    gone = {link.right for link in links if link.link == "supersedes"}
    return [source for source in sources if source.commitment not in gone] or sources


def _reach(sources: list[Source]) -> tuple[Number, Number]:
    """The least and the largest figure told in the first page's currency or unit; figures in others are not compared."""
    first = sources[0]
    like = [s for s in sources if (s.currency, s.unit) == (first.currency, first.unit) and s.amount is not None]
    numbers = [n for s in like for n in (s.amount, s.amount_max) if n is not None]
    if not numbers:
        return None, None
    ordered = sorted(numbers, key=lambda n: Decimal(str(n)))
    return ordered[0], ordered[-1]


def _most(values: Iterable[T]) -> T:
    """The value told most often, of equals the first."""
    return Counter(values).most_common(1)[0][0]


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _turned(source: Source, giver: Codes, receiver: Codes) -> bool:
    """Whether a page has the giver receive and the receiver give."""
    return bool(set(source.giver) & set(receiver) and set(source.receiver) & set(giver))


def _whole(book: _Book, name: str, told: list[Commitment]) -> str | None:
    """The line of which any page says that this is a part."""
    ids = (promise.part_of or book.part_of.get(promise.id, "") for promise in told)
    wholes = (book.line_of.get(id) for id in ids)
    return next((whole for whole in wholes if whole is not None and whole != name), None)


def _sides(sources: list[Source]) -> tuple[str, ...]:
    found: set[str] = set()
    for source in sources:
        own = {
            side
            for side, codes in (("giver", source.giver), ("receiver", source.receiver))
            if set(source.for_) & set(codes)
        }
        found |= own or {PAGE if source.by == PAGE else OTHERS}
    return tuple(sorted(found))


def _differences(links: list[Link]) -> tuple[str, ...]:
    return tuple(sorted({reason for link in links if link.link == AGAINST for reason in link.reasons}))


def _lives(book: _Book, links: list[Link]) -> Iterator[str]:
    """「fulfils: promised on 2025-05-01, delivered by 2025-08-02 (b.txt)」 for every later page."""
    for link in sorted(links, key=lambda link: link.id):
        if link.link in LATER:
            then, before = (book.promises[id] for id in (link.left, link.right))
            page, earlier = (book.documents[p.document] for p in (then, before))
            days = (
                f"{earlier.published or earlier.anchor} {before.stage}",
                f"{page.published or page.anchor} {then.stage}",
            )
            yield f"{link.link}: {days[0]}, {days[1]} ({page.source})"
