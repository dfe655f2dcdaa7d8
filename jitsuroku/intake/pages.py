"""Files -> pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jitsuroku.contract import document_id
from jitsuroku.intake.charset import CharsetError, decode
from jitsuroku.intake.html import WALK, visible_text
from jitsuroku.records import Page

TEXT_SUFFIXES = frozenset({".txt", ".md"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES
LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|div|article|main|section|p)\b", re.I | re.S
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|ref|igshid)$", re.I)
LARGEST = 50_000_000


class PageError(ValueError):
    """A page that cannot be read; the message names the file, the place and the remedy."""


def find_pages(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Every page file below the paths, in order, with its source: the path relative to what was named.

    Links out of a named folder are not followed. Raises PageError when a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()):
                if file.resolve().is_relative_to(path.resolve()):
                    yield file, file.relative_to(path).as_posix()
        elif path.exists():
            yield path, path.name
        else:
            raise PageError(f"{path}: no such file or folder; check the path")


def read_page(path: Path, source: str | None = None) -> Page:
    """Read one file. Raises PageError when it is empty, too large, unreadable or no text."""
    try:
        if path.stat().st_size > LARGEST:
            raise PageError(f"{path}: larger than {LARGEST // 1_000_000} MB; split it or take the text out")
        data = path.read_bytes()
    except OSError as problem:
        raise PageError(f"{path}: cannot be opened ({problem.strerror}); check the file and your rights") from problem
    return page_from_bytes(data, source or path.name, html=path.suffix.lower() in HTML_SUFFIXES)


def page_from_bytes(data: bytes, source: str, address: str | None = None, html: bool | None = None) -> Page:
    """A page from its bytes. Line ends become ``\\n``; nothing else of a text page is touched.

    ``html`` None lets the content decide. Raises PageError as ``read_page`` does.
    """
    try:
        raw, charset = decode(data)
    except CharsetError as problem:
        raise PageError(f"{source}: is not text ({problem}); save it as UTF-8 text or HTML") from problem
    if len(CONTROLS.findall(raw[:100_000])) > len(raw[:100_000]) / 100:
        raise PageError(f"{source}: is a binary file, not a page; give the text or HTML of the page")
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if html or (html is None and LOOKS_LIKE_HTML.match(text)):
        text, regions, metadata = visible_text(raw)
        address = address or dict(metadata).get("canonical")
        walk = WALK
    else:
        regions, metadata, walk = (), (), "text/1"
    if not text.strip():
        raise PageError(f"{source}: holds no text; there is nothing to read")
    digest, address = sha256(data).hexdigest(), canonical(address) if address else None
    identity = document_id(address or source, digest)
    return Page(identity, source, address, digest, text, walk, charset, metadata, regions, _notes(text))


def canonical(address: str) -> str:
    """An address without its fragment and tracking parameters, host in lower case."""
    parts = urlsplit(address.strip())
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def _notes(text: str) -> tuple[str, ...]:
    """What a reader of the record must know of the text: mojibake in the source is flagged, never mended."""
    return ("the source holds replacement characters",) if "�" in text else ()
