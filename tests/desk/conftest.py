"""A desk with the sample pages, read once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jitsuroku import Desk
from jitsuroku.samples import PAGES
from tests.store.cluster import Fresh


@pytest.fixture(scope="session")
def desk(fresh: Fresh) -> Iterator[Desk]:
    """All sample pages, in memory and on a server; tests only read it."""
    with Desk(fresh()) as desk:
        desk.add(PAGES)
        yield desk
