"""The description of the read API (OpenAPI 3.1), made from the routes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jitsuroku import __version__
from jitsuroku.desk.judging.review import KINDS
from jitsuroku.desk.web.briefs import ASKED, MEDIA
from jitsuroku.desk.web.lists import FACETS, LISTS
from jitsuroku.desk.web.searching import FIELDS
from jitsuroku.desk.web.tongue import LANGUAGES
from jitsuroku.desk.web.writing import ADDED

WINDOW = ("since", "until")
# What each view takes, beside the language and the form.
TAKES: Mapping[str, tuple[str, ...]] = {
    "/told": ("kind", "from"),
    "/page/{id}": ("at", "record"),
    "/page/{id}/add": ("kind", "words", "start", "end"),
    "/review": ("kind", "page", "at", "from"),
    "/timeline": ("lanes", "from", *WINDOW),
    "/network": WINDOW,
    "/map": ("place", *WINDOW),
    "/actor": ("name",),
    "/pair": ("left", "right", "from"),
    "/format": ("name", "from"),
    "/people": ("name", "from"),
    "/search": ("q", "from", "more", *FIELDS, *WINDOW),
    "/brief": ASKED,
    **{f"/{name}": ("from", "more", *WINDOW, *FACETS) for name in LISTS},
    "/commitments": ("due", "from", "more", *WINDOW, *FACETS),
}
NEEDED = {"/actor": ("name",), "/pair": ("left", "right")}
SPOKEN = ("event", "statement", "commitment")
# What a parameter means, with the values it takes where they are few.
MEANS: Mapping[str, str] = {
    "at": "a place in the page as START-END in code points; in the queue the id of a record",
    "due": "1: only promises with a due day, the next first",
    "end": "the place behind the last character",
    "from": "how many are passed over",
    "full": "1: every sentence under each heading",
    "kind": "the kind of record",
    "language": "the language of the page, as ja",
    "lang": "the language of names and messages",
    "lanes": "by what the lanes are made",
    "left": "a party by code or name",
    "more": "the facet of which every value is given",
    "name": "a party or format by code or name, a person by name",
    "on": "a party, a format, a person, or the id of a record; twice for two parties",
    "page": "a page by its id or source",
    "party": "a party by code or name",
    "person": "a person by any form of the name",
    "place": "a place that events name",
    "promises": "1: promises only",
    "q": "words, all of which stand on the page",
    "raw": "1: cells that a spreadsheet would run as a formula are left as they are",
    "record": "the id of a record",
    "right": "the other party by code or name",
    "since": "ISO year, month or day, included",
    "source": "the outlet, or the file of a page that names none",
    "start": "the place of the first character",
    "status": "the status of events, the severity of flags",
    "three": "1: three points and a conclusion",
    "title": "words, all of which stand in the title",
    "topic": "a topic of the codebook",
    "type": "the type of event, stage of promise, kind of flag or page",
    "until": "ISO year, month or day, included",
    "words": "words as they stand on the page",
    "year": "four digits",
}
CHOICES: Mapping[tuple[str, str], Iterable[str]] = {
    ("/told", "kind"): SPOKEN,
    ("/review", "kind"): KINDS,
    ("/page/{id}/add", "kind"): ADDED,
    ("/timeline", "lanes"): ("pair", "format"),
    ("", "lang"): LANGUAGES,
}
MANY = frozenset({"on"})


def description(views: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    """The document: every view as JSON and CSV, briefs to be saved, records, readings under way."""
    paths = {}
    for path, view in views.items():
        name = "/index" if path == "/" else path
        summary = (view.__doc__ or "").splitlines()[0]
        for form, media in (("json", "application/json"), ("csv", "text/csv")):
            extra = ("raw",) if form == "csv" else ()
            paths[f"{name}.{form}"] = {"get": _operation(path, summary, media, extra)}
    for form, media in MEDIA.items():
        paths[f"/brief.{form}"] = {"get": _operation("/brief", f"The brief as a file ({form}).", media)}
    paths["/add/{run}.json"] = {"get": _operation("/add/{run}", "How far a reading is.", "application/json")}
    paths["/record/{id}"] = {"get": _to_record()}
    info = {"title": "jitsuroku", "version": __version__, "description": "What the desk shows, to be read by programs."}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def _operation(path: str, summary: str, media: str, extra: Iterable[str] = ()) -> dict[str, Any]:
    asked = [_parameter(path, name) for name in (*TAKES.get(path, ()), "lang", *extra)]
    answers = {
        "200": {"description": "the answer", "content": {media: {}}},
        "400": {"description": "a parameter is missing or wrong"},
        "404": {"description": "nothing has that name"},
    }
    return {"summary": summary, "parameters": [*_inside(path), *asked], "responses": answers}


def _to_record() -> dict[str, Any]:
    answers = {
        "303": {"description": "the place of the record's words in the reader"},
        "404": {"description": "nothing has that name, or it stands on no single page"},
    }
    parameters = [*_inside("/record/{id}"), _parameter("", "lang")]
    return {"summary": "From a record to its words.", "parameters": parameters, "responses": answers}


def _inside(path: str) -> list[dict[str, Any]]:
    """The parameters that stand in the path."""
    names = re.findall(r"{(\w+)}", path)
    return [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]


def _parameter(path: str, name: str) -> dict[str, Any]:
    chosen = CHOICES.get((path, name)) or CHOICES.get(("", name))
    schema: dict[str, Any] = {"type": "string", **({"enum": [*chosen]} if chosen else {})}
    if name in MANY:
        schema = {"type": "array", "items": schema, "maxItems": 2}
    needed = name in NEEDED.get(path, ())
    return {"name": name, "in": "query", "required": needed, "description": MEANS[name], "schema": schema}
