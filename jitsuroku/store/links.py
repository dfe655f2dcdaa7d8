"""What the store keeps for links: the keys by which records are compared, which of them changed, the links themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jitsuroku.contract import dumps
from jitsuroku.records import DocumentRecord, Event, Flag, Link, Meeting, Record
from jitsuroku.store.access import Access
from jitsuroku.store.judged import Judged
from jitsuroku.store.opening import in_plain_words

COMPARED = ("document", "event", "statement", "commitment")
WAITING = (("link_new", "record"), ("link_lost", "key"))
# Page by page as they came: what is compared with each other mostly came at about one time.
TAKEN_RECORDS = (
    "SELECT n.record FROM link_new n JOIN records r ON r.id = n.record JOIN documents d ON d.id = r.document "
    "WHERE n.taken = 1 ORDER BY d.number, n.record"
)
TAKEN_KEYS = "SELECT key FROM link_lost WHERE taken = 1 ORDER BY key"
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
# The events that have a key, each with its page's name and day.
TOLD_UNDER = (
    "SELECT r.json, d.source, coalesce(json_extract(p.json, '$.published'), json_extract(p.json, '$.anchor')) "
    "FROM link_keys k JOIN records r ON r.id = k.record JOIN records p ON p.id = r.document "
    "JOIN documents d ON d.id = r.document WHERE k.key = ? ORDER BY k.record"
)
MEETINGS_TOLD = (
    "SELECT r.id, e.record FROM records r LEFT JOIN link_ends e ON e.link = r.id "
    "WHERE r.kind = 'meeting' AND r.type = ? AND r.layer < 2"
)
# What people made of meetings is made anew with these.
JUDGED_MEETINGS = (
    "DELETE FROM records WHERE kind = 'meeting' AND type = ? AND (layer = 2 OR hidden = 1 OR judged IS NOT NULL)"
)
KEYS_HELD = (
    "SELECT a.value, count(*) FROM json_each(?1) a CROSS JOIN link_keys k ON k.record = a.value "
    "WHERE k.key LIKE ?2 GROUP BY a.value"
)
LINKS_OF = "SELECT r.json FROM link_ends e JOIN records r ON r.id = e.link WHERE e.record = ? ORDER BY r.id"


Made = Link | Flag


def ends_of(record: Record) -> list[tuple[str, str]]:
    """The records that a link joins, or that a flag between pages stands on, as rows; none for other records."""
    match record:
        case Link():
            ends = {record.left, record.right}
        case Flag(flag="contradiction"):
            ends = set(record.records)
        case _:
            ends = set()
    return sorted((end, record.id) for end in ends)


class LinkTables(Access):
    """The part of the store that links stand on; ``Store`` brings the connection and what is declared here."""

    path: Any

    def _insert_records(self, records: Iterable[Record]) -> None:
        raise NotImplementedError

    def _list_anew(self, documents: Iterable[str]) -> None:
        raise NotImplementedError

    def _apply(self, document: str) -> None:
        raise NotImplementedError

    def _write_judged(self, judged: Judged) -> None:
        raise NotImplementedError

    def _all(self, query: str, *values: str | int) -> list[Any]:
        with in_plain_words(self.path):
            return list(self._db.execute(query, values).fetchall())

    def unlinked(self, linker: str) -> tuple[str, ...]:
        """The newest documents that have no keys, or those of other rules than ``linker``, in the order of arrival."""
        query = "SELECT id FROM documents WHERE newest = 1 AND (linker IS NULL OR linker <> ?) ORDER BY number"
        return tuple(row[0] for row in self._all(query, linker))

    def compared(self, document: str) -> tuple[tuple[str, str, str | None], ...]:
        """The records of a document that are compared, the document's own among them, each as its id, kind and type: as they
        were read, and those that people added."""
        marks = ", ".join("?" * len(COMPARED))
        query = (
            "SELECT id, kind, type FROM records WHERE document = ? AND layer < 2 "
            f"AND kind IN ({marks}) ORDER BY kind, start, id"
        )
        return tuple((row[0], row[1], row[2]) for row in self._all(query, document, *COMPARED))

    def set_keys(
        self,
        made: Iterable[tuple[str, Iterable[tuple[str, str]]]],
        linker: str,
        most: Callable[[str], int],
    ) -> None:
        """Replace the keys (key, record) of documents; their records wait to be compared.

        ``most`` tells how many records may have a key: where these make too many, those that had it wait too.
        """
        with self._writing():
            for document, keys in made:
                self._set_keys(document, sorted(set(keys)), most)
                self._db.execute("UPDATE documents SET linker = ? WHERE id = ?", (linker, document))

    def _set_keys(self, document: str, pairs: list[tuple[str, str]], most: Callable[[str], int]) -> None:
        mine = "(SELECT id FROM records WHERE document = ?)"
        self._db.execute(f"DELETE FROM link_keys WHERE record IN {mine}", (document,))
        limits: dict[int, Counter[str]] = {}
        for key, _ in pairs:
            limits.setdefault(most(key), Counter())[key] += 1
        waiting = {record for _, record in pairs}
        for limit, new in limits.items():
            held = {row[0]: row[1] for row in self._all(HELD, json.dumps(sorted(new)), limit + 1)}
            full = [key for key, number in held.items() if number <= limit < number + new[key]]
            waiting.update(id for ids in self.holders_of(full, limit).values() for id in ids)
        self._db.executemany("INSERT INTO link_keys (key, record) VALUES (?, ?)", pairs)
        self._db.executemany("INSERT OR IGNORE INTO link_new (record) VALUES (?)", [(id,) for id in sorted(waiting)])

    def has_waiting(self) -> bool:
        """Whether any record waits to be compared."""
        return bool(self._all("SELECT 1 FROM link_new UNION ALL SELECT 1 FROM link_lost LIMIT 1"))

    def take_waiting(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The records that wait to be compared, and the keys that a record lost, all of whose others do; what changes
        from now on waits for the next time."""
        with self._writing():
            for table, column in WAITING:
                self._db.execute(
                    f"INSERT OR IGNORE INTO {table} ({column}, taken) SELECT {column}, 1 FROM {table} WHERE taken = 0"
                )
                self._db.execute(f"DELETE FROM {table} WHERE taken = 0")
        records, keys = (tuple(row[0] for row in self._all(query)) for query in (TAKEN_RECORDS, TAKEN_KEYS))
        return records, keys

    def done_waiting(self, but: str | None = None) -> None:
        """What was taken has been compared; the ``waiting_keys`` of the head ``but`` go on waiting, without their records."""
        with self._writing():
            left = [(key,) for key in self.waiting_keys(but)] if but else []
            for table, _ in WAITING:
                self._db.execute(f"DELETE FROM {table} WHERE taken = 1")
            self._db.executemany("INSERT OR IGNORE INTO link_lost (key) VALUES (?)", left)

    def version_elsewhere(self) -> int:
        """A number that changes when another connection has written."""
        return int(self._all("PRAGMA data_version")[0][0])

    def told_under(self, key: str) -> Iterator[tuple[Event, str, str | None]]:
        """The events that have a key, by id, each with the source and the day of its page."""
        for line, source, told in self._all(TOLD_UNDER, key):
            event = self._restored(line)
            if isinstance(event, Event):
                yield event, source, told

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
        query = (
            "SELECT k.record, k.key FROM records r CROSS JOIN link_keys k ON k.record = r.id WHERE r.document = ? "
            "ORDER BY k.record, k.key"
        )
        return [(row[0], row[1]) for row in self._all(query, document)]

    def document_of(self, record: str) -> str:
        """The document of a record. Raises KeyError when it is not in the store."""
        found = self._all("SELECT document FROM records WHERE id = ?", record)
        if not found:
            raise KeyError(record)
        return str(found[0][0])

    def waiting_keys(self, head: str) -> tuple[str, ...]:
        """The keys that begin with ``head|`` and that a taken record has, or lost."""
        query = (
            "SELECT k.key FROM link_new n JOIN link_keys k ON k.record = n.record WHERE n.taken = 1 AND k.key LIKE ?1 "
            "UNION SELECT key FROM link_lost WHERE taken = 1 AND key LIKE ?1 ORDER BY 1"
        )
        return tuple(row[0] for row in self._all(query, f"{head}|%"))

    def replace_meetings(
        self,
        series: str,
        made: Iterable[tuple[Meeting, Iterable[str]]],
        judged: Judged,
        told: Mapping[str, Iterable[str]],
    ) -> None:
        """Put the meetings of a series, each with the events that tell of it, in the place of those that are there, and
        show them as they were ``judged``; ``told`` gives the events that those shown stand on, by id."""
        with self._writing():
            self._db.execute(JUDGED_MEETINGS, (series,))
            new = {meeting.id: (meeting, {*events, *told.get(meeting.id, ())}) for meeting, events in made}
            old = self.meetings_told(series)
            self._db.executemany("DELETE FROM records WHERE id = ?", [(id,) for id in sorted(old.keys() - new.keys())])
            self._insert_records(new[id][0] for id in sorted(new.keys() - old.keys()))
            changed = sorted(id for id in new if new[id][1] != old.get(id))
            self._db.executemany("DELETE FROM link_ends WHERE link = ?", [(id,) for id in changed])
            ends = [(event, id) for id in changed for event in sorted(new[id][1])]
            self._db.executemany("INSERT INTO link_ends (record, link) VALUES (?, ?)", ends)
            self._write_judged(judged)
            ends = [(event, extra.id) for extra in judged.extra for event in sorted(told[extra.id])]
            self._db.executemany("INSERT INTO link_ends (record, link) VALUES (?, ?)", ends)

    def tellers(self, meeting: str) -> tuple[str, ...]:
        """The events that tell of a meeting, by id."""
        return tuple(
            row[0] for row in self._all("SELECT record FROM link_ends WHERE link = ? ORDER BY record", meeting)
        )

    def meetings_told(self, series: str) -> dict[str, set[str]]:
        """The meetings of a series as they were read, by id, each with the events that tell of it."""
        found: dict[str, set[str]] = {}
        for id, event in self._all(MEETINGS_TOLD, series):
            found.setdefault(id, set()).update({event} - {None})
        return found

    def by_id(self, record: str) -> Record:
        """The record. Raises KeyError when it is not in the store."""
        found = self._all("SELECT json FROM records WHERE id = ?", record)
        if not found:
            raise KeyError(record)
        return self._restored(found[0][0])

    def replace_links(self, groups: Iterable[tuple[Iterable[str], Iterable[Made]]]) -> int:
        """For each group of records put its links and the flags that come with them in the place of all that touch them;
        gives how many groups it were.

        The groups are made inside the transaction, so that they tell of the same state of the store.
        """
        number = 0
        with self._writing():
            for records, made in groups:
                number += 1
                self._replace_group(list(records), list(made))
        return number

    def _replace_group(self, records: list[str], made: list[Made]) -> None:
        old = {each.id: each for record in records for each in self._made_of(record)}
        new = {each.id: each for each in made}
        self._db.executemany("DELETE FROM records WHERE id = ?", [(id,) for id in sorted(old.keys() - new.keys())])
        fresh = [new[id] for id in sorted(new.keys() - old.keys())]
        self._insert_records(fresh)
        self._list_anew(sorted({each.document for each in fresh if isinstance(each, Flag)}))
        ends = {end for each in (*old.values(), *new.values()) for end, _ in ends_of(each)}
        self._tell_originals({*records, *ends})
        self._judge_anew({**old, **new}[id] for id in sorted(old.keys() ^ new.keys()))

    def _judge_anew(self, changed: Iterable[Made]) -> None:
        """What people dismissed holds for new copies and for flags that are made again."""
        documents: set[str] = set()
        for each in changed:
            if isinstance(each, Flag):
                documents.add(each.document)
            elif each.link == "copy":
                documents |= {each.left, each.right}
        for document in sorted(documents):
            self._apply(document)

    def _copies_of(self, documents: Iterable[str]) -> set[str]:
        """The documents whose text comes from one of these."""
        return {link.left for id in documents for link in self.links_of(id) if link.link == "copy" and link.right == id}

    def _tell_originals(self, records: Iterable[str]) -> None:
        """Write into the line of each document among the records the pages it copies from."""
        query = "SELECT r.json FROM records r JOIN documents d ON d.id = r.id WHERE r.id = ?"
        for id in sorted(records):
            for (line,) in self._db.execute(query, (id,)).fetchall():
                record = self._restored(line)
                assert isinstance(record, DocumentRecord)
                copied = {link.right for link in self.links_of(id) if link.link == "copy" and link.left == id}
                changed = dumps(replace(record, copies_of=tuple(sorted(copied))))
                if changed != line:
                    self._db.execute("UPDATE records SET json = ? WHERE id = ?", (changed, id))

    def links_of(self, record: str) -> tuple[Link, ...]:
        """The links with an end at a record, by id."""
        return tuple(link for link in self._made_of(record) if isinstance(link, Link))

    def _made_of(self, record: str) -> list[Made]:
        found = (self._restored(row[0]) for row in self._all(LINKS_OF, record))
        return [each for each in found if isinstance(each, Link | Flag)]

    def links(self) -> Iterator[Link]:
        """All links, by id."""
        for (line,) in self._all("SELECT json FROM records WHERE kind = 'link' ORDER BY id"):
            link = self._restored(line)
            assert isinstance(link, Link)
            yield link
