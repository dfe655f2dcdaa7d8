"""NOTICE names everything that ./dev or pip installs for using jitsuroku."""

from __future__ import annotations

import re

import pytest

from tests.docs.blocks import ROOT

LOCKS = [p for p in sorted(ROOT.glob("requirements*.lock")) if p.name != "requirements-dev.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_library_is_named(lock: object) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    pins = re.findall(r"^([\w.-]+)==", lock.read_text(encoding="utf-8"), re.M)  # type: ignore[attr-defined]
    assert pins
    assert [name for name in pins if not re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", notice)] == []
