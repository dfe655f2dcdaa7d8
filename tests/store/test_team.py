"""A store that a team shares: who may write, who may only read, and what is kept in order by other means than a file."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.store import Server, Store, StoreError, Where
from tests.cli.running import SAMPLES, run
from tests.making import whole_world
from tests.store.cluster import Cluster
from tests.store.reading import CALL, LOAN, READER, TALKS, added, exported, reading_of, rows_left

WRITERS, READERS = ("hanako", "jiro"), ("taro",)


@pytest.fixture(scope="module")
def people(cluster: Cluster) -> None:
    """Two who write, one who reads, and one who is nobody here."""
    with cluster.connected() as connection:
        for name in (*WRITERS, *READERS, "nobody"):
            connection.execute(f"CREATE ROLE {name} LOGIN")


@pytest.fixture
def database(cluster: Cluster, people: None) -> str:
    """A database for which was said what ``jitsuroku roles`` prints."""
    name = cluster.database()
    give_roles(cluster, name)
    return name


def give_roles(cluster: Cluster, database: str) -> None:
    """Say to the server what the command prints, and who is what; twice, for it may be said again."""
    printed = run("roles", "--db", cluster.address(database))
    assert printed.code == 0
    with cluster.connected(database) as connection:
        for _ in range(2):
            connection.execute(printed.out)
        for names, role in ((WRITERS, "jitsuroku_writer"), (READERS, "jitsuroku_reader")):
            connection.execute(f"GRANT {role} TO {', '.join(names)}")


def owners(cluster: Cluster, database: str) -> set[str]:
    with cluster.connected(database) as connection:
        query = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'jitsuroku'"
        return {row[0] for row in connection.execute(query)}


def test_who_writes_makes_the_store_and_another_goes_on(cluster: Cluster, database: str) -> None:
    with Store(cluster.address(database, "hanako")) as store:
        added(store, reading_of(TALKS))
    assert owners(cluster, database) == {"jitsuroku_writer"}
    with Store(cluster.address(database, "jiro")) as store:
        store.begin_run(["folder"], READER, "2025-09-06T00:00:00Z")
        added(store, reading_of(CALL, "call.txt")).remove([reading_of(TALKS).page.id])
        assert [d.source for d in store.records(Where(kinds=("document",)))] == ["call.txt"]  # type: ignore[union-attr]


def test_a_store_that_one_person_made_becomes_the_teams(cluster: Cluster, people: None) -> None:
    database = cluster.database()
    with Store(cluster.address(database)) as store:
        before = exported(added(store, reading_of(TALKS)))
    assert owners(cluster, database) == {"owner"}
    give_roles(cluster, database)
    assert owners(cluster, database) == {"jitsuroku_writer"}
    with Store(cluster.address(database, "taro"), create=False) as store:
        assert exported(store) == before


def test_who_reads_reads_everything_and_writes_nothing(cluster: Cluster, database: str) -> None:
    with Store(cluster.address(database, "hanako")) as store:
        before = exported(added(store, reading_of(TALKS), reading_of(CALL, "call.txt")))
    address = cluster.address(database, "taro")
    with Desk(address, world=whole_world(), create=False) as desk:
        assert exported(desk.store) == before
        assert [found.document.source for found in desk.search("会談")] == ["page.txt"]
        with desk.leaving() as leaving:
            assert leaving.export() == desk.export()
        for write in (
            lambda: desk.store.save(reading_of(LOAN, "loan.txt"), READER),
            lambda: desk.remove("page.txt"),
            lambda: desk.judge("reject", desk.events()[0].id, by="taro"),
            lambda: desk.store._db.execute("DELETE FROM documents"),
        ):
            with pytest.raises(Exception, match="permission denied"):
                write()
        assert exported(desk.store) == before
    refused = run("private", "page.txt", "--db", address)
    assert refused.code == 3
    assert "the server does not let you do this (permission denied" in refused.err
    assert "jitsuroku roles" in refused.err
    assert "it can be read, and nothing be added by this role" in run("doctor", "--db", address).out


def test_who_is_neither_is_told(cluster: Cluster, database: str) -> None:
    Store(cluster.address(database, "hanako")).close()
    for make in (False, True):
        with pytest.raises(StoreError, match=r"does not let you do this \(permission denied for schema jitsuroku"):
            Store(cluster.address(database, "nobody"), create=make)
    bare = cluster.database()
    with pytest.raises(StoreError, match=r"does not let you do this \(permission denied for database"):
        Store(cluster.address(bare, "nobody"))


def test_names_of_roles_are_quoted(cluster: Cluster) -> None:
    database = cluster.database()
    printed = run("roles", "--db", cluster.address(database), "--writers", 'the "Desk"', "--readers", "l'été")
    with cluster.connected(database) as connection:
        connection.execute(printed.out)
        found = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    assert {'the "Desk"', "l'été"} <= found
    for wrong in ("", "a$$b", "x" * 64):
        assert run("roles", "--db", cluster.address(database), "--writers", wrong).code == 2
    assert run("roles", "--db", "my.sqlite").code == 2


# --- upkeep -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def address(cluster: Cluster) -> Iterator[str]:
    name = cluster.empty_store()
    yield cluster.address(name)
    cluster.take_back([name])


INSTEAD = {
    "backup kept.sqlite": "pg_dump",
    "restore kept.sqlite": "pg_restore",
    "compact": "VACUUM",
    "doctor --repair": "REINDEX",
    "export --salvage": "jitsuroku export",
}


@pytest.mark.parametrize("command", INSTEAD)
def test_what_is_for_a_file_says_what_is_for_a_server(command: str, address: str) -> None:
    ran = run(*shlex.split(command), "--db", address)
    assert ran.code == 3
    assert f"jitsuroku: {Server(address)}: " in ran.err
    assert INSTEAD[command] in ran.err
    with Desk(address) as desk:
        for what, instead in ((lambda: desk.backup("kept.sqlite"), "pg_dump"), (desk.store.mend, "REINDEX")):
            with pytest.raises(StoreError, match=instead):
                what()


def test_what_pg_dump_wrote_comes_back(cluster: Cluster, address: str) -> None:
    with Store(address) as store:
        before = exported(added(store, reading_of(TALKS), reading_of(CALL, "call.txt")))
    kept, other = cluster.folder / "kept.dump", cluster.database()
    cluster.run("pg_dump", "--schema=jitsuroku", "--format=custom", "-f", kept, address)
    cluster.run("pg_restore", "--no-owner", "-d", cluster.address(other), kept)
    with Store(cluster.address(other), create=False) as store:
        assert exported(store) == before
        assert [hit.document.source for hit in store.search("会談")] == ["page.txt"]
        added(store, reading_of(LOAN, "loan.txt")).remove([reading_of(TALKS).page.id])
        assert list(store.search("ラミー")) == []


def test_the_doctor_looks_at_a_server(address: str) -> None:
    with Store(address) as store:
        added(store, reading_of(TALKS))
        found = {f["what"]: f for f in run("doctor", "--db", address, "--json").value}
        assert found["schema"]["numbers"]["store"] == found["schema"]["numbers"]["known"] > 0
        assert found["pages"]["numbers"] == {"pages": 1}
        assert found["records"]["numbers"]["event"] == 1
        assert found["bytes"]["numbers"]["records"] > 0
        assert found["read by another version"]["found"] == "1 documents"
        assert [f for f in found.values() if f["trouble"]] == []
        store._db.execute("UPDATE records SET json = replace(json, 'ラミー', 'ラミイ') WHERE kind = 'event'")
    ran = run("doctor", "--db", address)
    assert ran.code == 3
    assert "its id does not follow from its content" in ran.out


def test_a_forgotten_source_is_in_no_row_any_more(address: str) -> None:
    agency = "環日通信"
    with Desk(address, world=whole_world()) as desk:
        desk.add(SAMPLES)
        gone = [d for d in desk.documents() if d.outlet == agency]
        words = [w for d in gone for w in (d.id, d.title or d.id, d.source)]
        assert all(rows_left(desk.store, word) for word in words)
    assert run("forget", agency, "--yes", "--db", address).code == 0
    with Store(address) as store:
        assert [word for word in words if rows_left(store, word)] == []


def test_a_whole_day_at_the_command_line(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file gives, a server gives: the same words on the same commands."""
    answers = []
    for place in (str(tmp_path / "my.sqlite"), address):
        monkeypatch.setenv("JITSUROKU_DB", place)
        printed = [run("add", SAMPLES).code]
        printed.append(run("watch", SAMPLES, "--once").out)
        for words in (
            "list events --actor JPN", "list people", "show pair USA CHN", "commitments", "links", "search 首脳会談", "meetings",
            "brief USA CHN", "check", "months USA CHN", "framing CHN", "query save x --party USA", "export --query x",
            "export --format csv", "private call-blog.txt", "export", "remove call-repost.txt", "export --all-versions",
        ):  # fmt: skip
            ran = run(*shlex.split(words))
            printed.append((words, ran.code, ran.out, ran.err.replace(str(Server(address)), "")))
        answers.append(printed)
    assert answers[0] == answers[1]
    assert {code for _, code, *_ in answers[1][2:]} == {0}
