"""What a person may write into a record: the fields, and the values that the export allows in each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jitsuroku.contract import KINDS
from jitsuroku.desk.export.fields import Field, event_types, fields_of, forms, list_of, options, parts

FIXED = frozenset({"id", "document", "rule", "evidence", "more"})
OF_A_DOCUMENT = ("title", "outlet", "owner", "bylines", "genre", "origin", "published", "updated", "anchor", "language")
WORDS_OF_TRUTH = {"true": True, "false": False}


class CannotJudge(ValueError):
    """A judgement that makes no sense; the message says why and what to do."""


def open_fields(kind: str) -> dict[str, Field]:
    """The fields of a kind that a person may write, by name."""
    found = {f.name: f for f in fields_of(kind, KINDS[kind]) if f.name not in FIXED}
    if kind == "meeting":
        del found["series"]
    return {name: found[name] for name in OF_A_DOCUMENT} if kind == "document" else found


def checked(kind: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as JSON values. Text is read as the field's type: ``"3"`` as a number, ``"JPN, USA"`` as a list, ``""``
    as unknown. A changed event type brings its own quad class and score.

    Raises CannotJudge when a field may not be written or a value is none that it may have.
    """
    known = open_fields(kind)
    for name in changes:
        if name not in known:
            told = ", ".join(known)
            raise CannotJudge(f"{kind} has no field {name!r} that a person may write; there are: {told}")
    made = {name: _value(known[name], value) for name, value in changes.items()}
    return _with_type_facts(kind, made)


def _with_type_facts(kind: str, made: dict[str, Any]) -> dict[str, Any]:
    if kind != "event" or "type" not in made:
        return made
    of = next(t for t in event_types() if t.code == made["type"])
    return {"quad": of.quad, "score": of.score} | made


def _value(field: Field, value: Any) -> Any:
    types, nullable = options(field.hint)
    if value is None or value == "":
        if nullable:
            return None
        if list_of(types[0]) is not None:
            return []
        raise CannotJudge(f"{field.name} cannot be empty; it holds {field.meaning.means.rstrip('.')}")
    listed = list_of(types[0])
    if listed is not None:
        return _list(field, *listed, _listed(value))
    return _single(field, types[0] if len(types) == 1 else types, value)


def _list(field: Field, inner: tuple[Any, ...], any_length: bool, values: list[Any]) -> list[Any]:
    if not any_length and len(values) != len(inner):
        raise CannotJudge(f"{field.name}: {len(values)} values where {len(inner)} belong")
    kinds = inner * len(values) if any_length else inner
    places = [field] * len(values) if any_length else [_at(field, n) for n in range(len(values))]
    return [_single(place, of, value) for place, of, value in zip(places, kinds, values, strict=True)]


def _at(field: Field, place: int) -> Field:
    """The field with the form of one of its places alone."""
    forms_there = field.meaning.form[place : place + 1] or field.meaning.form[:1]
    return replace(field, meaning=replace(field.meaning, form=forms_there))


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, str):
        return list(value)
    return list(json.loads(value)) if value.startswith("[") else [v.strip() for v in value.split(",") if v.strip()]


def _single(field: Field, of: Any, value: Any) -> Any:
    if isinstance(of, type) and of.__name__.lower() in parts():
        return _part(field, of, value)
    types = of if isinstance(of, tuple) else options(of)[0]
    value = _read(value, types)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise CannotJudge(f"{field.name}: {value!r} does not fit; it holds {field.meaning.means.rstrip('.')}")
    if field.meaning.values and value not in field.meaning.values:
        raise CannotJudge(f"{field.name}: {value!r} is none of {', '.join(field.meaning.values)}")
    _form(field, value)
    return value


def _part(field: Field, of: type[Any], value: Any) -> Any:
    inner = {f.name: f for f in fields_of(of.__name__.lower(), of)}
    if not isinstance(value, Mapping) or set(value) != set(inner):
        raise CannotJudge(f"{field.name} holds objects with {', '.join(inner)}, as JSON")
    return {name: _value(f, value[name]) for name, f in inner.items()}


def _form(field: Field, value: Any) -> None:
    if not field.meaning.form or not isinstance(value, str):
        return
    form = forms()[field.meaning.form[0]]
    if not re.search(form.pattern, value):
        raise CannotJudge(f"{field.name}: {value!r} does not fit; write {form.means}")


def _read(value: Any, types: tuple[Any, ...]) -> Any:
    """Text as the field's own type, where it can be read so."""
    if not isinstance(value, str):
        return float(value) if types == (float,) and isinstance(value, int) else value
    if bool in types:
        return WORDS_OF_TRUTH.get(value, value)
    for kind in (t for t in types if t in (int, float)):
        try:
            return kind(value.replace(",", ""))
        except ValueError:
            continue
    return value
