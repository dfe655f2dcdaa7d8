"""Files -> pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jitsuroku.contract import document_id
from jitsuroku.intake.charset import CharsetError, decode
from jitsuroku.intake.documents import PDF_WALK, WORD_WALK, text_of_pdf, text_of_word
from jitsuroku.intake.html import WALK, visible_text
from jitsuroku.intake.mail import letter_of
from jitsuroku.intake.opening import Opening, is_wanted, open_file
from jitsuroku.intake.received import PageError, Received, Refused, instant
from jitsuroku.records import Page, Region

LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|div|article|main|section|p)\b", re.I | re.S
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|ref|igshid)$", re.I)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a page's bytes: its text and by which walk, and what the page says of itself."""

    text: str
    walk: str
    charset: str
    regions: tuple[Region, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    address: str | None = None


def find_pages(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Every file below the paths that is a page or holds pages, in order, with its source: the path relative to what was
    named.

    Links out of a named folder are not followed. Raises PageError when a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if is_wanted(p.name) and p.is_file()):
                if file.resolve().is_relative_to(path.resolve()):
                    yield file, file.relative_to(path).as_posix()
        elif path.exists():
            yield path, path.name
        else:
            raise PageError(f"{path}: no such file or folder; check the path")


def read_page(path: Path, source: str | None = None) -> Page:
    """Read the one page of a file. Raises PageError when it is empty, too large, unreadable, no text, or several."""
    return page_of(received_from(path, source))


def received_from(path: Path, source: str | None = None) -> Received:
    """The bytes of the one page of a file. Raises PageError when it is too large, unreadable, or holds several."""
    source = source or path.name
    found = list(islice(open_file(path, source, Opening()), 2))
    if len(found) != 1:
        raise PageError(f"{path}: holds {'several pages' if found else 'no page'}; add it to a store: jitsuroku add")
    if isinstance(found[0], Refused):
        raise PageError(found[0].problem)
    return found[0]


def page_from_bytes(data: bytes, source: str, address: str | None = None, html: bool | None = None) -> Page:
    """A page from the bytes of a text or HTML file; ``html`` None lets the content decide.

    Raises PageError when they are empty or no text.
    """
    form = {True: "html", False: "text", None: None}[html]
    return page_of(Received(source, data, form, "file", address))


def page_of(received: Received) -> Page:
    """The page of bytes that came in. Line ends become ``\\n``; nothing else of a text page is touched.

    Raises PageError when they are empty, no text, or damaged.
    """
    made = _made(received)
    if not made.text.strip():
        raise PageError(f"{received.source}: holds no text; there is nothing to read")
    digest = sha256(received.data).hexdigest()
    metadata = (*received.metadata, *made.metadata)
    address = _canonical(received.address or made.address or dict(made.metadata).get("canonical"))
    identity = document_id(address or received.source, digest)
    notes = (*received.notes, *_notes(made.text))
    rest = (made.walk, made.charset, metadata, made.regions, notes, instant(received.fetched))
    return Page(identity, received.source, address, digest, made.text, *rest)


def _made(received: Received) -> Made:
    data, source = received.data, received.source
    if received.form == "pdf":
        return Made(text_of_pdf(data, source), PDF_WALK, "utf-8")
    if received.form == "docx":
        return Made(text_of_word(data, source), WORD_WALK, "utf-8")
    if received.form in ("mail", "mhtml"):
        letter = letter_of(data, source)
        made = _from_text(letter.data, source, letter.html, letter.charset)
        return replace(made, address=letter.address, metadata=(*letter.metadata, *made.metadata))
    return _from_text(
        data, source, received.form == "html" or (None if received.form is None else False), received.charset
    )


def _from_text(data: bytes, source: str, html: bool | None, told: str | None) -> Made:
    try:
        raw, charset = decode(data, told)
    except CharsetError as problem:
        raise PageError(f"{source}: is not text ({problem}); save it as UTF-8 text or HTML") from problem
    if len(CONTROLS.findall(raw[:100_000])) > len(raw[:100_000]) / 100:
        raise PageError(f"{source}: is a binary file, not a page; give the text or HTML of the page")
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if html or (html is None and LOOKS_LIKE_HTML.match(text)):
        text, regions, metadata = visible_text(raw)
        return Made(text, WALK, charset, regions, metadata)
    return Made(text, "text/1", charset)


def _canonical(address: str | None) -> str | None:
    """The canonical form of an address; None for what is none, so that no page is named by it."""
    try:
        return canonical(address) if address and address.strip() else None
    except ValueError:
        return None


def canonical(address: str) -> str:
    """An address without its fragment and tracking parameters, host in lower case."""
    parts = urlsplit(address.strip())
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def _notes(text: str) -> tuple[str, ...]:
    """What a reader of the record must know of the text: mojibake in the source is flagged, never mended."""
    return ("the source holds replacement characters",) if "�" in text else ()
