"""Archives, tables, messages and feeds of our own, as bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jitsuroku.intake import Arrival, Opening, Received, Refused, open_file

TEXT = "日本の外相は{n}日、港町で隣国の大臣と会談し、協力を続けることで一致した。"


def html_of(n: int) -> str:
    return f"<html><head><title>会談 {n}</title></head><body><h1>会談 {n}</h1><p>{TEXT.format(n=n)}</p></body></html>"


def record(
    n: int,
    *,
    kind: str = "response",
    body: bytes | None = None,
    fields: str = "",
    status: str = "200 OK",
    digest: bool = True,
) -> bytes:
    """A WARC record with an answer of the web in it."""
    body = html_of(n).encode() if body is None else body
    fields = fields or "Content-Type: text/html; charset=utf-8\r\n"
    block = f"HTTP/1.1 {status}\r\n{fields}\r\n".encode() + body
    told = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://minato.example/{n}\r\n"
        f"WARC-Date: 2025-06-{n % 28 + 1:02}T08:00:00Z\r\n"
        + (f"WARC-Block-Digest: sha1:{told}\r\n" if digest else "")
        + f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(records: list[bytes]) -> bytes:
    """Records as a crawler writes them: each in a gzip member of its own."""
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def zipped(members: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def lines(*rows: Any) -> str:
    """JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def opened(folder: Path, name: str, data: bytes | str, how: Opening | None = None) -> list[Arrival]:
    """What comes in from a file with these bytes."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(open_file(path, name, how or Opening()))


def received(arrivals: list[Arrival]) -> list[Received]:
    return [a for a in arrivals if isinstance(a, Received)]


def problems(arrivals: list[Arrival]) -> list[str]:
    return [a.problem for a in arrivals if isinstance(a, Refused)]


def sources(arrivals: list[Arrival]) -> Iterator[str]:
    return (a.source for a in arrivals)
