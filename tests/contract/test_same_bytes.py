"""The same pages and the same version give the same bytes: again, in another order, in another process."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from tests.contract.exported import PAGES, SAMPLES, export_of, jitsuroku

PATHS = sorted(p for p in (*SAMPLES.iterdir(), *PAGES.iterdir()) if p.suffix in (".txt", ".html"))


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return export_of(PATHS)


def test_two_runs(expected: list[str]) -> None:
    assert len(expected) > 500
    assert export_of(PATHS) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_another_order_of_pages(expected: list[str], seed: int) -> None:
    shuffled = random.Random(seed).sample(PATHS, len(PATHS))
    assert shuffled != PATHS
    assert export_of(shuffled) == expected


def test_adding_the_same_pages_again(expected: list[str]) -> None:
    assert export_of([*PATHS, *reversed(PATHS)]) == expected


def test_a_second_process(expected: list[str], tmp_path: Path) -> None:
    """Another seed for hashes than this process has, another locale and another time zone."""
    hash_seed = 1 if os.environ.get("PYTHONHASHSEED") != "1" else 2
    database = str(tmp_path / "one.sqlite")
    other = {"PYTHONHASHSEED": str(hash_seed), "LC_ALL": "C", "TZ": "UTC-11"}
    jitsuroku("add", *map(str, PATHS), "--db", database, **other)
    assert jitsuroku("export", "--db", database, **other) == "".join(f"{line}\n" for line in expected).encode()


def test_pages_are_added_to_documents_and_nothing_else_changes(expected: list[str]) -> None:
    with_pages = [json.loads(line) for line in export_of(PATHS, with_pages=True)]
    documents = [line for line in with_pages if line["kind"] == "document"]
    assert len(documents) == len(PATHS)
    assert all(list(line)[-1] == "page" for line in documents)
    assert [{k: v for k, v in line.items() if k != "page"} for line in with_pages] == [json.loads(x) for x in expected]
    assert all(json.loads(line).get("page") is None for line in expected)
