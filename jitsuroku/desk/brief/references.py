"""The pages a brief cites: as CSL-JSON, which any reference manager takes, and as lines to be read."""

from __future__ import annotations

from typing import Any

from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.lines import is_sample
from jitsuroku.desk.terminal import shown
from jitsuroku.records import DocumentRecord

# CSL's type for a genre; anything else is a web page.
TYPES = {
    "news": "article-newspaper",
    "agency": "article-newspaper",
    "opinion": "article-newspaper",
    "explainer": "article-newspaper",
    "digest": "article-newspaper",
    "transcript": "interview",
    "readout": "report",
    "joint-statement": "report",
    "forum": "post",
}
SAMPLE = "sample text, written for demonstration; no source of facts"


def csl_item(document: DocumentRecord) -> dict[str, Any]:
    """A page as a CSL-JSON item. A day that was inferred and is not printed is not given as its day of issue."""
    printed = document.published if document.published_basis in ("printed", "metadata") else None
    item = {
        "id": document.id,
        "type": TYPES.get(document.genre, "webpage"),
        "title": document.title,
        "author": [{"literal": name} for name in document.bylines],
        "container-title": document.outlet,
        "publisher": document.owner,
        "issued": _dated(printed),
        "accessed": _dated(document.fetched),
        "URL": document.address,
        "language": document.language,
        "source": document.origin,
        "note": SAMPLE if is_sample(document) else None,
        "archive_location": document.source,
    }
    return {key: value for key, value in item.items() if value}


def _dated(date: str | None) -> dict[str, Any] | None:
    """An ISO day, month, year or interval; the time of day falls away."""
    if not date:
        return None
    days = [[int(part) for part in day[:10].split("-")] for day in date.split("/")]
    return {"date-parts": days}


def reference_text(document: DocumentRecord, words: Wording) -> str:
    """``Byline. “Title.” Outlet, 7 June 2025. page.txt``, or 署名「題名」『媒体』2025年6月7日。page.txt"""
    day = words.day(document.published[:10]) if document.published else words("reference.undated")
    if document.published and document.published_basis not in ("printed", "metadata"):
        day = words("reference.inferred", day=day)
    return words(
        "reference.line",
        author=shown(words.joined(document.bylines)),
        title=shown(document.title or words("reference.untitled")),
        outlet=shown(document.outlet or ""),
        day=day,
        place=shown(document.address or document.source),
        sample=words("detail.sample") if is_sample(document) else "",
    )
