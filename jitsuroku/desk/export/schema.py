"""The JSON Schema of one line of the export, made from the frozen types and from fields.toml."""

from __future__ import annotations

from typing import Any

from jitsuroku.contract import KINDS
from jitsuroku.desk.export.fields import Field, Meaning, fields_of, forms, kind_meaning, list_of, options, parts

DRAFT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}
PAGE = {
    "type": "string",
    "minLength": 1,
    "description": "The page as received, into which all evidence points; on the line only with --with-pages.",
}


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a line: one definition a kind, every field required, no other allowed."""
    kinds = {kind: _kind(kind, of) for kind, of in KINDS.items()}
    kinds["document"]["properties"]["page"] = PAGE
    return {
        "$schema": DRAFT,
        "title": f"A line of jitsuroku's export, version {VERSION}",
        "type": "object",
        "required": ["kind"],
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": kinds | {part: _object(fields_of(part, of)) for part, of in parts().items()},
    }


def _kind(kind: str, of: type[Any]) -> dict[str, Any]:
    shape = _object(fields_of(kind, of))
    shape["properties"] = {"kind": {"const": kind}} | shape["properties"]
    shape["properties"]["id"]["pattern"] = f"^{kind}[0-9a-f]{{16}}$"
    shape["required"].insert(0, "kind")
    return {"description": kind_meaning(kind).means, **shape}


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    properties = {f.name: {**_shape(f.hint, f.meaning), "description": f.meaning.means} for f in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _shape(hint: Any, meaning: Meaning) -> dict[str, Any]:
    """The schema of a value of a Python type."""
    types, nullable = options(hint)
    name = types[0].__name__.lower()
    if name in parts():
        part = {"$ref": f"#/$defs/{name}"}
        return {"anyOf": [part, {"type": "null"}]} if nullable else part
    if (listed := list_of(types[0])) is not None:
        return _list(*listed, meaning) | ({"type": ["array", "null"]} if nullable else {})
    if meaning.values:
        return {"enum": [*meaning.values, *([None] if nullable else [])]}
    names = [*(NAMES[t] for t in types), *(["null"] if nullable else [])]
    return {"type": names if len(names) > 1 else names[0]} | _limits(types, meaning)


def _list(inner: tuple[Any, ...], any_length: bool, meaning: Meaning) -> dict[str, Any]:
    if any_length:
        return {"type": "array", "items": _shape(inner[0], meaning)}
    each = [_shape(t, Meaning("", form=(form,))) for t, form in zip(inner, meaning.form, strict=True)]
    return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}


def _limits(types: tuple[Any, ...], meaning: Meaning) -> dict[str, Any]:
    limits: dict[str, Any] = {"pattern": forms()[meaning.form[0]].pattern} if meaning.form else {}
    if str in types and not meaning.form and not meaning.empty:
        limits["minLength"] = 1
    return limits if meaning.least is None else limits | {"minimum": meaning.least}
