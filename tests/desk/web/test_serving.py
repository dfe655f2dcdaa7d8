"""The desk as it is served, on a socket: slow and many clients, oversized requests, paths and names as nobody types them."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.samples import PAGES

pytestmark = pytest.mark.slow
# The same command as a user's, with less patience.
SERVE = (
    "from jitsuroku.desk.web import guard, patience; patience.SLOWEST_HEAD = 2.0; guard.SLOWEST_BODY = 1.0; "
    "guard.LONGEST_BODY = 3.0; guard.SLOWEST_READER = 2.0; from jitsuroku.cli import main; import sys; main(sys.argv[1:])"
)
MANY, SMALL = 1_000, 40_000
HOST = "Host: 127.0.0.1\r\n"


class Served:
    """A served desk as one reaches it over a socket."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self._process, self.port = process, port

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=15)

    def send(self, data: bytes) -> bytes:
        """What comes back until the desk closes the connection."""
        with self.connect() as connection:
            with suppress(ConnectionError):
                connection.sendall(data)
            return received(connection)

    def get(self, path: str, headers: str = HOST) -> int:
        answer = self.send(f"GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n".encode("latin-1"))
        return int(answer.split(b" ", 2)[1])

    def memory(self) -> int:
        """Kilobytes that the process holds."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def received(connection: socket.socket) -> bytes:
    found = b""
    with suppress(ConnectionError, TimeoutError):
        while part := connection.recv(65_536):
            found += part
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc")
    file = tmp_path_factory.mktemp("served") / "served.sqlite"
    with Desk(file) as desk:
        desk.add(PAGES / "call-agency.txt", PAGES / "call-tabloid.txt")
    command = [sys.executable, "-c", SERVE, "serve", "--db", str(file), "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split("open at ")[1].split()[0].rstrip("/").rsplit(":", 1)[1])
        found = Served(process, port)
        assert found.get("/") == 200
        yield found
        process.terminate()


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"], ids=["silent", "half a head"])
def test_a_thousand_that_do_not_go_on_keep_nobody_out(served: Served, begun: bytes) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < MANY + 100:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(MANY + 200, hard), hard))
    before, held = served.memory(), []
    for _ in range(MANY):
        connection = served.connect()
        connection.sendall(begun)
        held.append(connection)
    assert served.memory() - before < SMALL
    deadline = time.monotonic() + 30
    while (code := served.get("/")) != 200 and time.monotonic() < deadline:
        assert code == 503
        time.sleep(0.5)
    assert code == 200, "they were sent away, though they still hold on"
    for connection in held:
        connection.settimeout(5)
        assert received(connection)[:1] in (b"", b"H")
        connection.close()


def test_a_body_that_trickles_is_ended(served: Served) -> None:
    head = (
        f"POST /add HTTP/1.1\r\n{HOST}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
    )
    with served.connect() as connection:
        connection.sendall(head.encode())
        begun = time.monotonic()
        with suppress(ConnectionError):
            while time.monotonic() - begun < 20:
                connection.sendall(b"a")
                time.sleep(0.3)
                connection.settimeout(0.01)
                with suppress(TimeoutError):
                    if answer := connection.recv(100):
                        assert b" 408 " in answer
                        break
    assert time.monotonic() - begun < 10
    assert served.get("/") == 200


def test_one_who_does_not_read_is_let_go(served: Served) -> None:
    request = f"GET /page/call-tabloid.txt HTTP/1.1\r\n{HOST}\r\n".encode()
    held = []
    for _ in range(50):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
        connection.connect(("127.0.0.1", served.port))
        connection.sendall(request * 20)
        held.append(connection)
    time.sleep(4)
    assert served.get("/") == 200
    for connection in held:
        connection.close()


def test_an_oversized_request_is_refused_and_memory_stays_flat(served: Served) -> None:
    before = served.memory()
    told = f"POST /add HTTP/1.1\r\n{HOST}Content-Length: 99999999999\r\n\r\n".encode()
    assert b" 413 " in served.send(told + b"a" * 1_000_000)[:20]
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    kind = "Content-Type: multipart/form-data; boundary=x\r\n"
    untold = f"POST /add HTTP/1.1\r\n{HOST}{kind}Transfer-Encoding: chunked\r\n\r\n".encode()
    assert b" 413 " in served.send(untold + chunk * 20)[:20] or served.get("/") == 200
    many = b"a&" * 4_000_000
    plain = "Content-Type: application/x-www-form-urlencoded\r\n"
    head = f"POST /judge HTTP/1.1\r\n{HOST}{plain}Content-Length: {len(many)}\r\nConnection: close\r\n\r\n".encode()
    assert served.send(head + many)[:12] in (b"HTTP/1.1 413", b"")
    assert served.get("/") == 200
    assert served.memory() - before < SMALL


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/../../pyproject.toml", "/static/%2e%2e/app.py", "/static/..%2fwords.toml",
        "/static/..%5cwords.toml", "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/desk.css%00.py",
        "//etc/passwd", "/..", "/static/..", "/static/%c0%ae%c0%ae/app.py", "/../../../../etc/passwd",
    ],
)  # fmt: skip
def test_no_path_leads_out(served: Served, path: str) -> None:
    assert served.get(path) in (400, 404)
    assert served.get("/static/desk.css") == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ("", 400),
        ("Host: evil.example\r\n", 421),
        ("Host: 127.0.0.1\r\nHost: evil.example\r\n", 400),
        ("Host: 127.0.0.1@evil.example\r\n", 421),
        ("Host: localhost\r\n", 200),
        (f"{HOST}X-Long: {'a' * 100_000}\r\n", 431),
        (f"{HOST}Cookie: {'a=b; ' * 5_000}\r\n", 200),
    ],
    ids=["none", "evil", "two", "at", "own", "long", "cookies"],
)
def test_names_and_heads(served: Served, headers: str, code: int) -> None:
    found = served.get("/", headers)
    # A head that comes in pieces is refused as no request before it is whole.
    assert found == code or (code, found) == (431, 400)


def test_a_term_of_100_000_characters_and_another_target(served: Served) -> None:
    assert served.get("/search?q=" + "a" * 100_000) in (400, 414)
    assert served.get("http://evil.example/") in (200, 400, 404, 421)
    assert served.get("/search?q=%ff%fe%00") == 200


def test_a_form_of_another_site_is_refused(served: Served) -> None:
    for origin in ("Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n", "Origin: null\r\n"):
        head = f"POST /judge HTTP/1.1\r\n{HOST}{origin}Content-Length: 0\r\nConnection: close\r\n\r\n"
        assert b" 403 " in served.send(head.encode())[:20]
