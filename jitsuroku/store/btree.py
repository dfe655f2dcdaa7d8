"""A store's file read page by page without SQLite: what a damaged one still holds, and how many bytes each table takes.

The format is SQLite's (sqlite.org/fileformat2): pages of tables and indexes, each with cells; a cell's record may run on
over a chain of overflow pages. What stands in the write-ahead log beside the file comes first.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

MAGIC = b"SQLite format 3\0"
PAGE_SIZE, HEADER = 4096, 100
WAL_HEADER, FRAME_HEADER = 32, 24
INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 2, 5, 10, 13
KINDS = frozenset({INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE})
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Broken(ValueError):
    """These bytes are no page, cell or record."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of a table (``row`` its number) or an entry of an index (``row`` None)."""

    row: int | None
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell's payload stands: how many bytes, from where, how many of them on this page, child on the left."""

    size: int
    start: int
    local: int
    row: int | None
    child: int | None


class Pages:
    """The pages of a store's file, the newest of each; use it with ``with``."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        size = path.stat().st_size
        self._map: Any = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        self.size = self._page_size()
        reserved = self._map[20] if self._map[:16] == MAGIC else 0
        self.usable = self.size - (reserved if reserved < self.size // 4 else 0)
        self._log = _log(Path(f"{path}-wal"), self.size)
        self.number = max([-(-size // self.size), *self._log])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._map:
            self._map.close()
        self._file.close()

    def _page_size(self) -> int:
        if self._map[:16] != MAGIC:
            return PAGE_SIZE
        told: int = struct.unpack(">H", self._map[16:18])[0]
        size = 65536 if told == 1 else told
        return size if size >= 512 and size & (size - 1) == 0 else PAGE_SIZE

    def page(self, number: int) -> bytes:
        """A page by its number, from 1. Raises Broken when the file has none of it."""
        if number in self._log:
            return self._log[number]
        found: bytes = self._map[(number - 1) * self.size : number * self.size] if number > 0 else b""
        if len(found) < self.size:
            raise Broken(f"page {number} is cut off")
        return found

    def kind(self, number: int) -> int | None:
        """What a page is by its first byte; None for what is no page of a table or index (overflow, free, damaged)."""
        with suppress(Broken):
            kind = self.page(number)[_start(number)]
            return kind if kind in KINDS else None
        return None

    def cells(self, number: int) -> Iterator[Cell | None]:
        """The cells of a page that hold records; None for each that cannot be read."""
        for place in self._places(number):
            try:
                if place is None:
                    raise Broken("no cell")
                yield Cell(place.row, _record(self._payload(number, place)))
            except Broken:
                yield None

    def _places(self, number: int) -> Iterator[_Place | None]:
        page, start = self.page(number), _start(number)
        kind, count = page[start], struct.unpack(">H", page[start + 3 : start + 5])[0]
        first = start + (12 if kind in (INTERIOR_INDEX, INTERIOR_TABLE) else 8)
        for at in range(first, min(first + 2 * count, self.size - 1), 2):
            try:
                yield self._place(page, kind, struct.unpack(">H", page[at : at + 2])[0])
            except Broken:
                yield None

    def _place(self, page: bytes, kind: int, at: int) -> _Place:
        child = None
        if kind in (INTERIOR_INDEX, INTERIOR_TABLE):
            if at + 4 > len(page):
                raise Broken("a cell outside its page")
            child, at = struct.unpack(">I", page[at : at + 4])[0], at + 4
        if kind == INTERIOR_TABLE:
            return _Place(0, at, 0, _varint(page, at)[0], child)
        size, at = _varint(page, at)
        row = None
        if kind == LEAF_TABLE:
            row, at = _varint(page, at)
        return _Place(size, at, self._local(size, kind == LEAF_TABLE), row, child)

    def _local(self, size: int, table: bool) -> int:
        """How many bytes of a payload stand on the page itself."""
        most = self.usable - 35 if table else (self.usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (self.usable - 12) * 32 // 255 - 23
        left = least + (size - least) % (self.usable - 4)
        return left if left <= most else least

    def _payload(self, number: int, place: _Place) -> bytes:
        page, end = self.page(number), place.start + place.local
        if end > len(page) or place.size > self.number * self.size:
            raise Broken("a cell outside its page")
        parts, left = [page[place.start : end]], place.size - place.local
        following = struct.unpack(">I", page[end : end + 4].rjust(4, b"\0"))[0] if left else 0
        while left > 0:
            more = self.page(following)
            parts.append(more[4 : 4 + min(left, self.usable - 4)])
            left -= len(parts[-1])
            following = struct.unpack(">I", more[:4])[0]
        return b"".join(parts)

    def pages_of(self, root: int) -> int:
        """How many pages a table or index takes, those that its long records run on to included."""
        found, waiting, seen = 0, [root], {root}
        while waiting:
            number = waiting.pop()
            kind = self.kind(number)
            if kind is None:
                continue
            places = [place for place in self._places(number) if place is not None]
            found += 1 + sum(-(-(p.size - p.local) // (self.usable - 4)) for p in places if kind != INTERIOR_TABLE)
            children = [p.child for p in places if p.child is not None] + self._last_child(number, kind)
            waiting += [child for child in children if child not in seen]
            seen.update(children)
        return found

    def _last_child(self, number: int, kind: int) -> list[int]:
        at = _start(number) + 8
        inner = kind in (INTERIOR_INDEX, INTERIOR_TABLE)
        return [struct.unpack(">I", self.page(number)[at : at + 4])[0]] if inner else []


def _start(number: int) -> int:
    """The first page begins with the file's header."""
    return HEADER if number == 1 else 0


def _log(path: Path, size: int) -> dict[int, bytes]:
    """The newest pages of the write-ahead log, up to its last finished transaction."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    found: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(WAL_HEADER, len(data) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        number, finished = struct.unpack(">II", data[at : at + 8])
        if data[at + 8 : at + 16] != data[16:24]:
            break
        waiting[number] = data[at + FRAME_HEADER : at + FRAME_HEADER + size]
        if finished:
            found |= waiting
            waiting = {}
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for n, byte in enumerate(data[at : at + 9]):
        if n == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 127)
        if byte < 128:
            return value, at + n + 1
    raise Broken("a number without an end")


def _record(data: bytes) -> tuple[Any, ...]:
    size, at = _varint(data, 0)
    if size > len(data):
        raise Broken("a record longer than its cell")
    values, body = [], size
    while at < size:
        kind, at = _varint(data, at)
        value, body = _value(data, kind, body)
        values.append(value)
    return tuple(values)


def _value(data: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    length = INTEGERS.get(kind) or (8 if kind == 7 else (kind - 12) // 2)
    if kind in (10, 11) or at + length > len(data):
        raise Broken("no value")
    raw = data[at : at + length]
    if kind in INTEGERS:
        return int.from_bytes(raw, "big", signed=True), at + length
    if kind == 7:
        return struct.unpack(">d", raw)[0], at + length
    try:
        return raw if kind % 2 == 0 else raw.decode("utf-8"), at + length
    except UnicodeDecodeError as problem:
        raise Broken("no text") from problem
