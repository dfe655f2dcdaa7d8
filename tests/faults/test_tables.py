"""Broken and hostile tables: refused as a whole with the line, and what was in force before stays in force."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest

from jitsuroku.contract import dumps
from jitsuroku.intake import page_from_bytes
from jitsuroku.lexicon import PACKAGE, TableError, read_table
from jitsuroku.pipeline import read, world
from tests.making import whole_world
from tests.store.reading import TALKS

WORLD = PACKAGE / "world"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WORLD, tmp_path / "world", ignore=shutil.ignore_patterns("__pycache__")))


def add_row(folder: Path, table: str, **cells: str) -> int:
    """Add a row to a table, empty but for these cells; gives its line."""
    path = folder / f"{table}.tsv"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    columns = read_table(WORLD / f"{table}.tsv").columns
    path.write_text(text + "\n" + "\t".join(cells.get(c, "") for c in columns) + "\n", encoding="utf-8")
    return text.count("\n") + 2


def test_a_sound_folder_is_used(folder: Path) -> None:
    add_row(folder, "states", code="ZZZ", name_ja="架空国", forms="架空共和国", example="架空国が参加した。")
    found = read(page_from_bytes("2025年6月3日\n架空国と日本は会談した。".encode(), "a.txt"), world(folder))
    assert any("ZZZ" in dumps(record) for record in found.records)


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        ("states", {"code": "JPN", "name_ja": "日の本"}, "code 'JPN' stands in line"),
        ("people", {"key": "14th-dalai-lama", "name_ja": "別の人"}, "key '14th-dalai-lama' stands in line"),
        ("states", {"code": "ZZZ", "name_ja": "架空国", "forms": "架空|架"}, "'架' is too short for a name"),
        ("people", {"key": "z", "name_ja": "架空太郎", "forms": "架"}, "'架' is too short for a name"),
        ("organisations", {"code": "ZA", "kind": "ministry", "name_ja": "甲省", "acts_for": "ZB"}, "acts for 'ZB'"),
        ("organisations", {"code": "ZA", "kind": "ministry", "name_ja": "甲省", "acts_for": "ZA"}, "acts for 'ZA'"),
    ],
)
def test_what_cannot_be_told_apart_is_refused_with_its_line(
    folder: Path, table: str, cells: dict[str, str], told: str
) -> None:
    before = [dumps(r) for r in read(page_from_bytes(TALKS.encode(), "a.txt"), whole_world()).records]
    line = add_row(folder, table, **cells)
    with pytest.raises(TableError, match=re.escape(f"{table}.tsv, line {line}: {told}")):
        world(folder)
    assert [dumps(r) for r in read(page_from_bytes(TALKS.encode(), "a.txt"), whole_world()).records] == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text + "one cell\n", "1 cells where the header names"),
        (lambda text: text + text.rstrip("\n").rsplit("\n", 1)[1] + "\n", "stands again; remove one"),
        (lambda text: "# only notes\n", "has no header line"),
        (lambda text: text.replace("name_ja", "name"), "has no column 'name_ja'"),
    ],
)
def test_a_broken_table_is_refused(folder: Path, change: object, told: str) -> None:
    path = folder / "states.tsv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(TableError, match=rf"states\.tsv.*{re.escape(told)}"):
        world(folder)


def test_a_missing_table_and_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / "states.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match=r"states\.tsv: cannot be read"):
        world(folder)
    (folder / "states.tsv").unlink()
    with pytest.raises(TableError, match=r"states\.tsv: missing"):
        world(folder)


def test_a_table_of_a_million_rows_is_refused_in_seconds(folder: Path) -> None:
    path = folder / "places.tsv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "".join(f"地名{n}\tJPN\tcity\t地名{n}で会談した。\n" for n in range(1_000_000)), encoding="utf-8"
    )
    begin = time.process_time()
    with pytest.raises(TableError, match="rows are more than 200000; split the table"):
        world(folder)
    assert time.process_time() - begin < 10


# --- patterns -------------------------------------------------------------------------------------------------------

PATTERNS = [
    (row.rule, row["pattern"], row["example"])
    for path in sorted(PACKAGE.rglob("*.tsv"))
    for table in [read_table(path)]
    if "pattern" in table.columns
    for row in table.rows
]
MOST_SECONDS = 0.2


def slow(pattern: str, example: str) -> str | None:
    """A text made from the row's own example on which the pattern takes too long."""
    compiled = re.compile(pattern)
    letters = sorted(set(re.sub(r"\\.", "", pattern)) & set(example + "aA1 \t、・:/._-"))
    texts = [
        example * 100,
        example[: len(example) // 2] * 200,
        # Step by step, so that a catastrophe is seen before it never ends, on a fast processor too.
        *(c * n + "\x00" for n in range(18, 30, 2) for c in letters),
        *(c * 3000 + "\x00" for c in letters),
    ]
    for text in texts:
        for end in (18, 20, 22, 24, 300, len(text)) if len(text) > 40 else (len(text),):
            begin = time.process_time()
            compiled.search(text[:end])
            if time.process_time() - begin > MOST_SECONDS:
                return text[:20]
    return None


def test_the_test_knows_a_catastrophic_pattern() -> None:
    assert slow(r"^(?:a+)+$", "a") is not None


def test_no_pattern_of_any_table_is_catastrophic() -> None:
    assert PATTERNS
    assert {rule: text for rule, pattern, example in PATTERNS if (text := slow(pattern, example))} == {}
