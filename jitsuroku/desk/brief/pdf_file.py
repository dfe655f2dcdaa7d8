"""A brief as a PDF file, by WeasyPrint from the HTML file; nothing is fetched."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jitsuroku.desk.brief.html_file import html
from jitsuroku.desk.brief.model import Brief


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
    made: bytes = weasyprint.HTML(string=html(brief), url_fetcher=_refuse).write_pdf()
    return made


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """The file is whole in itself: whatever asks for an address is refused."""
    raise ValueError(f"{url}: a brief fetches nothing")
