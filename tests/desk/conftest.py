"""A desk with the sample pages, read once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jitsuroku import Desk
from jitsuroku.samples import PAGES


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    """All sample pages, in memory; tests only read it."""
    with Desk(":memory:") as desk:
        desk.add(PAGES)
        yield desk
