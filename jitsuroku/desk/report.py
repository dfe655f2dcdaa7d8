"""A report to be read: what each page says, and under every line the words that say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from jitsuroku.desk.codes import legend
from jitsuroku.desk.lines import evidence_of, is_sample, line_of
from jitsuroku.desk.sheet import SECTIONS, Sheet
from jitsuroku.desk.terminal import WIDTH, shown, wrapped
from jitsuroku.records import DocumentRecord, Evidence, Record

SAMPLE_REMARK = "SAMPLE TEXT, written for demonstration; no source of facts."
HOW_TO_READ = (
    "Under each line stand the words that say it and, in brackets, their page with the first and last character. "
    "What has no words has no line; what could be two things is listed as not settled."
)
OBJECT = "Is a line wrong? jitsuroku explain says which rule made it; docs/how-to/object-to-a-line.md what to do then."
NOT_READ = "language not read yet"
# Names of languages that pages come in; others are given by their code.
LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "cs": "Czech",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "mn": "Mongolian",
    "nl": "Dutch",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ru": "Russian",
    "sr": "Serbian",
    "tg": "Tajik",
    "th": "Thai",
    "tk": "Turkmen",
    "tr": "Turkish",
    "tt": "Tatar",
    "ug": "Uyghur",
    "uk": "Ukrainian",
    "und": "unknown",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def report_lines(sheets: Iterable[Sheet], width: int = WIDTH) -> Iterator[str]:
    """The report on the pages, line by line, safe for a terminal; ``width`` in columns."""
    total = 0
    for sheet in sheets:
        total += 1
        yield from sheet_lines(sheet, width)
    if not total:
        yield "No pages. Add some with: jitsuroku add FILES"


def demo_lines(found: Sequence[Sheet], width: int = WIDTH) -> Iterator[str]:
    """The report with how to read it before, and the sums after it."""
    yield from wrapped(HOW_TO_READ, "", width)
    yield ""
    yield from report_lines(found, width)
    yield "=" * width
    for sentence in (*sums(found), OBJECT):
        yield from wrapped(sentence, "", width)
    if any(is_sample(sheet.document) for sheet in found):
        yield SAMPLE_REMARK


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
    if is_read(sheet.document):
        return "The page names no event, statement or promise that the reader knows."
    return f"{NOT_READ.capitalize()}: {language_of(sheet.document)}."


def is_read(document: DocumentRecord) -> bool:
    """Whether the page's language is one that is read."""
    return not any(note.startswith(NOT_READ) for note in document.notes)


def language_of(document: DocumentRecord) -> str:
    """The page's language in words."""
    code = document.language
    return "unknown" if code is None else LANGUAGES.get(code, code)


def sums(found: Sequence[Sheet]) -> Iterator[str]:
    """What the pages hold all together, and what was not read, a sentence each."""
    counts = Counter(title for sheet in found for title, records in sheet.sections for _ in records)
    told = ", ".join(f"{title.lower()} {counts[title]}" for title in SECTIONS.values() if counts[title])
    yield f"{pages(len(found))}: {told or 'nothing to record'}."
    unread = Counter(language_of(sheet.document) for sheet in found if not is_read(sheet.document))
    if unread:
        languages = ", ".join(f"{language} {n}" for language, n in sorted(unread.items()))
        yield f"{NOT_READ.capitalize()}: {languages}; those pages are cleaned and dated only."


def pages(number: int) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} page{'s' if number != 1 else ''}"


def _facts(sheet: Sheet) -> Iterator[str]:
    document = sheet.document
    yield shown(document.source)
    facts = (document.outlet, document.published and f"published {document.published}", document.genre)
    yield from (shown(fact) for fact in facts if fact)
    if not document.published and document.anchor:
        yield f"dates read against {document.anchor}"
    if document.replaces:
        yield f"replaces {document.replaces}"


def record_lines(record: Record, source: str, width: int = WIDTH, *, with_id: bool = False) -> Iterator[str]:
    """A record and the words it stands on, each with its place: page, first and last code point."""
    first, *others = wrapped(line_of(record), "    ", width)
    yield "  * " + first[4:]
    yield from others
    for evidence in evidence_of(record):
        yield from evidence_lines(evidence, source, width)
    if with_id:
        yield f"      id {record.id}"


def evidence_lines(evidence: Evidence, source: str, width: int = WIDTH) -> Iterator[str]:
    """The words, and where they stand."""
    yield from wrapped(f"| {evidence.text}  [{source} {evidence.start}-{evidence.end}]", "      ", width)
