"""The desk in a real browser: nothing that a page brings runs, the policy is never broken, and it works without scripts."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk.web.places import FORM, PLAIN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
WIDTHS = {"wide": 1400, "narrow": 390}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        # As root, as in a container, Chromium starts without its sandbox only.
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


def values(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def visited(serve: str) -> list[str]:
    """Every page of the desk, those that mean harm among them."""
    pages = [f"/page/{d['id']}" for d in values(f"{serve}/sources.json")["records"]]
    told = [f"/told/{c['id']}" for c in values(f"{serve}/told.json")[:3]]
    return [*PLAIN, FORM, *told, *pages]


def open_page(browser: Browser, **how: Any) -> tuple[Page, list[str], list[str]]:
    """A page with lists of what it complains of and of what it asks for."""
    page = browser.new_context(**how).new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    return page, complaints, asked


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_nothing_runs_that_a_page_brings(browser: Browser, serve: str, visited: list[str], width: int) -> None:
    page, complaints, asked = open_page(browser, viewport={"width": width, "height": 800})
    for place in visited:
        page.goto(f"{serve}{place}")
        assert page.evaluate("window.pwned") is None, place
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 1, f"{place} is {wider} pixels wider than the window"
    assert complaints == []
    assert [url for url in asked if not url.startswith(serve)] == []


def test_it_works_without_scripts(browser: Browser, serve: str) -> None:
    page, complaints, _ = open_page(browser, java_script_enabled=False)
    page.goto(f"{serve}/told")
    page.click(".whole >> nth=0")
    page.click("details.cell summary >> nth=0")
    assert page.locator("details.cell[open] blockquote").first.is_visible()
    page.click("details.cell[open] .place >> nth=0")
    assert "/page/" in page.url
    assert page.locator("mark.here").first.is_visible()
    assert not page.locator(".needs-script").count()
    assert complaints == []


def test_a_page_is_added_and_its_event_leads_to_the_words(browser: Browser, serve: str) -> None:
    page, complaints, _ = open_page(browser, locale="ja-JP")
    page.goto(f"{serve}/add")
    assert page.locator("html").get_attribute("lang") == "ja"
    page.fill("textarea", "日韓首脳が会談\n2025年6月3日\n\n日本の首相は3日、韓国の大統領とソウルで会談した。")
    page.click(".add button")
    page.click("[role=status] a")
    page.hover("mark[data-lines]")
    assert page.locator(".item.event.lit").count() == 1
    page.click(".item.event .place >> nth=0")
    assert page.url.split("#")[1].startswith("w1-")
    assert complaints == []


def test_keys_and_copying(browser: Browser, serve: str) -> None:
    page, complaints, _ = open_page(browser)
    page.goto(f"{serve}/events")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.item') !== null")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.goto(f"{serve}{'/told/'}{values(f'{serve}/told.json')[0]['id']}")
    page.click("[data-copies]")
    page.wait_for_function("document.querySelector('[data-copies]').textContent === 'Copied'")
    page.click("details.cell summary >> nth=0")
    page.keyboard.press("Escape")
    assert page.locator("details.cell[open]").count() == 0
    assert complaints == []
