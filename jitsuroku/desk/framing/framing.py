"""How each source tells of a party, an event or whatever a page holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jitsuroku.desk.codes import code_for
from jitsuroku.desk.framing.kind import PageKind, page_kind
from jitsuroku.desk.framing.words import Hit, Place, Span, hits, named_at, place_of, read_spans, sentences_with
from jitsuroku.desk.query import Desk, NotFound
from jitsuroku.records import DocumentRecord, Event, Mention, Statement

MOST_EXAMPLES = 3
MADE_BY_HAND = ("human/", "model/")


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that a source chose, how often (``quoted`` of them in a speaker's mouth), a plainer one, some places."""

    word: str
    count: int
    quoted: int
    plain: str | None
    examples: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted word for word, how often and at what length, and who is only told of."""

    speaker: str
    statements: int
    quotations: int
    characters: int


@dataclass(frozen=True, slots=True)
class SourceFraming:
    """The choices of one source: names of the parties, words for their acts, verbs of saying, speakers, loaded words."""

    source: str
    pages: tuple[PageKind, ...]
    names: tuple[Choice, ...]
    acts: tuple[Choice, ...]
    sayings: tuple[Choice, ...]
    speakers: tuple[Speaker, ...]
    loaded: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Framing:
    """What was asked for, the parties' codes, and each source's choices."""

    target: str
    codes: tuple[str, ...]
    sources: tuple[SourceFraming, ...]


def framing(desk: Desk, target: str) -> Framing:
    """How the sources tell of ``target``: a party (code or name), an event or cluster (id), or all that a page holds.

    Of a party only the sentences that name it count. Raises NotFound when there is nothing of that name.
    """
    if target.startswith(("event", "cluster")):
        told = desk.cluster(target).cluster
        events = [m for m in told.members if isinstance(m, Event)]
        codes = tuple(sorted({code for e in events for code in (*e.actor, *e.recipient)}))
        return Framing(target, codes, _sources(desk, told.documents, codes, {e.id for e in events}, whole=True))
    if ids := desk.store.find_documents(target):
        documents = [desk.document(id) for id in ids]
        codes = tuple(sorted({code for d in documents for code in (*d.states, *d.orgs)}))
        return Framing(target, codes, _sources(desk, documents, codes, None, whole=True))
    code = code_for(target)
    documents = [d for d in desk.documents() if code in d.states or code in d.orgs]
    if not documents:
        raise NotFound(f"{target}: no page, event or cluster of that name, and no page names such a party")
    return Framing(target, (code,), _sources(desk, documents, (code,), None, whole=False))


def _sources(
    desk: Desk, documents: Sequence[DocumentRecord], codes: Sequence[str], events: set[str] | None, *, whole: bool
) -> tuple[SourceFraming, ...]:
    by_source: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document in documents:
        by_source[document.outlet or document.source].append(document)
    return tuple(_source(desk, name, own, set(codes), events, whole) for name, own in sorted(by_source.items()))


def _source(
    desk: Desk, name: str, documents: list[DocumentRecord], codes: set[str], events: set[str] | None, whole: bool
) -> SourceFraming:
    names: list[tuple[str, Place]] = []
    acts: list[tuple[str, Place]] = []
    said: list[tuple[str, Place]] = []
    statements: list[Statement] = []
    loaded: list[Hit] = []
    for document in documents:
        text = desk.store.page(document.id).text
        own = _names(desk, document, text, codes)
        names += [(text[start:end], place_of(document, text, start, end)) for start, end in own]
        for event in desk.events(page=document.id):
            if (event.id in events if events is not None else codes & set(event.actor)) and _word(event):
                acts.append((_word(event), place_of(document, text, event.evidence.start, event.evidence.end)))
        told = [s for s in desk.statements(page=document.id) if whole or codes & {*s.for_, s.speaker}]
        said += [(s.verb, place_of(document, text, s.evidence.start, s.evidence.end)) for s in told]
        statements += told
        spans = read_spans(desk, document)
        near = spans if whole else sentences_with(text, spans, own)
        loaded += hits(desk, document, "loaded", near)
    kinds = tuple(page_kind(desk, document) for document in documents)
    return SourceFraming(
        name, kinds, _choices(names), _choices(acts), _choices(said), _speakers(statements), _loaded(loaded)
    )


def _word(event: Event) -> str:
    """The word of the table by which the event was known; none for what a person or another program made."""
    return "" if event.rule.startswith(MADE_BY_HAND) else event.rule.rpartition("#")[2]


def _names(desk: Desk, document: DocumentRecord, text: str, codes: set[str]) -> list[Span]:
    """Where the page names one of the parties alone (両国 is two): in the body as it was read, the name of the state also
    within 「中国の習近平国家主席」; in the headline by the names in world/."""
    found = [m for m in desk.records(("mention",), page=document.id) if isinstance(m, Mention)]
    at: dict[Span, set[str | None]] = defaultdict(set)
    for mention in found:
        at[mention.evidence.start, mention.evidence.end].add(mention.code)
    single = {span: code for span, held in at.items() if len(held) == 1 and (code := next(iter(held))) in codes}
    plain = {(m.evidence.start, m.evidence.end) for m in found if m.what in ("state", "organisation")}
    names: set[Span] = set()
    for span, code in single.items():
        inner = named_at(text, [span], str(code))
        names.update(inner or ([span] if span in plain else []))
    heads = [(b.start, b.end) for b in desk.store.blocks(document.id) if b.role == "headline"]
    names.update(span for code in codes for span in named_at(text, heads, code))
    return sorted(names)


def _choices(found: Iterable[tuple[str, Place]]) -> tuple[Choice, ...]:
    by_word: dict[str, list[Place]] = defaultdict(list)
    for word, place in found:
        by_word[word].append(place)
    made = (Choice(word, len(at), 0, None, tuple(at[:MOST_EXAMPLES])) for word, at in by_word.items())
    return tuple(sorted(made, key=lambda c: (-c.count, c.word)))


def _loaded(found: Iterable[Hit]) -> tuple[Choice, ...]:
    by_word: dict[str, list[Hit]] = defaultdict(list)
    for hit in found:
        by_word[hit.row["word"]].append(hit)
    made = (
        Choice(word, len(h), sum(x.quoted for x in h), h[0].row["plain"], tuple(x.place for x in h[:MOST_EXAMPLES]))
        for word, h in by_word.items()
    )
    return tuple(sorted(made, key=lambda c: (-c.count, c.word)))


def _speakers(statements: Iterable[Statement]) -> tuple[Speaker, ...]:
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_name[statement.speaker].append(statement)
    made = [
        Speaker(name, len(own), sum(s.quoted for s in own), sum(len(s.text) for s in own if s.quoted))
        for name, own in by_name.items()
    ]
    return tuple(sorted(made, key=lambda s: (-s.characters, -s.statements, s.speaker)))
