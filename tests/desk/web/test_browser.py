"""The desk in a real browser: nothing that a page brings runs, the policy is never broken, and it works without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.web.browsing import open_page, values

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
WIDTHS = {"wide": 1400, "narrow": 390}


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
    page.wait_for_load_state()
    assert not page.locator(".needs-script:visible").count()
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
    page.wait_for_function("() => document.querySelector('[data-copies]').textContent === 'Copied'")
    page.click("details.cell summary >> nth=0")
    page.keyboard.press("Escape")
    assert page.locator("details.cell[open]").count() == 0
    assert complaints == []
