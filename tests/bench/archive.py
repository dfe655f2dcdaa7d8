"""A synthetic archive for ``./dev bench --archive``: shards of so many short pages, always the same ones.

Each page is a piece of a sample page, at most 300 characters, with the records whose words stand in it, so that all pieces
together keep the samples' distribution of records. In every round the days move, so that they spread over ten years; in three
rounds of four each Kanji outside codes and rules is another one, so that names and words are many. Links join the pieces of a
round as they join the samples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jitsuroku.contract import as_json, dumps
from jitsuroku.desk.linking import relink
from jitsuroku.desk.shards import enter, page_lines, write_shard
from jitsuroku.records import Block, DocumentRecord, Evidence, Flag, Link, Reading, Record
from jitsuroku.store import Store, Where
from jitsuroku.store.restore import restore
from tests.bench.synthetic import KANJI, samples

LONGEST, A_SHARD = 300, 1_000
DAYS, STEP, WORDS = 3_650, 37, 64
MASK, TURN = (1 << 64) - 1, 0x9E3779B97F4A7C15
# What differs from round to round in a line: ids, days, and what must keep its Kanji.
VARYING = re.compile(r'(?:"rule":"[^"]*")|(?<=[a-z])[0-9a-f]{16}(?=")|(?<=")\d{4}-\d\d-\d\d(?=")|@ROUND@')
END = re.compile(r"[\n。]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sample page: its lines in the shard, cut where rounds differ: (words, what stands behind them)."""

    lines: tuple[tuple[tuple[str, str], ...], ...]

    def of_round(self, turn: int) -> Iterator[str]:
        """The lines of a round."""
        words = {} if turn % 4 == 0 else _other(turn % WORDS)
        for line in self.lines:
            yield "".join(part.translate(words) + _varied(mark, turn) for part, mark in line)


def _varied(mark: str, turn: int) -> str:
    if not mark or mark.startswith('"rule"'):
        return mark
    if mark == "@ROUND@":
        return f"{turn:07}"
    if "-" in mark:
        return _day(mark, turn * STEP % DAYS)
    return f"{(int(mark, 16) + turn * TURN) & MASK:016x}"


@cache
def _day(day: str, back: int) -> str:
    return str(date.fromisoformat(day) - timedelta(back))


@cache
def _other(turn: int) -> dict[int, int]:
    first, number = KANJI
    return {first + n: first + (n + turn * STEP) % number for n in range(number)}


def _cut(line: str) -> tuple[tuple[str, str], ...]:
    found, at = [], 0
    for match in VARYING.finditer(line):
        found.append((line[at : match.start()], match.group()))
        at = match.end()
    return (*found, (line[at:], ""))


@cache
def pieces() -> tuple[Piece, ...]:
    """The pieces of all samples."""
    found = (lines for reading in samples() for lines in _pieces_of(reading))
    return tuple(Piece(tuple(map(_cut, lines))) for lines in found)


def _pieces_of(reading: Reading) -> Iterator[list[str]]:
    text, start, number = reading.page.text, 0, 0
    while start < len(text):
        ends = [m.end() for m in END.finditer(text, start, start + LONGEST - 20)]
        end = ends[-1] if ends else min(start + LONGEST - 20, len(text))
        yield page_lines(_piece(reading, start, end, number), "bench")
        start, number = end, number + 1


def _document(id: str, number: int) -> str:
    """The id of a piece; the first has its page's."""
    return id if number == 0 else f"document{(int(id[-16:], 16) * (2 * number + 1)) & MASK:016x}"


def _piece(reading: Reading, start: int, end: int, number: int) -> Reading:
    """A piece as a page of its own, with a line that tells its round."""
    page, tail = reading.page, "\n第@ROUND@号"
    text, id = page.text[start:end] + tail, _document(page.id, number)
    blocks = [replace(b, start=max(b.start, start) - start, end=min(b.end, end) - start) for b in reading.document.blocks if b.start < end and b.end > start]  # fmt: skip
    blocks.append(Block(end - start + 1, len(text) - 2, "body", True, "bench"))
    records = tuple(r for own in reading.records if (r := _moved(own, start, end, id, text)) is not None)
    sha = page.sha256[:40] + "@ROUND@"
    piece = replace(page, id=id, source=f"@ROUND@/{number:02}-{page.source}", address=None, sha256=sha, text=text)
    own = next(r for r in records if isinstance(r, DocumentRecord))
    body = "\n".join(text[b.start : b.end] for b in blocks if b.kept and b.role != "headline")
    told = replace(
        own, source=piece.source, sha256=sha, address=None, text=body, title=own.title if number == 0 else None
    )
    told = replace(told, people=tuple(p for p in own.people if any(f in text for f in (p.name, *p.forms))))
    records = tuple(told if r is own else r for r in records)
    return replace(reading, page=piece, document=replace(reading.document, blocks=tuple(blocks)), records=records)


def _moved(record: Record, start: int, end: int, document: str, text: str) -> Record | None:
    """A record on the piece where its words stand; None on the others."""
    if isinstance(record, DocumentRecord):
        return replace(record, id=document)
    place: Any = record
    if place.evidence is None or not start <= place.evidence.start < place.evidence.end <= end:
        return None
    more = {}
    if hasattr(record, "more"):
        more = {"more": tuple(_at(e, start) for e in place.more if start <= e.start < e.end <= end)}
    moved: Record = replace(place, document=document, evidence=_at(place.evidence, start), **more)
    return moved


def _at(evidence: Evidence, start: int) -> Evidence:
    return replace(evidence, start=evidence.start - start, end=evidence.end - start)


@cache
def _links() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The lines of the links and flags that join the samples, as far as their records stand on pieces."""
    told = {id for piece in pieces() for line in piece.lines if (id := _id(line)) is not None}
    with Store() as store:
        for reading in samples():
            store.save(reading, "bench")
        relink(store)
        made: list[Record] = list(store.links())
        flags = (f for f in store.records(Where(kinds=("flag",))) if isinstance(f, Flag))
        made += [f for f in flags if f.flag == "contradiction"]
    kept = (r for r in made if _ends(r) <= told)
    return tuple(_cut(dumps(as_json(record))) for record in kept)


def _ends(record: Record) -> set[str]:
    return {record.left, record.right} if isinstance(record, Link) else set(record.records)  # type: ignore[union-attr]


def _id(line: tuple[tuple[str, str], ...]) -> str | None:
    value = json.loads("".join(part + mark for part, mark in line))
    return value.get("id") if "kind" in value else None


def links(number: int) -> Iterator[Record]:
    """The links of so many pages, without those of a round that is not whole."""
    for turn in range(number // len(pieces())):
        words: dict[int, int] = {}
        for line in _links():
            yield restore("".join(part.translate(words) + _varied(mark, turn) for part, mark in line))


def _lines(number: int) -> Iterator[list[str]]:
    for n in range(number):
        yield list(pieces()[n % len(pieces())].of_round(n // len(pieces())))


def write_archive(folder: Path, number: int) -> None:
    """Write shards with so many pages."""
    folder.mkdir(parents=True, exist_ok=True)
    told = _lines(number)
    for first in range(0, number, A_SHARD):
        some = (line for lines in islice(told, A_SHARD) for line in lines)
        enter(folder, write_shard(folder, f"{first:09}.jsonl", some))
