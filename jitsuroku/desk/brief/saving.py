"""Writes a brief to a file, in the form that its name or the caller asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.brief.html_file import html
from jitsuroku.desk.brief.markdown_file import markdown
from jitsuroku.desk.brief.model import Brief
from jitsuroku.desk.brief.pdf_file import pdf
from jitsuroku.desk.brief.references import csl_item
from jitsuroku.desk.brief.word_file import docx
from jitsuroku.desk.export.jsonl import write_bytes


def csl(brief: Brief) -> str:
    """The references as CSL-JSON."""
    return json.dumps(brief.csl(), ensure_ascii=False, indent=1) + "\n"


def brief_value(brief: Brief) -> dict[str, Any]:
    """The brief as JSON values; its pages as references, without their texts."""
    listed = [{"number": r.number, "text": r.text, "csl": csl_item(r.document)} for r in brief.references]
    fields = ("title", "language", "sample", "about", "sections", "cards", "notes")
    return {field: as_json(getattr(brief, field)) for field in fields} | {"references": listed}


FORMS: dict[str, Callable[[Brief], str | bytes]] = {
    "md": markdown,
    "html": html,
    "docx": docx,
    "pdf": pdf,
    "csl": csl,
}
ENDINGS = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".json": "csl",
}


def form_of(path: Path) -> str:
    """The form that a file's name asks for. Raises ValueError when it asks for none."""
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise ValueError(f"{path}: a brief is written as {', '.join(ENDINGS)}; name the file so")
    return form


def save(brief: Brief, path: Path, form: str | None = None) -> Path:
    """Write the brief; the file is whole or not there."""
    chosen = form or form_of(path)
    if chosen not in FORMS:
        raise ValueError(f"{chosen}: a brief is written as {', '.join(FORMS)}")
    made = FORMS[chosen](brief)
    write_bytes(path, [made if isinstance(made, bytes) else made.encode()])
    return path
