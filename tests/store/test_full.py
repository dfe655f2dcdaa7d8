"""No space left: what was finished stays, the message says what to do, and with space again it goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from jitsuroku.store import Store, StoreError, damage
from tests.store.reading import TALKS, added, exported, reading_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and limits on the size of files")
NUMBER = 60


def readings() -> list[Any]:
    return [reading_of(TALKS + f"第{n}報。\n", f"{n:02}.txt") for n in range(NUMBER)]


def fill(path: Path, end: Any) -> None:
    """Add pages until no file may grow beyond 400,000 bytes any more; tell what was said then."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    try:
        with Store(path) as store:
            added(store, *readings())
    except StoreError as problem:
        end.send(str(problem))
    else:
        end.send("all of it fitted")


def test_a_full_disk_is_said_and_costs_nothing_that_was_finished(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store() as store:
        expected = exported(added(store, *readings()))
    pipe, end = get_context("fork").Pipe()
    child = get_context("fork").Process(target=fill, args=(path, end))
    child.start()
    child.join(60)
    told = pipe.recv()
    assert told.startswith(f"{path}: ")
    assert "what was finished is kept" in told
    assert damage(path) == ()
    with Store(path) as store:
        found = exported(store)
        assert 0 < len(found) < len(expected)
        assert set(found) < set(expected)
        assert exported(added(store, *readings())) == expected


def on_a_small_disk(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the folder as a small disk, in a name space of its own."""
    mount = 'mount -t tmpfs -o size=12m none "$0" && exec "$@"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, str(folder), sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)


def may_mount(folder: Path) -> str:
    """Why this system does not let us have a small disk; "" when it does."""
    try:
        tried = on_a_small_disk(folder, "")
    except OSError as problem:
        return str(problem)
    return tried.stderr.strip() if tried.returncode else ""


def test_a_disk_that_is_full_costs_nothing_and_leaves_nothing_half(tmp_path: Path) -> None:
    refused = may_mount(tmp_path)
    if refused:
        pytest.skip(f"this system lets us have no small disk: {refused}")
    ran = on_a_small_disk(
        tmp_path, f"from pathlib import Path; from tests.store.filling import main; main(Path({str(tmp_path)!r}))"
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    for what, told in found["told"].items():
        assert told.startswith(str(tmp_path)), what
        assert "space" in told, what
    assert found["kept"] > 0
    assert found["subset"]
    assert {name.removesuffix("-wal").removesuffix("-shm") for name in found["left"]} == {"ballast", "one.sqlite"}
    assert found["same"]
    assert found["again"] == ""
    assert found["whole"]
