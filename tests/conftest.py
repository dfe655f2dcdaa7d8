"""What every test shares: the options of ``./dev test`` and the same hypothesis cases in every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from jitsuroku.store import IN_MEMORY, Store
from tests.store.cluster import Cluster, Databases, missing

settings.register_profile("same-every-run", deadline=None, derandomize=True, database=None)
settings.load_profile("same-every-run")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="the slow tests too")
    parser.addoption("--accept", action="store_true", help="store golden pages as they are rendered now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    only = [item for item in items if item.get_closest_marker("of_files") and "server" in item.name.partition("[")[2]]
    items[:] = [item for item in items if item not in only]
    if config.getoption("--all"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow; runs with --all"))


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """True when golden pages are to be stored as rendered, not compared (``./dev accept``)."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server; the test is skipped, and says why, where there can be none."""
    if why := missing():
        pytest.skip(why)
    made = Cluster()
    yield made
    made.stop()


@pytest.fixture(scope="session", params=["file", "server"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Which kind of store: an SQLite file (or memory), a PostgreSQL server."""
    return str(request.param)


@pytest.fixture(scope="session")
def fresh(dialect: str, request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Gives, for fixtures of more than one test, where an empty store of this kind stands."""
    if dialect == "file":
        yield lambda: IN_MEMORY
    else:
        databases = Databases(request.getfixturevalue("cluster"))
        yield databases.fresh
        databases.give_back()


@pytest.fixture
def both(dialect: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test runs twice, as it stands: with files, and with a database on a server for every file that it names."""
    if dialect == "file":
        yield
        return
    databases, begin = Databases(request.getfixturevalue("cluster")), Store.__init__

    def on_server(self: Store, path: Path | str = IN_MEMORY, *, create: bool = True, **how: Any) -> None:
        begin(self, databases.instead_of(path, create=create), create=create, **how)

    monkeypatch.setattr(Store, "__init__", on_server)
    yield
    databases.give_back()
