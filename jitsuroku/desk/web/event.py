"""The one screen: one thing, many reports; and the list of what several pages tell of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.clusters import told_value
from jitsuroku.desk.comparison import Comparison, Line, compare
from jitsuroku.desk.footnotes import Wording, paragraph
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.query import NotFound
from jitsuroku.desk.web.asking import A_PAGE, Asked, Missing, Shown, Table, table_of
from jitsuroku.desk.web.claims import claim_text
from jitsuroku.desk.web.tongue import Tongue
from jitsuroku.records import Record
from jitsuroku.store import Grouped

AMOUNT = re.compile(r"(-?[\d,]+(?:\.\d+)?) (\S+)")
CURRENCY = re.compile("[A-Z]{3}")
PLAIN = frozenset({"topic", "formula"})


def told(asked: Asked) -> Shown:
    """One thing as every page tells it."""
    try:
        found = asked.desk.cluster(asked.names["id"])
    except NotFound as problem:
        raise Missing(str(problem)) from problem
    comparison = compare(asked.desk.store, found)
    wording = Wording(
        asked.tongue.say,
        lambda line: label(line, asked.tongue),
        lambda question, value: value_text(question, value, asked.tongue),
        claim_text(found.cluster.members[0], asked.tongue),
        asked.tongue.day,
    )
    shows = {
        "table": comparison,
        "sections": _sections(comparison),
        "label": lambda line: label(line, asked.tongue),
        "value": lambda line, value: value_text(line.question, value, asked.tongue),
        "paragraph": paragraph(comparison, wording),
        "others": _others(asked, comparison),
        **_joining(asked, comparison),
    }
    return Shown("told.html", shows, lambda: _values(comparison), lambda: _table(comparison, asked.tongue))


def label(line: Line, tongue: Tongue) -> str:
    """What a line asks, in words."""
    match line.question:
        case "topic":
            return tongue.topic(line.about)
        case "formula":
            return tongue.formula(line.about)
        case "date":
            return tongue.say("date")
        case question:
            return tongue.say(question)


def value_text(question: str, value: str, tongue: Tongue) -> str:
    """A value of a cell in words."""
    match question:
        case "date" | "due":
            return tongue.day(value)
        case "participants" | "initiator":
            return tongue.comma.join(tongue.party(code) for code in value.split(" ")) if value.isascii() else value
        case "length":
            return tongue.say("length_minutes", n=value)
        case "amount" | "sums" | "number" if found := AMOUNT.fullmatch(value):
            return _amount(found[1].replace(",", ""), found[2], tongue)
        case _:
            return value


def _amount(number: str, unit: str, tongue: Tongue) -> str:
    if CURRENCY.fullmatch(unit):
        return tongue.money(number, unit)
    # 「第回」 is the unit of an ordinal: 第2回.
    return f"第{number}回" if unit == "第回" else f"{tongue.large(number)}{unit}"


def _sections(comparison: Comparison) -> list[tuple[str, list[Line]]]:
    plain = [line for line in comparison.lines if line.question not in PLAIN]
    named = {"topics": "topic", "formulas": "formula"}
    rest = [(title, [x for x in comparison.lines if x.question == kind]) for title, kind in named.items()]
    return [("", plain), *((title, lines) for title, lines in rest if lines)]


def _others(asked: Asked, comparison: Comparison) -> list[dict[str, Any]]:
    """The links of its records to others: what was planned, what it is a part of."""
    found = []
    members = {m.id for m in comparison.told.cluster.members}
    for link in comparison.told.links:
        other = link.right if link.left in members else link.left
        found.append({"link": link, "record": asked.desk.record(other)})
    return found


def _joining(asked: Asked, comparison: Comparison) -> dict[str, Any]:
    """The links that make one of its records, each to be judged; and by page those that hold it to the others."""
    members = {m.id: m for m in comparison.told.cluster.members}
    shown = shown_links(asked.desk.store)
    found = {
        link.id: link for id in members for link in shown.links_of(id) if {link.left, link.right} <= members.keys()
    }
    # What a person joined is no link that was made; it is taken back where it was decided.
    made = [link for _, link in sorted(found.items()) if link not in shown.joined]
    joined = [{"link": link, "ends": (members[link.left], members[link.right])} for link in made]
    parted = []
    for column in comparison.columns:
        own = {m.id for m in column.members}
        ids = [link.id for link in made if len(own & {link.left, link.right}) == 1]
        if ids and len(comparison.columns) > 2:
            parted.append((column.document.outlet or column.document.source, ids, column.document))
    return {"joined": joined, "parted": parted}


def _values(comparison: Comparison) -> dict[str, Any]:
    columns = [
        {"document": c.document.id, "source": c.document.source, "origin": c.origin, "copy_of": c.copy_of}
        for c in comparison.columns
    ]
    return {**told_value(comparison.told), "columns": columns, "lines": [as_json(line) for line in comparison.lines]}


def _table(comparison: Comparison, tongue: Tongue) -> Any:
    columns = ["question", *(c.document.source for c in comparison.columns)]
    rows = []
    for line in comparison.lines:
        cells = ["; ".join(f.values) or " / ".join(e.text for e in f.evidence) or f.state for f in line.fields]
        rows.append([label(line, tongue), *cells])
    return table_of(columns, rows)


def clusters(asked: Asked) -> Shown:
    """What several pages tell of, most independent sources first."""
    kind, start = asked.query.get("kind"), asked.start()
    kinds = asked.sources.number_of_clusters()
    found = asked.sources.clusters(kind, most=max(asked.most(), start + A_PAGE))
    shows = {
        "found": with_first(asked, found[start : start + A_PAGE]),
        "names": asked.desk.store.page_names(id for c in found[start : start + A_PAGE] for id in c.documents),
        "total": sum(kinds.values()) if kind is None else kinds[kind],
        "start": start,
        "kinds": {name: kinds[name] for name in ("event", "statement", "commitment")},
        "kind": kind,
        "step": A_PAGE,
    }

    def table() -> Table:
        told = with_first(asked, found)
        rows = [[c.id, c.kind, c.independent, len(c.documents), claim_text(r, asked.tongue)] for c, r in told]
        return table_of(("id", "kind", "independent", "documents", "what"), rows)

    return Shown("clusters.html", shows, lambda: [group_value(asked, c) for c in found], table)


def with_first(asked: Asked, found: Iterable[Grouped]) -> list[tuple[Grouped, Record]]:
    """Clusters, each with the record that it is told by."""
    return [(each, asked.desk.record(each.places[0][0])) for each in found]


def group_value(asked: Asked, group: Grouped) -> dict[str, Any]:
    """A cluster as JSON values: its records by id, its pages by id and source."""
    return {
        "id": group.id,
        "kind": group.kind,
        "independent": group.independent,
        "origins": list(group.origins),
        "records": [record for record, _ in group.places],
        "documents": [{"id": id, "source": asked.sources.document(id).source} for id in group.documents],
    }
