"""Every address of the desk, as its pages link to them."""

from __future__ import annotations

from jitsuroku import Desk
from jitsuroku.contract import KINDS
from jitsuroku.desk.web.writing import ADDED

PLAIN = (
    "/",
    "/told",
    "/timeline",
    "/timeline?lanes=format&since=2025-06&until=2025",
    "/network",
    "/network?since=2025&until=2025",
    "/map",
    "/map?since=2025&until=2025-12&place=北京",
    "/map?since=1990&until=1990",
    "/events",
    "/events?party=CHN&year=2025",
    "/statements",
    "/readings",
    "/commitments",
    "/figures",
    "/flags",
    "/unresolved",
    "/sources",
    "/people",
    "/people?name=習近平",
    "/review",
    "/review?kind=event&from=2",
    "/review?from=99999",
    "/actor?name=CHN",
    "/pair?left=USA&right=CHN",
    "/format?name=CCA",
    "/search?q=会談",
    "/brief?on=USA&on=CHN",
    "/brief?on=CCA&three=1",
)
FORM = "/add"


def places(desk: Desk) -> list[str]:
    """All of them, with every page and everything told."""
    pages = [f"/page/{d.id}" for d in desk.documents()]
    told = [f"/told/{c.id}" for c in desk.clusters()[:6]] + [f"/told/{e.id}" for e in desk.events()[:2]]
    judged = [f"/judge/{r.id}" for kind in KINDS for r in desk.records((kind,), limit=1) if kind != "judgement"]
    written = [f"{page}/add?start=0&end=5&kind={kind}" for page, kind in zip(pages, ADDED, strict=False)]
    return [*PLAIN, *told, *judged, *written, *pages]


def in_form(place: str, form: str) -> str:
    """The same address as ``json`` or ``csv``."""
    path, mark, query = place.partition("?")
    return f"{'/index' if path == '/' else path}.{form}{mark}{query}"
