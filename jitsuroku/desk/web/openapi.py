"""The description of the read API (OpenAPI 3.1), made from the routes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jitsuroku import __version__
from jitsuroku.desk.web.lists import FACETS, LISTS

EVERYWHERE = ("lang",)
TAKES: Mapping[str, tuple[str, ...]] = {
    "/told": ("kind", "from"),
    "/page/{id}": ("at", "record"),
    "/page/{id}/add": ("kind", "words", "start", "end"),
    "/review": ("kind", "page", "at", "from"),
    "/timeline": ("lanes", "since", "until"),
    "/network": ("since", "until"),
    "/map": ("since", "until", "place"),
    "/actor": ("name",),
    "/pair": ("left", "right"),
    "/format": ("name",),
    "/people": ("name",),
    "/search": ("q",),
    "/brief": ("on", "since", "until", "three"),
    **{f"/{name}": ("since", "until", "from", *FACETS) for name in LISTS},
}
NEEDED = {"/actor": ("name",), "/pair": ("left", "right"), "/format": ("name",)}


def description(views: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    """The document: every view as JSON and CSV."""
    paths = {}
    for path, view in views.items():
        name = "/index" if path == "/" else path
        for form, kind in (("json", "application/json"), ("csv", "text/csv")):
            extra = ("raw",) if form == "csv" else ()
            paths[f"{name}.{form}"] = {"get": _operation(path, view, kind, extra)}
    info = {"title": "jitsuroku", "version": __version__, "description": "What the desk shows, to be read by programs."}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def _operation(path: str, view: Callable[..., Any], kind: str, extra: Iterable[str]) -> dict[str, Any]:
    inside = [
        {"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in re.findall(r"{(\w+)}", path)
    ]
    asked = [
        {"name": n, "in": "query", "required": n in NEEDED.get(path, ()), "schema": {"type": "string"}}
        for n in (*TAKES.get(path, ()), *EVERYWHERE, *extra)
    ]
    answers = {
        "200": {"description": "the answer", "content": {kind: {}}},
        "400": {"description": "a parameter is missing or wrong"},
        "404": {"description": "nothing has that name"},
    }
    return {"summary": (view.__doc__ or "").splitlines()[0], "parameters": [*inside, *asked], "responses": answers}
