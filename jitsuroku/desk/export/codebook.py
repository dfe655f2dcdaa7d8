"""The codebook: what one line of the export holds, for people. docs/codebook.md is this text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jitsuroku.contract import CONTEXT, KINDS
from jitsuroku.desk.export.fields import (
    Field,
    Meaning,
    event_types,
    fields_of,
    forms,
    kind_meaning,
    list_of,
    options,
    parts,
)
from jitsuroku.desk.export.flat import EVIDENCE, PAGE
from jitsuroku.desk.export.formats import formats
from jitsuroku.desk.export.schema import VERSION

FLAT = ("csv", "parquet")
OTHERS = """\
`jitsuroku export --format F` writes these. All are views of the record above: the same pages and the same version give the
same bytes, what is unknown stays empty, and every line holds the words that say it, or the id that leads to them. Pages
marked as private (`jitsuroku private PAGE`) are in no export, nor is anything read from them, nor what joins them with other
pages. "Own column": not in the format that is followed.

A thing that several pages tell is one line in the tables of events, the graphs, the map and the calendar, as the page has it
that tells it most fully. `csv` and `parquet` hold one kind of record a file (`--table`): the fields of the kind as above, in
their order, `evidence` as three columns, lists with semicolons between them in CSV, other parts of records as JSON; then
the page.
"""
NAMES = {str: "text", int: "whole number", float: "number", bool: "true or false"}
HEAD = f"""\
# Codebook: what one line of the export holds

Version {VERSION}. Made by `jitsuroku schema --codebook` from `jitsuroku/records.py` and
`jitsuroku/desk/export/fields.toml`; change those, not this file. `jitsuroku schema` prints the same as a JSON Schema.

`jitsuroku export --format jsonl` writes one JSON object a line in UTF-8, keys in the order below, `kind` first. Lines are
sorted by source of the document, kind, start of the evidence and id; kinds without a document come last, by kind and id.
The same pages and the same version give the same bytes, in whatever order different pages were added.

## Rules for all kinds

- **Page and evidence.** `evidence` is `{{"text", "start", "end", "prefix", "suffix"}}` and points into the page as received:
  `page[start:end]` is `text`, counted in code points. For text files the page is the decoded file with line ends as `\\n`;
  for HTML it is all visible text in document order. `prefix` and `suffix` are the {CONTEXT} characters on each side, fewer
  at the ends of the page. `more` holds further places. `jitsuroku export --with-pages` adds `page` to documents.
- **Ids.** `id` is the kind and the first 16 hexadecimal digits of BLAKE2b over the record's JSON without `id`, `rule`,
  `prefix` and `suffix`. A document's is the same over the list of its canonical address, else its source, and `sha256`.
- **Versions.** A page added again with other bytes is a new document whose `replaces` names the one before; the one added
  last is the newest. The export holds the newest; `--all-versions` adds the others.
- **Rules.** `rule` names what made the record: a table's row by its first cell, a check, `human/NAME` or `model/NAME`.
  `jitsuroku explain ID` prints it beside the words.
- **Unknown** is null, and [] for a list; nothing is guessed. What was written stays beside what was understood.
- **Parties** are ISO 3166-1 alpha-3 codes for states, their governments and those acting for them, codes of organisations
  (UN, SCO), and plain names for everyone else.
"""


def codebook() -> str:
    """The codebook as Markdown, the same text for the same types. Raises TableError when a field is not explained."""
    return "".join(f"{line}\n" for line in _lines()).rstrip("\n") + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    yield from _forms()
    yield "## Kinds\n"
    for kind, of in KINDS.items():
        yield from _section(kind, of)
    yield "## Parts of records\n"
    for part, of in parts().items():
        yield from _table(f"### {part}\n", fields_of(part, of))
    yield from _event_types()
    yield from _not_filled()
    yield from _formats()


def _forms() -> Iterator[str]:
    yield "## Forms\n"
    yield "| form | written as |\n| --- | --- |"
    yield from (f"| {name} | {form.means} |" for name, form in forms().items())
    yield ""


def _section(kind: str, of: type[Any]) -> Iterator[str]:
    meaning = kind_meaning(kind)
    yield f"### {kind}\n"
    yield meaning.means + (" No stage makes this kind yet." if meaning.unfilled else "") + "\n"
    yield from _table("", fields_of(kind, of))


def _table(head: str, fields: tuple[Field, ...]) -> Iterator[str]:
    if head:
        yield head
    yield "| field | type | meaning |\n| --- | --- | --- |"
    yield from (f"| `{f.name}` | {_type(f.hint, f.meaning)} | {_meaning(f)} |" for f in fields)
    yield ""


def _type(hint: Any, meaning: Meaning) -> str:
    types, nullable = options(hint)
    listed = list_of(types[0])
    if listed is not None and listed[1]:
        words = f"list of {_type(listed[0][0], meaning)}"
    elif listed is not None:
        words = f"[{', '.join(meaning.form)}]"
    else:
        words = " or ".join(dict.fromkeys([*meaning.form] or (NAMES.get(t, t.__name__.lower()) for t in types)))
    return f"{words} or null" if nullable else words


def _meaning(field: Field) -> str:
    told = field.meaning
    values = f" One of {', '.join(f'`{v}`' for v in told.values)}." if told.values else ""
    if told.unfilled:
        return f"{told.means}{values} *Not filled yet.*"
    return f"{told.means}{values}" + (f" *So far always `{told.always}`.*" if told.always else "")


def _event_types() -> Iterator[str]:
    yield "## Event types\n"
    yield "| type | quad | score | meaning |\n| --- | --- | --- | --- |"
    yield from (f"| {t.code} | {t.quad} | {t.score:g} | {t.definition} |" for t in event_types())
    yield ""


def _not_filled() -> Iterator[str]:
    """What a user must not look for yet, in one place; nothing where every field is filled."""
    if unfilled := [*_unfilled()]:
        yield "## Not filled yet\n"
        yield "No stage fills these fields so far: they are null, [] or false on every line.\n"
        yield from unfilled
    if single := [*_of_one_value()]:
        yield "\n## Of one value so far\n"
        yield "No stage tells more of these as yet.\n"
        yield from single


def _unfilled() -> Iterator[str]:
    for kind, of in KINDS.items():
        names = [f.name for f in fields_of(kind, of) if f.meaning.unfilled]
        if kind_meaning(kind).unfilled:
            yield f"- {kind}: no line of this kind is made"
        elif names:
            yield f"- {kind}: {', '.join(f'`{name}`' for name in names)}"


def _of_one_value() -> Iterator[str]:
    for kind, of in KINDS.items():
        told = [f"`{f.name}` is `{f.meaning.always}`" for f in fields_of(kind, of) if f.meaning.always]
        if told:
            yield f"- {kind}: {', '.join(told)}"


def _formats() -> Iterator[str]:
    """The other formats, by the columns that write them."""
    yield "\n## Other formats\n"
    yield OTHERS
    for format in formats().values():
        text = " A page's text is added with `--with-text`." if format.text else ""
        yield f"### {format.name}\n"
        yield f"{format.means} After {format.after}.{text}\n"
        tables = {"every table": (*EVIDENCE, *PAGE)} if format.name in FLAT else format.tables
        for name, columns in tables.items():
            yield f"| {name} | meaning |\n| --- | --- |"
            yield from (f"| `{column.name}` | {column.means} |" for column in columns)
            yield ""
