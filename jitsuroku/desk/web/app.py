"""The desk as a web application: which address gives which view, and each answer as HTML, JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.desk.lines import evidence_of, is_sample
from jitsuroku.desk.query import Desk, NotFound
from jitsuroku.desk.report import is_read
from jitsuroku.desk.terminal import shown, shown_lines
from jitsuroku.desk.web import (
    adding,
    briefs,
    deciding,
    event,
    formats,
    front,
    judging,
    lists,
    maps,
    network,
    parties,
    reader,
    searching,
    timeline,
    writing,
)
from jitsuroku.desk.web.asking import Asked, Missing, Shown, Sources, Wrong
from jitsuroku.desk.web.claims import claim_of
from jitsuroku.desk.web.guard import MOST_BYTES, WRITES, Entry, Guard, Refused, refusal
from jitsuroku.desk.web.openapi import description
from jitsuroku.desk.web.sheets import csv_text
from jitsuroku.desk.web.tongue import LANGUAGES, NAMES, Tongue, best, runs
from jitsuroku.store import IN_MEMORY, StoreError

HERE = Path(__file__).parent
View = Callable[[Asked], Shown]
VIEWS: dict[str, View] = {
    "/": front.front,
    "/told": event.clusters,
    "/told/{id}": event.told,
    "/page/{id}": reader.page,
    "/page/{id}/add": writing.write,
    "/review": judging.review,
    "/judge/{id}": judging.one,
    "/timeline": timeline.timeline,
    "/network": network.network,
    "/map": maps.drawn,
    "/actor": parties.actor,
    "/pair": parties.pair,
    "/format": formats.format,
    "/people": parties.people,
    "/search": searching.search,
    "/brief": briefs.brief,
    **{f"/{name}": lists.listed for name in lists.LISTS},
}
# Addresses whose answers are no pages; a brief to be saved is asked for by a person, who is told on a page what is missing.
BY_PROGRAMS = (".json", ".csv")
# How long a browser keeps the name under which somebody judges: a year, in seconds.
KEPT_FOR = 31_536_000
# The menu, in order.
MENU = (
    "told",
    "timeline",
    "network",
    "map",
    "events",
    "statements",
    "readings",
    "commitments",
    "flags",
    "sources",
    "people",
    "format",
    "brief",
    "review",
    "add",
)
# What only those see who may add and judge.
FOR_WRITERS = frozenset({"review", "add"})


@cache
def templates() -> Environment:
    """The templates, which escape all that they are given; compiled once."""
    found = Environment(
        loader=PackageLoader("jitsuroku.desk.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "shown": shown,
        "shown_lines": shown_lines,
        "sample": is_sample,
        "marked": lambda pieces: any(piece.kinds for piece in pieces),
        "runs": runs,
        "party_name": lambda code, tongue: tongue.party(code),
        "why_dropped": lambda rule, tongue: tongue.dropped(rule),
    }
    return found


class Pages:
    """Turns views into answers."""

    def __init__(self, sources: Sources, how: Adding) -> None:
        self._sources = sources
        self._visiting: Sources | None = None
        self._runs = adding.Runs(sources.desk, how)

    def asked(self, request: Request, path: str) -> Asked:
        """The question that a request puts."""
        writes = bool(request.scope.get(WRITES))
        sources = self._sources if writes else self._for_visitors()
        sources.fresh()
        query = request.query_params
        language = best(query.get("lang"), request.headers.get("accept-language", ""))
        names = {k: str(v) for k, v in request.path_params.items()}
        by = deciding.name_in(request)
        return Asked(sources, Tongue(language), path, query, names, writes, by)

    def _for_visitors(self) -> Sources:
        """The desk as visitors see it, without private pages and what stands on them. Raises Refused."""
        desk = self._sources.desk
        if desk.path == IN_MEMORY:
            if desk.store.private_documents():
                raise Refused(
                    403, "this desk holds private pages in memory; serve it from a file, for visitors to see the rest"
                )
            return self._sources
        self._visiting = self._visiting or Sources(desk.leaving())
        return self._visiting

    def answer(self, view: View, form: str) -> Callable[[Request], Any]:
        """What a route calls: the view in one of its forms."""

        async def answered(request: Request) -> Response:
            path = request.url.path.removesuffix(f".{form}").replace("/index", "/", 1)
            asked = replace(self.asked(request, path), by_program=form != "html")
            match form:
                case "json":
                    return JSONResponse(view(asked).values())
                case "csv":
                    text = csv_text(view(asked).table(), raw=request.query_params.get("raw") == "1")
                    # The mark at the front tells spreadsheets that it is UTF-8.
                    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8")
                case _:
                    key = (asked.path, str(asked.query), asked.tongue.code)
                    return self.html(asked, *asked.sources.remembered(key, lambda: view(asked)))

        return answered

    def html(self, asked: Asked, template: str, shows: Any, code: int = 200) -> HTMLResponse:
        """A page from its template."""
        own = {
            "asked": asked,
            "t": asked.tongue.say,
            "tongue": asked.tongue,
            "link": asked.link,
            "claim": lambda record: claim_of(record, asked.tongue),
            "evidence_of": evidence_of,
            "page_of": asked.sources.page_of,
            "is_sample": is_sample,
            "is_read": is_read,
            "languages": {code: NAMES[code] for code in LANGUAGES},
            "menu": [name for name in MENU if asked.writes or name not in FOR_WRITERS],
            "just_done": judging.just_done(asked),
            "reasons": judging.REASONS,
            "most": asked.most(),
            "mb": MOST_BYTES // 1_000_000,
        }
        return HTMLResponse(templates().get_template(template).render({**own, **shows}), code)

    async def failed(self, request: Request, problem: Exception) -> Response:
        """A problem that is known, in words."""
        codes = {Missing: 404, NotFound: 404, StoreError: 503}
        code = next((c for kind, c in codes.items() if isinstance(problem, kind)), 400)
        if isinstance(problem, HTTPException):
            code = problem.status_code
        told = shown(str(problem.detail if isinstance(problem, HTTPException) else problem))
        if request.url.path.endswith(BY_PROGRAMS):
            return JSONResponse({"error": told}, code)
        if isinstance(problem, StoreError):
            return Response(f"{told}\n", code, media_type="text/plain")
        return self.html(self.asked(request, request.url.path), "problem.html", {"told": told, "code": code}, code)

    def brief_file(self, form: str) -> Callable[[Request], Any]:
        """What a route calls: a brief to be saved. It may travel, so that private pages are not in it, whoever asks."""

        async def answered(request: Request) -> Response:
            asked = replace(self.asked(request, "/brief"), sources=self._for_visitors(), by_program=True)
            made = briefs.file(asked, form)
            named = {"content-disposition": f'attachment; filename="{made.name}"'}
            return Response(made.data, media_type=made.media, headers=named)

        return answered

    async def to_record(self, request: Request) -> Response:
        """From a record to its words."""
        asked = self.asked(request, request.url.path)
        return RedirectResponse(quote(reader.record(asked), safe="/?&=#%-."), 303)

    async def add(self, request: Request) -> Response:
        """The form; what it sent is read, and can be watched under an address of its own."""
        asked = self.asked(request, "/add")
        if request.method == "POST":
            return RedirectResponse(await adding.add(asked, self._runs, request), 303)
        return self.html(asked, "add.html", {"run": None, "offline": self._runs.offline})

    async def added(self, request: Request) -> Response:
        """How far a reading is, and what became of its pages."""
        asked = self.asked(request, request.url.path.removesuffix(".json"))
        if not asked.writes:
            raise Missing("visitors see no readings; open the page that was read")
        run = self._runs.get(request.path_params["run"])
        if request.url.path.endswith(".json"):
            return JSONResponse(run.value())
        return self.html(asked, "add.html", {"run": run, "offline": self._runs.offline})

    async def judge(self, request: Request) -> Response:
        """What somebody decided; then back to where the form stood."""
        decided = await deciding.decide(self.asked(request, "/judge"), request)
        answer = RedirectResponse(quote(decided.there, safe="/?&=#%-.,+~:"), 303)
        kept = deciding.kept_name(decided.by)
        answer.set_cookie(deciding.NAME, kept, max_age=KEPT_FOR, httponly=True, samesite="strict", path="/")
        return answer


def application(desk: Desk, entry: Entry | None = None, how: Adding | None = None) -> Guard:
    """The desk's web application over an open desk. Everything runs in the thread that serves it, but for fetching.
    ``how``: how pages come in."""
    pages = Pages(Sources(desk), how or Adding())
    problems = dict.fromkeys((Missing, NotFound, Wrong, CannotJudge, StoreError, HTTPException), pages.failed)
    problems |= {Refused: refusal}
    app = Starlette(routes=_routes(pages), exception_handlers=problems)
    return Guard(app, entry or Entry())


def _routes(pages: Pages) -> list[BaseRoute]:
    found: list[BaseRoute] = [Route("/openapi.json", _openapi)]
    for path, view in VIEWS.items():
        # The forms first: "{id}" would take ".json" for a part of the id.
        found += [
            Route(("/index" if path == "/" else path) + f".{form}", pages.answer(view, form))
            for form in ("json", "csv")
        ]
        found.append(Route(path, pages.answer(view, "html")))
    found += [Route(f"/brief.{form}", pages.brief_file(form)) for form in briefs.MEDIA]
    found.append(Route("/record/{id}", pages.to_record))
    found.append(Route("/judge", pages.judge, methods=["POST"]))
    found.append(Route("/add", pages.add, methods=["GET", "POST"]))
    found += [Route("/add/{run}.json", pages.added), Route("/add/{run}", pages.added)]
    found.append(Mount("/static", StaticFiles(directory=HERE / "static")))
    return found


async def _openapi(request: Request) -> Response:
    return JSONResponse(description(VIEWS))
