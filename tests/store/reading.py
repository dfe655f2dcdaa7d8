"""Readings of short pages of our own, and what a store holds of them."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from functools import cache
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.contract import quote, with_id
from jitsuroku.intake.pages import page_from_bytes
from jitsuroku.pipeline import read
from jitsuroku.records import Event, Page, Reading
from jitsuroku.store import Store
from jitsuroku.store.postgres.address import Server
from tests.making import whole_world

TALKS = "日英外相が会談\n2025年9月5日\n日本の岩屋外相は5日、英国のラミー外相とロンドンで会談した。\n"
CALL = "米中首脳が電話\n2025年6月6日\n米国のトランプ大統領は5日、中国の習近平国家主席と電話で協議した。\n"
LOAN = "支援を約束\n2025年9月5日\n日本はウズベキスタンに20億ドルの支援を約束した。\n首相は Kananaskis の G7 summit で述べた。\n"
READER = "reader-1"


@cache
def reading_of(text: str, source: str = "page.txt", address: str | None = None) -> Reading:
    """A page read, as ``add`` reads a file with these words."""
    return read(page_from_bytes(text.encode(), source, address), whole_world())


def event_of(page: Page, **told: Any) -> Event:
    """An event with these fields, its evidence the first words of the page."""
    fields: dict[str, Any] = dict.fromkeys(f.name for f in dataclasses.fields(Event) if f.init)
    lists = ("actor", "recipient", "people", "roles", "via", "votes", "quantities", "topics", "more")
    fields |= dict.fromkeys(lists, ()) | {
        "id": "",
        "document": page.id,
        "type": "CONSULT",
        "quad": "verbal cooperation",
    }
    fields |= {"score": 1.0, "status": "actual", "background": False, "said_by": "page", "rule": "test"}
    return with_id(Event(**fields | {"evidence": quote(page, 0, 2)} | told))


def reading_with(source: str, *told: dict[str, Any]) -> Reading:
    """A page that tells these events and nothing else."""
    reading = reading_of(TALKS, source)
    return replace(reading, records=(reading.records[0], *(event_of(reading.page, **t) for t in told)))


def added(store: Store, *readings: Reading) -> Store:
    for reading in readings:
        store.save(reading, READER)
    return store


def exported(store: Store, *, newest: bool = True) -> list[str]:
    return [line for line, _ in store.lines(newest=newest)]


def raw(path: object) -> Any:
    """A connection to the file beside the store's own."""
    return sqlite3.connect(str(path), isolation_level=None)


def tables(store: Store) -> list[str]:
    """All tables of a store, those of its search index among them."""
    in_file = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    on_server = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'jitsuroku' AND table_type = 'BASE TABLE'"
    query = on_server if isinstance(store.path, Server) else in_file
    return sorted(row[0] for row in store._db.execute(query).fetchall())


def rows_left(store: Store, word: str) -> dict[str, int]:
    """By table, how many rows hold a word in any column."""
    found = {}
    for name in tables(store):
        rows = store._db.execute(f"SELECT * FROM {name}").fetchall()
        found[name] = sum(1 for row in rows if any(word in str(cell) for cell in row))
    return {name: n for name, n in found.items() if n}
