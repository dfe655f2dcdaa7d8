"""No space left: what was finished stays, the message says what to do, and with space again it goes on."""

from __future__ import annotations

import os
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
