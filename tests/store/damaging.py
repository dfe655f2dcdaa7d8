"""Damage done on purpose to the file of a store."""

from __future__ import annotations

import random
from pathlib import Path

from jitsuroku.store.btree import LEAF_TABLE, Pages
from tests.store.reading import raw


def pages_of_kind(path: Path, kind: int, word: str = "") -> list[int]:
    """The numbers of the file's pages of a kind that hold a word."""
    with Pages(path) as pages:
        every = range(2, pages.number + 1)
        return [n for n in every if pages.kind(n) == kind and word.encode() in pages.page(n)]


def overwrite(path: Path, number: int, seed: int = 0) -> None:
    """Fill a page of the file with noise."""
    content, dice = bytearray(path.read_bytes()), random.Random(seed)
    content[(number - 1) * 4096 : number * 4096] = bytes(dice.randrange(256) for _ in range(4096))
    path.write_bytes(bytes(content))


def flip_a_page_of_records(path: Path) -> None:
    """Overwrite a page of the file that holds lines of the export."""
    numbers = pages_of_kind(path, LEAF_TABLE, '{"kind":"mention"')
    overwrite(path, numbers[len(numbers) // 2])


def root_of(path: Path, name: str) -> int:
    """The first page of a table or index."""
    connection = raw(path)
    root: int = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
    connection.close()
    return root
