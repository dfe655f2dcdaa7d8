"""A line of the export back into its record."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jitsuroku.contract import EXPORT_NAMES, KINDS
from jitsuroku.records import Record


def restore(line: str) -> Record:
    """The record that a line of the export was made from. Raises KeyError when its kind is unknown."""
    value = json.loads(line)
    record: Record = from_json(KINDS[value["kind"]], value)
    return record


@cache
def _hints(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, EXPORT_NAMES.get(f.name, f.name), hints[f.name]) for f in fields(kind) if f.init)


def from_json(kind: Any, value: dict[str, Any]) -> Any:
    """A frozen value of ours from its JSON object."""
    return kind(**{name: _value(hint, value[key]) for name, key, hint in _hints(kind)})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(value, dict):
        return from_json(_dataclass_in(hint), value)
    if isinstance(value, list):
        inner = _tuple_in(hint)
        each = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_value(h, v) for h, v in zip(each, value, strict=True))
    return value


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


def _dataclass_in(hint: Any) -> type[Any]:
    return next(o for o in _options(hint) if isinstance(o, type) and is_dataclass(o))


def _tuple_in(hint: Any) -> tuple[Any, ...]:
    return next(get_args(o) for o in _options(hint) if get_origin(o) is tuple)
