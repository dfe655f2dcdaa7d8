"""Shards: pages as they were read, in files that any process may write, to be loaded into a store (docs/decisions/014).

A folder holds the shards and ``manifest.jsonl``, which enters each when it is whole. A shard is lines of JSON: for each page
one of its own (``page``, ``text``, ``blocks``, ``reader``, ``private``, ``custody``, ``records``: how many follow), then its
records as lines of the export.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any
from uuid import uuid4
from zlib import compress, decompress
from zlib import error as ZlibError

from jitsuroku.contract import dumps
from jitsuroku.records import Block, Reading
from jitsuroku.store import Custody, Ready
from jitsuroku.store.entries import as_line, block_values, page_from, rest_of
from jitsuroku.store.keeping import to_disk

MANIFEST = "manifest.jsonl"
# What a page's reading may hold; links, meetings and judgements belong to no single page.
OF_PAGES = frozenset(
    ("document", "mention", "event", "statement", "reading", "commitment", "figure", "flag", "unresolved")
)
# How the line of a page begins, and no record's.
PAGE = '{"page":'


class ShardError(ValueError):
    """A shard or a manifest is not what it was when it was written; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Shard:
    """An entry of the manifest: a file's name, how many pages it holds, its bytes and their SHA-256; of what was to be read
    beside them, what was ``refused``, each with the reason, and how many the gate ``passed`` over."""

    name: str
    pages: int
    bytes: int
    sha256: str
    refused: tuple[tuple[str, str], ...] = ()
    passed: int = 0


# --- writing --------------------------------------------------------------------------------------------------------


def write_shard(folder: Path, name: str, lines: Iterable[str]) -> Shard:
    """Write a shard that is whole or not there, and give its entry, which is not in the manifest yet (``enter``). ``lines``
    without line ends, as ``page_lines`` makes them."""
    target, beside = folder / name, folder / f".{name}.{uuid4().hex[:8]}"
    pages = 0
    try:
        with beside.open("wb") as file:
            for line in lines:
                pages += line.startswith(PAGE)
                file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with beside.open("rb") as file:
            digest, size = file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    to_disk(folder)
    return Shard(name, pages, size, digest)


def enter(folder: Path, shard: Shard) -> None:
    """Enter a shard in the folder's manifest; from now on it counts."""
    with (folder / MANIFEST).open("ab") as file:
        file.write(as_line(asdict(shard)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    to_disk(folder)


def write_manifest(folder: Path, shards: Iterable[Shard]) -> None:
    """Write the manifest anew: these shards and no other."""
    beside = folder / f".{MANIFEST}.{uuid4().hex[:8]}"
    try:
        with beside.open("wb") as file:
            file.writelines(as_line(asdict(shard)).encode() + b"\n" for shard in shards)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, folder / MANIFEST)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    to_disk(folder)


def page_lines(reading: Reading, reader: str, *, custody: Custody | None = None, private: bool = False) -> list[str]:
    """The lines of a page: its own, then its records."""
    own = {
        "page": rest_of(reading.page),
        "text": reading.page.text,
        "blocks": block_values(reading.document.blocks),
        "reader": reader,
        "private": private,
        "custody": _custody_value(custody),
        "records": len(reading.records),
    }
    return [as_line(own), *map(dumps, reading.records)]


def _custody_value(custody: Custody | None) -> dict[str, Any] | None:
    """How a page came in as JSON values; its bytes packed with zlib, in Base64."""
    if custody is None:
        return None
    data = None if custody.data is None else b64encode(compress(custody.data)).decode("ascii")
    return asdict(replace(custody, data=None)) | {"data": data}


# --- reading --------------------------------------------------------------------------------------------------------


def shards_in(folder: Path) -> tuple[Shard, ...]:
    """The shards that the manifest enters, by name; of one that was written twice the later. An entry without a line end was
    broken off and does not count. Raises ShardError."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ShardError(f"{folder}: holds no {MANIFEST}; name the folder in which shards were written")
    found: dict[str, Shard] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        try:
            entry = json.loads(line)
            refused = tuple((source, problem) for source, problem in entry.pop("refused", ()))
            shard = Shard(**entry, refused=refused)
        except (AttributeError, TypeError, ValueError):
            raise ShardError(f"{path}:{number}: no entry of a shard; write the manifest anew") from None
        if Path(shard.name).name != shard.name or shard.name in ("", ".", "..", MANIFEST):
            raise ShardError(f"{path}:{number}: {shard.name!r} is no name of a file in this folder")
        found[shard.name] = shard
    return tuple(found[name] for name in sorted(found))


def pages_of(folder: Path, shard: Shard) -> tuple[Ready, ...]:
    """The pages of a shard. Raises ShardError when the file is not the one that was entered."""
    path = folder / shard.name
    try:
        with path.open("rb") as file:
            if (
                os.fstat(file.fileno()).st_size != shard.bytes
                or file_digest(file, "sha256").hexdigest() != shard.sha256
            ):
                raise ShardError(f"{path}: is damaged (not the bytes that were entered); have it written anew")
            file.seek(0)
            found = tuple(_pages(path, file))
    except OSError as problem:
        raise ShardError(f"{path}: cannot be read ({problem.strerror}); have it written anew") from problem
    if len(found) != shard.pages:
        raise ShardError(f"{path}: holds {len(found)} pages, not {shard.pages}; have it written anew")
    return found


def _pages(path: Path, file: IO[bytes]) -> Iterator[Ready]:
    number = 0
    for line in file:
        number += 1
        try:
            own = json.loads(line)
            page, records = page_from(own["page"], own["text"]), []
            for _ in range(own["records"]):
                number += 1
                told = next(file).decode().rstrip("\n")
                records.append((_checked(json.loads(told), page.id, page.text), told))
            if sum(value["kind"] == "document" for value, _ in records) != 1:
                raise ValueError("a page without its document")
            blocks = tuple(Block(*block) for block in own["blocks"])
            custody = _custody_from(own["custody"])
            yield Ready(page, blocks, tuple(records), own["reader"], own["private"], custody)
        except (AttributeError, IndexError, KeyError, StopIteration, TypeError, ValueError, ZlibError) as problem:
            raise ShardError(f"{path}:{number}: no line of a shard ({problem}); have it written anew") from problem


def _checked(value: dict[str, Any], document: str, text: str) -> dict[str, Any]:
    """A record's JSON object, when it belongs to the page and its words stand there. Raises ValueError."""
    if value["kind"] not in OF_PAGES or value["id" if value["kind"] == "document" else "document"] != document:
        raise ValueError(f"{value['kind']} of another page")
    for evidence in (value.get("evidence"), *value.get("more", ())):
        if evidence and text[evidence["start"] : evidence["end"]] != evidence["text"]:
            raise ValueError(f"{value['id']}: its words are not those of the page")
    return value


def _custody_from(value: dict[str, Any] | None) -> Custody | None:
    if value is None:
        return None
    data = value["data"]
    return Custody(**value | {"data": None if data is None else decompress(b64decode(data))})
