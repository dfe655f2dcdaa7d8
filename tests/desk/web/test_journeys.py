"""What people come for, from the first click to the last, in a real browser: with scripts and without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from tests.desk.web.browsing import open_page, values

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.slow
AGENCY = (
    "{} と英国の外相が会談\n2025年6月3日\n\n"
    "日本の岩屋外相は3日、英国のラミー外相と{}で会談した。両外相は安全保障協力の強化で一致した。\n"
)
PAPER = (
    "岩屋外相、{}を訪れ会談\n2025年6月4日\n\n"
    "岩屋外相は3日、訪問先の{}で英国のラミー外相と会談した。日英は防衛装備の共同開発でも協力する。\n"
)


def paste(page: Page, serve: str, text: str, name: str) -> None:
    """Add a page, and open it from where it is told what became of it."""
    page.goto(f"{serve}/add")
    page.fill("textarea", text)
    page.fill("[name=name]", name)
    page.click(".add button")
    page.click("#run a")


def follow(page: Page, link: Locator) -> None:
    """Click what leads to another page, and wait until all of that is there."""
    with page.expect_navigation():
        link.click()


@pytest.mark.parametrize(("scripts", "city"), [(True, "ロンドン"), (False, "エディンバラ")], ids=["scripts", "plain"])
def test_from_a_page_to_a_brief(browser: Browser, serve: str, scripts: bool, city: str) -> None:
    page, complaints, asked = open_page(browser, java_script_enabled=scripts, locale="ja-JP")
    paste(page, serve, AGENCY.format("日本", city), f"agency-{city}")
    paste(page, serve, PAPER.format(city, city), f"paper-{city}")
    assert page.locator("html").get_attribute("lang") == "ja"
    # Its event, and the words it stands on.
    event = page.locator(".item.event").first
    event.locator(".place").first.click()
    assert re.fullmatch(r"w[0-9]+-[0-9]+-[0-9]+", page.url.split("#")[1])
    # What both pages tell of, why they are taken for one, and that they are not.
    follow(page, event.locator("a[href*='/told/']"))
    pages = page.locator("thead th .outlet").count()
    assert pages >= 2
    # The last button takes one page out; the first ones part a single link, which others may hold together still.
    follow(page, page.locator("#links .against button").last)
    assert page.locator(".done").is_visible()
    assert 0 < page.locator("thead th .outlet").count() < pages
    # Taken back, they are compared again.
    follow(page, page.locator(".done button"))
    assert page.locator("thead th .outlet").count() == pages
    follow(page, page.locator("main nav a[href*='/brief']"))
    assert page.locator(".brief article h2").first.is_visible()
    page.locator(".brief sup a").first.click()
    page.locator(".notes li:target .place").click()
    assert page.locator("mark.here").first.is_visible()
    assert complaints == []
    assert [url for url in asked if not url.startswith(serve)] == []


def test_a_queue_is_worked_off_by_keys(browser: Browser, serve: str) -> None:
    page, complaints, _ = open_page(browser)
    page.goto(f"{serve}/review?lang=en&kind=statement")
    first = page.locator(".reviewed .claim").inner_text()
    page.keyboard.press("s")
    page.wait_for_url("**from=1")
    second = page.locator(".reviewed .claim").inner_text()
    page.keyboard.press("c")
    page.wait_for_selector(".done")
    page.wait_for_load_state()
    assert page.locator(".reviewed .claim").inner_text() != second
    page.keyboard.press("u")
    page.wait_for_url("**at=statement**")
    page.wait_for_load_state()
    assert page.locator(".reviewed .claim").inner_text() == second
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "f.speaker"
    page.fill("[name='f.speaker']", "山田太郎")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert "corrected" in page.locator(".done").inner_text()
    page.goto(f"{serve}/people?name=山田太郎")
    assert page.locator(".item.statement").count() == 1
    page.goto(f"{serve}/review?lang=en&kind=statement")
    assert page.locator(".reviewed .claim").inner_text() == first
    assert complaints == []


def test_a_flag_is_dismissed_by_one_key(browser: Browser, serve: str) -> None:
    page, complaints, _ = open_page(browser)
    page.goto(f"{serve}/flags?lang=en")
    shown = page.locator(".item.flag").count()
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.wait_for_selector(".done")
    page.wait_for_selector(".item.at")
    assert "The page is right" in page.locator(".done").inner_text()
    assert page.locator(".item.flag").count() == shown - 1
    assert page.locator(".item.at").count() == 1, "the next one is at hand"
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("1 d u: typing is no command")
    assert page.locator(".item.flag").count() == shown - 1
    page.keyboard.press("Escape")
    page.click(".done button")
    page.wait_for_function("n => document.querySelectorAll('.item.flag').length === n", arg=shown)
    assert complaints == []


SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".paper"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


def test_selected_words_become_a_record(browser: Browser, serve: str) -> None:
    page, complaints, _ = open_page(browser)
    page.goto(f"{serve}/page/ru-forum.txt?lang=en")
    words = "завершился саммит Шанхайской организации"
    assert page.evaluate(SELECT, words)
    page.wait_for_selector("[data-write]:not([hidden])")
    page.click("[data-write]")
    assert page.locator(".around-it mark").inner_text() == words
    page.select_option("[name='f.type']", "CONSULT")
    page.fill("[name='f.actor']", "SCO")
    page.click(".add button")
    assert page.locator("mark.here").first.inner_text() == words
    assert page.locator(".item.event.asked").count() == 1
    assert complaints == []


def test_a_long_reading_is_watched_while_others_are_answered(browser: Browser, serve: str, tmp_path: Any) -> None:
    files = []
    for n in range(100):
        file = tmp_path / f"page-{n}.txt"
        file.write_text(AGENCY.format("日本", "東京") + f"{n}番目の面会者は{n}人だった。\n" * 150, encoding="utf-8")
        files.append(file)
    page, complaints, _ = open_page(browser)
    page.goto(f"{serve}/add?lang=en")
    page.set_input_files("[name=files]", files)
    page.click(".add button")
    page.wait_for_selector("[data-watched] progress")
    with urlopen(f"{serve}/people.json", timeout=30) as answer:
        assert answer.status == 200
    page.wait_for_selector("#run:not([data-watched])", timeout=240_000)
    assert page.locator("#run li").count() == len(files)
    assert values(f"{page.url.split('?')[0]}.json")["done"]
    assert complaints == []
