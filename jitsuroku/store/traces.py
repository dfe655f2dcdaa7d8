"""What a source leaves in the store beside its pages: the addresses that were asked for, and the notes of the runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from jitsuroku.store.access import Access

# Everything that a name or an address may stand in alone, without a page.
NAMES = (
    "SELECT address FROM addresses UNION SELECT source FROM run_pages UNION SELECT origin FROM run_pages "
    "UNION SELECT value FROM runs, json_each(runs.asked)"
)
OF_PAGE = (
    "SELECT source FROM custody WHERE document = ?1 UNION SELECT address FROM custody WHERE document = ?1 UNION SELECT "
    "source FROM run_pages WHERE document = ?1 UNION SELECT origin FROM run_pages WHERE document = ?1 UNION "
    "SELECT source FROM documents WHERE id = ?1 UNION SELECT address FROM documents WHERE id = ?1"
)
GONE = "(SELECT value FROM json_each(?1))"
# A run that was begun and does not end is another process's, or was killed; what became of its pages goes all the same.
EMPTY = (
    "DELETE FROM runs WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?1)) "
    "AND number NOT IN (SELECT run FROM run_pages)"
)


class TraceTables(Access):
    """The part of the store that finds and takes out what names a source."""

    def names_of(self, documents: Iterable[str], is_of: Callable[[str], bool]) -> tuple[str, ...]:
        """The addresses and files by which a source's pages came in, and those that ``is_of`` knows as its own. What pages
        of others came from too, as an archive, is not among them."""
        own = list(documents)
        found = {name for (name,) in self._rows(NAMES) if is_of(name)}
        came = {name for document in own for (name,) in self._rows(OF_PAGE, (document,)) if name}
        others = f"SELECT origin FROM run_pages WHERE document IS NOT NULL AND document NOT IN {GONE}"
        shared = {name for (name,) in self._rows(others, (json.dumps(own),))}
        return tuple(sorted(found | (came - shared)))

    def _forget_traces(self, documents: Iterable[str], names: Iterable[str]) -> None:
        """Take names, and the runs that brought nothing else, out of the notes, in a transaction that is under way."""
        gone, told = set(names), json.dumps(sorted(names), ensure_ascii=False)
        touched = self._runs_with(json.dumps(list(documents)), told)
        self._db.execute(f"DELETE FROM addresses WHERE address IN {GONE}", (told,))
        self._db.execute(f"DELETE FROM run_pages WHERE document IN {GONE}", (json.dumps(list(documents)),))
        self._db.execute(
            f"DELETE FROM run_pages WHERE document IS NULL AND (source IN {GONE} OR origin IN {GONE})", (told,)
        )
        # Pages of others to which a feed of this source led.
        self._db.execute(f"UPDATE run_pages SET origin = source WHERE origin IN {GONE}", (told,))
        for number, asked in self._db.execute("SELECT number, asked FROM runs").fetchall():
            left = [name for name in json.loads(asked) if name not in gone]
            if len(left) < len(json.loads(asked)):
                touched.add(number)
                query = "UPDATE runs SET asked = ? WHERE number = ?"
                self._db.execute(query, (json.dumps(left, ensure_ascii=False), number))
        self._db.execute(EMPTY, (json.dumps(sorted(touched)),))

    def _runs_with(self, documents: str, names: str) -> set[int]:
        by_page = f"SELECT DISTINCT run FROM run_pages WHERE document IN {GONE}"
        by_name = (
            f"SELECT DISTINCT run FROM run_pages WHERE document IS NULL AND (source IN {GONE} OR origin IN {GONE})"
        )
        found = (
            self._db.execute(query, (value,)).fetchall() for query, value in ((by_page, documents), (by_name, names))
        )
        return {row[0] for rows in found for row in rows}
