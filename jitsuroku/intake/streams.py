"""A WARC file as one stream of bytes, plain or in gzip members, that knows where it stands and never ends silently.

Readers of WARC take a file that was cut off for one that ends, and go astray behind a flipped bit. Here either raises
Damage, and ``resync`` finds the next record, so that what was lost can be told to the byte.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

from jitsuroku.intake.received import LIMITS, Limits

MAGIC = b"\x1f\x8b\x08"
RECORD = b"WARC/1."
STEP = 1 << 16
LONGEST_LINE = 1 << 16


class Damage(ValueError):
    """The bytes do not go on as a WARC's must; the message says in what way."""


class Stream:
    """Bytes from a seekable file. ``start`` is the offset in the file of what ``mark`` last found."""

    def __init__(self, file: BinaryIO, limits: Limits = LIMITS) -> None:
        self.file, self.limits = file, limits
        self.buffer = bytearray()
        self.start = 0
        self.size = file.seek(0, 2)
        file.seek(0)

    def fill(self) -> bool:
        """Bring more bytes into the buffer; False at the end of the file. Raises Damage."""
        chunk = self.file.read(STEP)
        self.buffer += chunk
        return bool(chunk)

    @property
    def offset(self) -> int:
        """Where in the file the next byte stands; in a packed file its member."""
        return self.file.tell() - len(self.buffer)

    def mark(self) -> int | None:
        """Step over empty lines to the next record; its offset, or None at the end."""
        while True:
            bare = self.buffer.lstrip(b"\r\n")
            del self.buffer[: len(self.buffer) - len(bare)]
            if self.buffer:
                self.start = self.offset
                return self.start
            if not self.fill():
                return None

    def line(self, longest: int = LONGEST_LINE) -> bytes:
        """The next line without its end. Raises Damage when it is longer or the file ends in it."""
        begin = 0
        while (end := self.buffer.find(b"\n", begin)) < 0:
            if len(self.buffer) > longest:
                raise Damage("no record begins here")
            begin = len(self.buffer)
            self._need_more()
        found = bytes(self.buffer[:end]).rstrip(b"\r")
        del self.buffer[: end + 1]
        return found

    def take(self, n: int, keep: int) -> bytes:
        """The next ``n`` bytes, of which ``keep`` are given and the others passed over."""
        kept = bytearray()
        while n > 0:
            if not self.buffer:
                self._need_more()
            step = min(n, len(self.buffer))
            kept += self.buffer[: min(step, keep - len(kept))]
            del self.buffer[:step]
            n -= step
        return bytes(kept)

    def _need_more(self) -> None:
        if not self.fill():
            raise Damage("the file ends in the middle of a record")

    def finish(self) -> None:
        """Step over the two line ends behind a record. Raises Damage when something else stands there.

        A file may be cut off in them: what they end is whole.
        """
        for _ in range(2):
            if self.file.tell() == self.size and not self.buffer.strip(b"\r\n"):
                return
            if self.line():
                raise Damage("a record is longer or shorter than it says")

    def resync(self) -> int:
        """Go to the first record behind ``start``; gives its offset, or the end of the file."""
        at = _find(self.file, b"\n" + RECORD, self.start + 1)
        at = self.size if at is None else at + 1
        self._go(at)
        return at

    def _go(self, at: int) -> None:
        self.file.seek(at)
        self.buffer.clear()
        self.start = at


class PackedStream(Stream):
    """The same of a file of gzip members, in which each record is packed by itself, or all are together."""

    def __init__(self, file: BinaryIO, limits: Limits = LIMITS) -> None:
        super().__init__(file, limits)
        self.member = self.behind = self.made = 0
        self.inflater, self.rest = zlib.decompressobj(31), b""

    @property
    def offset(self) -> int:
        """Where in the file the member begins that the next byte stands in."""
        return self.member

    def fill(self) -> bool:
        """Unpack some more, of this member or the next."""
        return self._inflate() or self._next_member()

    def _inflate(self) -> bool:
        """Unpack some more of this member; False when it has ended, or none has begun."""
        while not self.inflater.eof:
            packed = self.rest or self.file.read(STEP)
            if not packed:
                if self.file.tell() == self.member:
                    return False
                raise Damage("the file ends in the middle of a record")
            try:
                part = self.inflater.decompress(packed, STEP)
            except zlib.error as problem:
                raise Damage("the packed bytes are damaged") from problem
            self.rest = self.inflater.unconsumed_tail
            self.behind = self.file.tell() - len(self.inflater.unused_data)
            self._refuse_bomb(len(part))
            if part:
                self.buffer += part
                return True
        return False

    def _refuse_bomb(self, more: int) -> None:
        self.made += more
        packed = self.file.tell() - self.member
        if self.made > self.limits.small and self.made > self.limits.ratio * packed:
            raise Damage(f"unpacks to more than {self.limits.ratio} times its size, as no page does")

    def _next_member(self) -> bool:
        if not self.inflater.eof or self.behind >= self.size:
            return False
        self._begin_member(self.behind)
        return self._inflate()

    def finish(self) -> None:
        """The same, then unpack up to the member's checksum, unless more of its bytes follow."""
        for _ in range(2):
            if self.line():
                raise Damage("a record is longer or shorter than it says")
        while not self.buffer and self._inflate():
            pass

    def resync(self) -> int:
        """Go to the first member behind ``start`` that begins with a record."""
        at = self.start
        while (found := _find(self.file, MAGIC, at + 1)) is not None:
            at = found
            self.file.seek(at)
            if _begins_record(self.file.read(STEP)):
                break
        else:
            at = self.size
        self._go(at)
        return at

    def _go(self, at: int) -> None:
        super()._go(at)
        self._begin_member(at)

    def _begin_member(self, at: int) -> None:
        self.file.seek(at)
        self.start = self.member = self.behind = at
        self.inflater, self.made, self.rest = zlib.decompressobj(31), 0, b""


def stream_of(file: BinaryIO, limits: Limits = LIMITS) -> Stream:
    """The stream of a WARC file, by its first bytes."""
    packed = file.read(2) == MAGIC[:2]
    file.seek(0)
    return PackedStream(file, limits) if packed else Stream(file, limits)


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 64).startswith(RECORD)
    except zlib.error:
        return False


def _find(file: BinaryIO, words: bytes, at: int) -> int | None:
    """The offset of these bytes at or behind ``at``."""
    file.seek(at)
    kept = b""
    while chunk := file.read(1 << 20):
        window = kept + chunk
        if (found := window.find(words)) >= 0:
            return at - len(kept) + found
        at += len(chunk)
        kept = window[-len(words) + 1 :]
    return None
