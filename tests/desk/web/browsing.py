"""A page in a real browser, with all it complains of and asks for."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def values(address: str) -> Any:
    """What a program gets."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


def open_page(browser: Browser, **how: Any) -> tuple[Page, list[str], list[str]]:
    """A page with lists of what it complains of (reports of the policy among it) and of what it asks for."""
    page = browser.new_context(**how).new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    return page, complaints, asked
