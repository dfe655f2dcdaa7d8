"""The keys by which records are compared, and what waits to be compared. A block of either is in memory at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jitsuroku.records import Record
from jitsuroku.store.access import Access
from jitsuroku.store.opening import in_plain_words

COMPARED = ("document", "event", "statement", "commitment")
OF_THEM = ", ".join(f"'{kind}'" for kind in COMPARED)
# A limit that is none.
EVERYTHING = 1 << 62
# Page by page as they came: what is compared with each other mostly came at about one time.
TAKEN_RECORDS = (
    "SELECT n.record, r.document FROM link_new n JOIN records r ON r.id = n.record JOIN documents d ON d.id = r.document "
    "WHERE n.taken = 1 ORDER BY d.number, n.record"
)
TAKEN_KEYS = "SELECT key FROM link_lost WHERE taken = 1 ORDER BY key"
# In three questions, so that each finds its pages by the index; with a bare number SQLite would go through all for the order.
UNLINKED = (
    "SELECT id, number + 0 AS place FROM documents WHERE linker IS NULL AND newest = 1 "
    "UNION ALL SELECT id, number + 0 FROM documents WHERE linker < ?1 AND newest = 1 "
    "UNION ALL SELECT id, number + 0 FROM documents WHERE linker > ?1 AND newest = 1 ORDER BY place LIMIT ?2"
)
KEYS_OF = (
    "SELECT k.key, k.record FROM json_each(?1) a CROSS JOIN records r ON r.document = a.value "
    f"AND r.kind IN ({OF_THEM}) CROSS JOIN link_keys k ON k.record = r.id"
)
# Of a key that many have no more is read than tells that they are too many.
HOLDERS = (
    "SELECT a.value, k.record FROM json_each(?1) a CROSS JOIN link_keys k ON k.key = a.value "
    "WHERE (SELECT 1 FROM link_keys m WHERE m.key = a.value LIMIT 1 OFFSET ?2) IS NULL"
)
# How many records have a key, counted up to a number.
HELD = (
    "SELECT a.value, (SELECT count(*) FROM (SELECT 1 FROM link_keys m WHERE m.key = a.value LIMIT ?2) AS few) "
    "FROM json_each(?1) a"
)
KEYS_OF_RECORD = "SELECT key FROM link_keys WHERE record = ? ORDER BY key"
KEYS_HELD = (
    "SELECT a.value, count(*) FROM json_each(?1) a CROSS JOIN link_keys k ON k.record = a.value "
    "WHERE k.key LIKE ?2 GROUP BY a.value"
)


class KeyTables(Access):
    """The part of the store that keeps keys."""

    def _all(self, query: str, *values: str | int) -> list[Any]:
        with in_plain_words(self.path):
            return list(self._db.execute(query, values).fetchall())

    def unlinked(self, linker: str, most: int = EVERYTHING) -> tuple[str, ...]:
        """The newest documents that have no keys, or those of other rules than ``linker``, in the order of arrival, at
        most so many."""
        return tuple(row[0] for row in self._all(UNLINKED, linker, most))

    def compared(self, document: str) -> tuple[tuple[str, str, str | None], ...]:
        """The records of a document that are compared, the document's own among them, each as its id, kind and type: as they
        were read, and those that people added."""
        query = (
            "SELECT id, kind, type FROM records WHERE document = ? AND layer < 2 "
            f"AND kind IN ({OF_THEM}) ORDER BY kind, start, id"
        )
        return tuple((row[0], row[1], row[2]) for row in self._all(query, document))

    def compared_records(self, document: str) -> dict[str, Record]:
        """The same records themselves, by id."""
        query = f"SELECT id, json FROM records WHERE document = ? AND layer < 2 AND kind IN ({OF_THEM})"
        return {row[0]: self._restored(row[1]) for row in self._all(query, document)}

    def set_keys(
        self, made: Iterable[tuple[str, Iterable[tuple[str, str]]]], linker: str, most: Callable[[str], int]
    ) -> None:
        """Let documents have these keys (key, record); their records wait to be compared, and whoever has a key that one of them
        lost.

        ``most`` tells how many records may have a key: where these make too many, those that had it wait too.
        """
        new = {document: tuple(pairs) for document, pairs in made}
        with self._writing():
            wanted = {pair for pairs in new.values() for pair in pairs}
            old = {(row[0], row[1]) for row in self._all(KEYS_OF, json.dumps(list(new)))}
            self._db.executemany("DELETE FROM link_keys WHERE key = ? AND record = ?", sorted(old - wanted))
            fresh = sorted(wanted - old)
            waiting = {record for _, record in wanted} | self._crowded(Counter(key for key, _ in fresh), most)
            self._db.executemany("INSERT INTO link_keys (key, record) VALUES (?, ?)", fresh)
            self._db.executemany(
                "INSERT OR IGNORE INTO link_new (record) VALUES (?)", [(id,) for id in sorted(waiting)]
            )
            self._db.executemany("UPDATE documents SET linker = ? WHERE id = ?", [(linker, id) for id in new])

    def _crowded(self, new: Mapping[str, int], most: Callable[[str], int]) -> set[str]:
        """The records whose key so many more make one that too many have."""
        limits: dict[int, list[str]] = {}
        for key in new:
            limits.setdefault(most(key), []).append(key)
        found: set[str] = set()
        for limit, keys in limits.items():
            held = {row[0]: row[1] for row in self._all(HELD, json.dumps(keys), limit + 1)}
            full = [key for key, number in held.items() if number <= limit < number + new[key]]
            found.update(id for ids in self.holders_of(full, limit).values() for id in ids)
        return found

    def has_waiting(self, but: str) -> bool:
        """Whether any record waits to be compared, or whoever has a key that was lost and does not begin with ``but|``."""
        query = "SELECT 1 FROM link_new UNION ALL SELECT 1 FROM link_lost WHERE key NOT LIKE ? LIMIT 1"
        return bool(self._all(query, f"{but}|%"))

    def take_waiting(self, most: int, but: str) -> tuple[dict[str, str], tuple[str, ...]]:
        """Some of the records that wait to be compared, each with its document, and of the keys that a record lost, all of whose
        others do: those that somebody took and did not finish, else so many; no keys that begin with ``but|``."""
        with self._writing():
            for table, column, which in (
                ("link_new", "record", ""),
                ("link_lost", "key", f" AND key NOT LIKE '{but}|%'"),
            ):
                if not self._all(f"SELECT 1 FROM {table} WHERE taken = 1{which} LIMIT 1"):
                    waiting = f"SELECT {column} FROM {table} WHERE taken = 0{which} ORDER BY {column} LIMIT ?"
                    rows = [(row[0],) for row in self._all(waiting, most)]
                    self._db.executemany(f"INSERT OR IGNORE INTO {table} ({column}, taken) VALUES (?, 1)", rows)
                    self._db.executemany(f"DELETE FROM {table} WHERE {column} = ? AND taken = 0", rows)
        records = {row[0]: row[1] for row in self._all(TAKEN_RECORDS)}
        return records, tuple(row[0] for row in self._all(TAKEN_KEYS))

    def done_waiting(self, but: str) -> None:
        """What was taken has been compared; the keys that begin with ``but|`` are noted as if their records had lost them."""
        theirs = (
            "SELECT DISTINCT k.key FROM link_new n JOIN link_keys k ON k.record = n.record "
            "WHERE n.taken = 1 AND k.key LIKE ?1 UNION SELECT key FROM link_lost WHERE taken = 1 AND key LIKE ?1"
        )
        with self._writing():
            left = [(row[0],) for row in self._all(theirs, f"{but}|%")]
            for table in ("link_new", "link_lost"):
                self._db.execute(f"DELETE FROM {table} WHERE taken = 1")
            self._db.executemany("INSERT OR IGNORE INTO link_lost (key) VALUES (?)", left)

    def lost_keys(self, head: str) -> tuple[str, ...]:
        """The keys that begin with ``head|`` and that a record lost, in order."""
        query = "SELECT DISTINCT key FROM link_lost WHERE key LIKE ? ORDER BY key"
        return tuple(row[0] for row in self._all(query, f"{head}|%"))

    def done_with(self, keys: Iterable[str]) -> None:
        """Nobody waits for these lost keys any more."""
        with self._writing():
            self._db.executemany("DELETE FROM link_lost WHERE key = ?", [(key,) for key in keys])

    def holders_of(self, keys: Iterable[str], most: int) -> dict[str, tuple[str, ...]]:
        """The records that have each of the keys, by id; keys that more than ``most`` have are left out."""
        found: dict[str, list[str]] = {}
        for key, record in self._all(HOLDERS, json.dumps(list(keys)), most):
            found.setdefault(key, []).append(record)
        return {key: tuple(sorted(records)) for key, records in found.items()}

    def number_of_keys(self, records: Iterable[str], head: str) -> dict[str, int]:
        """How many keys that begin with ``head|`` each of the records has."""
        found = self._all(KEYS_HELD, json.dumps(list(records)), f"{head}|%")
        return {row[0]: row[1] for row in found}

    def keys_on(self, document: str) -> list[tuple[str, str]]:
        """The records of a document with their keys, by record and key."""
        found = self._all(KEYS_OF, json.dumps([document]))
        return sorted((row[1], row[0]) for row in found)

    def keys_of_record(self, record: str) -> list[str]:
        """The keys of a record, in order."""
        return [row[0] for row in self._all(KEYS_OF_RECORD, record)]

    def linked_by(self, linker: str, records: Iterable[str]) -> set[str]:
        """Those of the records whose pages have their keys by these rules."""
        query = (
            "SELECT r.id FROM json_each(?1) a CROSS JOIN records r ON r.id = a.value "
            "CROSS JOIN documents d ON d.id = r.document WHERE d.linker = ?2"
        )
        return {row[0] for row in self._all(query, json.dumps(list(records)), linker)}
