"""Golden pages of our own: page.txt or page.html beside expected.txt; ``./dev accept`` stores them as rendered now."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku.clean import clean
from jitsuroku.intake import read_page
from tests.pages.render import rendered

FOLDERS = sorted(p.parent for p in Path(__file__).parent.glob("*/page.*"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_page_is_cleaned_as_accepted(folder: Path, accept: bool) -> None:
    (file,) = folder.glob("page.*")
    page = read_page(file)
    found = rendered(page, clean(page))
    expected = folder / "expected.txt"
    if accept:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8"), f"{folder.name}: look at the difference, then ./dev accept"


def test_there_are_pages_of_many_kinds() -> None:
    genres = {line for f in FOLDERS for line in (f / "expected.txt").read_text(encoding="utf-8").split("\n")}
    kinds = {line.split()[1] for line in genres if line.startswith("genre: ")}
    wanted = {"agency", "digest", "forum", "joint-statement", "news", "opinion", "readout", "transcript", "translation"}
    assert wanted <= kinds
