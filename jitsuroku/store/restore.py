"""A line of the export back into its record."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jitsuroku.contract import EXPORT_NAMES, KINDS
from jitsuroku.records import Record


def restore(line: str) -> Record:
    """The record that a line of the export was made from. Raises ValueError when it is no such line."""
    try:
        value = json.loads(line)
        record: Record = from_json(KINDS[value["kind"]], value)
    except (AttributeError, KeyError, StopIteration, TypeError, ValueError) as problem:
        raise ValueError(f"no line of the export: {line[:60]!r} ({problem})") from problem
    return record


@cache
def _hints(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, EXPORT_NAMES.get(f.name, f.name), hints[f.name]) for f in fields(kind) if f.init)


def from_json(kind: Any, value: dict[str, Any]) -> Any:
    """A frozen value of ours from its JSON object. A field that an older version did not write yet is unknown."""
    return kind(
        **{name: _value(hint, value[key]) if key in value else _unknown(hint, key) for name, key, hint in _hints(kind)}
    )


def _unknown(hint: Any, key: str) -> Any:
    """What stands for unknown in a field of this type: None, an empty list, false."""
    if NoneType in _options(hint):
        return None
    if get_origin(hint) is tuple:
        return ()
    if hint is bool:
        return False
    raise KeyError(key)


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


@cache
def _dataclass_in(hint: Any) -> type[Any]:
    return next(o for o in _options(hint) if isinstance(o, type) and is_dataclass(o))


@cache
def _tuple_in(hint: Any) -> tuple[Any, ...]:
    return next(get_args(o) for o in _options(hint) if get_origin(o) is tuple)
