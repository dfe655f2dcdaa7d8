"""The web desk over the sample pages, and over a page of somebody who means harm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jitsuroku import Desk
from tests.desk.web.browsing import values
from tests.desk.web.places import FORM, PLAIN
from tests.desk.web.visiting import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HARM = (
    "<script>window.pwned=1</script>{{ 7919*7 }}{% raw %}\u202eevil</title>日仏会談\n2025年6月3日\n\n"
    "フランスの<img src=x onerror=window.pwned=1>大統領は3日、ドイツのケラー外相とベルリンで会談した。"
    'javascript:window.pwned=1 =HYPERLINK("http://evil.example")氏は「</script><svg onload=window.pwned=1>」と述べた。'
    "ドイツのケラー外相は「=1+1」と述べ、フランスに100万ユーロの支援を約束した。\n"
)
HARMFUL_NAMES = ("<script>window.pwned=1<", '"onmouseover=window.pwned=1 x="')
# An address, a title, an outlet and a byline that mean harm, in the places where a page of the web names them.
HARMFUL_HTML = (
    "<html lang=ja><head><title>&lt;/title&gt;&lt;svg onload=window.pwned=1&gt;{{ 7919*7 }}\u202e\u2066</title>"
    '<link rel=canonical href="javascript:window.pwned=1"><meta property="og:url" content="https://evil.example/</script>">'
    '<meta property="og:site_name" content="&lt;img src=x onerror=window.pwned=1&gt;">'
    '<meta name=author content="&quot;&gt;&lt;script&gt;window.pwned=1&lt;/script&gt;"></head><body>'
    "<h1>日英会談 &lt;script&gt;window.pwned=1&lt;/script&gt;</h1><p>2025年6月3日</p>"
    "<p>英国のラミー外相は3日、日本の岩屋外相と&lt;svg onload=window.pwned=1&gt;東京で会談した。"
    "岩屋外相は「{% include 'x' %}」と述べた。8月31日(月)にも会う。</p></body></html>"
)
HARMFUL_WORDS = "<img src=x onerror=window.pwned=1>{{ 7919*7 }}\u202e"


def desk_with_harm(folder: Path, at: Path | str) -> Desk:
    """A desk with pages full of markup, under names full of markup, and judgements of somebody who means harm."""
    for n, name in enumerate(HARMFUL_NAMES):
        (folder / f"{name}{n}.txt").write_text(HARM.replace("ケラー", f"ケラー{'ア' * n}"), encoding="utf-8")
    (folder / "harm.html").write_text(HARMFUL_HTML, encoding="utf-8")
    desk = Desk(at)
    desk.add(folder)
    first, second = desk.events()[:2]
    desk.judge("correct", first.id, by=HARMFUL_WORDS, reason=HARMFUL_WORDS, changes={"place": HARMFUL_WORDS})
    desk.judge("reject", second.id, by=HARMFUL_WORDS, reason=HARMFUL_WORDS)
    page = desk.documents()[0]
    desk.add_record(page.id, "commitment", "3日", by=HARMFUL_WORDS, giver=["JPN"], what=HARMFUL_WORDS)
    return desk


@pytest.fixture(scope="session")
def visitor(desk: Desk) -> Visitor:
    """Asks a desk with all sample pages."""
    return Visitor(desk)


@pytest.fixture(scope="session")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a page of somebody who means harm."""
    with desk_with_harm(tmp_path_factory.mktemp("harm"), ":memory:") as desk:
        yield desk


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk that ``jitsuroku serve`` serves, with the sample pages and those that mean harm."""
    from jitsuroku.samples import PAGES

    file = tmp_path_factory.mktemp("served") / "served.sqlite"
    with desk_with_harm(tmp_path_factory.mktemp("harm"), file) as desk:
        desk.add(PAGES)
    command = [sys.executable, "-m", "jitsuroku", "serve", "--db", str(file), "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.split("open at ")[1].split()[0].rstrip("/")
        process.terminate()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium is; tests in it are skipped, and say so, where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        # As root, as in a container, Chromium starts without its sandbox only.
        found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def visited(serve: str) -> list[str]:
    """Every page of the desk, those that mean harm among them."""
    pages = [f"/page/{d['id']}" for d in values(f"{serve}/sources.json")["records"]]
    told = [f"/told/{c['id']}" for c in values(f"{serve}/told.json")[:3]]
    judged = [
        f"/judge/{values(f'{serve}/{kind}.json')['records'][0]['id']}" for kind in ("events", "flags", "statements")
    ]
    written = [f"{pages[0]}/add?start=0&end=9", f"{pages[0]}/add"]
    return [*PLAIN, FORM, *told, *judged, *written, *pages]
