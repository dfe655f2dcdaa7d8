"""Search: pages that hold every word, with each place."""

from __future__ import annotations

from jitsuroku.desk.show import found_values
from jitsuroku.desk.web.asking import A_PAGE, Asked, Shown, table_of


def search(asked: Asked) -> Shown:
    """Pages that hold every word of ``?q=``."""
    words = asked.query.get("q", "").strip()
    found = asked.desk.search(words, limit=A_PAGE) if words else ()
    rows = [[h.document.source, h.document.title, e.text, e.start, e.end] for h in found for e in h.evidence]
    columns = ("source", "title", "words", "start", "end")
    return Shown(
        "search.html", {"words": words, "found": found}, lambda: found_values(found), lambda: table_of(columns, rows)
    )
