"""Every kind of page is checked by axe-core, in a real browser, both languages, light and dark, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.web.browsing import open_page
from tests.desk.web.places import FORM, PLAIN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
LOOKS = {
    "light": ("en", {"viewport": {"width": 1400, "height": 900}}),
    "dark": ("ja", {"viewport": {"width": 1400, "height": 900}, "color_scheme": "dark"}),
    "narrow": ("ja", {"viewport": {"width": 390, "height": 800}}),
}


def kinds_of(places: list[str]) -> list[str]:
    """One page of each kind, and all that are named by hand."""
    seen: dict[str, str] = {}
    for place in places:
        seen.setdefault(place if place in (*PLAIN, FORM) else "/".join(place.split("?")[0].split("/")[:2]), place)
    written = [place for place in places if "/add" in place]
    return [*dict.fromkeys([*seen.values(), *written])]


@pytest.mark.parametrize(("language", "look"), LOOKS.values(), ids=LOOKS.keys())
def test_axe_finds_nothing(
    browser: Browser, serve: str, visited: list[str], look: dict[str, object], language: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, _, _ = open_page(browser, **look)
    found = []
    for place in kinds_of(visited):
        page.goto(f"{serve}{place}{'&' if '?' in place else '?'}lang={language}")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        result = axe.run(page).response["violations"]
        found += [(place, v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]]) for v in result]
    assert found == []


def test_the_keyboard_reaches_the_content_first(browser: Browser, serve: str) -> None:
    page, _, _ = open_page(browser)
    page.goto(f"{serve}/flags?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getBoundingClientRect().height"))
    assert all(reached), "what has the focus can be seen"


def test_single_keys_can_be_switched_off(browser: Browser, serve: str) -> None:
    page, _, _ = open_page(browser)
    page.goto(f"{serve}/flags?lang=en")
    page.uncheck("[data-keys]")
    page.reload()
    page.keyboard.press("j")
    assert page.locator(".item.at").count() == 0
    page.check("[data-keys]")
    page.keyboard.press("j")
    assert page.locator(".item.at").count() == 1
