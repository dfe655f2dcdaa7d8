"""What comes in: the bytes of one page with all that is known of where they were, or the reason why there are none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

# By what a file's name ends in, what its bytes are.
FORM_OF_SUFFIX = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".eml": "mail",
    ".pdf": "pdf",
    ".docx": "docx",
}
FORM_OF_MEDIA = {
    "text/plain": "text",
    "text/markdown": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "multipart/related": "mhtml",
    "message/rfc822": "mail",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)


class PageError(ValueError):
    """A page that cannot be read; the message names the file, the place and the remedy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken in; what goes beyond is refused with a word, never cut silently."""

    page: int = 50_000_000
    # What one archive may unpack to, all in all, and how many members it may have.
    unpacked: int = 4_000_000_000
    members: int = 200_000
    # Text shrinks to a tenth; what shrinks to a two-hundredth is made to fill the memory.
    ratio: int = 200
    small: int = 1_000_000
    # Archives inside archives.
    depth: int = 2


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Received:
    """The bytes of one page. ``source``: the path relative to what was added, inside an archive with the member's name
    or place; ``form``: text, html, mhtml, mail, pdf, docx, or None where the content decides; ``by``: what brought it;
    ``fetched``: when, in ISO, where that is known."""

    source: str
    data: bytes
    form: str | None
    by: str
    address: str | None = None
    charset: str | None = None
    fetched: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What did not come in: ``problem`` names the file, the place and the remedy."""

    source: str
    problem: str


Arrival = Received | Refused


def form_of(name: str) -> str | None:
    """What the name of a file says of its bytes."""
    return FORM_OF_SUFFIX.get(PurePosixPath(name).suffix.lower())


def media_and_charset(content_type: str) -> tuple[str, str | None]:
    """``text/html; charset=euc-jp`` -> the media type in lower case and the character set."""
    found = CHARSET.search(content_type)
    return content_type.partition(";")[0].strip().lower(), found.group(1) if found else None


def below(outer: str, arrival: Arrival) -> Arrival:
    """The arrival with the name of what it stood in before its own."""
    return replace(arrival, source=f"{outer}/{arrival.source}")


def instant(told: str | None) -> str | None:
    """A moment in ISO, in UTC where its zone is told; None when it is none."""
    try:
        moment = datetime.fromisoformat((told or "").strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.isoformat() if len(told or "") > len("2025-06-16") else moment.date().isoformat()
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
