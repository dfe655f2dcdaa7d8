"""Full-text search on a server: the same words in the same order as an SQLite file gives."""

from __future__ import annotations

from typing import Any

from jitsuroku.store.search import phrases_of

# As many characters of a word are its token (schema/postgres: search_tokens).
LONGEST_TOKEN = 80
# BM25 as FTS5 counts it (k1 = 1.2, b = 0.75), so that both put the best first. Every phrase must occur; a phrase that most
# documents hold weighs next to nothing.
FOUND = """
WITH asked (place, phrase, tokens) AS (VALUES {asked}),
held AS (
    SELECT a.place, s.rowid, s.size::float8, occurrences(s.words, a.phrase)::float8 AS often
    FROM asked a JOIN search s ON s.tokens @> a.tokens
),
rare AS (SELECT place, count(*)::float8 AS hits FROM held WHERE often > 0 GROUP BY place),
whole AS (SELECT count(*)::float8 AS rows, avg(size)::float8 AS length FROM search),
weighed AS (
    SELECT h.rowid, h.place,
        greatest(ln((w.rows - r.hits + 0.5) / (r.hits + 0.5)), 1e-6)
        * (h.often * 2.2 / (h.often + 1.2 * (0.25 + 0.75 * h.size / w.length))) AS weight
    FROM held h JOIN rare r ON r.place = h.place CROSS JOIN whole w
    WHERE h.often > 0
),
ranked AS (
    SELECT rowid, sum(weight ORDER BY place) AS score FROM weighed GROUP BY rowid
    HAVING count(*) = {number} ORDER BY rowid DESC LIMIT {most}
)
SELECT d.id FROM ranked r JOIN documents d ON d.number = r.rowid
WHERE d.newest >= ? ORDER BY r.score DESC, d.source, d.id
"""


def question(query: str, newest: bool, most: int) -> tuple[str, list[Any]] | None:
    """The question for the documents that hold every term of a query, best first, with its values; None when it holds
    nothing to search for. ``most``: so many of those that came last are ranked."""
    phrases = phrases_of(query)
    if not phrases:
        return None
    values: list[Any] = []
    for place, (words, is_beginning) in enumerate(phrases):
        spaced = " " + "  ".join(words) + ("" if is_beginning else " ")
        values += [place, spaced, [word[:LONGEST_TOKEN] for word in words]]
    asked = ", ".join(["(?, ?, ?::text[])"] * len(phrases))
    return FOUND.format(asked=asked, number=len(phrases), most=int(most)), [*values, int(newest)]
