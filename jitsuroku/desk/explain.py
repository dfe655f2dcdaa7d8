"""Why a record is there, and what stands on each arrow of the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.adding import package_world
from jitsuroku.desk.lines import SAMPLE, is_sample
from jitsuroku.desk.query import Desk, NotFound, read
from jitsuroku.desk.report import SAMPLE_REMARK, record_lines
from jitsuroku.desk.silent import Silence, silences
from jitsuroku.desk.terminal import shown
from jitsuroku.lexicon import PACKAGE, TableError, read_table
from jitsuroku.pipeline import verdicts
from jitsuroku.records import Flag, Found, Page, Reading, Record, Row, Sentence


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer in two forms; only the one asked for is made."""

    values: Callable[[], Any]
    lines: Callable[[], Iterable[str]]


def explain(target: str, stage: str | None, desk: Callable[[], Desk]) -> Explanation:
    """How a file or a stored page was read, at one stage or all; why the record with an id is there.

    The desk is opened only when the target is no file. Raises NotFound, PageError, StoreError.
    """
    path = Path(target)
    if path.is_file():
        return _of_reading(read(path), stage)
    opened = desk()
    if opened.store.find_documents(target, newest=False):
        return _of_reading(opened.reading(target), stage)
    try:
        record = opened.record(target)
    except NotFound:
        raise NotFound(f"{target}: no such file, and no page or record of that name in {opened.path}") from None
    source = opened.source_of(record)
    return Explanation(lambda: why_json(record), lambda: (*why(record, source), *_remark(opened, record)))


def silence(target: str, desk: Callable[[], Desk]) -> Explanation:
    """The sentences of a file or a stored page that name somebody and gave no record.

    Raises NotFound, PageError, StoreError.
    """
    path = Path(target)
    reading = read(path) if path.is_file() else desk().reading(target)
    found = silences(reading, verdicts(reading, package_world()))
    return Explanation(lambda: as_json(found), lambda: _silence_lines(reading, found))


def _silence_lines(reading: Reading, found: tuple[Silence, ...]) -> Iterator[str]:
    for silent in found:
        yield f"{_quoted(reading.page, silent.evidence.start, silent.evidence.end)}  ({shown(', '.join(silent.actors))})"
        yield from (f"    {shown(words)}: {reason}" for words, reason in silent.reasons)
    yield f"{len(found)} of {len(reading.sentences)} sentences name somebody and gave no record"


def _remark(desk: Desk, record: Record) -> Iterator[str]:
    document = getattr(record, "document", None)
    if document is not None and is_sample(desk.document(document)):
        yield SAMPLE_REMARK


def _of_reading(reading: Reading, stage: str | None) -> Explanation:
    if stage is not None:
        return Explanation(lambda: stage_json(reading, stage), lambda: stages_lines(reading, (stage,)))
    return Explanation(
        lambda: {name: stage_json(reading, name) for name in STAGES}, lambda: stages_lines(reading, STAGES)
    )


def why(record: Record, source: str) -> Iterator[str]:
    """The record, its words and the rule that made it; for a table's row, the row."""
    yield from record_lines(record, source)
    rule = getattr(record, "rule", None)
    if rule is None:
        return
    yield f"  rule: {shown(rule)}"
    for row in rows_of(rule):
        yield f"  {row.rule.partition('#')[0]}, line {row.line}:"
        yield from (f"    {column}: {shown(cell)}" for column, cell in row.cells.items() if cell)


def why_json(record: Record) -> dict[str, Any]:
    """The same as JSON values: the record and the rows that its rule names."""
    rows = rows_of(getattr(record, "rule", ""))
    return {"record": as_json(record), "rows": [{"line": row.line, "cells": dict(row.cells)} for row in rows]}


def rows_of(rule: str) -> tuple[Row, ...]:
    """The rows of the package's table that a rule names (``event_types/agree/ja.tsv#約束``); () for other rules."""
    file = rule.partition("#")[0]
    path = (PACKAGE / file).resolve()
    if not file.endswith(".tsv") or not path.is_relative_to(PACKAGE.resolve()) or not path.is_file():
        return ()
    try:
        return tuple(row for row in read_table(path, PACKAGE).rows if row.rule == rule)
    except TableError:
        return ()


def stage_json(reading: Reading, stage: str) -> Any:
    """The product of a stage as JSON values."""
    return as_json(_PRODUCTS[stage](reading))


def _coded(reading: Reading) -> tuple[Record, ...]:
    return tuple(r for r in reading.records if r.kind not in ("document", "mention", "unresolved", "flag"))


def _flags(reading: Reading) -> tuple[Record, ...]:
    return tuple(r for r in reading.records if isinstance(r, Flag))


def _quoted(page: Page, start: int, end: int) -> str:
    return f"{start}-{end} {shown(page.text[start:end])}"


def _clean(reading: Reading) -> Iterator[str]:
    for b in reading.document.blocks:
        yield f"{'keep' if b.kept else 'drop'} {b.role:<9} {b.rule:<28} {_quoted(reading.page, b.start, b.end)}"
    d = reading.document
    for name in ("title", "outlet", "origin", "published", "updated", "genre"):
        found: Found | None = getattr(d, name)
        yield f"{name}: {shown(found.value) + '  by ' + found.rule if found else 'not found'}"
    yield from (f"byline: {shown(b.value)}  by {b.rule}" for b in d.bylines)
    yield f"anchor: {d.anchor or 'none'}  by {d.anchor_rule or 'nothing'}"
    for s in d.sections:
        source = shown(s.origin.value if s.origin else s.address or "")
        yield f"section: {s.start}-{s.end} read against {s.anchor or 'no day'}  by {s.anchor_rule}  {source}".rstrip()
    yield from (f"note: {shown(note)}" for note in d.notes)


def _language(reading: Reading) -> Iterator[str]:
    yield f"language: {reading.language or 'unknown'}"


def _parse(reading: Reading) -> Iterator[str]:
    for sentence in reading.sentences:
        yield _quoted(reading.page, sentence.start, sentence.end)
        yield from _clauses(sentence, reading.page)


def _clauses(sentence: Sentence, page: Page) -> Iterator[str]:
    for c in sentence.clauses:
        marks = [c.voice, c.tense, *(["not"] if c.negative else []), *c.modality]
        marks += [f"in quotation {c.inside}"] if c.inside >= 0 else []
        yield f"  {shown(c.predicate)} [{', '.join(m for m in marks if m)}]"
        for a in c.arguments:
            yield f"    {shown(a.particle)}: {_quoted(page, a.start, a.end)}"


def _mentions(reading: Reading) -> Iterator[str]:
    found, page = reading.mentions, reading.page
    for n in found.names:
        yield f"{n.what}: {_quoted(page, n.start, n.end)} = {' or '.join(n.candidates) or 'nobody known'}  by {n.rule}"
    for d in found.dates:
        yield f"date: {_quoted(page, d.start, d.end)} = {d.value} ({d.basis})  by {d.rule}"
    for m in found.money:
        yield f"money: {_quoted(page, m.start, m.end)} = {m.bound} {m.amount} {m.currency or '?'}  by {m.rule}"
    for q in found.quantities:
        yield f"count: {_quoted(page, q.start, q.end)} = {q.bound} {q.n} {shown(q.unit)}  by {q.rule}"


def _actors(reading: Reading) -> Iterator[str]:
    for a in reading.actors.actors:
        who = ", ".join(filter(None, [" ".join(a.codes), a.person, a.office]))
        yield f"{_quoted(reading.page, a.start, a.end)} = {shown(who)}  by {a.rule}: {shown(a.reason)}"
    for u in reading.actors.unresolved:
        yield f"not settled: {_quoted(reading.page, u.start, u.end)} = {' or '.join(u.candidates) or 'nobody known'}"


def _verdicts(reading: Reading) -> Iterator[str]:
    for v in verdicts(reading, package_world()):
        yield f"{_quoted(reading.page, v.start, v.end)}"
        yield f"    {shown(v.predicate)}: {v.reason}"
        yield from (f"      {rule}: {lacks or 'its conditions hold'}" for rule, lacks in v.rules)


def _records(records: tuple[Record, ...], reading: Reading) -> Iterator[str]:
    for record in records:
        yield from why(record, reading.page.source)
    if not records:
        yield "nothing"


_PRODUCTS: dict[str, Callable[[Reading], Any]] = {
    "clean": lambda r: r.document,
    "language": lambda r: r.language,
    "parse": lambda r: r.sentences,
    "mentions": lambda r: r.mentions,
    "actors": lambda r: r.actors,
    "coding": _coded,
    "verdicts": lambda r: verdicts(r, package_world()),
    "checks": _flags,
}
_SHOWN: dict[str, Callable[[Reading], Iterator[str]]] = {
    "clean": _clean,
    "language": _language,
    "parse": _parse,
    "mentions": _mentions,
    "actors": _actors,
    "coding": lambda r: _records(_coded(r), r),
    "verdicts": _verdicts,
    "checks": lambda r: _records(_flags(r), r),
}
STAGES = tuple(_SHOWN)


def stages_lines(reading: Reading, stages: Sequence[str]) -> Iterator[str]:
    """The stages to be read, each under its name where there are several."""
    for stage in stages:
        if len(stages) > 1:
            yield f"--- {stage}"
        yield from _SHOWN[stage](reading)
    if any(note.startswith(SAMPLE) for note in reading.page.notes):
        yield SAMPLE_REMARK
