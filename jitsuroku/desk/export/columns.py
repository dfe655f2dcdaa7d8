"""What a format writes, told once: the same columns write the file and are described in the codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jitsuroku.desk.export.taking import Taken


@dataclass(frozen=True, slots=True)
class Column:
    """A column, property or element: its name, what it means, and its value for what is written (None: unknown)."""

    name: str
    means: str
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Format:
    """A format. ``after`` names whose definition it follows; ``kinds`` are the records it takes; ``tables`` its columns
    under the name of what has them; ``text`` tells that it has a place for a page's text; ``links`` are those it follows;
    ``streams``: it goes through the records once, and need not have them all."""

    name: str
    means: str
    after: str
    kinds: tuple[str, ...]
    tables: Mapping[str, tuple[Column, ...]]
    write: Callable[[Taken], Iterable[bytes]]
    binary: bool = False
    text: bool = False
    links: tuple[str, ...] = ()
    streams: bool = False


def filled(columns: Iterable[Column], of: Any) -> Iterator[tuple[Column, Any]]:
    """The columns that have a value, with it."""
    for column in columns:
        value = column.value(of)
        if value is not None and value not in ("", (), []):
            yield column, value
