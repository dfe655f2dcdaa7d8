"""A record's fields as a form: what stands in each, what may stand there, and what somebody changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.export.fields import Field, list_of, options
from jitsuroku.desk.judging.values import open_fields
from jitsuroku.desk.terminal import shown_lines
from jitsuroku.records import Record

# Before the name of each field in a form.
PREFIX = "f."
# The fields of each kind that are corrected most; the others stand below them.
FIRST: Mapping[str, tuple[str, ...]] = {
    "event": ("type", "actor", "recipient", "date", "status", "place"),
    "statement": ("speaker", "for", "text", "quoted", "date", "venue"),
    "commitment": ("giver", "receiver", "what", "amount", "currency", "due", "stage"),
    "figure": ("measure", "of", "amount", "unit", "currency", "period"),
    "reading": ("by", "as", "of"),
    "flag": ("flag", "severity", "message", "expected"),
    "meeting": ("number", "date", "place", "host", "participants"),
    "document": ("title", "outlet", "genre", "published", "language"),
    "mention": ("what", "as_written", "code"),
    "unresolved": ("as_written", "candidates"),
}
LONG = 60


@dataclass(frozen=True, slots=True)
class Input:
    """A field to be filled in: ``text`` what stands there, ``values`` the closed list it is chosen from, if any; ``empty``
    whether it may be left so; ``first`` whether it is one of those that matter most."""

    name: str
    text: str
    values: tuple[str, ...]
    empty: bool
    first: bool

    @property
    def long(self) -> bool:
        """Whether it wants more than a line."""
        return len(self.text) > LONG


def inputs(kind: str, line: Mapping[str, Any]) -> tuple[Input, ...]:
    """The fields of a record's line that a person may write, those that matter most first."""
    known = open_fields(kind)
    order = [*FIRST.get(kind, ()), *(name for name in known if name not in FIRST.get(kind, ()))]
    return tuple(_input(known[name], line.get(name), name in FIRST.get(kind, ())) for name in order)


def _input(field: Field, value: Any, first: bool) -> Input:
    types, nullable = options(field.hint)
    listed = list_of(types[0]) is not None
    values = ("true", "false") if types == (bool,) else () if listed else field.meaning.values
    return Input(field.name, shown_lines(text_of(value)), tuple(values), nullable or listed, first)


def text_of(value: Any) -> str:
    """A value as one writes it in a form; ``checked`` of the judgements reads it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    plain = isinstance(value, list) and all(isinstance(v, str) and "," not in v and v == v.strip() for v in value)
    return ", ".join(value) if plain else json.dumps(value, ensure_ascii=False)


def changes(record: Record, sent: Mapping[str, str]) -> dict[str, str]:
    """The fields in which what was sent is not what the form showed of the record."""
    line = as_json(record)
    return {name: text for name, text in filled(sent) if name not in line or text != _as_sent(line[name])}


def _as_sent(value: Any) -> str:
    return shown_lines(text_of(value)).strip()


def filled(sent: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of a form with their names."""
    for key, text in sent.items():
        if key.startswith(PREFIX):
            yield key.removeprefix(PREFIX), text.replace("\r\n", "\n").strip()
