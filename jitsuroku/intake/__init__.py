"""Bytes -> Page: the text as received, to which every offset refers."""

from jitsuroku.intake.pages import PageError, find_pages, page_from_bytes, read_page

__all__ = ["PageError", "find_pages", "page_from_bytes", "read_page"]
