"""Takes a source out of the store: every page of an outlet or host with all that stands on it, until no byte is left."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jitsuroku.contract import KINDS
from jitsuroku.store.keeping import compact_file
from jitsuroku.store.opening import IN_MEMORY, connect, in_plain_words
from jitsuroku.store.postgres.instead import refuse_server
from jitsuroku.store.traces import TraceTables

ID = re.compile(rf"(?:{'|'.join(KINDS)})[0-9a-f]{{16}}", re.ASCII)
OWN = (
    "SELECT d.id, d.thread, d.address, json_extract(r.json, '$.outlet') FROM documents d "
    "LEFT JOIN records r ON r.id = d.id ORDER BY d.source, d.number"
)
BY_KIND = "SELECT kind, count(*) FROM records WHERE document = ? AND kind <> 'judgement' GROUP BY kind"
LINKS = (
    "SELECT e.link FROM records r JOIN link_ends e ON e.record = r.id JOIN records l ON l.id = e.link "
    "WHERE r.document = ? AND l.kind = 'link'"
)
JUDGEMENTS = "SELECT id, json_extract(json, '$.document'), json FROM records WHERE kind = 'judgement' ORDER BY id"


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds of a source: its documents, all versions; records by kind; links with an end there; judgements
    on its records, ``across`` those among them that join one with another source's; ``names``: the addresses and files by
    which it came in or was asked for."""

    documents: tuple[str, ...]
    records: Counter[str]
    links: int
    judgements: tuple[str, ...]
    across: int
    names: tuple[str, ...] = ()


class ForgettingTables(TraceTables):
    """The part of the store that forgets sources and gives back their room."""

    def remove(self, documents: Iterable[str]) -> int:
        """Take documents out of everything."""
        raise NotImplementedError

    def sources(self) -> Counter[str]:
        """The outlets and hosts of all pages, with the number of pages."""
        found: Counter[str] = Counter()
        for _, _, address, outlet in self._rows(OWN):
            found.update({name for name in (outlet, host_of(address)) if name})
        return found

    def held_of(self, source: str) -> Held:
        """What the store holds of an outlet (by name) or a host (with those below it)."""
        name = _folded(source)
        threads = {row[1] for row in self._rows(OWN) if _is_of(name, row[2], row[3])}
        documents = tuple(row[0] for row in self._rows(OWN) if row[1] in threads)
        records: Counter[str] = Counter()
        links: set[str] = set()
        for document in documents:
            records.update(dict(self._rows(BY_KIND, (document,))))
            links |= {row[0] for row in self._rows(LINKS, (document,))}
        own, across = self._judgements_on(documents)
        names = self.names_of(documents, lambda told: _is_of(name, told, None))
        return Held(documents, records, len(links), tuple(sorted(own | across)), len(across), names)

    def _judgements_on(self, documents: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """The judgements that name a record of these documents, or such a judgement: on them alone, and across pages."""
        gone = set(documents)
        for document in documents:
            gone |= {row[0] for row in self._rows("SELECT id FROM records WHERE document = ?", (document,))}
        told = {id: (on, set(ID.findall(line)) - {id}) for id, on, line in self._rows(JUDGEMENTS)}
        found: set[str] = set()
        while more := {id for id, (on, named) in told.items() if id not in found and (on in gone or named & gone)}:
            found |= more
            gone |= more
        across = {id for id in found if told[id][1] & self._elsewhere(told[id][1], gone)}
        return found - across, across

    def _elsewhere(self, named: set[str], gone: set[str]) -> set[str]:
        query = "SELECT 1 FROM records WHERE id = ? AND document IS NOT NULL"
        return {id for id in named - gone if next(self._rows(query, (id,)), None)}

    def forget(self, held: Held) -> None:
        """Take out what ``held_of`` told. What others' pages say stays; ``compact`` then takes the bytes out of the file."""
        with self._writing():
            self._db.executemany("DELETE FROM records WHERE id = ?", [(id,) for id in held.judgements])
            self._forget_traces(held.documents, held.names)
        self.remove(held.documents)

    def compact(self) -> tuple[int, int]:
        """Write the file anew without the room of what is gone; gives its bytes before and after.

        Raises StoreError when the disk has no room for it or another process has the store open.
        """
        refuse_server(self.path, "compact")
        if str(self.path) == IN_MEMORY:
            return 0, 0
        with in_plain_words(self.path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._db.close()
        try:
            return compact_file(Path(self.path))
        finally:
            self._db = connect(self.path, create=False, timeout=self.patience)


def host_of(address: str | None) -> str | None:
    """``example.com`` for ``https://www.example.com/a``."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _is_of(name: str, address: str | None, outlet: str | None) -> bool:
    host = host_of(address)
    return _folded(outlet or "") == name or bool(host and f".{host}".endswith("." + name.removeprefix("www.")))
