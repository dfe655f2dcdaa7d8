"""A report to be read: what each page says, and under every line the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jitsuroku.desk.codes import legend
from jitsuroku.desk.lines import evidence_of, is_sample, line_of
from jitsuroku.desk.sheet import Sheet
from jitsuroku.desk.terminal import WIDTH, shown, wrapped
from jitsuroku.records import Evidence, Record

SAMPLE_REMARK = "SAMPLE TEXT, written for demonstration; no source of facts."


def report_lines(sheets: Iterable[Sheet], width: int = WIDTH) -> Iterator[str]:
    """The report on the pages, line by line, safe for a terminal; ``width`` in columns."""
    total = 0
    for sheet in sheets:
        total += 1
        yield from sheet_lines(sheet, width)
    if not total:
        yield "No pages yet. Add some with: jitsuroku add FILES"


def sheet_lines(sheet: Sheet, width: int = WIDTH) -> Iterator[str]:
    """The report on one page."""
    document = sheet.document
    yield "=" * width
    yield from wrapped(document.title or "(no title found)", "", width)
    yield from wrapped(" · ".join(_facts(sheet)), "", width)
    if is_sample(document):
        yield SAMPLE_REMARK
    yield ""
    for title, records in sheet.sections:
        yield f"{title} ({len(records)})"
        for record in records:
            yield from record_lines(record, document.source, width)
        yield ""
    if not sheet.sections:
        yield from wrapped(f"Nothing to record. {nothing_because(sheet)}", "", width)
        yield ""
    if codes := legend(sheet.records()):
        yield from wrapped("Codes: " + " · ".join(codes), "", width)
        yield ""


def nothing_because(sheet: Sheet) -> str:
    """Why a page gave no records, in words."""
    unread = [n for n in sheet.document.notes if n.startswith("language not read yet")]
    return unread[0].capitalize() if unread else "The page names no event, statement or promise that the reader knows."


def _facts(sheet: Sheet) -> Iterator[str]:
    document = sheet.document
    yield shown(document.source)
    facts = (document.outlet, document.published and f"published {document.published}", document.genre)
    yield from (shown(fact) for fact in facts if fact)
    if not document.published and document.anchor:
        yield f"dates read against {document.anchor}"
    if document.replaces:
        yield f"replaces {document.replaces}"


def record_lines(record: Record, source: str, width: int = WIDTH) -> Iterator[str]:
    """A record and the words it stands on, each with its place: page, first and last code point."""
    first, *others = wrapped(line_of(record), "    ", width)
    yield "  * " + first[4:]
    yield from others
    for evidence in evidence_of(record):
        yield from evidence_lines(evidence, source, width)


def evidence_lines(evidence: Evidence, source: str, width: int = WIDTH) -> Iterator[str]:
    """The words, and where they stand."""
    yield from wrapped(f"| {evidence.text}  [{source} {evidence.start}-{evidence.end}]", "      ", width)
