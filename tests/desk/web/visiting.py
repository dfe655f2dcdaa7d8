"""Asks the desk's web application in this process, as a browser or another program would."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from jitsuroku import Desk
from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.web.app import application
from jitsuroku.desk.web.guard import Entry

HOST = "127.0.0.1:8765"


class Visitor:
    """One who asks; ``get`` and ``post`` as in httpx."""

    def __init__(self, desk: Desk, entry: Entry | None = None, how: Adding | None = None) -> None:
        self._app = application(desk, entry, how)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("POST", path, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asking())
