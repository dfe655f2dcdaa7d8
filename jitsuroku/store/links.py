"""What the store keeps for links: the links themselves, and the meetings that events tell of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jitsuroku.contract import dumps
from jitsuroku.records import DocumentRecord, Event, Flag, Link, Meeting, Record
from jitsuroku.store.judged import Judged
from jitsuroku.store.keys import KeyTables

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
LINKS_OF = "SELECT r.json FROM link_ends e JOIN records r ON r.id = e.link WHERE e.record = ? ORDER BY r.id"
TOUCHING = (
    "SELECT e.record, r.json FROM json_each(?1) a CROSS JOIN link_ends e ON e.record = a.value "
    "CROSS JOIN records r ON r.id = e.link ORDER BY e.record, r.id"
)
COPIES_TOLD = (
    "SELECT d.id, json_extract(r.json, '$.copies_of') FROM json_each(?1) a CROSS JOIN documents d ON d.id = a.value "
    "CROSS JOIN records r ON r.id = d.id ORDER BY d.id"
)


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


class LinkTables(KeyTables):
    """The part of the store that links stand on; ``Store`` brings the connection and what is declared here."""

    def _insert_records(self, records: Iterable[Record]) -> None:
        raise NotImplementedError

    def _list_anew(self, documents: Iterable[str]) -> None:
        raise NotImplementedError

    def _apply(self, document: str) -> None:
        raise NotImplementedError

    def _write_judged(self, judged: Judged) -> None:
        raise NotImplementedError

    def version_elsewhere(self) -> int:
        """A number that changes when another connection has written."""
        return int(self._all("PRAGMA data_version")[0][0])

    def told_under(self, key: str) -> Iterator[tuple[Event, str, str | None]]:
        """The events that have a key, by id, each with the source and the day of its page."""
        for line, source, told in self._all(TOLD_UNDER, key):
            event = self._restored(line)
            if isinstance(event, Event):
                yield event, source, told

    def document_of(self, record: str) -> str:
        """The document of a record. Raises KeyError when it is not in the store."""
        found = self._all("SELECT document FROM records WHERE id = ?", record)
        if not found:
            raise KeyError(record)
        return str(found[0][0])

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
        """The events that tell of a meeting, by id, without those out of view."""
        query = (
            "SELECT e.record FROM link_ends e JOIN records r ON r.id = e.record WHERE e.link = ? AND r.hidden = 0 "
            "ORDER BY e.record"
        )
        return tuple(row[0] for row in self._all(query, meeting))

    def told_by(self, event: str) -> tuple[str, ...]:
        """The series of whose meetings an event tells."""
        query = (
            "SELECT DISTINCT r.type FROM link_ends e JOIN records r ON r.id = e.link "
            "WHERE e.record = ? AND r.kind = 'meeting' ORDER BY r.type"
        )
        return tuple(row[0] for row in self._all(query, event))

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

    def shown_by_id(self, record: str) -> Record:
        """The record as it is shown. Raises KeyError when there is none, or people took it out of view."""
        found = self._all("SELECT coalesce(judged, json) FROM records WHERE id = ? AND hidden = 0", record)
        if not found:
            raise KeyError(record)
        return self._restored(found[0][0])

    def replace_links(self, groups: Iterable[tuple[Iterable[str], Iterable[Made]]]) -> int:
        """For each group of records put its links and the flags that come with them in the place of all that touch them;
        gives how many groups it were.

        The groups are made inside the transaction, so that they tell of the same state of the store.
        """
        with self._writing():
            told = [(tuple(records), tuple(made)) for records, made in groups]
            touched = [record for records, _ in told for record in records]
            old = {each.id: each for found in self._touching(touched).values() for each in found}
            new = {each.id: each for _, made in told for each in made}
            self._db.executemany("DELETE FROM records WHERE id = ?", [(id,) for id in sorted(old.keys() - new.keys())])
            fresh = [new[id] for id in sorted(new.keys() - old.keys())]
            self._insert_records(fresh)
            self._list_anew(sorted({each.document for each in fresh if isinstance(each, Flag)}))
            ends = {end for each in (*old.values(), *new.values()) for end, _ in ends_of(each)}
            self._tell_originals({*touched, *ends})
            self._judge_anew({**old, **new}[id] for id in sorted(old.keys() ^ new.keys()))
        return len(told)

    def _touching(self, records: Iterable[str]) -> dict[str, list[Made]]:
        """The links, and the flags between pages, with an end at each of the records."""
        found: dict[str, list[Made]] = {}
        for record, line in self._all(TOUCHING, json.dumps(list(records))):
            made = self._restored(line)
            if isinstance(made, Link | Flag):
                found.setdefault(record, []).append(made)
        return found

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
        told = {row[0]: json.loads(row[1] or "[]") for row in self._all(COPIES_TOLD, json.dumps(sorted(records)))}
        linked = self._touching(told)
        for id, known in told.items():
            links = (link for link in linked.get(id, ()) if isinstance(link, Link) and link.link == "copy")
            copied = sorted({link.right for link in links if link.left == id})
            if copied != known:
                record = self.by_id(id)
                assert isinstance(record, DocumentRecord)
                line = dumps(replace(record, copies_of=tuple(copied)))
                self._db.execute("UPDATE records SET json = ? WHERE id = ?", (line, id))

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
