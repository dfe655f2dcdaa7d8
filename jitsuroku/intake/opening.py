"""A file of any kind that is known -> the pages in it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from jitsuroku.intake.archives import Budget, pages_of_wacz, pages_of_zip
from jitsuroku.intake.feeds import is_opml, looks_like_feed, pages_of_feed, read_feed
from jitsuroku.intake.received import FORM_OF_SUFFIX, LIMITS, Arrival, Limits, PageError, Received, Refused, form_of
from jitsuroku.intake.rows import Columns, pages_of_lines, pages_of_packed_lines, pages_of_parquet
from jitsuroku.intake.warc import pages_of_warc

# Longer endings first: ``.warc.gz`` before ``.gz``.
HOLDERS = (".jsonl.gz", ".ndjson.gz", ".warc.gz", ".jsonl", ".ndjson", ".warc", ".wacz", ".zip", ".parquet")
FEED_SUFFIXES = (".rss", ".atom", ".xml")


@dataclass(frozen=True, slots=True)
class Opening:
    """How files are opened: the columns of tables, and how much is taken in."""

    columns: Columns = field(default_factory=Columns)
    limits: Limits = LIMITS


def holder_of(name: str) -> str | None:
    """The ending of a file that holds several pages."""
    return next((ending for ending in HOLDERS if name.lower().endswith(ending)), None)


def is_wanted(name: str) -> bool:
    """Whether a file of this name is a page or holds pages; feeds are known by their content, lists of them are not taken."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in FORM_OF_SUFFIX or suffix in FEED_SUFFIXES or holder_of(name) is not None


def open_file(path: Path, source: str, how: Opening) -> Iterator[Arrival]:
    """The pages in a file, in order. What cannot be read is told with its place; the rest comes in."""
    try:
        yield from _pages(path, source, how)
    except PageError as problem:
        yield Refused(source, str(problem))
    except OSError as problem:
        yield Refused(
            source, f"{path}: cannot be opened ({problem.strerror or problem}); check the file and your rights"
        )


def _pages(path: Path, source: str, how: Opening) -> Iterator[Arrival]:
    holder = holder_of(path.name)
    if holder == ".parquet":
        yield from pages_of_parquet(path, source, how.columns)
    elif holder is None:
        yield from pages_of_bytes(_small(path, how.limits), source, how)
    else:
        with path.open("rb") as file:
            yield from _held(file, source, holder, how, Budget(how.limits), how.limits.depth)


def _small(path: Path, limits: Limits) -> bytes:
    if path.stat().st_size > limits.page:
        raise PageError(f"{path}: larger than {limits.page // 1_000_000} MB; split it or take the text out")
    return path.read_bytes()


def _held(file: BinaryIO, source: str, holder: str, how: Opening, budget: Budget, depth: int) -> Iterator[Arrival]:
    readers: dict[str, Callable[[], Iterator[Arrival]]] = {
        ".jsonl": lambda: pages_of_lines(file, source, how.columns, how.limits),
        ".jsonl.gz": lambda: pages_of_packed_lines(file, source, how.columns, how.limits),
        ".warc": lambda: pages_of_warc(file, source, how.limits),
        ".wacz": lambda: pages_of_wacz(file, source, how.limits),
        ".zip": lambda: pages_of_zip(
            file, source, is_wanted, lambda data, name: _inside(data, name, how, budget, depth), budget
        ),
    }
    yield from readers[holder.replace("ndjson", "jsonl").replace(".warc.gz", ".warc")]()


def _inside(data: bytes, source: str, how: Opening, budget: Budget, depth: int) -> Iterator[Arrival]:
    """The pages in a member of a zip file."""
    holder = holder_of(source)
    if holder is None:
        yield from pages_of_bytes(data, source, how, by="zip")
    elif holder == ".parquet" or depth <= 1:
        why = "a table of Parquet" if holder == ".parquet" else f"archives more than {how.limits.depth} deep"
        yield Refused(source, f"{source}: {why} inside an archive; unpack it and add it alone")
    else:
        try:
            yield from _held(io.BytesIO(data), source, holder, how, budget, depth - 1)
        except PageError as problem:
            yield Refused(source, str(problem))


def pages_of_bytes(data: bytes, source: str, how: Opening, by: str = "file") -> Iterator[Arrival]:
    """The page in the bytes of a file, or of a saved feed its entries. ``.xml`` that is no feed is passed over."""
    form = form_of(source)
    if form is None and looks_like_feed(data):
        if is_opml(data):
            raise PageError(
                f"{source}: a list of feeds; name it by itself, online: jitsuroku add {PurePosixPath(source).name}"
            )
        yield from pages_of_feed(read_feed(data, source), source)
    elif form is not None or PurePosixPath(source).suffix.lower() != ".xml":
        yield Received(source, data, form, by)
