"""The JSON Schema: valid itself, complete, and strict enough to refuse a line that is wrong in one place."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jitsuroku.contract import EXPORT_NAMES, KINDS
from jitsuroku.desk.export.fields import event_types
from jitsuroku.desk.export.schema import schema
from tests.contract.exported import Line, case_lines, faults, jitsuroku, sample_lines


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_command_prints_it() -> None:
    assert json.loads(jitsuroku("schema")) == json.loads(json.dumps(schema()))


def test_each_kind_has_a_definition_with_all_its_fields_required() -> None:
    made = schema()
    assert [ref["$ref"] for ref in made["oneOf"]] == [f"#/$defs/{kind}" for kind in KINDS]
    for kind, of in KINDS.items():
        names = {EXPORT_NAMES.get(f.name, f.name) for f in fields(of)}
        assert set(made["$defs"][kind]["required"]) == names
        assert set(made["$defs"][kind]["properties"]) == names | ({"page"} if kind == "document" else set())


def test_every_object_is_closed() -> None:
    assert {name for name, shape in schema()["$defs"].items() if shape["additionalProperties"] is not False} == set()


def test_the_types_of_events_are_those_of_the_tables() -> None:
    kinds = schema()["$defs"]["event"]["properties"]
    assert set(kinds["type"]["enum"]) == {t.code for t in event_types()}
    assert len(kinds["type"]["enum"]) == 16
    assert len(kinds["quad"]["enum"]) == 4


def line_of(kind: str) -> Line:
    return next(line for line in (*case_lines(), *sample_lines()) if line["kind"] == kind)


def test_a_whole_line_satisfies_the_whole_schema() -> None:
    whole = Draft202012Validator(schema())
    found = {line["kind"]: line for line in (*sample_lines(), *case_lines())}
    assert {kind for kind, line in found.items() if not whole.is_valid(line)} == set()
    assert not whole.is_valid({**line_of("event"), "kind": "statement"})
    assert not whole.is_valid({**line_of("event"), "kind": "rumour"})


def test_the_page_is_allowed_on_documents_alone_and_not_asked_for() -> None:
    document = line_of("document")
    assert faults({k: v for k, v in document.items() if k != "page"}) == []
    assert faults({**line_of("event"), "page": document["page"]})


@pytest.mark.parametrize("kind", sorted({line["kind"] for line in (*sample_lines(), *case_lines())}))
def test_a_missing_and_an_unknown_field_are_refused(kind: str) -> None:
    line = line_of(kind)
    for name in set(line) - {"kind", "page"}:
        assert faults({k: v for k, v in line.items() if k != name}), f"{kind} without {name}"
    assert faults({**line, "remark": "x"})


WRONG: list[tuple[str, str, Any]] = [
    ("commitment", "amount", "1e9"),
    ("commitment", "amount", 1.5),
    ("commitment", "bound", "roughly"),
    ("commitment", "converted", [1]),
    ("commitment", "converted", ["1", "yen"]),
    ("commitment", "currency", "dollar"),
    ("document", "genre", "gossip"),
    ("document", "id", "event0123456789abcdef"),
    ("document", "notes", None),
    ("document", "people", [{"name": "岩屋"}]),
    ("document", "private", None),
    ("document", "published", "5 September 2025"),
    ("document", "published", "2025-13-01"),
    ("document", "source", None),
    ("document", "title", ""),
    ("event", "actor", None),
    ("event", "date", "2025-09-05/"),
    ("event", "evidence", None),
    ("event", "more", None),
    ("event", "said_by", "event0123456789abcdef"),
    ("event", "said_by", None),
    ("event", "score", "3"),
    ("event", "stage", "rumoured"),
    ("event", "status", "hoped"),
    ("event", "type", "VISIT"),
    ("figure", "source", None),
    ("statement", "quoted", "yes"),
    ("statement", "speaker", ""),
    ("statement", "speaker_kind", "robot"),
    ("unresolved", "candidates", [""]),
]


@pytest.mark.parametrize(("kind", "field", "value"), WRONG)
def test_a_wrong_value_is_refused(kind: str, field: str, value: Any) -> None:
    line = line_of(kind)
    assert faults(line) == []
    assert [f.split(":")[0] for f in faults({**line, field: value})], f"{kind}.{field} = {value!r} passes"
