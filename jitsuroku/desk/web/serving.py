"""Serves the desk on a port of this machine, and opens a browser when asked to."""

from __future__ import annotations

import gc
import ipaddress
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from jitsuroku.desk.adding import package_world, warm
from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.query import Desk
from jitsuroku.desk.web.app import application
from jitsuroku.desk.web.guard import LOOPBACK, Entry
from jitsuroku.desk.web.patience import Impatient

PORT = 8765
MOST_AT_ONCE = 200
# Kilobytes of the file that the desk keeps in memory; the system keeps the rest at hand.
LITTLE = 8_000
# The names by which nobody in particular is meant: every address of the machine.
EVERYWHERE = frozenset({"0.0.0.0", "::"})


class NoPort(OSError):
    """The port cannot be had; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk answers; ``offline``: it fetches no address."""

    host: str = "127.0.0.1"
    port: int | None = None
    token: str | None = None
    offline: bool = False

    def entry(self) -> Entry:
        """Who may come in: this machine alone, or with a token others too, with another one to read only."""
        names = frozenset({"*"}) if self.host in EVERYWHERE else LOOPBACK | {self.host}
        if self.token is None and is_loopback(self.host):
            return Entry(names)
        return Entry(names, self.token or secrets.token_urlsafe(24), secrets.token_urlsafe(24))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(desk: Desk, place: Place, tell: Callable[[str, str | None], None], *, path: str = "/", opens: bool) -> None:
    """Serve until interrupted. ``tell`` is given the address and, where there is a token, the one for visitors, who only
    read; with ``opens`` the browser is given the first. Raises NoPort."""
    entry = place.entry()
    listening = _listen(place)
    port = listening.getsockname()[1]
    shown = "127.0.0.1" if place.host in EVERYWHERE else place.host
    plain = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}{path}"
    address = f"{plain}?token={entry.token}" if entry.token else plain
    config = uvicorn.Config(
        application(desk, entry, Adding(offline=place.offline)),
        http=Impatient,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
    )
    desk.store.hold(LITTLE)
    # A page is read again when it is looked at: the first to be looked at need not wait for the reader's tables.
    warm(package_world())
    # What is loaded by now stays: looking for what nobody needs any more need not go through it again.
    gc.collect()
    gc.freeze()
    tell(address, f"{plain}?token={entry.visiting}" if entry.visiting else None)
    if opens:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    # Ctrl-C is how it is meant to end.
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _listen(place: Place) -> socket.socket:
    """A socket on the port, or on the next free one when none was named."""
    wanted = [place.port] if place.port is not None else [*range(PORT, PORT + 20), 0]
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    problem: OSError | None = None
    for port in wanted:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((place.host, port))
            # From here on who asks waits for the answer, so that the address may be told.
            listening.listen(MOST_AT_ONCE)
        except OSError as found:
            listening.close()
            problem = found
        else:
            return listening
    raise NoPort(f"{place.host}:{place.port}: {problem}; choose another --port or --host")
