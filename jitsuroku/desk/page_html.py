"""One HTML file with everything in it: no script, no request to anywhere, readable in the dark and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from jitsuroku.desk.codes import legend
from jitsuroku.desk.lines import evidence_of, is_sample, parts_of
from jitsuroku.desk.page_marks import Marks
from jitsuroku.desk.report import SAMPLE_REMARK, is_read, language_of, nothing_because, pages, sums
from jitsuroku.desk.sheet import Sheet
from jitsuroku.desk.terminal import shown
from jitsuroku.records import Block, Commitment, Event, Record

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
HOW_TO_READ = (
    "Under each line stand the words that say it. The numbers under them lead to the place in the page; the small "
    "numbers in the page lead back to the line."
)
KEY = {"event": "event", "statement": "statement", "commitment": "commitment", "flag": "to check", "reading": "other"}


def html_report(sheets: Iterable[Sheet]) -> Iterator[str]:
    """The report on the pages as the parts of one HTML file."""
    found = tuple(sheets)
    says = f"What {pages(len(found))} {'say' if len(found) != 1 else 'says'}"
    yield _head(says)
    yield f"<header><h1>{says}</h1>\n<p>{HOW_TO_READ}</p>\n"
    yield "".join(f"<p class=faint>{escape(sentence)}</p>\n" for sentence in sums(found))
    yield f"<p class=faint>{' '.join(f'<mark class={kind}>{word}</mark>' for kind, word in KEY.items())}</p>\n"
    if any(is_sample(sheet.document) for sheet in found):
        yield f"<p class=sample>{escape(SAMPLE_REMARK)}</p>\n"
    yield "</header>\n"
    yield from _contents(found)
    for number, sheet in enumerate(found, 1):
        yield from _article(number, sheet)
    yield "</main></body></html>\n"


def _head(title: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        f'content="light dark"><title>jitsuroku: {title[0].lower()}{title[1:]}</title>\n'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n"
    )


def _contents(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield '<nav aria-label="Pages"><ol>\n'
    for number, sheet in enumerate(sheets, 1):
        counts = " · ".join(f"{title.lower()} {len(records)}" for title, records in sheet.sections)
        told = counts or nothing_because(sheet).rstrip(".")
        yield f'<li><a href="#page-{number}">{_foreign(_title(sheet), sheet)}</a> <small>{escape(told)}</small></li>\n'
    yield "</ol></nav>\n"


def _title(sheet: Sheet) -> str:
    return sheet.document.title or sheet.document.source


def _language(sheet: Sheet) -> str:
    """The page's language for fonts and screen readers; empty, HTML's word for unknown, when it could not be told."""
    return escape(sheet.document.language or "", quote=True)


def _foreign(text: str, sheet: Sheet, tag: str = "span") -> str:
    """Text of a page in its language, inert whatever it holds."""
    return f'<{tag} lang="{_language(sheet)}"><bdi>{escape(shown(text))}</bdi></{tag}>'


def _mixed(text: str, sheet: Sheet) -> str:
    """Our words with names and words of the page between them: what is not ASCII is in the page's language."""
    runs = re.split(r"([^\x00-\x7f·→]+(?:[ ,]+[^\x00-\x7f·→]+)*)", shown(text))
    return "".join(_foreign(run, sheet) if i % 2 else escape(run) for i, run in enumerate(runs))


def _article(number: int, sheet: Sheet) -> Iterator[str]:
    marks = Marks(number, sheet)
    yield f'<article id="page-{number}">\n'
    yield from _page_head(sheet)
    yield "<div class=columns><div class=lines>\n"
    for title, records in sheet.sections:
        yield f"<section><h3>{title} <small>{len(records)}</small></h3><ol>\n"
        for record in records:
            yield from _item(record, sheet, marks)
        yield "</ol></section>\n"
    if not sheet.sections:
        yield f"<p>{escape(nothing_because(sheet))}</p>\n"
    if codes := legend(sheet.records()):
        yield f"<p class=codes>{' · '.join(_mixed(code, sheet) for code in codes)}</p>\n"
    yield "</div>\n<details class=words open><summary>The page</summary>\n"
    yield from _page(sheet, marks)
    yield "</details></div></article>\n"


def _page_head(sheet: Sheet) -> Iterator[str]:
    document = sheet.document
    facts = [document.outlet, *document.bylines, document.published, document.genre, document.source]
    yield f"<h2>{_foreign(_title(sheet), sheet)}</h2>\n"
    yield f"<p class=faint>{' · '.join(_mixed(fact, sheet) for fact in facts if fact)}"
    yield "</p>\n" if is_read(document) else f" · <b>language not read yet: {escape(language_of(document))}</b></p>\n"
    if is_sample(document):
        yield f"<p class=sample>{escape(SAMPLE_REMARK)}</p>\n"
    notes = "".join(f"<li>{_mixed(note, sheet)}</li>" for note in (*document.notes, f"id {document.id}"))
    yield f"<details class=why><summary>about this page</summary><ul>{notes}</ul></details>\n"


def _item(record: Record, sheet: Sheet, marks: Marks) -> Iterator[str]:
    claim, *facts = parts_of(record)
    if isinstance(record, Event | Commitment):
        claim = claim.replace(" -> ", " → ", 1)
    number = marks.number_of(record)
    yield f'<li id="{marks.line(number)}" value="{number}" class="{record.kind}"><b>{_mixed(claim, sheet)}</b>'
    yield "".join(f" <span class=fact>{_mixed(fact, sheet)}</span>" for fact in facts)
    for evidence in evidence_of(record):
        place = f'<a href="#{marks.place(evidence)}">{evidence.start}–{evidence.end}</a>'
        yield f"\n<blockquote>{_foreign(evidence.text, sheet)} <small>{place}</small></blockquote>"
    rule = _mixed(getattr(record, "rule", ""), sheet)
    yield f"\n<details class=why><summary>why</summary>rule {rule} · id {record.id}</details></li>\n"


def _page(sheet: Sheet, marks: Marks) -> Iterator[str]:
    """The page block by block; lines that were dropped are folded together, each with the rule that dropped it."""
    yield f'<div class="page" lang="{_language(sheet)}">\n'
    for kept, blocks in groupby(sheet.blocks, key=lambda b: b.kept or b.role == "headline"):
        if kept:
            yield from (f'<p class="{escape(b.role, quote=True)}">{_words(sheet, b, marks)}</p>\n' for b in blocks)
        else:
            yield from _dropped(sheet, tuple(blocks), marks)
    yield "</div>\n"


def _dropped(sheet: Sheet, blocks: Sequence[Block], marks: Marks) -> Iterator[str]:
    reasons = ", ".join(dict.fromkeys(b.rule.removeprefix("clean/") for b in blocks))
    is_open = " open" if any(marks.touches(b.start, b.end) for b in blocks) else ""
    lines = f"{len(blocks)} line{'s' if len(blocks) != 1 else ''} not read"
    yield f'<details class=dropped{is_open}><summary lang="en">{lines}: {escape(reasons)}</summary><ul>\n'
    for block in blocks:
        reason = f'<small lang="en">{escape(f"{block.role}, {block.rule}")}</small>'
        yield f"<li>{_words(sheet, block, marks)} {reason}</li>\n"
    yield "</ul></details>\n"


def _words(sheet: Sheet, block: Block, marks: Marks) -> str:
    """A block's words, marked where lines stand on them, each mark followed by the numbers of its lines."""
    parts = []
    for start, end in marks.pieces(block.start, block.end):
        words, kinds = escape(shown(sheet.page.text[start:end])), marks.kinds(start, end)
        anchors = "".join(f'<a id="{place}"></a>' for place in marks.places_at(start))
        back = "".join(f'<sup><a href="#{marks.line(n)}">{n}</a></sup>' for n in marks.numbers_at(end))
        parts.append(anchors + (f'<mark class="{" ".join(kinds)}">{words}</mark>' if kinds else words) + back)
    return f"<bdi>{''.join(parts)}</bdi>"
