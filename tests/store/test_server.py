"""A store on a server: its address, its schema, migrations, a connection that breaks, a writer that dies."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from jitsuroku import Desk
from jitsuroku.samples import PAGES
from jitsuroku.store import Server, Store, StoreError, Where
from jitsuroku.store.postgres.dialect import translated
from tests.cli.running import run
from tests.store.cluster import Cluster
from tests.store.reading import CALL, LOAN, READER, TALKS, added, exported, reading_of, tables

# --- the address ------------------------------------------------------------------------------------------------------

SHOWN = [
    ("postgresql://db.example/record", "postgresql://db.example/record"),
    ("postgres://hanako@db.example:5433/record", "postgresql://hanako@db.example:5433/record"),
    ("postgresql://hanako:s%40cret@db.example/record", "postgresql://hanako@db.example/record"),
    ("postgresql://hanako:secret@a.example,b.example:5433/record?sslmode=require",
     "postgresql://hanako@a.example,b.example:5433/record"),
    ("postgresql:///record?host=/run/postgresql&password=secret", "postgresql:///record?host=/run/postgresql"),
    ("postgresql://db.example?dbname=record&user=hanako&password=secret", "postgresql://db.example/record"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "shown"), SHOWN)
def test_an_address_never_shows_its_password(address: str, shown: str) -> None:
    server = Server(address)
    assert (str(server), f"{server}", server.database) == (shown, shown, "record")
    assert server.whole == address
    assert Server(server) is server


@pytest.mark.parametrize(
    "address", ["postgresql://hanako:sec/ret@db/record", "postgresql://h:secret@x@db/r", "postgresql:// secret"]
)
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ValueError, match="special characters of a password as %XX") as told:
        Server(address)
    assert "sec" not in str(told.value)
    ran = run("list", "events", "--db", address)
    assert ran.code == 2
    assert "sec" not in ran.err


def test_a_server_that_is_not_there_is_named_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed; ./dev extra postgres")
    ran = run("list", "events", "--db", "postgresql://hanako:secret@127.0.0.1:1/record")
    assert ran.code == 3
    assert "postgresql://hanako@127.0.0.1:1/record: " in ran.err
    assert "check that the server runs" in ran.err
    monkeypatch.setenv("JITSUROKU_DB", "postgresql://hanako:secret@127.0.0.1:1/record?no=such")
    again = run("doctor")
    assert again.code == 3
    assert "secret" not in ran.err + again.err + again.out
    monkeypatch.setenv("JITSUROKU_DB", "postgresql://hanako:sec/ret@127.0.0.1")
    assert "JITSUROKU_DB: no address of a server" in run("list", "events").err


def test_a_path_made_of_an_address_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="text and no path"):
        Desk(Path("postgresql://db.example/record"))
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("jitsuroku.store.postgres.")]:
        if name.rpartition(".")[2] in ("opening", "connection", "looking"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delattr("jitsuroku.store.postgres.opening", raising=False)
    ran = run("list", "events", "--db", "postgresql://db.example/record")
    assert ran.code == 5
    assert "./dev extra postgres" in ran.err
    assert "pip install 'jitsuroku[postgres]'" in ran.err
    assert run("doctor", "--db", "postgresql://db.example/record").code == 5


# --- the grammar ------------------------------------------------------------------------------------------------------

SAID = [
    ("SELECT 1 WHERE a = ? AND b LIKE 'x?%'", "SELECT 1 WHERE a = %s AND b LIKE 'x?%%'"),
    ("SELECT ?1, ?2 WHERE b = ?1", "SELECT %(1)s, %(2)s WHERE b = %(1)s"),
    ("INSERT OR IGNORE INTO t (a) VALUES (?)", "INSERT INTO t (a) VALUES (%s) ON CONFLICT DO NOTHING"),
    (
        "INSERT OR REPLACE INTO t (a, b) VALUES (?, ?)",
        "INSERT INTO t (a, b) VALUES (%s, %s) ON CONFLICT ON CONSTRAINT t_pkey DO UPDATE SET a = excluded.a, b = excluded.b",
    ),
    (
        "SELECT 1 FROM json_each(?) a CROSS JOIN t k ON k.a = a.value",
        "SELECT 1 FROM json_each(%s) a JOIN t k ON k.a = a.value",
    ),
    ("SELECT 1 FROM main.t", "SELECT 1 FROM jitsuroku.t"),
]


@pytest.mark.parametrize(("ours", "theirs"), SAID)
def test_a_question_in_the_grammar_of_the_server(ours: str, theirs: str) -> None:
    assert translated(ours) == theirs


# --- the schema -------------------------------------------------------------------------------------------------------


@pytest.fixture
def address(cluster: Cluster) -> Iterator[str]:
    """The address of an empty store."""
    name = cluster.empty_store()
    yield cluster.address(name)
    cluster.take_back([name])


def columns(store: Store, table: str) -> set[str]:
    return {column[0] for column in store._db.execute(f"SELECT * FROM {table} LIMIT 0").description}


def test_both_schemas_have_the_same_tables_and_columns(address: str) -> None:
    with Store() as file, Store(address) as server:
        own = {name for name in tables(file) if not name.startswith(("search", "sqlite_"))}
        assert own == set(tables(server)) - {"search", "state"}
        assert {name: columns(file, name) for name in own} == {name: columns(server, name) for name in own}


def test_all_text_is_compared_by_code_points(address: str) -> None:
    query = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'jitsuroku' "
        "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
    )
    with Store(address) as store:
        assert store._db.execute(query).fetchall() == []
        added(store, *(reading_of(TALKS, name) for name in ("b.txt", "A.txt", "ä.txt", "あ.txt", "_.txt", "-.txt")))
        sources = [d.source for d in store.records(Where(kinds=("document",), newest=False))]
    assert sources == sorted(sources)


@contextmanager
def migrations_with(folder: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> Iterator[None]:
    from jitsuroku.store.postgres import opening

    shutil.copytree(opening.MIGRATIONS, folder)
    (folder / f"{len(migrations()) + 1:03}-next.sql").write_text(statement, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(opening, "MIGRATIONS", folder)
        yield


def migrations() -> tuple[Path, ...]:
    from jitsuroku.store.postgres.opening import migrations as found

    return found()


def test_migrations_are_numbered_without_a_gap(cluster: Cluster) -> None:
    assert [int(path.name.partition("-")[0]) for path in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_migration_comes_whole_or_not_at_all_and_a_newer_schema_is_refused(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, known = cluster.address(cluster.database()), len(migrations())
    with Store(address) as store:
        before = exported(added(store, reading_of(TALKS)))
    broken = "CREATE TABLE remarks (a text); DROP TABLE nothing;"
    with (
        migrations_with(tmp_path / "broken", monkeypatch, broken),
        pytest.raises(StoreError, match='"nothing" does not'),
    ):
        Store(address)
    with Store(address) as store:
        assert exported(store) == before
        assert "remarks" not in tables(store)
    with migrations_with(tmp_path / "sound", monkeypatch, "CREATE TABLE remarks (a text);"):
        seen = run("doctor", "--db", address).out
        told = f"schema: {known} of {known + 1}; the next command that uses the store will bring it to {known + 1}: "
        assert f"{told}{known + 1:03}-next" in seen
        with Store(address) as store:
            assert exported(store) == before
            assert "remarks" in tables(store)
    newer = rf"made by a newer jitsuroku \(schema {known + 1}, this one knows up to {known}\); install"
    with pytest.raises(StoreError, match=newer):
        Store(address)
    assert "TROUBLE  schema: " in run("doctor", "--db", address).out


def test_databases_that_hold_no_store_are_named_and_left_alone(cluster: Cluster) -> None:
    empty, other, latin = cluster.database(), cluster.database(), "latin"
    with cluster.connected() as connection:
        connection.execute(f"CREATE DATABASE {latin} ENCODING 'LATIN1' TEMPLATE template0")
    with cluster.connected(other) as connection:
        connection.execute("CREATE SCHEMA jitsuroku; CREATE TABLE jitsuroku.mine (a text)")
    with pytest.raises(StoreError, match="no store there; make one with: jitsuroku add PAGES --db postgresql://"):
        Store(cluster.address(empty), create=False)
    with pytest.raises(StoreError, match="a schema jitsuroku of another program"):
        Store(cluster.address(other))
    with pytest.raises(StoreError, match="encoding is LATIN1"):
        Store(cluster.address(latin))
    assert "does not exist" in run("list", "events", "--db", cluster.address("nowhere")).err
    with cluster.connected(empty) as connection:
        assert connection.execute("SELECT to_regnamespace('jitsuroku')").fetchone() == (None,)


def test_an_address_of_a_page_may_be_longer_than_an_index_takes(address: str) -> None:
    # Nothing in it repeats, so that it cannot be packed.
    long = "https://minato.example/" + "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(6000))
    with Store(address) as store:
        added(store, reading_of(TALKS, "a.txt", long))
        for etag in ("x", "y"):
            store.see_address(long, (etag, None, None))
        assert store.address_seen(long) == ("y", None, None)
        assert store.find_documents(long)


# --- connections ------------------------------------------------------------------------------------------------------


def test_a_connection_that_breaks_comes_back_and_private_pages_stay_hidden(cluster: Cluster, address: str) -> None:
    with Store(address) as store, Store(address, leaving=True) as leaving:
        added(store, reading_of(TALKS), reading_of(CALL, "call.txt"))
        store.set_private([reading_of(CALL, "call.txt").page.id], True)
        before = exported(leaving)
        assert len(before) == len(reading_of(TALKS).records)
        cluster.break_off(address)
        for each in (store, leaving):
            with pytest.raises(StoreError, match="what was finished is kept"):
                exported(each)
        assert exported(leaving) == before
        assert [r.id for r in leaving.records(Where(kinds=("document",)))] == [reading_of(TALKS).page.id]
        with pytest.raises(StoreError, match="does not let you do this"):
            leaving.remove([reading_of(TALKS).page.id])
        assert len(exported(added(store, reading_of(LOAN, "loan.txt")))) > len(before)


def test_a_connection_that_breaks_in_a_transaction_keeps_nothing_of_it(cluster: Cluster, address: str) -> None:
    class Careless(Store):
        """A store that goes on where something went wrong."""

        breaking: Callable[[], None]

        def _chain(self, document: str) -> int:
            self.breaking()
            with suppress(Exception):
                self._db.execute("SELECT nothing")
            return 1

    def ask(store: Store) -> None:
        with suppress(Exception):
            store._db.execute("SELECT 1 / 0")

    for told in ("broke in the middle", "current transaction is aborted"):
        with Careless(address) as store:
            store.breaking = (lambda: cluster.break_off(address)) if "middle" in told else partial(ask, store)
            with pytest.raises(StoreError, match=told):
                added(store, reading_of(TALKS))
            assert exported(store) == []
            with pytest.raises(StoreError, match="nothing of it was kept"), store._writing(), suppress(Exception):
                store._db.execute("SELECT 1 / 0")
            store.put(())
            assert exported(store) == []


def _dies(address: str, end: Any) -> None:
    with Store(address) as store:
        store._db.execute("BEGIN IMMEDIATE")
        store._db.execute("DELETE FROM documents")
        end.send("writing")
        time.sleep(60)


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
def test_a_writer_that_is_killed_leaves_nothing_and_stops_nobody(address: str) -> None:
    with Store(address) as store:
        before = exported(added(store, reading_of(TALKS)))
    pipe, end = get_context("fork").Pipe()
    child = get_context("fork").Process(target=_dies, args=(address, end))
    child.start()
    assert pipe.recv() == "writing"
    with Store(address) as reader:
        assert exported(reader) == before, "who reads does not wait for who writes"
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join(60)
    with Store(address) as store:
        assert exported(store) == before
        added(store, reading_of(CALL, "call.txt"))


def _reads(address: str, states: Any, end: Any) -> None:
    seen: set[tuple[str, ...]] = set()
    with Store(address, create=False) as store:
        while not states.is_set():
            seen.add(tuple(exported(store)))
    end.send(seen)


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
def test_three_who_read_while_one_writes_see_whole_pages_only(address: str) -> None:
    fork, readings = get_context("fork"), [reading_of(TALKS + f"第{n}報。\n", f"{n:02}.txt") for n in range(20)]
    done, whole = fork.Event(), {()}
    with Store() as alone:
        whole |= {tuple(exported(added(alone, each))) for each in readings}
    pipes = [fork.Pipe() for _ in range(3)]
    children = [fork.Process(target=_reads, args=(address, done, end)) for _, end in pipes]
    for child in children:
        child.start()
    with Store(address) as store:
        added(store, *readings)
        time.sleep(0.2)
    done.set()
    seen = [pipe.recv() for pipe, _ in pipes]
    for child in children:
        child.join(60)
    assert all(each <= whole for each in seen)
    assert len(set().union(*seen)) > 2, "they did read while it was written"


def test_the_state_changes_with_every_writing_and_with_nothing_else(address: str) -> None:
    with Store(address) as one, Store(address) as two:
        before = two.state()
        exported(one)
        assert two.state() == before
        one.save(reading_of(TALKS), READER)
        assert two.state() != before


def test_the_samples_are_searched_in_the_same_order(address: str) -> None:
    with Desk(":memory:") as file, Desk(address) as server:
        file.add(PAGES)
        server.store.take_in(file.store)
        for query in (
            "米",
            "日本",
            "会談",
            "首脳会談",
            "習近平",
            "日本 会談",
            "USA",
            "g7",
            "大統領は",
            "レアアース 関税",
            "ああ",
        ):
            found = [[hit.document.source for hit in desk.search(query)] for desk in (file, server)]
            assert found[0] == found[1], query
        assert len(file.search("会談")) > 5
