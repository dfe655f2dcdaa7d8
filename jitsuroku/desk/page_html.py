"""One HTML file with everything in it: no script, no request to anywhere, readable in the dark and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from jitsuroku.desk.codes import legend
from jitsuroku.desk.lines import evidence_of, is_sample, line_of
from jitsuroku.desk.report import SAMPLE_REMARK, nothing_because
from jitsuroku.desk.sheet import Sheet
from jitsuroku.desk.terminal import shown
from jitsuroku.records import Block, Evidence, Record

STYLE = Path(__file__).with_name("page.css")


def html_report(sheets: Iterable[Sheet]) -> Iterator[str]:
    """The report on the pages as the parts of one HTML file."""
    found = tuple(sheets)
    yield _head()
    yield f"<h1>What {len(found)} page{'s say' if len(found) != 1 else ' says'}</h1>\n"
    if any(is_sample(sheet.document) for sheet in found):
        yield f'<p class="sample">{escape(SAMPLE_REMARK)}</p>\n'
    yield from _contents(found)
    for number, sheet in enumerate(found, 1):
        yield from _article(number, sheet)
    yield "</main></body></html>\n"


def _head() -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        'content="light dark"><title>jitsuroku: what the pages say</title>\n'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n"
    )


def _contents(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield '<nav aria-label="Pages"><ol>\n'
    for number, sheet in enumerate(sheets, 1):
        counts = (
            ", ".join(f"{len(records)} {title.lower()}" for title, records in sheet.sections) or "nothing to record"
        )
        yield f'<li><a href="#page-{number}">{_foreign(_title(sheet), sheet)}</a> <small>{counts}</small></li>\n'
    yield "</ol></nav>\n"


def _title(sheet: Sheet) -> str:
    return sheet.document.title or sheet.document.source


def _foreign(text: str, sheet: Sheet, tag: str = "span") -> str:
    """Text of a page, with its language for fonts and screen readers, inert whatever it holds."""
    language = escape(sheet.document.language or "und", quote=True)
    return f'<{tag} lang="{language}"><bdi>{escape(shown(text))}</bdi></{tag}>'


def _article(number: int, sheet: Sheet) -> Iterator[str]:
    document = sheet.document
    facts = [document.source, document.outlet, document.published, document.genre, *document.bylines]
    yield f'<article id="page-{number}"><h2>{_foreign(_title(sheet), sheet)}</h2>\n'
    yield f"<p class=facts>{_foreign(' · '.join(f for f in facts if f), sheet)}</p>\n"
    if is_sample(document):
        yield f'<p class="sample">{escape(SAMPLE_REMARK)}</p>\n'
    marks = _Marks(number, sheet)
    for title, records in sheet.sections:
        yield f"<section><h3>{title} <small>{len(records)}</small></h3><ul>\n"
        for record in records:
            yield from _item(record, sheet, marks)
        yield "</ul></section>\n"
    if not sheet.sections:
        yield f"<p>{escape(nothing_because(sheet))}</p>\n"
    if codes := legend(sheet.records()):
        yield f"<p class=codes>Codes: {' · '.join(_foreign(c, sheet) for c in codes)}</p>\n"
    yield "<details open><summary>The page, with the words the lines above stand on</summary>\n"
    yield from _page(sheet, marks)
    yield "</details></article>\n"


def _item(record: Record, sheet: Sheet, marks: _Marks) -> Iterator[str]:
    yield f'<li class="{record.kind}">{_foreign(line_of(record), sheet)}\n'
    for evidence in evidence_of(record):
        place = f"{evidence.start}-{evidence.end}"
        link = f'<a href="#{marks.anchor(evidence)}">{place}</a>'
        yield f"<blockquote>{_foreign(evidence.text, sheet)} <small>{link}</small></blockquote>\n"
    yield f"<small class=rule>{escape(shown(getattr(record, 'rule', '')))}</small></li>\n"


class _Marks:
    """Which stretches of the page are evidence of which records, as anchors and as cuts between them."""

    def __init__(self, number: int, sheet: Sheet) -> None:
        self._number = number
        self.spans = sorted({(e.start, e.end, r.kind) for r in sheet.records() for e in evidence_of(r)})
        self._starts = sorted({(start, end) for start, end, _ in self.spans})

    def anchor(self, evidence: Evidence) -> str:
        return f"p{self._number}-{evidence.start}-{evidence.end}"

    def anchors_at(self, start: int) -> str:
        return "".join(f'<a id="p{self._number}-{s}-{e}"></a>' for s, e in self._starts if s == start)

    def cuts(self, start: int, end: int) -> list[int]:
        inside = {place for s, e, _ in self.spans for place in (s, e) if start < place < end}
        return [start, *sorted(inside), end]

    def kinds(self, start: int, end: int) -> str:
        return " ".join(sorted({kind for s, e, kind in self.spans if s <= start and end <= e}))


def _page(sheet: Sheet, marks: _Marks) -> Iterator[str]:
    """The page block by block; what was dropped is folded, with the rule that dropped it."""
    language = escape(sheet.document.language or "und", quote=True)
    yield f'<div class="page" lang="{language}">\n'
    for block in sheet.blocks:
        words = _marked(sheet, block, marks)
        if block.kept or block.role == "headline":
            yield f'<p class="{escape(block.role, quote=True)}">{words}</p>\n'
        else:
            reason = escape(f"{block.role}: {block.rule}")
            yield f'<details class="dropped"><summary lang="en">not read ({reason})</summary><p>{words}</p></details>\n'
    yield "</div>\n"


def _marked(sheet: Sheet, block: Block, marks: _Marks) -> str:
    parts = []
    cuts = marks.cuts(block.start, block.end)
    for start, end in zip(cuts, cuts[1:], strict=False):
        words, kinds = escape(shown(sheet.page.text[start:end])), marks.kinds(start, end)
        parts.append(marks.anchors_at(start) + (f'<mark class="{kinds}">{words}</mark>' if kinds else words))
    return "<bdi>" + "".join(parts) + "</bdi>"
