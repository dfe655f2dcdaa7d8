"""What every test shares: the options of ``./dev test`` and the same hypothesis cases in every run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from jitsuroku.store import IN_MEMORY, Store
from tests.store.cluster import Cluster, Databases, Fresh, missing

settings.register_profile("same-every-run", deadline=None, derandomize=True, database=None)
settings.load_profile("same-every-run")


# The tests that run on a server too without --all: all of the store, and those of links and the desk that ask it most.
ON_SERVER_ALWAYS = (
    "tests/store/",
    "tests/linking/test_store.py::test_a_copy_names",
    "tests/linking/test_store.py::test_a_removed_page",
    "tests/linking/test_store.py::test_only_the_newest",
    "tests/linking/test_store.py::test_pages_in_any_order",
    "tests/desk/test_query.py",
    "tests/desk/test_runs.py",
    "tests/desk/judging/test_judging.py",
    "tests/desk/export/test_private.py",
    "tests/desk/web/test_private.py",
    "tests/desk/upkeep/",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="the slow tests too")
    parser.addoption("--accept", action="store_true", help="store golden pages as they are rendered now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_server = [
        item for item in items if getattr(item, "callspec", None) and item.callspec.params.get("dialect") == "server"
    ]
    left = {item for item in on_server if not _runs_on_server(item, every=config.getoption("--all"))}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]
    if config.getoption("--all"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow; runs with --all"))


def _runs_on_server(item: pytest.Item, *, every: bool) -> bool:
    return not item.get_closest_marker("of_files") and (every or item.nodeid.startswith(ON_SERVER_ALWAYS))


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
def fresh(dialect: str, request: pytest.FixtureRequest) -> Iterator[Fresh]:
    """Gives, for fixtures of more than one test, where an empty store of this kind stands."""
    if dialect == "file":
        yield lambda file=IN_MEMORY: file
    else:
        yield Databases(request.getfixturevalue("cluster")).fresh


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
