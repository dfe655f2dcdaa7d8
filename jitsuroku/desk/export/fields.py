"""The kinds of the export with the fields of each: their types from records.py, their meaning from fields.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jitsuroku.contract import EXPORT_NAMES, KINDS
from jitsuroku.lexicon import PACKAGE, TableError, read_event_type
from jitsuroku.records import EventType

FILE = Path(__file__).with_name("fields.toml")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What fields.toml says of a kind or of a field; its head explains each of these."""

    means: str
    values: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    least: int | None = None
    empty: bool = False
    unfilled: bool = False
    always: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind or part: its name in the export, its Python type and what is said of it."""

    name: str
    hint: Any
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Form:
    """How a text must be written, as a regular expression and in words."""

    pattern: str
    means: str


def kind_meaning(kind: str) -> Meaning:
    """What is said of a kind as a whole."""
    return _meaning("kinds", kind)


def fields_of(kind: str, of: type[Any]) -> tuple[Field, ...]:
    """The fields of a kind or part in the order of the export, without ``kind``.

    Raises TableError when fields.toml does not explain one of them.
    """
    hints = get_type_hints(of)
    names = {f.name: EXPORT_NAMES.get(f.name, f.name) for f in fields(of) if f.name != "kind"}
    return tuple(Field(name, hints[own], _meaning(kind, name)) for own, name in names.items())


@cache
def parts() -> Mapping[str, type[Any]]:
    """The types that stand inside records, by name: evidence, person, role, vote, count."""
    found = (inner for of in KINDS.values() for hint in get_type_hints(of).values() for inner in _parts_in(hint))
    return {part.__name__.lower(): part for part in dict.fromkeys(found)}


def _parts_in(hint: Any) -> Iterator[type[Any]]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from _parts_in(inner)


def options(hint: Any) -> tuple[tuple[Any, ...], bool]:
    """The types that a value may have beside None, and whether it may be None."""
    found = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return tuple(o for o in found if o is not NoneType), NoneType in found


def list_of(hint: Any) -> tuple[tuple[Any, ...], bool] | None:
    """For a tuple its inner types, and True when it may be of any length; None for what is no tuple."""
    if get_origin(hint) is not tuple:
        return None
    inner = get_args(hint)
    return (inner[:1], True) if inner[-1] is Ellipsis else (inner, False)


@cache
def explained() -> Mapping[str, Any]:
    """fields.toml as it stands."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def forms() -> Mapping[str, Form]:
    """The forms by name."""
    return {name: Form(**form) for name, form in explained()["forms"].items()}


def _meaning(table: str, name: str) -> Meaning:
    try:
        told = dict(explained()[table][name])
    except KeyError:
        raise TableError(f"{FILE.name}: says nothing of {table}.{name}; add a line with its meaning") from None
    form = told.pop("form", ())
    return Meaning(
        **told | {"values": _values(told.get("values", ()))}, form=(form,) if isinstance(form, str) else tuple(form)
    )


def _values(told: str | list[str]) -> tuple[str, ...]:
    """A closed list as it stands in fields.toml, or the one of the event types that is named there."""
    if told == "event_types":
        return tuple(t.code for t in event_types())
    if told == "quads":
        return tuple(sorted({t.quad for t in event_types()}))
    return tuple(told)


@cache
def event_types() -> tuple[EventType, ...]:
    """The event types in order of their codes."""
    found = (read_event_type(path) for path in (PACKAGE / "event_types").glob("*/type.toml"))
    return tuple(sorted(found, key=lambda t: t.code))
