"""Records as rows, a kind a table: the fields of the export with the page they stand on and the words that say it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

from jitsuroku.contract import EXPORT_NAMES, KINDS, as_json
from jitsuroku.desk.export.columns import Column
from jitsuroku.desk.export.delimited import delimited
from jitsuroku.desk.export.fields import Field, fields_of, list_of, options
from jitsuroku.desk.export.taking import Line, Taken, lines_of
from jitsuroku.records import Evidence

OWN_NAMES = {outside: own for own, outside in EXPORT_NAMES.items()}
TEXT = "text"
EVIDENCE = (
    Column("words", "The exact words: `page[start:end]`.", lambda line: line.evidence and line.evidence.text),
    Column("start", "Where they begin: code points into the page.", lambda line: line.evidence and line.evidence.start),
    Column("end", "Where they end, exclusive.", lambda line: line.evidence and line.evidence.end),
)
PAGE = (
    Column("page_source", "The path of the page.", lambda line: line.page and line.page.source),
    Column("page_address", "The address of the page.", lambda line: line.page and line.page.address),
    Column("page_outlet", "Who publishes the page.", lambda line: line.page and line.page.outlet),
    Column("page_published", "The day the page came out.", lambda line: line.page and line.page.published),
)
# What a spreadsheet or a program that reads columns can hold as it is.
PLAIN = (str, int, float, bool)


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a kind: its fields, evidence as three columns, then the page."""
    made: list[Column] = []
    for field in fields_of(kind, KINDS[kind]):
        made += EVIDENCE if field.name == "evidence" else [Column(field.name, field.meaning.means, _getter(field))]
    return (*made, *(PAGE if kind != "document" else ()))


def _getter(field: Field) -> Callable[[Line], Any]:
    name = OWN_NAMES.get(field.name, field.name)

    def value(line: Line) -> Any:
        found = getattr(line.record, name)
        if name == "more":
            return _places(found)
        return as_json(found) if is_dataclass(found) else found

    return value


def _places(more: Iterable[Evidence]) -> tuple[dict[str, Any], ...]:
    """Further places by their own words, without what stands around them: that is the page's text."""
    return tuple({"text": e.text, "start": e.start, "end": e.end} for e in more)


def _written(taken: Taken, kind: str) -> tuple[Column, ...]:
    """The columns as they are written: a page's text only where it is asked for."""
    return tuple(c for c in columns_of(kind) if taken.with_text or (kind, c.name) != ("document", TEXT))


def csv_of(kind: str) -> Callable[[Taken], Iterable[bytes]]:
    """What writes a kind as CSV."""

    def write(taken: Taken) -> Iterable[bytes]:
        return delimited(_written(taken, kind), lines_of(taken, taken.of(KINDS[kind])), raw=taken.raw)

    return write


def parquet_of(kind: str) -> Callable[[Taken], Iterable[bytes]]:
    """What writes a kind as Parquet. Raises ImportError, and says what to install, when pyarrow is missing."""

    def write(taken: Taken) -> Iterable[bytes]:
        arrow, parquet = _arrow()
        columns = _written(taken, kind)
        lines = list(lines_of(taken, taken.of(KINDS[kind])))
        types = {c.name: _arrow_type(arrow, kind, c.name) for c in columns}
        values = {c.name: [_stored(c.value(line), types[c.name], arrow) for line in lines] for c in columns}
        schema = arrow.schema(list(types.items()))
        out = io.BytesIO()
        parquet.write_table(arrow.table(values, schema=schema), out, compression="zstd")
        yield out.getvalue()

    return write


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ImportError("pyarrow is not installed: pip install jitsuroku[parquet]") from None


def _arrow_type(arrow: Any, kind: str, name: str) -> Any:
    """Whole numbers, numbers, truth values and lists of texts as such; everything else as text."""
    if name in ("start", "end"):
        return arrow.int64()
    hint = next((f.hint for f in fields_of(kind, KINDS[kind]) if f.name == name), str)
    types, _ = options(hint)
    inner = list_of(types[0])
    if inner is not None and inner == ((str,), True):
        return arrow.list_(arrow.string())
    plain = {int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    return plain.get(types[0], arrow.string()) if len(types) == 1 else arrow.string()


def _stored(value: Any, of: Any, arrow: Any) -> Any:
    if value is None:
        return None
    if of == arrow.list_(arrow.string()):
        return list(value)
    if of != arrow.string():
        return value
    return str(value) if isinstance(value, PLAIN) else json.dumps(as_json(value), ensure_ascii=False)
