"""The pages as references: CSL-JSON, as briefs give them, and BibTeX."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jitsuroku.desk.brief.references import csl_item
from jitsuroku.desk.export.columns import Column, filled
from jitsuroku.desk.export.taking import Taken
from jitsuroku.desk.lines import is_sample
from jitsuroku.records import DocumentRecord

# BibTeX's types for a genre; anything else is a page of the web.
TYPES = {"readout": "techreport", "joint-statement": "techreport"}
PRINTED = ("printed", "metadata")
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}

FIELDS = (
    Column("author", "Who signs the page.", lambda d: " and ".join(f"{{{escaped(name)}}}" for name in d.bylines)),
    Column("title", "The headline.", lambda d: d.title and f"{{{escaped(d.title)}}}"),
    Column("journal", "Who publishes the page.", lambda d: d.outlet and escaped(d.outlet)),
    Column("institution", "The same, for readouts and joint statements.", lambda d: d.outlet and escaped(d.outlet)),
    Column("year", "The year in which it came out, where the page or its metadata tell it.", lambda d: (p := _printed(d)) and p[:4]),
    Column("date", "The day, as BibLaTeX reads it.", lambda d: (p := _printed(d)) and p),
    Column("url", "The address.", lambda d: d.address and _verbatim(d.address)),
    Column("language", "The language of the body.", lambda d: d.language),
    Column("note", "The id of the page in the record, its path, and whether it is sample text.", lambda d: escaped(_note(d))),
)  # fmt: skip
CSL = (
    Column("id", "The id of the page in the record.", lambda i: i.get("id")),
    Column("type", "CSL's type, by genre.", lambda i: i.get("type")),
    Column("title", "The headline.", lambda i: i.get("title")),
    Column("author", "Who signs the page, as written.", lambda i: i.get("author")),
    Column("container-title", "Who publishes the page.", lambda i: i.get("container-title")),
    Column("publisher", "Who owns the outlet.", lambda i: i.get("publisher")),
    Column("issued", "The day it came out, where the page or its metadata tell it.", lambda i: i.get("issued")),
    Column("accessed", "When it was fetched.", lambda i: i.get("accessed")),
    Column("URL", "The address.", lambda i: i.get("URL")),
    Column("language", "The language of the body.", lambda i: i.get("language")),
    Column("source", "The source that the page itself names as its own.", lambda i: i.get("source")),
    Column("note", "That it is sample text, where it is.", lambda i: i.get("note")),
    Column("archive_location", "The path of the page.", lambda i: i.get("archive_location")),
)  # fmt: skip


def csl(taken: Taken) -> Iterator[bytes]:
    """The pages as CSL-JSON, by path."""
    items = [{column.name: value for column, value in filled(CSL, csl_item(page))} for page in pages(taken)]
    yield f"{json.dumps(items, ensure_ascii=False, indent=1)}\n".encode("utf-8", "replace")


def bibtex(taken: Taken) -> Iterator[bytes]:
    """The pages as BibTeX, by path; a key is the page's id."""
    for page in pages(taken):
        kind = TYPES.get(page.genre, "misc" if page.outlet is None else "article")
        unfit = "journal" if kind == "techreport" else "institution"
        lines = [f"  {c.name} = {{{v}}}" for c, v in filled(FIELDS, page) if c.name != unfit]
        yield ("@" + kind + "{" + page.id + ",\n" + ",\n".join(lines) + "\n}\n\n").encode("utf-8", "replace")


def pages(taken: Taken) -> list[DocumentRecord]:
    """The pages that are taken, by path and id."""
    return sorted(taken.documents.values(), key=lambda page: (page.source, page.id))


def escaped(text: str) -> str:
    """A text in which BibTeX and TeX find nothing to run, on one line."""
    return "".join(ESCAPES.get(c, c) for c in " ".join(text.split()) if c.isprintable())


def _verbatim(address: str) -> str:
    """An address as BibLaTeX and the macro for addresses read it: as it is, but for what would end the field."""
    kept = "".join(c for c in address if c.isprintable() and not c.isspace())
    return kept.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _printed(page: DocumentRecord) -> str | None:
    """The day the page or its metadata print, without a span."""
    told = page.published if page.published_basis in PRINTED else None
    return told[:10] if told and "/" not in told else None


def _note(page: DocumentRecord) -> str:
    sample = "; sample text, no source of facts" if is_sample(page) else ""
    return f"{page.id}; {page.source}{sample}"
