"""A web server of the tests' own on loopback, and a visitor that may see it and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from jitsuroku.intake.fetch import Fetcher, Manners
from jitsuroku.intake.targets import Address, is_public

HTML = "<html><body><p>日本の外相は10日、港町で隣国の大臣と会談した。</p></body></html>"
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What a server answers by path, and what it was asked: path and fields."""

    port: int
    answers: dict[str, Answer | Callable[[Any], Answer | None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "minato.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def page(self, path: str, body: str | bytes = HTML, status: int = 200, **fields: str) -> None:
        told = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in fields.items()}
        self.answers[path] = (status, told, body.encode() if isinstance(body, str) else body)


@contextmanager
def site() -> Iterator[Site]:
    """A site that answers 404 to all that it was not given."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            own.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = own.answers.get(self.path, (404, {}, b"none"))
            found = answer(self) if callable(answer) else answer
            if found is None:
                return
            status, fields, body = found
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **fields}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    own = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    moment: datetime = datetime(2025, 6, 16, 8, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.moment += timedelta(seconds=seconds)


def visitor(own: Site, clock: Clock | None = None, **manners: Any) -> Fetcher:
    """A fetcher that takes every name for the tests' server, and may go there besides the public internet."""
    clock = clock or Clock()
    given = {"pace": 1.0, "seconds": 5.0} | manners

    def allows(address: Address) -> bool:
        return str(address) == "127.0.0.1" or is_public(address)

    return Fetcher(
        manners=Manners(**given),
        allows=allows,
        resolve=lambda host, port: ["127.0.0.1"] if host.endswith(".example") else [host],
        now=clock.now,
        sleep=clock.sleep,
    )
