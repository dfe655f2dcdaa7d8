"""A whole record from a file to a server and back: the same bytes, and everything that the export does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.contract import with_id
from jitsuroku.desk.upkeep.copying import copy
from jitsuroku.desk.watch import begin
from jitsuroku.records import Judgement
from jitsuroku.store import Custody, RunPage, Server, Store, StoreError
from jitsuroku.store.copying import TABLES
from tests.cli.running import SAMPLES, run
from tests.making import whole_world
from tests.store.cluster import Cluster
from tests.store.reading import CALL, LOAN, READER, TALKS, added, exported, reading_of, tables

# Tables whose rows go as soon as links are made.
WORKED_OFF = ("link_new", "link_lost", "cluster_stale")
AT = "2025-09-06T00:00:00Z"
SJIS = TALKS.encode("cp932")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store with everything that a store can hold."""
    path = tmp_path / "filled.sqlite"
    with Desk(path, world=whole_world()) as desk:
        desk.add(*(SAMPLES / f"{name}.txt" for name in ("call-agency", "call-repost", "call-tabloid", "c5-paper")))
        gone = reading_of(LOAN, "gone.txt")
        store = added(desk.store, reading_of(CALL, "call.txt", "https://minato.example/1"), gone)
        store.save(reading_of(CALL + "続報。\n", "call.txt", "https://minato.example/1"), READER)
        way = Custody("talks.txt", None, AT, "web", sha256(SJIS).hexdigest(), AT, SJIS)
        store.save(reading_of(TALKS, "talks.txt"), READER, custody=way, private=True)
        store.see_address("https://minato.example/1", ('"x"', "Mon", None), reading_of(TALKS, "talks.txt").page.id)
        store.remove([gone.page.id])
        number = store.begin_run(["folder"], READER, AT)
        store.note_pages(number, [RunPage("a\n.txt", "folder", None, "refused", "why")])
        store.end_run(number, "interrupted", AT)
        store.save_query("朝", {"actor": "JPN"})
        begin(desk, "朝", AT)
        events = desk.events(page="call-agency.txt")
        desk.judge("reject", events[0].id, by="hanako", at=AT, reason="'quoted' \\ and \"so\"")
        desk.judge("correct", events[1].id, by="hanako", at=AT, changes={"place": "東京"})
        desk.add_record(
            desk.document("call-agency.txt").id, "commitment", "電話", by="taro", at=AT, giver=["JPN"], what="a loan"
        )
        store.put(
            [with_id(Judgement("", "hanako", AT, "merge", None, "event0000000000000000", None, None, None, None))]
        )
    return path


def held(store: Store) -> dict[str, list[str]]:
    """All rows of all tables."""
    rows = {name: store._db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


def shown(place: Path | Server) -> list[str]:
    """What the commands print of a store."""
    asked = (
        ["export", "--all-versions", "--with-pages"], ["export", "--judged"], ["list", "people"], ["list", "flags"], ["links"],
        ["meetings"], ["runs"], ["search", "会談"], ["judge", "list"], ["query", "list"], ["report"], ["show", "pair", "USA", "CHN"],
    )  # fmt: skip
    return [run(*words, "--db", getattr(place, "whole", place)).out for words in asked]


def test_the_tables_are_all_there_are() -> None:
    with Store() as store:
        assert set(TABLES) == {name for name in tables(store) if not name.startswith(("search", "sqlite_"))}


def test_there_and_back_nothing_is_lost(filled: Path, cluster: Cluster, tmp_path: Path) -> None:
    server = Server(cluster.address(cluster.empty_store()))
    copy(filled, server)
    copy(server, tmp_path / "back.sqlite")
    with Store(filled) as first, Store(server) as there, Store(tmp_path / "back.sqlite") as back:
        before = held(first)
        assert all(before[name] for name in TABLES if name not in WORKED_OFF)
        assert held(there) == held(back) == before
        assert exported(there, newest=False) == exported(back, newest=False) == exported(first, newest=False)
        assert there.original(reading_of(TALKS, "talks.txt").page.id) == SJIS
    assert shown(filled) == shown(server) == shown(tmp_path / "back.sqlite")
    cluster.take_back([server.database])


def test_a_copied_record_goes_on_as_the_first_would(filled: Path, cluster: Cluster, tmp_path: Path) -> None:
    """Judgements find their records again, links are made, numbers of what is gone are not given again."""
    server = Server(cluster.address(cluster.empty_store()))
    copy(filled, server)
    ends = []
    for place in (filled, server):
        with Desk(place, world=whole_world()) as desk:
            last = desk.store.newest_number()
            desk.add(SAMPLES / "call-agency.txt", SAMPLES / "call-blog.txt", again=True)
            arrived = desk.store.arrived(last, desk.store.newest_number())
            assert len(arrived) == 1
            ends.append((desk.store.number_of(arrived[0]), desk.export(), desk.store.hidden()))
    assert ends[0] == ends[1]
    assert ends[0][0] == 9, "the ninth page that came, though the sixth is gone"
    cluster.take_back([server.database])


def test_a_store_that_holds_something_is_left_as_it_is(filled: Path, cluster: Cluster, tmp_path: Path) -> None:
    server = Server(cluster.address(cluster.empty_store()))
    with Store(server) as store:
        before = exported(added(store, reading_of(LOAN)))
    with pytest.raises(StoreError, match="a record stands there already; name an empty store"):
        copy(filled, server)
    with Store(server) as store:
        assert exported(store) == before
    with pytest.raises(StoreError, match="no store there"):
        copy(tmp_path / "none.sqlite", server)
    with pytest.raises(StoreError, match="no store there"):
        copy(Server(cluster.address("postgres")), tmp_path / "new.sqlite")
    assert not (tmp_path / "none.sqlite").exists()
    assert not (tmp_path / "new.sqlite").exists()
    cluster.take_back([server.database])


def test_a_copy_that_is_cut_short_leaves_nothing(
    filled: Path, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(cluster.address(cluster.empty_store()))
    with monkeypatch.context() as patched:
        patched.setattr(Store, "_index", lambda self, other: (_ for _ in ()).throw(KeyboardInterrupt))
        for target in (server, tmp_path / "new.sqlite"):
            with pytest.raises(KeyboardInterrupt):
                copy(filled, target)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["filled.sqlite"]
    with Store(server) as store:
        assert not any(held(store).values())
    copy(filled, server)
    cluster.take_back([server.database])


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[str]:
    name = cluster.empty_store()
    yield cluster.address(name)
    cluster.take_back([name])


def test_private_pages_go_to_a_server_only_when_that_is_said(filled: Path, empty: str, tmp_path: Path) -> None:
    refused = run("copy", "--from", filled, "--to", empty)
    assert refused.code == 2
    assert "1 private page would go to a server" in refused.err
    assert run("export", "--db", empty).out == ""
    done = run("copy", "--from", filled, "--to", empty, "--with-private")
    assert done.code == 0
    assert done.out.startswith("postgresql://owner@/")
    assert "7 pages, all versions, " in done.out
    back = run("copy", "--from", empty, "--to", tmp_path / "back.sqlite", "--json")
    assert back.value["documents"] == 7
    assert run("export", "--db", tmp_path / "back.sqlite").out == run("export", "--db", filled).out
