"""Damage that SQLite's own check cannot see: a line whose words or id no longer fit."""

from __future__ import annotations

import json
from typing import Any

from jitsuroku.contract import id_of


def fault_of(id: str, line: str, page: str | None) -> str | None:
    """What is wrong with a stored line; None when its id follows from it and its evidence stands on its page."""
    try:
        value: dict[str, Any] = json.loads(line)
        if not value["id"] == id == id_of(value):
            return f"{id}: its id does not follow from its content"
        evidence = [e for e in (value.get("evidence"), *value.get("more", ())) if e]
        if page is not None and any(page[e["start"] : e["end"]] != e["text"] for e in evidence):
            return f"{id}: its words are not those of the page"
    except (AttributeError, KeyError, TypeError, ValueError):
        return f"{id}: it is no line of the export"
    return None
