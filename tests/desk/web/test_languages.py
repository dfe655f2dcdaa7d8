"""In a real browser: every word stands in a language that says so, nothing is left in the other one, and what is drawn can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk.web.browsing import open_page
from tests.desk.web.places import FORM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
# Pictures of every page, to be looked at; a build keeps them.
PICTURES = Path(__file__).parents[3] / ".pictures"
WORDS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!text || element.closest("script, textarea")) continue;
    const spoken = element.closest("[lang]");
    found.push([spoken.lang, spoken === document.documentElement && !element.closest("code, kbd"), text]);
  }
  return found;
}"""
# Kana and kanji.
JAPANESE = re.compile("[\u3041-\u30fa\u4e00-\u9fff]")
# Two English words behind each other, or one that is no name and no code.
ENGLISH = re.compile(r"\b[a-z]{3,} [a-z]{2,}\b|^[a-z]{4,}$")
LOOKS = {
    "ja-light-wide": ("ja", {"viewport": {"width": 1400, "height": 900}}),
    "en-dark-wide": ("en", {"viewport": {"width": 1400, "height": 900}, "color_scheme": "dark"}),
    "ja-dark-narrow": ("ja", {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}),
    "en-light-narrow": ("en", {"viewport": {"width": 390, "height": 800}}),
}
SMALLEST = "[...document.querySelectorAll('svg text')].map((t) => t.getBoundingClientRect().height)"


def in_language(place: str, language: str) -> str:
    return f"{place}{'&' if '?' in place else '?'}lang={language}"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_word_stands_in_its_language(browser: Browser, serve: str, visited: list[str], language: str) -> None:
    page, _, _ = open_page(browser)
    wrong = []
    for place in [*visited, FORM, "/brief", "/search", "/format", "/nothing"]:
        page.goto(f"{serve}{in_language(place, language)}")
        for lang, own, text in page.evaluate(WORDS):
            if language == "en" and lang == "en" and JAPANESE.search(text):
                wrong.append((place, text[:60]))
            # What means harm writes English everywhere.
            if language == "ja" and own and ENGLISH.search(text) and "pwned" not in text:
                wrong.append((place, text[:60]))
    assert wrong == []


@pytest.mark.parametrize(("language", "look"), LOOKS.values(), ids=LOOKS.keys())
def test_every_page_can_be_looked_at(
    browser: Browser,
    serve: str,
    visited: list[str],
    look: dict[str, object],
    language: str,
    request: pytest.FixtureRequest,
) -> None:
    folder = PICTURES / request.node.callspec.id
    folder.mkdir(parents=True, exist_ok=True)
    page, complaints, _ = open_page(browser, **look)
    for n, place in enumerate([*visited, FORM, "/brief", "/search", "/format"]):
        page.goto(f"{serve}{in_language(place, language)}")
        name = re.sub(r"\W+", "-", place).strip("-")[:40] or "front"
        page.screenshot(path=folder / f"{n:02}-{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"), place
        assert all(height > 9 for height in page.evaluate(SMALLEST)), f"{place}: letters of a drawing too small to read"
    assert complaints == []


def test_a_difference_is_one_click_from_its_words(browser: Browser, serve: str) -> None:
    """The first page of the demo: one call as eight pages tell it."""
    from tests.desk.web.browsing import values

    page, complaints, _ = open_page(browser)
    first = f"{serve}/told/{values(f'{serve}/told.json')[0]['id']}?lang=en"
    page.goto(first)
    cell = page.locator("td.odd details.cell").first
    cell.locator("summary").click()
    assert cell.locator("blockquote mark").first.is_visible()
    # A commitment's evidence: the list, then the place in the page.
    page.goto(first)
    page.click("nav a[href*='/commitments']")
    page.click(".item.commitment .place >> nth=0")
    page.wait_for_selector("mark.here")
    assert page.locator("mark.here").first.is_visible()
    assert complaints == []
