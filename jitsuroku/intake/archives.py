"""Zip and WACZ: the pages in an archive, read member by member and never written out."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from jitsuroku.intake.received import LIMITS, Arrival, Limits, PageError, Refused
from jitsuroku.intake.warc import pages_of_warc

# What reads a member: by its bytes and its name.
Reader = Callable[[bytes, str], Iterator[Arrival]]
SYMLINK = 0xA000
DAMAGES = (
    BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    IndexError,
    struct.error,
)


class Budget:
    """What may still be unpacked, shared by an archive and all archives inside it."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits, self.left, self.members = limits, limits.unpacked, limits.members

    def spend(self, size: int) -> None:
        """Raises PageError when that is more than what is left."""
        self.left -= size
        self.members -= 1
        if self.left < 0:
            raise PageError(f"unpacks to more than {self.limits.unpacked // 1_000_000} MB in all; split it")
        if self.members < 0:
            raise PageError(f"more than {self.limits.members} members; split it")


def pages_of_zip(
    file: BinaryIO, source: str, wanted: Callable[[str], bool], reader: Reader, budget: Budget
) -> Iterator[Arrival]:
    """The pages of a zip file in the order of their names. ``wanted``: which names are pages or hold some; ``reader``
    makes pages of a member. A member that is damaged, a bomb or leads elsewhere is told and the others read.

    Raises PageError when it is no zip file or one without end.
    """
    with _opened(file, source) as archive:
        for member in sorted(archive.infolist(), key=lambda m: m.filename):
            if member.filename.endswith("/"):
                continue
            name = f"{source}/{member.filename}"
            if why := _leads_elsewhere(member):
                yield Refused(name, f"{name!r}: {why}; take it out of the archive")
            elif wanted(member.filename):
                yield from _member(archive, member, name, reader, budget)


def _member(archive: ZipFile, member: ZipInfo, name: str, reader: Reader, budget: Budget) -> Iterator[Arrival]:
    try:
        data = _bytes(archive, member, budget)
    except PageError as problem:
        yield Refused(name, f"{name}: {problem}")
    except DAMAGES as problem:
        yield Refused(name, f"{name}: damaged or locked ({str(problem)[:80]}); pack it again")
    else:
        yield from reader(data, name)


def _bytes(archive: ZipFile, member: ZipInfo, budget: Budget) -> bytes:
    limits = budget.limits
    if member.file_size > limits.page:
        raise PageError(f"larger than {limits.page // 1_000_000} MB; split it or take the text out")
    if member.file_size > limits.small and member.file_size > limits.ratio * max(member.compress_size, 1):
        raise PageError(f"unpacks to more than {limits.ratio} times its size, as no page does; left alone")
    budget.spend(member.file_size)
    with archive.open(member) as stream:
        # Never more than the archive says it is: a member that lies is found by its checksum.
        return stream.read(member.file_size)


def _leads_elsewhere(member: ZipInfo) -> str | None:
    # orig_filename: what was written in the archive; ``filename`` ends at a NUL character.
    name = member.orig_filename
    if not member.filename:
        return "it has no name"
    if "\0" in name:
        return "its name holds a NUL character"
    if name.startswith(("/", "\\")) or name[1:2] == ":":
        return "its name is an absolute path"
    if ".." in name.replace("\\", "/").split("/"):
        return "its name leads out of the archive"
    if member.external_attr >> 16 & 0xF000 == SYMLINK:
        return "it is a link to another file"
    return None


def pages_of_wacz(file: BinaryIO, source: str, limits: Limits = LIMITS) -> Iterator[Arrival]:
    """The pages of the WARC files in a WACZ, which keeps them unpacked so that they can be read in place.

    Raises PageError when it is no WACZ.
    """
    with _opened(file, source) as archive:
        for member in sorted(archive.infolist(), key=lambda m: m.filename):
            if member.filename.startswith("archive/") and member.filename.endswith((".warc", ".warc.gz")):
                name = f"{source}/{member.filename}"
                try:
                    with archive.open(member) as stream:
                        yield from pages_of_warc(stream, name, limits)  # type: ignore[arg-type]
                except DAMAGES as problem:
                    yield Refused(
                        name, f"{name}: damaged ({str(problem)[:80]}); what stands before was read; get it again"
                    )


def _opened(file: BinaryIO, source: str) -> ZipFile:
    try:
        return ZipFile(file)
    except DAMAGES as problem:
        raise PageError(
            f"{source}: damaged, cut off, or no zip file; get it again, or unpack it and add the folder"
        ) from problem
