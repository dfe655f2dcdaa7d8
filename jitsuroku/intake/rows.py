"""Tables of pages: JSON Lines and Parquet, each row a page, with a map that says which column holds what."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from jitsuroku.intake.received import LIMITS, Arrival, Limits, PageError, Received, Refused

# What a column may hold, and by what names it is known where nothing else is said.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "plain_text"),
    "html": ("html", "raw_html", "body_html", "content_html"),
    "title": ("title", "headline", "subject"),
    "address": ("address", "url", "link", "uri", "source_url"),
    "published": ("published", "date", "published_at", "date_publish", "publish_date", "pubdate", "timestamp"),
    "fetched": ("fetched", "fetched_at", "date_download", "crawled_at", "warc_date"),
    "name": ("name", "id", "guid", "uuid"),
}
REMEDY = "name its columns: --columns text=COLUMN,title=COLUMN,address=COLUMN,published=COLUMN"
BATCH = 64


@dataclass(frozen=True, slots=True)
class Columns:
    """By field the column that holds it; fields that are not named are looked for under their usual names."""

    named: tuple[tuple[str, str], ...] = ()

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row's values by field. Raises PageError when a column that was named is not there."""
        named = dict(self.named)
        for column in named.values():
            if column not in row:
                raise PageError(f"no column {column!r}; it has {', '.join(map(repr, list(row)[:20]))}")
        known = {f: next((n for n in names if row.get(n)), "") for f, names in FIELDS.items()}
        return {field: row.get(column) for field, column in {**known, **named}.items() if column}


def columns_from(told: str) -> Columns:
    """``text=body,title=head`` as a map. Raises PageError when it names no field, or a field that is not known."""
    pairs = [part.partition("=") for part in told.split(",") if part.strip()]
    found = tuple((field.strip(), column.strip()) for field, _, column in pairs)
    for field, column in found:
        if field not in FIELDS or not column:
            raise PageError(f"--columns {told}: {field!r} is none of {', '.join(FIELDS)}; write FIELD=COLUMN,…")
    return Columns(found)


def pages_of_lines(file: BinaryIO, source: str, columns: Columns, limits: Limits = LIMITS) -> Iterator[Arrival]:
    """The pages of a JSON Lines file, each named by its line; a line that is none is told and passed over."""
    for number, line in _lines(file, limits):
        name = f"{source}/{number}"
        if line is None:
            yield Refused(name, f"{name}: a line of more than {limits.page // 1_000_000} MB; split it")
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError):
            yield Refused(name, f"{name}: no JSON in UTF-8; mend the line, or cut the file behind the last whole one")
            continue
        yield _page(row, name, columns)


def _lines(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1; None for one that is too long, which is read past without being kept."""
    number = 0
    while line := file.readline(limits.page):
        number += 1
        if len(line) < limits.page or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(limits.page)
        yield number, None


def pages_of_packed_lines(file: BinaryIO, source: str, columns: Columns, limits: Limits = LIMITS) -> Iterator[Arrival]:
    """The same of a gzip file; a damaged or cut-off end is told, what stands before it is read."""
    with gzip.GzipFile(fileobj=file) as lines:
        pages = pages_of_lines(_Bounded(lines, limits), source, columns, limits)  # type: ignore[arg-type]
        try:
            yield from pages
        except (EOFError, OSError, zlib.error, PageError) as problem:
            why = problem if isinstance(problem, PageError) else "damaged or cut off"
            yield Refused(
                source, f"{source}: {why}, near byte {file.tell()}; what stands before was read; get it again"
            )


class _Bounded:
    """Lines of a packed file that may not unpack to more than the limits allow."""

    def __init__(self, file: gzip.GzipFile, limits: Limits) -> None:
        self.file, self.limits, self.size = file, limits, 0

    def readline(self, most: int) -> bytes:
        line = self.file.readline(most)
        self.size += len(line)
        if self.size > self.limits.unpacked:
            raise PageError(f"unpacks to more than {self.limits.unpacked // 1_000_000} MB")
        return line


def pages_of_parquet(path: Path, source: str, columns: Columns) -> Iterator[Arrival]:
    """The pages of a Parquet file, each named by its row. Raises PageError when it is none or pyarrow is missing."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as problem:
        raise PageError(f"{source}: Parquet needs the extra [parquet]; install jitsuroku[parquet]") from problem
    try:
        with parquet.ParquetFile(path) as file:
            rows = (row for batch in file.iter_batches(BATCH) for row in batch.to_pylist())
            yield from (_page(row, f"{source}/{n}", columns) for n, row in enumerate(rows, 1))
    except (ArrowException, OSError, ValueError) as problem:
        raise PageError(f"{source}: damaged, or no Parquet ({str(problem)[:80]}); get the file again") from problem


def _page(row: object, name: str, columns: Columns) -> Arrival:
    if not isinstance(row, dict):
        return Refused(name, f"{name}: no JSON object; every line must be one, with a column for the text")
    if "kind" in row and "id" in row and ("evidence" in row or "sha256" in row):
        return Refused(name, f"{name}: a line of an export of jitsuroku, no page; add the pages themselves")
    try:
        told = {field: _words(value) for field, value in columns.of(row).items()}
    except PageError as problem:
        return Refused(name, f"{name}: {problem}")
    html, text = told.get("html", ""), told.get("text", "")
    if not (html.strip() or text.strip()):
        return Refused(name, f"{name}: no column with a text; {REMEDY}")
    title = told.get("title", "").strip()
    return Received(
        name,
        (html or with_title(title, text)).encode("utf-8", "replace"),
        "html" if html else "text",
        "rows",
        told.get("address") or None,
        "utf-8",
        told.get("fetched") or None,
        tuple(pair for pair in (("title", title), ("date", told.get("published", ""))) if pair[1]),
    )


def with_title(title: str, text: str) -> str:
    """A text below its title, unless it begins with it."""
    return text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"


def html_with_title(title: str, html: str) -> str:
    """A piece of HTML as a page below its title."""
    return f"<html><body><h1>{escape(title)}</h1>{html}</body></html>" if title else f"<html><body>{html}</body></html>"


def _words(value: Any) -> str:
    """A cell as text; what is empty or no value gives ""."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str) else "\n".join(map(str, value)) if _is_list(value) else str(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, dict)
