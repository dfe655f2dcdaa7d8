"""Answers as CSV: what a spreadsheet would run as a formula is made inert, unless asked for as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from jitsuroku.desk.export.delimited import cell, inert
from jitsuroku.desk.rows import cells_of, columns_of
from jitsuroku.desk.web.asking import Table
from jitsuroku.records import Record


def csv_text(table: Table, *, raw: bool = False) -> str:
    """The table with a header line. ``raw`` leaves cells as they are."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    for row in table.rows:
        cells = [cell(value) for value in row]
        writer.writerow(
            [
                c if raw or not isinstance(v, str | tuple | list | dict) else inert(c)
                for v, c in zip(row, cells, strict=True)
            ]
        )
    return out.getvalue()


def records_table(records: Sequence[Record]) -> Table:
    """Records as rows: a column a field, evidence as its text with ``start`` and ``end``."""
    columns = dict.fromkeys(name for kind in dict.fromkeys(map(type, records)) for name in columns_of(kind))
    columns.pop("text" if any(r.kind == "document" for r in records) else "", None)
    flat = [cells_of(record) for record in records]
    return Table(
        ("kind", *columns), [[r.kind, *(f.get(c) for c in columns)] for r, f in zip(records, flat, strict=True)]
    )
