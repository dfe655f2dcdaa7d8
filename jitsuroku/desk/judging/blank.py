"""A record in which nothing is filled in but its words: what a person adds begins as this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jitsuroku.contract import KINDS, as_json, dumps
from jitsuroku.desk.export.fields import Field, fields_of, list_of, options
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.records import Evidence, Record
from jitsuroku.store.restore import restore

# What is usual where nobody says otherwise.
USUAL: Mapping[str, Mapping[str, Any]] = {
    "event": {"status": "actual", "background": False, "said_by": "page"},
    "statement": {"speaker_kind": "person", "act": "said", "quoted": False, "wording": "unknown", "verb": "said"},
    "commitment": {"bound": "exact", "stage": "pledged", "said_by": "page"},
    "figure": {"source": "page"},
    "reading": {"by": "page"},
    "flag": {"severity": "doubt", "whose": "page"},
}
# What the type of an event brings.
OF_THE_TYPE = ("quad", "score")


def blank(kind: str, document: str, evidence: Evidence, rule: str, told: Mapping[str, Any]) -> Record:
    """A record on these words with the fields told, still without its id. Raises CannotJudge when one is missing."""
    of = KINDS[kind]
    values: dict[str, Any] = {"kind": kind, "id": "", "document": document, "rule": rule}
    usual = dict(USUAL.get(kind, {}))
    if kind in ("statement", "mention", "unresolved"):
        usual |= {"text": evidence.text, "as_written": evidence.text}
    missing = []
    for field in fields_of(kind, of):
        if field.name in told:
            values[field.name] = told[field.name]
        elif field.name == "evidence":
            values["evidence"] = as_json(evidence)
        elif field.name not in values and field.name not in OF_THE_TYPE and not _fill(field, values, usual):
            missing.append(f"{field.name} ({field.meaning.means.rstrip('.')})")
    if missing:
        raise CannotJudge(f"{kind} needs also: {'; '.join(missing)}")
    return restore(dumps(values))


def _fill(field: Field, values: dict[str, Any], usual: Mapping[str, Any]) -> bool:
    types, nullable = options(field.hint)
    if field.name in usual:
        values[field.name] = usual[field.name]
    elif nullable:
        values[field.name] = None
    elif list_of(types[0]) is not None:
        values[field.name] = []
    elif types[0] is bool:
        values[field.name] = False
    else:
        return False
    return True
