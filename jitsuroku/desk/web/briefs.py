"""A brief on a question, as a page whose footnotes lead to the words, and as a file to be handed on."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, NamedTuple

from jitsuroku.desk.brief import Brief
from jitsuroku.desk.brief.saving import FORMS, brief_value
from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.web.asking import Asked, Shown, Table, Wrong, table_of

MOST_NAMES = 2
COLUMNS = ("section", "group", "sentence", "notes")
# The forms in which a brief is saved, with their media types.
MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csl": "application/vnd.citationstyles.csl+json",
}
# What must be installed for a form beside jitsuroku.
EXTRAS = {"docx": "docx", "pdf": "weasyprint"}
# What a question may hold; without any of it the page asks for one.
ASKED = ("on", "since", "until", "promises", "three", "full")


class File(NamedTuple):
    """A brief to be saved: its bytes, their kind, and the name that is proposed."""

    data: bytes
    media: str
    name: str


def brief(asked: Asked) -> Shown:
    """A brief on one or two parties, a person, an event or the whole record: ``?on=USA&on=CHN``."""
    names = names_in(asked)
    put = asked.by_program or any(name in asked.query for name in ASKED)
    made = _made(asked, names) if put else None
    shows = {
        "brief": made,
        "names": [*names, "", ""][:MOST_NAMES],
        "three": _is_on(asked, "three"),
        "words": Wording(asked.tongue.code),
        "forms": [form for form in MEDIA if form not in EXTRAS or find_spec(EXTRAS[form])],
        "window": {end: asked.query.get(end, "") for end in ("since", "until")},
        "promises": _is_on(asked, "promises"),
    }

    def values() -> object:
        return brief_value(made) if made else None

    return Shown("brief.html", shows, values, lambda: _table(made))


def names_in(asked: Asked) -> list[str]:
    """Whom or what the brief is on. Raises Wrong when it is more than fits."""
    names = [name.strip() for name in asked.query.getlist("on") if name.strip()]
    if len(names) > MOST_NAMES:
        raise Wrong("?on= takes one or two parties, a person, or an id")
    return names


def file(asked: Asked, form: str) -> File:
    """The brief as a file. Raises Wrong when an extra is missing that the form needs."""
    made = _made(asked, names_in(asked))
    try:
        data = FORMS[form](made)
    except ImportError as problem:
        raise Wrong(str(problem)) from problem
    ending = "json" if form == "csl" else form
    return File(data if isinstance(data, bytes) else data.encode(), MEDIA[form], f"brief.{ending}")


def _is_on(asked: Asked, name: str) -> bool:
    return asked.query.get(name) == "1"


def _made(asked: Asked, names: list[str]) -> Brief:
    kinds: dict[str, Any] = {name: _is_on(asked, name) for name in ("promises", "three", "full")}
    try:
        return asked.desk.brief(*names, **asked.between(), language=asked.tongue.code, **kinds)
    except ValueError as problem:
        raise Wrong(str(problem)) from problem


def _table(made: Brief | None) -> Table:
    found = ((s.title, g.title, line) for s in (made.sections if made else ()) for g in s.groups for line in g.lines)
    return table_of(COLUMNS, [[title, group, line.text, line.notes] for title, group, line in found])
