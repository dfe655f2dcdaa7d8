"""Bytes -> Page: the text as received, to which every offset refers."""

from jitsuroku.intake.opening import Opening, open_file
from jitsuroku.intake.pages import find_pages, page_from_bytes, page_of, read_page
from jitsuroku.intake.received import Arrival, PageError, Received, Refused
from jitsuroku.intake.rows import columns_from

__all__ = [
    "Arrival",
    "Opening",
    "PageError",
    "Received",
    "Refused",
    "columns_from",
    "find_pages",
    "open_file",
    "page_from_bytes",
    "page_of",
    "read_page",
]
