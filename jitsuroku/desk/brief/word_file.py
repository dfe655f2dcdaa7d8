"""A brief as a DOCX file, by python-docx: headings, lists, footnote numbers that lead to their words."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jitsuroku.desk.brief.markdown_file import place_of
from jitsuroku.desk.brief.model import Brief, Line, Section
from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.terminal import shown

FONTS = {"ascii": "Calibri", "hAnsi": "Calibri", "eastAsia": "Yu Gothic"}
# The day that the file gives as its own, so that the same brief gives the same file.
MADE = datetime(2000, 1, 1)


def docx(brief: Brief) -> bytes:
    """The brief as DOCX. Raises ImportError, and says what to install, when python-docx is missing."""
    try:
        document = import_module("docx").Document()
    except ImportError:
        raise ImportError("python-docx is not installed: pip install jitsuroku[docx]") from None
    _prepare(document, brief)
    words = Wording(brief.language)
    document.add_heading(shown(brief.title), 0)
    for remark in brief.about:
        document.add_paragraph(
            shown(remark), style="Intense Quote" if brief.sample and remark == brief.about[0] else None
        )
    for section in brief.sections:
        _section(document, section, words)
    _back_matter(document, brief, words)
    file = BytesIO()
    document.save(file)
    return _without_clock(file)


def _without_clock(file: BytesIO) -> bytes:
    """The same package with one day on all its parts, so that the same brief gives the same bytes."""
    made = BytesIO()
    with ZipFile(file) as package, ZipFile(made, "w", ZIP_DEFLATED) as copy:
        for part in package.infolist():
            copy.writestr(ZipInfo(part.filename, MADE.timetuple()[:6]), package.read(part), ZIP_DEFLATED)
    return made.getvalue()


def _prepare(document: Any, brief: Brief) -> None:
    qualified = import_module("docx.oxml.ns").qn
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for script, font in FONTS.items():
        fonts.set(qualified(f"w:{script}"), font)
    core = document.core_properties
    core.title, core.language, core.author = shown(brief.title), brief.language, "jitsuroku"
    core.created = core.modified = MADE
    core.comments = brief.about[0] if brief.sample else ""


def _section(document: Any, section: Section, words: Wording) -> None:
    document.add_heading(shown(section.title), 1)
    if not section.groups:
        document.add_paragraph(shown(section.empty))
    for group in section.groups:
        if group.title:
            document.add_heading(shown(group.title), 2)
        for line in group.lines:
            paragraph = document.add_paragraph(style=None if section.mark else "List Bullet")
            _sentence(paragraph, line, section.mark)
        if group.more:
            document.add_paragraph(words("about.more", number=str(group.more)))


def _sentence(paragraph: Any, line: Line, mark: str) -> None:
    if mark:
        paragraph.add_run(f"{mark} ")
    for part in line.parts:
        paragraph.add_run(shown(part.text))
        for number in part.notes:
            _linked(paragraph, f"[{number}]", f"note{number}")


def _linked(paragraph: Any, text: str, target: str) -> None:
    """A raised number that leads to a place in the file."""
    oxml = import_module("docx.oxml")
    qualified = import_module("docx.oxml.ns").qn
    link = oxml.OxmlElement("w:hyperlink")
    link.set(qualified("w:anchor"), target)
    run = paragraph.add_run(text)
    run.font.superscript = True
    link.append(run._r)
    paragraph._p.append(link)


def _place(paragraph: Any, name: str, number: int) -> None:
    """Marks the start of a paragraph as a place that numbers lead to."""
    oxml = import_module("docx.oxml")
    qualified = import_module("docx.oxml.ns").qn
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = oxml.OxmlElement(tag)
        mark.set(qualified("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qualified("w:name"), name)
        paragraph._p.append(mark)


def _back_matter(document: Any, brief: Brief, words: Wording) -> None:
    if brief.cards:
        document.add_heading(words("section.terms"), 1)
    for card in brief.cards:
        paragraph = document.add_paragraph()
        paragraph.add_run(shown(card.term)).bold = True
        paragraph.add_run(f": {words.joined(card.facts)} — {words('card.from', rows=', '.join(card.rows))}")
    if brief.notes:
        document.add_heading(words("section.notes"), 1)
    for note in brief.notes:
        paragraph = document.add_paragraph()
        _place(paragraph, f"note{note.number}", note.number)
        paragraph.add_run(f"[{note.number}] 〈{shown(note.evidence.text)}〉 {place_of(note, words)}")
    if brief.references:
        document.add_heading(words("section.references"), 1)
    for reference in brief.references:
        document.add_paragraph(f"{reference.number}. {shown(reference.text)}")
