"""Shards are the same however many processes read, whose they are, and whatever happened to them on the way."""

from __future__ import annotations

import importlib.util
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk import sharding
from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.loading import load_shards
from jitsuroku.desk.sharding import Part, engine_named, read_into_shards, write
from jitsuroku.desk.shards import MANIFEST, Shard, ShardError, shards_in
from tests.cli.running import page, run
from tests.store.reading import CALL, LOAN, TALKS, exported

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork")
AT = "2025-09-06T00:00:00Z"
DEADLY = "call-2.txt"
RAY = importlib.util.find_spec("ray") is not None
ENGINES = [
    "pool",
    pytest.param("ray", marks=[pytest.mark.slow, pytest.mark.skipif(not RAY, reason="no ray; ./dev extra ray")]),
]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharding, "A_SHARD", 4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for n in range(3):
        for name, text in (("call", CALL), ("loan", LOAN), ("talks", TALKS)):
            page(made, f"{name}-{n}.txt", f"{text}第{n}号\n".encode())
    page(made, "nothing.txt", b"")
    return made


def shards(pages: Path, into: Path, engine: str = "pool", workers: int = 2, at: str = AT) -> dict[str, bytes]:
    """Every file of the folder, as it is when all shards are written."""
    for _ in read_into_shards([pages], into, Adding(workers=workers), engine_named(engine), at):
        pass
    return {path.name: path.read_bytes() for path in into.iterdir()}


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharding, "A_SHARD", 4)
        return shards(folder, tmp_path_factory.mktemp("shards"), workers=1)


def ending(place: Path, times: int) -> Callable[[Part], Shard]:
    """Writes a part as ``write`` does, and ends its process at one page so many times."""

    def deadly(part: Part) -> Shard:
        from unittest.mock import patch

        from jitsuroku.desk import sharding
        from jitsuroku.intake import page_of

        def opened(received: object) -> object:
            if getattr(received, "source", "") == "call-2.txt":
                with place.open("a") as file:
                    file.write("x")
                if place.stat().st_size <= times:
                    os.kill(os.getpid(), signal.SIGKILL)
            return page_of(received)  # type: ignore[arg-type]

        with patch.object(sharding, "page_of", opened):
            return sharding.write(part)

    return deadly


def put(monkeypatch: pytest.MonkeyPatch, engine: str, deadly: Callable[[Part], Shard]) -> None:
    """Let the engine's processes write in this way."""
    if engine == "pool":
        kept = sharding.Pool
        monkeypatch.setattr(sharding, "Pool", lambda _, *args, **named: kept(deadly, *args, **named))
    else:
        monkeypatch.setattr("jitsuroku.desk.on_ray.write", deadly)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_bytes_are_the_same_whoever_reads(
    engine: str, folder: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert len(expected) == 3 + 2
    assert shards(folder, tmp_path, engine, 3) == expected
    assert [(s.pages, len(s.refused)) for s in shards_in(tmp_path)] == [(4, 0), (3, 1), (2, 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_ends_its_process_twice_is_left_out(
    engine: str, folder: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, engine, ending(tmp_path / "times", 9))
    found = shards(folder, tmp_path / "out", engine)
    assert (tmp_path / "times").read_text() == "xx"
    first, *others = shards_in(tmp_path / "out")
    assert first.refused == ((DEADLY, f"{DEADLY}: ended the process that read it, 2 times"),)
    assert first.pages == 3
    assert {s.name: found[s.name] for s in others} == {s.name: expected[s.name] for s in others}
    assert set(found) == set(expected)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_process_that_is_killed_costs_nothing(
    engine: str, folder: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, engine, ending(tmp_path / "times", 1))
    assert shards(folder, tmp_path / "out", engine) == expected
    assert (tmp_path / "times").read_text() == "xx"


def test_a_run_that_was_broken_off_goes_on(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    coming = read_into_shards([folder], tmp_path, Adding(workers=2), engine_named("pool"), AT)
    first, _ = next(coming)
    coming.close()  # type: ignore[attr-defined]
    later = "2026-01-01T00:00:00Z"
    again = list(read_into_shards([folder], tmp_path, Adding(workers=2), engine_named("pool"), later))
    assert sorted(s.name for s, new in again if not new) == [first.name]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == expected


def test_what_is_cut_short_is_written_anew(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    name = min(shards(folder, tmp_path))
    (tmp_path / name).write_bytes(expected[name][:-5])
    assert shards(folder, tmp_path) == expected


def test_a_process_that_never_comes_to_a_page_ends_the_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(part: Part) -> Shard:
        os.kill(os.getpid(), signal.SIGKILL)
        return write(part)

    put(monkeypatch, "pool", dead)
    with pytest.raises(ShardError, match="before its first page, 2 times; look at"):
        shards(folder, tmp_path)


def test_loaded_they_are_what_adding_gives(folder: Path, tmp_path: Path) -> None:
    shards(folder, tmp_path / "out")
    with Desk(":memory:") as one, Desk(":memory:") as other:
        assert [each.problem for each in load_shards(one.store, tmp_path / "out")] == [None] * 3
        list(other.adding([folder]))
        assert exported(one.store) == exported(other.store)


def test_the_command(folder: Path, tmp_path: Path) -> None:
    ran = run("shards", folder, "--into", tmp_path / "out", "--at", AT)
    assert (ran.code, ran.out) == (1, "3 shards: 3 written, 0 there already\n9 pages, 1 refused\n")
    assert ran.err == "refused: nothing.txt: holds no text; there is nothing to read\n"
    ran = run("shards", folder, "--into", tmp_path / "out", "--json")
    assert [each["written"] for each in ran.value["shards"]] == [False] * 3
    assert (tmp_path / "out" / MANIFEST).read_bytes().count(b"\n") == 3


@pytest.mark.skipif(RAY, reason="ray is here")
def test_without_ray_one_line_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    ran = run("shards", folder, "--into", tmp_path / "out", "--engine", "ray")
    assert (ran.code, ran.err) == (5, "jitsuroku: --engine ray needs the extra [ray]; get it by: ./dev extra ray\n")
