"""What the commands show: rows of a list, one page, event, person or pair, hits of a search, reports."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.export.jsonl import write_text
from jitsuroku.desk.judging.standings import standing_lines
from jitsuroku.desk.lines import is_sample, line_of
from jitsuroku.desk.page_html import html_report
from jitsuroku.desk.query import Desk, NotFound
from jitsuroku.desk.report import SAMPLE_REMARK, demo_lines, record_lines, report_lines, sheet_lines
from jitsuroku.desk.rows import Found, Somebody
from jitsuroku.desk.series import page_of
from jitsuroku.desk.sheet import sheet, sheets
from jitsuroku.desk.terminal import shown
from jitsuroku.records import DocumentRecord, Record

KIND_OF = {name: name.removesuffix("s") for name in ("documents", "events", "statements", "commitments", "figures")}
KIND_OF |= {"readings": "reading", "flags": "flag", "unresolved": "unresolved", "meetings": "meeting"}
MOST_PLACES = 5
View = tuple[Sequence[Record], Iterable[str]]


def rows(desk: Desk, kind: str, asked: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a list; ``asked`` as the options of ``jitsuroku list``."""
    if kind == "people":
        found = desk.people()
        return found[: asked["limit"]] if asked.get("limit") else found
    return desk.records((KIND_OF[kind],), **asked)


def as_values(found: Iterable[Any]) -> list[Any]:
    """Rows as JSON values."""
    return [as_json(row) for row in found]


def list_lines(desk: Desk, found: Sequence[Any], kind: str, asked: Mapping[str, Any]) -> Iterator[str]:
    """Rows to be read, each record with its words."""
    sources = _Sources(desk)
    for row in found:
        if isinstance(row, Somebody):
            yield shown(f"{row.documents:>5}  {row.name}  {row.country or '?'}  {row.office or ''}").rstrip()
        elif isinstance(row, DocumentRecord):
            yield shown(line_of(row))
        else:
            yield from sources.record_lines(row)
    if sources.samples or any(isinstance(r, DocumentRecord) and is_sample(r) for r in found):
        yield SAMPLE_REMARK
    if not found:
        yield f"no {kind}"
    if (asked.get("since") or asked.get("until")) and (without := desk.undated(KIND_OF.get(kind, kind), **asked)):
        yield f"({without} more carry no date and cannot be placed between days)"


class _Sources:
    """Looks up each document once, for the places under records, and notices samples."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, DocumentRecord] = {}
        self.samples = False

    def record_lines(self, record: Record) -> Iterator[str]:
        document = page_of(self._desk.store, record)
        if document is not None and document not in self._known:
            self._known[document] = self._desk.document(document)
            self.samples |= is_sample(self._known[document])
        yield from record_lines(record, self._known[document].source if document else "", with_id=True)

    def remark(self) -> Iterator[str]:
        """What must stand below lines that come from sample pages."""
        if self.samples:
            yield SAMPLE_REMARK


def _timeline(desk: Desk, found: Iterable[Record]) -> Iterator[str]:
    """Records by day, what has no day last."""
    sources = _Sources(desk)
    for record in sorted(found, key=lambda r: (getattr(r, "date", None) or "9999", r.kind, r.id)):
        yield from sources.record_lines(record)
    yield from sources.remark()


def _page(desk: Desk, name: str) -> View:
    document = desk.document(name)
    return desk.records(page=document.id), sheet_lines(sheet(desk.store, document.id))


def _event(desk: Desk, id: str) -> View:
    record, sources = desk.record(id), _Sources(desk)
    judged = [s for s in desk.judgements() if id in (s.judgement.target, s.record.id if s.record else None)]
    told = standing_lines(judged) if judged else ()
    return (record,), chain(sources.record_lines(record), told, sources.remark())


def _person(desk: Desk, name: str) -> View:
    found = desk.records(("event", "statement"), person=name)
    known = [p for p in desk.people() if p.name == name]
    if not found and not known:
        raise NotFound(f"{name}: nobody of that name acts or speaks on the pages; jitsuroku list people shows who does")
    heads = [shown(f"{p.name}  {p.country or '?'}  {p.office or ''}".rstrip()) for p in known]
    return found, (*heads, *_timeline(desk, found))


def _pair(desk: Desk, left: str, right: str) -> View:
    found = desk.records(("event", "commitment"), pair=(left, right))
    return found, tuple(_timeline(desk, found)) or (f"nothing between {left} and {right}",)


VIEWS: dict[str, Callable[..., View]] = {"page": _page, "event": _event, "person": _person, "pair": _pair}


def found_values(found: Iterable[Found]) -> list[Any]:
    """Hits of a search as JSON values: the document's id, source and title, and each place."""
    kept = ("id", "source", "title", "published")
    return [{k: getattr(f.document, k) for k in kept} | {"evidence": as_json(f.evidence)} for f in found]


def found_lines(found: Sequence[Found], query: str) -> Iterator[str]:
    """Hits of a search to be read: each page with the first places of the words."""
    for hit in found:
        yield shown(line_of(hit.document))
        for e in hit.evidence[:MOST_PLACES]:
            yield f"      | {shown(e.prefix)}[{shown(e.text)}]{shown(e.suffix)}  [{e.start}-{e.end}]"
        if len(hit.evidence) > MOST_PLACES:
            yield f"      | and {len(hit.evidence) - MOST_PLACES} more places"
    if not found:
        yield f"no page holds {shown(query)}"


def report_text(desk: Desk, ids: Sequence[str] | None, width: int) -> Iterator[str]:
    """The report on documents, or on all."""
    return report_lines(sheets(desk.store, ids), width)


def demo_text(desk: Desk, ids: Sequence[str], width: int) -> Iterator[str]:
    """The demonstration: how to read it, the report, the sums."""
    return demo_lines(tuple(sheets(desk.store, ids)), width)


def report_values(desk: Desk, ids: Sequence[str] | None) -> list[Any]:
    """The same as JSON values: each document with its records."""
    return [{"document": as_json(s.document), "records": as_values(s.records())} for s in sheets(desk.store, ids)]


def write_html(desk: Desk, ids: Sequence[str] | None, path: Path) -> Path:
    """Write the report as one HTML file, whole or not at all. Raises OSError when that is not possible."""
    write_text(path, html_report(sheets(desk.store, ids)))
    return path


def html_in_temporary_folder() -> Path:
    """A new place for a report that nobody asked to keep."""
    return Path(tempfile.mkdtemp(prefix="jitsuroku-")) / "demo.html"
