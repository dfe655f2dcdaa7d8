"""A line of the export back into its record."""

from __future__ import annotations

import json
from collections.abc import Callable
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
def _layout(kind: Any) -> tuple[tuple[str, str, Any, Callable[[Any], Any]], ...]:
    """The fields of a type: name, name outside, what it may hold, and what reads its JSON value."""
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind) if f.init]
    return tuple((name, EXPORT_NAMES.get(name, name), hints[name], _reader(hints[name])) for name in names)


def from_json(kind: Any, value: dict[str, Any]) -> Any:
    """A frozen value of ours from its JSON object. A field that an older version did not write yet is unknown."""
    return kind(
        **{name: read(value[key]) if key in value else _unknown(hint, key) for name, key, hint, read in _layout(kind)}
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


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What reads a value of this type, made once. It raises TypeError or ValueError when the value is none."""
    own = next((o for o in _options(hint) if isinstance(o, type) and is_dataclass(o)), None)
    inner = next((get_args(o) for o in _options(hint) if get_origin(o) is tuple), None)
    parts = None if inner is None else [_reader(each) for each in inner if each is not Ellipsis]

    def read(value: Any) -> Any:
        if type(value) is dict:
            return from_json(own, value)
        if type(value) is not list:
            return value
        if parts is None or inner is None:
            raise TypeError(f"a list where there is none: {value!r:.60}")
        if inner[-1] is Ellipsis:
            return tuple([parts[0](each) for each in value])
        return tuple(part(each) for part, each in zip(parts, value, strict=True))

    return read


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)
