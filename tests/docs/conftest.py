"""A store with the sample pages, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import SAMPLES, run


@pytest.fixture(scope="session")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all sample pages; tests only read it."""
    file = tmp_path_factory.mktemp("store") / "samples.sqlite"
    assert run("add", SAMPLES, "--db", file).code == 0
    return file
