"""The report as one HTML file: whole in itself, inert, every line tied to its words."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.lines import evidence_of
from jitsuroku.desk.page_html import html_report
from jitsuroku.desk.report import SAMPLE_REMARK
from jitsuroku.desk.sheet import sheets
from jitsuroku.desk.terminal import shown
from tests.cli.running import page

VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})
HOSTILE = (
    "外相</title><script>window.pwned = 1</script>会談\n2025年6月3日\n\n"
    "フランスのデュラン外相は3日、ドイツの\u202eケラー外相とベルリンで会談した。\n"
    "「<img src=x onerror=alert(1)>は<b>重要</b>だ」とデュラン外相は述べた。{{ 7*7 }} javascript:alert(1)\n"
)
OUTSIDE = re.compile(
    r"(?:src|srcset|poster|background|action)\s*=|url\(|@import|<(?:script|link|iframe|img|object|form)\b", re.I
)


class Tree(HTMLParser):
    """Follows the tags and remembers ids, targets of links and what does not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.targets += [found["href"] or ""] if "href" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


@pytest.fixture(scope="module")
def html(desk: Desk) -> str:
    return "".join(html_report(sheets(desk.store)))


def parsed(html: str) -> Tree:
    tree = Tree()
    tree.feed(html)
    tree.close()
    return tree


def text_of(html: str) -> str:
    """What a reader sees, without the small numbers that lead back."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", html)))


def test_it_is_whole_in_itself(html: str) -> None:
    tree = parsed(html)
    assert (tree.faults, tree.open) == ([], [])
    assert OUTSIDE.findall(html) == []
    assert "default-src 'none'" in html
    assert all(target.startswith("#") for target in tree.targets)


def test_every_link_has_its_place_and_every_place_is_one(html: str) -> None:
    tree = parsed(html)
    assert len(tree.ids) == len(set(tree.ids))
    assert {target[1:] for target in tree.targets} <= set(tree.ids)


def test_behind_every_place_stand_the_words(desk: Desk, html: str) -> None:
    checked = 0
    for number, sheet in enumerate(sheets(desk.store), 1):
        for record in sheet.records():
            for e in evidence_of(record):
                after = html[html.index(f'<a id="p{number}-{e.start}-{e.end}">') :][:20_000]
                words = re.sub(r"\s", "", shown(e.text))
                assert re.sub(r"\s", "", text_of(after)).startswith(words[:200])
                checked += 1
    assert checked > 50


def test_every_page_is_marked_as_a_sample_and_unread_languages_are_named(desk: Desk, html: str) -> None:
    articles = html.split("<article ")[1:]
    assert len(articles) == len(desk.documents())
    assert all(SAMPLE_REMARK in article for article in articles)
    for document, article in zip(desk.documents(), articles, strict=True):
        assert ("language not read yet" in article) == (document.language != "ja")
        assert f'<div class="page" lang="{document.language or ""}">' in article


def test_dropped_lines_are_folded_with_their_reasons(desk: Desk, html: str) -> None:
    articles = html.split("<article ")[1:]
    for sheet, article in zip(sheets(desk.store), articles, strict=True):
        dropped = [b for b in sheet.blocks if not b.kept and b.role != "headline"]
        assert article.count("<details class=dropped") <= len(dropped)
        assert [b for b in dropped if f"{b.role}, {b.rule}" not in article] == []


def hostile(tmp_path: Path) -> str:
    page(tmp_path, "hostile.txt", HOSTILE)
    with Desk(":memory:") as desk:
        assert [o.problem for o in desk.add(tmp_path)] == [None]
        assert desk.events()
        return "".join(html_report(sheets(desk.store)))


def test_what_a_page_holds_stays_inert(tmp_path: Path) -> None:
    html = hostile(tmp_path)
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert parsed(html).faults == []


def test_nothing_to_show() -> None:
    with Desk(":memory:") as desk:
        assert "What 0 pages say" in "".join(html_report(sheets(desk.store)))


@pytest.mark.slow
def test_a_browser_shows_it_without_complaint(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium; apt-get install chromium fonts-noto-cjk")
    file = page(tmp_path, "hostile.html", hostile(tmp_path))
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += ["--disable-background-networking", "--enable-logging=stderr", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "CONSOLE" not in done.stderr
    assert "pwned = 1&lt;/script&gt;" in done.stdout
