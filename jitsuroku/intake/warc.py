"""WARC and WACZ: the pages that a crawl kept, each with its address and the time of its fetching.

All whole records come in. What is cut off, damaged or too large is told with its place and the bytes that were lost.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from typing import BinaryIO

from jitsuroku.intake.packed import Bomb, unpacked
from jitsuroku.intake.received import (
    FORM_OF_MEDIA,
    LIMITS,
    Arrival,
    Limits,
    PageError,
    Received,
    Refused,
    media_and_charset,
)
from jitsuroku.intake.streams import RECORD, Damage, Stream, stream_of

# What of a crawl is a page as it was: an answer, a file, a text taken from a page. Questions and repetitions are none.
PAGES = frozenset({"response", "resource", "conversion"})
KINDS = PAGES | {"warcinfo", "request", "metadata", "revisit", "continuation"}
MOST_LINES = 1000
CUT_SHORT = "the archive holds only the beginning of the page"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: its head, as much of its block as may be kept, and the block's full length."""

    head: dict[str, str]
    block: bytes
    length: int


def pages_of_warc(file: BinaryIO, source: str, limits: Limits = LIMITS) -> Iterator[Arrival]:
    """The pages of a WARC file, in order, each named by its place; what is lost is told between them."""
    stream = stream_of(file, limits)
    before, nth = -1, 0
    while True:
        begin = None
        try:
            begin = stream.mark()
            if begin is None:
                return
            entry = _entry(stream, limits)
        except Damage as problem:
            at = stream.start if begin is None else begin
            yield _loss(source, at, stream.resync(), str(problem))
            continue
        at = begin
        before, nth = at, nth + 1 if at == before else 0
        yield from _page(entry, f"{source}/{at}" + (f".{nth}" if nth else ""), limits)


def _loss(source: str, start: int, end: int, why: str) -> Refused:
    told = (
        f"{source}: {why}, at byte {start}; {end - start} bytes were passed over and the records before and behind read"
    )
    return Refused(f"{source}/{start}", f"{told}; get the file again")


def _entry(stream: Stream, limits: Limits) -> Entry:
    head = _head(stream)
    try:
        length = int(head["content-length"])
    except (KeyError, ValueError) as problem:
        raise Damage("a record does not say how long it is") from problem
    if not 0 <= length <= 1 << 50:
        raise Damage("a record does not say how long it is")
    if head.get("warc-type", "").lower() not in KINDS:
        raise Damage("a record is of no known kind")
    block = stream.take(length, limits.page)
    stream.finish()
    if length <= limits.page and not _fits(block, head.get("warc-block-digest", "")):
        raise Damage("a record's bytes do not fit their checksum")
    return Entry(head, block, length)


def _head(stream: Stream) -> dict[str, str]:
    if not stream.line().startswith(RECORD):
        raise Damage("no record begins here")
    lines: list[str] = []
    while line := stream.line():
        lines.append(line.decode("utf-8", "replace"))
        if len(lines) > MOST_LINES:
            raise Damage("a record's head does not end")
    return _fields(lines)


def _fields(lines: list[str]) -> dict[str, str]:
    """``Name: value`` lines by name in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _fits(block: bytes, digest: str) -> bool:
    """Whether a block has the SHA-1 that its record tells, in base 32 or 16; other checksums are taken on trust."""
    name, _, value = digest.partition(":")
    if name.lower() != "sha1" or len(value) not in (32, 40):
        return True
    own = sha1(block, usedforsecurity=False)
    return value.upper() == (b32encode(own.digest()).decode() if len(value) == 32 else own.hexdigest().upper())


def _page(entry: Entry, source: str, limits: Limits) -> Iterator[Arrival]:
    head, data = entry.head, entry.block
    if head["warc-type"].lower() not in PAGES:
        return
    fields = {"content-type": head.get("content-type", "")}
    if head["warc-type"].lower() == "response":
        status, fields, data = parts_of_answer(data)
        if status != 200:
            return
    media, charset = media_and_charset(fields.get("content-type", ""))
    form = FORM_OF_MEDIA.get(media)
    if form is None:
        return
    if entry.length > limits.page:
        yield Refused(
            source, f"{source}: larger than {limits.page // 1_000_000} MB; take the page out and add it alone"
        )
        return
    address = head.get("warc-target-uri", "").strip("<>") or None
    notes = (CUT_SHORT,) if "warc-truncated" in head else ()
    try:
        data = body_of_answer(data, fields, limits)
    except Bomb as problem:
        yield Refused(source, f"{source}: {problem}")
        return
    yield Received(source, data, form, "warc", address, charset, head.get("warc-date"), notes=notes)


def parts_of_answer(data: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, fields and body of an HTTP answer as it went over the line; status 0 when it is none."""
    ends = [(at, mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := data.find(mark)) >= 0]
    at, mark = min(ends, default=(len(data), b""))
    first, *lines = data[:at].decode("latin-1").split("\n")
    words = first.split()
    status = (
        int(words[1])
        if len(words) > 1 and words[0].startswith("HTTP/") and words[1].isascii() and words[1].isdigit()
        else 0
    )
    return status, _fields(lines), data[at + len(mark) :]


def body_of_answer(data: bytes, fields: dict[str, str], limits: Limits = LIMITS) -> bytes:
    """The body out of its chunks and unpacked. Many archives keep it so already and the fields as they were: then it
    stays as it is. Raises Bomb when it unpacks to more than a page may hold."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        data = _unchunked(data)
    try:
        return unpacked(data, fields.get("content-encoding", ""), limits)
    except Bomb:
        raise
    except PageError:
        return data


def _unchunked(data: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 64)
        try:
            size = int(data[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return data
        if size == 0:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
