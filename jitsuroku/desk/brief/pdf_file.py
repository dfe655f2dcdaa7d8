"""A brief as a PDF file, by WeasyPrint from the HTML file; nothing is fetched."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from jitsuroku.desk.brief.html_file import html
from jitsuroku.desk.brief.model import Brief

PLAIN = {"✅": "✓", "💡": "⇒"}


def pdf(brief: Brief) -> bytes:
    """The brief as PDF. Raises ImportError, and says what to install, when WeasyPrint or what it needs is missing."""
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as problem:
        # Pango missing from the system is an OSError.
        raise ImportError(
            "WeasyPrint cannot be used: pip install jitsuroku[pdf], and the system's Pango (apt install libpango-1.0-0 "
            f"libpangoft2-1.0-0): {problem}"
        ) from None
    made: bytes = weasyprint.HTML(string=html(_with_plain_marks(brief)), url_fetcher=_refuse).write_pdf()
    return made


def _with_plain_marks(brief: Brief) -> Brief:
    """The brief with marks that fonts for text have; a font for pictures is missing on many machines."""
    sections = (replace(section, mark=PLAIN.get(section.mark, section.mark)) for section in brief.sections)
    return replace(brief, sections=tuple(sections))


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """The file is whole in itself: whatever asks for an address is refused."""
    raise ValueError(f"{url}: a brief fetches nothing")
