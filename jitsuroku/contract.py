"""What a record looks like outside: its JSON object, its evidence and its id (docs/codebook.md).

The only place where Python's names (``for_``, ``as_``) meet the names of the export (``for``, ``as``).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, TypeVar, get_args

from jitsuroku.records import Evidence, Page, Record

EXPORT_NAMES = {"for_": "for", "as_": "as"}
NOT_IN_ID = frozenset({"id", "rule", "prefix", "suffix"})
CONTEXT = 32
# How JSON writes what is neither a string nor made of parts.
VALUES: dict[type, Callable[[Any], str]] = {
    int: repr,
    float: json.dumps,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda none: "null",
}
KINDS: dict[str, type[Record]] = {
    str(next(f.default for f in fields(kind) if f.name == "kind")): kind for kind in get_args(Record)
}

R = TypeVar("R")


def quote(page: Page, start: int, end: int) -> Evidence:
    """Evidence for ``page.text[start:end]`` with up to 32 characters on each side.

    Raises ValueError when the span is empty or outside the page.
    """
    if not 0 <= start < end <= len(page.text):
        raise ValueError(f"{page.source}: no words at {start}..{end} of a page of {len(page.text)} code points")
    text = page.text
    return Evidence(text[start:end], start, end, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def fold(text: str) -> str:
    """The text with each character in its compatibility form where that is one character: same length, same offsets.

    ``fold("２，６００億元（約５２億円）") == "2,600億元(約52億円)"``
    """
    return text if text.isascii() else text.translate(_FOLDED)


@lru_cache(maxsize=2)
def fold_page(text: str) -> str:
    """A page's text folded. Every stage asks for it; it is made once as long as the page is at hand."""
    return fold(text)


class _Folded(dict[int, str]):
    """Characters by code point in their folded form, each worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDED = _Folded()


def as_json(value: Any) -> Any:
    """A record or a part of one as JSON values: ``kind`` first, then the fields in their order."""
    if isinstance(value, str) or value is None:
        return value
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        kind: Any = type(value)
        return {outside: as_json(getattr(value, name)) for name, outside in _layout(kind)}
    return [as_json(v) for v in value] if isinstance(value, tuple) else value


@cache
def _layout(kind: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a type in the order of its JSON object, each with its name outside."""
    names = [f.name for f in fields(kind)]
    ordered = ["kind", *(n for n in names if n != "kind")] if "kind" in names else names
    return tuple((n, EXPORT_NAMES.get(n, n)) for n in ordered)


# No spaces to spare, and every character as it is; a record never holds itself.
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def dumps(value: Any) -> str:
    """One line of the export: UTF-8, keys in order, no spaces to spare."""
    return _write(as_json(value))


def _identity(value: Any) -> Any:
    """What of a record's JSON values makes its id."""
    if isinstance(value, dict):
        return {k: _identity(v) for k, v in value.items() if k not in NOT_IN_ID}
    return [_identity(v) for v in value] if isinstance(value, list) else value


def _own_identity(value: Any) -> str:
    """The JSON of the same, straight from the record: the context of its evidence need not be made and thrown away."""
    kind: Any = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is tuple:
        return f"[{','.join(map(_own_identity, value))}]"
    if kind in VALUES:
        return VALUES[kind](value)
    template, parts_of = _identity_layout(kind)
    return template % tuple(map(_own_identity, parts_of(value)))


@cache
def _identity_layout(kind: Any) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """The JSON object of what makes an id with a place for each value, and what gives those values."""
    layout = [(name, outside) for name, outside in _layout(kind) if outside not in NOT_IN_ID]
    places = ",".join(f'"{outside}":%s' for _, outside in layout)
    return f"{{{places}}}", attrgetter(*(name for name, _ in layout))


def digest(text: str) -> str:
    """The first 16 hex digits of BLAKE2b over the text's UTF-8."""
    return blake2b(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def id_of(value: dict[str, Any]) -> str:
    """The id of a record from its JSON object: kind + digest over all fields but id, rule, prefix and suffix."""
    if value["kind"] == "document":
        return document_id(value["address"] or value["source"], value["sha256"])
    return str(value["kind"]) + digest(_write(_identity(value)))


def with_id(record: R) -> R:
    """The record with its id, the one that ``id_of`` makes from its JSON object."""
    kind: str = record.kind  # type: ignore[attr-defined]
    made = id_of(as_json(record)) if kind == "document" else kind + digest(_own_identity(record))
    own: Any = type(record)
    identified: R = own(made, *_behind_id(own)(record))
    return identified


@cache
def _behind_id(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the fields of a record that follow its id."""
    return attrgetter(*(f.name for f in fields(kind) if f.init and f.name != "id"))


def document_id(key: str, sha256: str) -> str:
    """A document's id: over its canonical address, else its relative path, and the SHA-256 of its bytes."""
    return "document" + digest(_write([key, sha256]))
