"""One HTTP exchange over a connection to an address that was judged, within a time and a size."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jitsuroku.intake.targets import NotFetched, Target

STEP = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: fields by name in lower case, the body as it came, still packed."""

    status: int
    fields: dict[str, str]
    body: bytes


class _Timed(io.RawIOBase):
    """Reads from a socket until a moment, however slowly bytes drip in."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self.line, self.until = line, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.line.settimeout(_left(self.until))
        return self.line.recv_into(buffer)


class _Line:
    """What http.client reads an answer from."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self.line, self.until = line, until

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self.line, self.until), STEP)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def exchange(
    target: Target, addresses: Sequence[str], fields: Mapping[str, str], *, seconds: float, most: int
) -> Answer:
    """Ask for a target at the first of its addresses that takes the connection.

    Raises NotFetched when that fails, takes too long or brings too much.
    """
    until = time.monotonic() + seconds
    try:
        with _connected(addresses, target.port, until) as bare, _secured(bare, target) as line:
            line.sendall(_question(target, fields))
            return _answer(line, target, until, most)
    except ssl.SSLError as problem:
        why = problem.reason or problem
        raise NotFetched(f"{target.address}: no secure connection ({why}); check the address in a browser") from problem
    except TimeoutError as problem:
        raise NotFetched(
            f"{target.address}: no whole answer within {seconds:.0f} seconds; try again later"
        ) from problem
    except (OSError, http.client.HTTPException) as problem:
        told = str(problem) or type(problem).__name__
        raise NotFetched(f"{target.address}: no answer ({told}); check the address and your network") from problem


def _connected(addresses: Sequence[str], port: int, until: float) -> socket.socket:
    *others, last = addresses
    for address in others:
        try:
            return socket.create_connection((address, port), timeout=_left(until))
        except OSError:
            continue
    return socket.create_connection((last, port), timeout=_left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def _secured(line: socket.socket, target: Target) -> socket.socket:
    return _trust().wrap_socket(line, server_hostname=target.host) if target.scheme == "https" else line


def _question(target: Target, fields: Mapping[str, str]) -> bytes:
    usual = 443 if target.scheme == "https" else 80
    host = f"[{target.host}]" if ":" in target.host else target.host
    told = {"Host": host if target.port == usual else f"{host}:{target.port}", **fields, "Connection": "close"}
    lines = [f"GET {target.path} HTTP/1.1", *(f"{name}: {_one_line(value)}" for name, value in told.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


def _one_line(value: str) -> str:
    """A field's value that cannot begin another field: it may come from a server's earlier answer."""
    return "".join(c for c in value if c >= " " and c != "\x7f")


def _answer(line: socket.socket, target: Target, until: float, most: int) -> Answer:
    with http.client.HTTPResponse(_Line(line, until), method="GET") as answer:  # type: ignore[arg-type]
        answer.begin()
        fields: dict[str, str] = {}
        for name, value in answer.getheaders():
            fields.setdefault(name.lower(), value.strip())
        body = bytearray()
        while part := answer.read(STEP):
            body += part
            if len(body) > most:
                raise NotFetched(
                    f"{target.address}: larger than {most // 1_000_000} MB; save the page and add the file"
                )
        if answer.length:
            # Reading in parts, the library takes a body that was cut off for one that ends.
            raise http.client.IncompleteRead(b"", answer.length)
        return Answer(answer.status, fields, bytes(body))
