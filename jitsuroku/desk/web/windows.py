"""What a view looks at: the newest records of a kind under a condition, as JSON objects; only what is shown becomes records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from jitsuroku.store import Listed
from jitsuroku.store.days import first_and_last


@dataclass(frozen=True, slots=True)
class Row:
    """A record that is looked at: its JSON object, and what stands around it."""

    value: Mapping[str, Any]
    listed: Listed

    @property
    def id(self) -> str:
        """The record's id."""
        return self.listed.id

    @property
    def day(self) -> str | None:
        """The day by which it is listed: its own, a promise's due day, a page's day; else that of its page."""
        own = self.value.get("date") or self.value.get("due") or self.value.get("published")
        return own or self.listed.published

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes and names on either side, sorted."""
        value = self.value
        match value["kind"]:
            case "event":
                found = {*value["actor"], *value["recipient"]}
            case "statement":
                found = {*value["for"], *value["about"]} or {value["speaker"]}
            case "commitment":
                found = {*value["giver"], *value["receiver"]}
            case "figure":
                found = {*value["of"]}
            case "reading":
                found = {value["by"]}
            case _:
                found = set()
        return tuple(sorted(found))


class Window(NamedTuple):
    """The rows that are looked at, and whether there are more."""

    rows: list[Row]
    cut: bool


def once(rows: Iterable[Row]) -> list[Row]:
    """Of what several pages tell only the first."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.listed.cluster or row.id, row)
    return list(first.values())


def newest(rows: Iterable[Row]) -> list[Row]:
    """By day and id, the newest first."""
    return sorted(rows, key=lambda row: (row.day or "", row.id), reverse=True)


def dated(rows: Iterable[Row]) -> list[Row]:
    """Those with a date of their own that tells a day, by it."""
    known = ((first_and_last(row.value.get("date")), row) for row in rows)
    return [row for days, row in sorted(((d, r) for d, r in known if d[0]), key=lambda each: (each[0], each[1].id))]
