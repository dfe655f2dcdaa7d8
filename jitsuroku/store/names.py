"""Who is named in the store, and in what languages its pages are."""

from __future__ import annotations

from collections import Counter

from jitsuroku.store.links import LinkTables


class NameTables(LinkTables):
    """What a question's words may name."""

    def is_person(self, name: str) -> bool:
        """Whether a page names a person in this form."""
        return bool(self._all("SELECT 1 FROM people WHERE form = ? LIMIT 1", name))

    def is_party(self, code: str) -> bool:
        """Whether a record has this code or name on one of its sides, a person's aside."""
        query = "SELECT 1 FROM event_parties WHERE code = ? AND side NOT IN ('person', 'speaker') LIMIT 1"
        return bool(self._all(query, code))

    def languages(self) -> Counter[str]:
        """How many newest pages there are in each language, "" for those whose language could not be told."""
        query = "SELECT coalesce(language, ''), count(*) FROM documents WHERE newest = 1 GROUP BY 1"
        return Counter({row[0]: row[1] for row in self._all(query)})
