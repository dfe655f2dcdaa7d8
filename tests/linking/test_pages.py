"""Our own set of pages to be linked: what the annotation says stands on its pages, and as much is joined as before."""

from __future__ import annotations

import json
from typing import Any

from tests.gate.links import CLUSTERS, DIRECTED, SAME, measure_links
from tests.gate.measure import figures
from tests.gate.reading import LINKED, below, floors

WANTED: dict[str, Any] = json.loads((LINKED / CLUSTERS).read_text(encoding="utf-8"))
PLACES = [place for name in (*SAME, "not_same", *DIRECTED) for group in WANTED[name] for place in group]
PLACES += [difference["event"] for difference in WANTED["differences"]]


def test_every_quote_stands_on_its_page() -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in LINKED.glob("*.txt")}
    assert [(name, quote) for name, quote in PLACES if quote not in pages[name]] == []
    assert {name for pair in WANTED["copies"] for name in pair} <= set(pages)


def test_the_links_are_as_good_as_before() -> None:
    assert below(figures(measure_links(LINKED)), floors()["linked"]) == []
