"""What every test shares: the options of ``./dev test`` and the same hypothesis cases in every run."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("same-every-run", deadline=None, derandomize=True, database=None)
settings.load_profile("same-every-run")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="the slow tests too")
    parser.addoption("--accept", action="store_true", help="store golden pages as they are rendered now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow; runs with --all"))


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """True when golden pages are to be stored as rendered, not compared (``./dev accept``)."""
    return bool(request.config.getoption("--accept"))
