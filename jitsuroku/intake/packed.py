"""Packed bytes -> bytes, never more than asked for: a bomb stops at the cap with the memory flat."""

from __future__ import annotations

import zlib

from jitsuroku.intake.received import LIMITS, Limits, PageError

STEP = 1 << 16
# Both names of each; identity packs nothing.
GZIP = frozenset({"gzip", "x-gzip"})
PLAIN = frozenset({"", "identity", "none"})


class Bomb(PageError):
    """Bytes that unpack to more than a page may hold."""


def unpacked(data: bytes, encoding: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of an HTTP body in the order in which it was packed: ``gzip``, ``deflate``, ``br``, or several.

    Raises Bomb when it unpacks to more than the limits allow, PageError when it is damaged or packed in another way.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in PLAIN:
            continue
        data = _unpacked(data, name, limits)
    return data


def _unpacked(data: bytes, name: str, limits: Limits) -> bytes:
    if name in GZIP:
        return inflated(data, 31, limits)
    if name == "deflate":
        # Meant with zlib's frame around it, often sent without.
        return inflated(data, 15 if data[:1] == b"\x78" else -15, limits)
    if name == "br":
        return _from_brotli(data, limits)
    raise PageError(f"packed as {name[:20]!r}, which cannot be unpacked here; fetch it unpacked")


def inflated(data: bytes, window: int, limits: Limits = LIMITS) -> bytes:
    """All members of gzip data, or one stream of deflate. Raises Bomb and PageError as ``unpacked`` does."""
    parts, size, rest = [], 0, data
    while rest:
        stream = zlib.decompressobj(window)
        while rest and not stream.eof:
            try:
                part = stream.decompress(rest, STEP)
            except zlib.error as problem:
                raise PageError(f"damaged where it was packed ({problem}); fetch or save it again") from problem
            parts.append(part)
            size += len(part)
            refuse_bomb(size, len(data), limits)
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
            if not part and not stream.eof and not rest:
                break
        if not stream.eof:
            raise PageError("cut off where it was packed; fetch or save it again")
        if window != 31:
            break
    return b"".join(parts)


def _from_brotli(data: bytes, limits: Limits) -> bytes:
    import brotli

    stream, parts, size, given = brotli.Decompressor(), [], 0, data
    try:
        while not stream.is_finished():
            part = stream.process(given, output_buffer_limit=STEP)
            if not part and not given:
                raise PageError("cut off where it was packed; fetch or save it again")
            given = b""
            parts.append(part)
            size += len(part)
            refuse_bomb(size, len(data), limits)
    except brotli.error as problem:
        raise PageError("damaged where it was packed; fetch or save it again") from problem
    return b"".join(parts)


def refuse_bomb(size: int, packed: int, limits: Limits) -> None:
    """Raises Bomb when ``packed`` bytes have come to more than a page may hold, or grow as no text does."""
    if size > limits.page:
        raise Bomb(f"unpacks to more than {limits.page // 1_000_000} MB; split it or take the text out")
    if size > limits.small and size > packed * limits.ratio:
        raise Bomb(f"unpacks to more than {limits.ratio} times its size, as no page does; left alone")
