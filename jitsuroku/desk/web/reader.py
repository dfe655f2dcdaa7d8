"""The reader: a page's words with every record marked in them, what was dropped and why, what was read without a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.adding import package_world
from jitsuroku.desk.lines import evidence_of
from jitsuroku.desk.query import NotFound
from jitsuroku.desk.series import page_of
from jitsuroku.desk.sheet import Sheet, sheet
from jitsuroku.desk.silent import Silence, silences
from jitsuroku.desk.web.asking import Asked, Missing, Shown, Sources, Wrong
from jitsuroku.desk.web.sheets import records_table
from jitsuroku.records import Block, Record

AT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
MOST_KEPT = 64
SILENT, HERE = "silent", "here"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the page that something stands on; ``number`` that of its line."""

    start: int
    end: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in which nothing begins or ends. ``ends`` are the spans that end with it, ``begins`` those that begin."""

    text: str
    kinds: tuple[str, ...]
    numbers: tuple[int, ...]
    begins: tuple[Span, ...]
    ends: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks of the page that follow each other and were all kept, or all dropped."""

    kept: bool
    blocks: tuple[tuple[Block, tuple[Piece, ...]], ...]


def page(asked: Asked) -> Shown:
    """One page with its records."""
    try:
        found = sheet(asked.desk.store, asked.desk.document(asked.names["id"]).id)
    except NotFound as problem:
        raise Missing(str(problem)) from problem
    lines = list(found.records())
    quiet = silent_in(asked.sources, found.document.id)
    spans = _spans(lines, quiet, _here(asked, lines))
    shows = {
        "sheet": found,
        "numbered": _numbered(found),
        "stretches": list(stretches(found, spans)),
        "quiet": quiet,
        "asked_for": asked.query.get("record"),
        "clusters": {r.id: c for r in lines if (c := asked.sources.cluster_with(r.id))},
    }

    def values() -> Any:
        return {
            "document": as_json(found.document),
            "blocks": [as_json(block) for block in found.blocks],
            "records": [as_json(record) for record in lines],
            "silent": [as_json(each) for each in quiet],
        }

    return Shown("page.html", shows, values, lambda: records_table(lines))


def silent_in(sources: Sources, document: str) -> tuple[Silence, ...]:
    """The sentences of a page that were read without a record, kept for the pages asked for last."""
    from jitsuroku.pipeline import verdicts

    if document not in sources.readings:
        if len(sources.readings) >= MOST_KEPT:
            del sources.readings[next(iter(sources.readings))]
        reading = sources.desk.reading(document)
        sources.readings[document] = silences(reading, verdicts(reading, package_world()))
    found: tuple[Silence, ...] = sources.readings[document]
    return found


def _numbered(found: Sheet) -> list[tuple[str, list[tuple[int, Record]]]]:
    numbers = {record.id: n for n, record in enumerate(found.records(), 1)}
    return [(records[0].kind, [(numbers[r.id], r) for r in records]) for _, records in found.sections]


def _here(asked: Asked, lines: Sequence[Record]) -> tuple[int, int] | None:
    """The words asked for: those of a record, or from one place to another. Raises Wrong."""
    record = next((r for r in lines if r.id == asked.query.get("record")), None)
    if record is not None and (words := evidence_of(record)):
        return words[0].start, words[0].end
    at = asked.query.get("at")
    if at is None:
        return None
    match = AT.fullmatch(at)
    if match is None:
        raise Wrong("?at= takes two places in the page, as 120-145")
    return int(match[1]), int(match[2])


def _spans(lines: Sequence[Record], quiet: Sequence[Silence], here: tuple[int, int] | None) -> list[Span]:
    told = {(e.start, e.end, r.kind, n) for n, r in enumerate(lines, 1) for e in evidence_of(r)}
    still = {(s.evidence.start, s.evidence.end, SILENT, n) for n, s in enumerate(quiet, 1)}
    found = sorted(told | still | ({(*here, HERE, 0)} if here and here[0] < here[1] else set()))
    return [Span(*each) for each in found]


def stretches(found: Sheet, spans: Sequence[Span]) -> Iterator[Stretch]:
    """The page block by block, each cut into pieces."""
    begun: set[Span] = set()
    for kept, blocks in groupby(found.blocks, key=lambda b: b.kept or b.role == "headline"):
        yield Stretch(kept, tuple((b, tuple(pieces(found.page.text, b.start, b.end, spans, begun))) for b in blocks))


def pieces(text: str, start: int, end: int, spans: Sequence[Span], begun: set[Span]) -> Iterator[Piece]:
    """A stretch of text cut wherever a span begins or ends, so that spans may overlap in any way.

    ``begun`` are the spans that began in a stretch before; what begins between two stretches begins with the second.
    """
    near = [s for s in spans if s.start < end and start < s.end]
    cuts = sorted({start, end, *(place for s in near for place in (s.start, s.end) if start < place < end)})
    for left, right in zip(cuts, cuts[1:], strict=False):
        on = [s for s in near if s.start <= left and right <= s.end]
        kinds = tuple(dict.fromkeys(s.kind for s in on))
        numbers = tuple(s.number for s in on if s.kind not in (SILENT, HERE))
        begins = tuple(s for s in on if s not in begun)
        begun.update(begins)
        yield Piece(text[left:right], kinds, numbers, begins, tuple(s for s in on if s.end == right))


def record(asked: Asked) -> Any:
    """Where a record's words stand: the address of the reader."""
    try:
        found = asked.desk.record(asked.names["id"])
    except NotFound as problem:
        raise Missing(str(problem)) from problem
    document = page_of(asked.desk.store, found)
    if document is None:
        # A link joins two pages; it is shown with both.
        return asked.link(f"/judge/{found.id}")
    # What has no line of its own beside the page, a mention or a meeting, has its place in it all the same.
    at = next((f"{e.start}-{e.end}" for e in evidence_of(found)), None)
    return asked.link(f"/page/{document}", record=found.id, at=at) + "#here"
