"""Tables as text: CSV and TSV, in which what a spreadsheet would run as a formula is inert unless asked for as it is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.export.columns import Column

# A cell that begins so is run by spreadsheets; a leading apostrophe makes it text.
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# What spreadsheets pass over before they look.
BEFORE = " \n\u00a0\u3000\u200b\ufeff"
# A plain number is a number to a spreadsheet too, and a column of them stays one.
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def inert(cell: str) -> str:
    """The cell as no spreadsheet runs it."""
    return f"'{cell}" if cell.lstrip(BEFORE).startswith(RUNS) else cell


def cell(value: Any) -> str:
    """A value as a cell: lists of words with semicolons between them, other compounds as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        plain = all(isinstance(v, str | int) for v in value)
        return "; ".join(map(str, value)) if plain else json.dumps(as_json(tuple(value)), ensure_ascii=False)
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value) if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False, default=as_json)


def delimited(columns: Sequence[Column], rows: Iterable[Any], *, raw: bool, delimiter: str = ",") -> Iterator[bytes]:
    """The rows under a header line, UTF-8. ``raw`` leaves cells as they are."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        yield _taken_from(out)
        cells = [cell(column.value(row)) for column in columns]
        writer.writerow(cells if raw else [each if NUMBER.fullmatch(each) else inert(each) for each in cells])
    yield _taken_from(out)


def _taken_from(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")
