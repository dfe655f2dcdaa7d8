"""What every line of an export promises, as functions that list what is broken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from tests.contract.exported import Line

NOT_IN_ID = ("id", "rule", "prefix", "suffix")
SIDE = 32


def wrong_words(line: Line, page: str) -> list[Line]:
    """The evidence of a line that is not what the page says there."""
    return [e for e in evidence_of(line) if not _is_right(e, page)]


def evidence_of(line: Line) -> Iterator[Line]:
    """All evidence of a line, the first first."""
    yield from filter(None, [line.get("evidence"), *line.get("more", [])])


def _is_right(e: Line, page: str) -> bool:
    start, end = e["start"], e["end"]
    sides = (page[max(0, start - SIDE) : start], page[end : end + SIDE])
    return 0 <= start < end <= len(page) and page[start:end] == e["text"] and (e["prefix"], e["suffix"]) == sides


def id_of(line: Line) -> str:
    """The id that a line must have, computed from the line alone."""
    if line["kind"] == "document":
        return "document" + _digest([line["address"] or line["source"], line["sha256"]])
    return line["kind"] + _digest(_without(line))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without(v) for k, v in value.items() if k not in NOT_IN_ID}
    return [_without(v) for v in value] if isinstance(value, list) else value


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode()).hexdigest()[:16]


def order_of(lines: Sequence[Line]) -> list[tuple[bool, str, str, int, str]]:
    """The key by which each line is sorted; what has no document (a meeting) comes last, by kind and id."""
    sources = {line["id"]: line["source"] for line in lines if line["kind"] == "document"}
    keys = []
    for line in lines:
        document = line["id"] if line["kind"] == "document" else line.get("document")
        start = -1 if document is None else (line.get("evidence") or {}).get("start", -1)
        keys.append((document is None, sources.get(document, ""), line["kind"], start, line["id"]))
    return keys


def dangling(lines: Iterable[Line]) -> list[str]:
    """References of a line to records that the export does not hold."""
    known = list(lines)
    ids = {line["id"] for line in known}
    told = [(line["id"], other) for line in known for other in _references(line)]
    return [f"{one} -> {other}" for one, other in told if other not in ids]


def _references(line: Line) -> list[str]:
    said_by = [line["said_by"]] if line.get("said_by", "page") != "page" else []
    said_by += [line["source"]] if line["kind"] == "figure" and line["source"].startswith("statement") else []
    of = [line["of"]] if line["kind"] == "reading" and line["of"] else []
    ends = [line["left"], line["right"]] if line["kind"] == "link" else []
    return [*said_by, *of, *ends, *line.get("records", []), *filter(None, [line.get("document")])]
