"""Messages: a saved mail (``.eml``) and a page saved as one file (``.mhtml``), by the standard library's reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime

from jitsuroku.intake.received import PageError

MOST_PARTS = 1000
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """The part of a message that is to be read."""

    data: bytes
    html: bool
    charset: str | None
    address: str | None
    metadata: tuple[tuple[str, str], ...]


def letter_of(data: bytes, source: str) -> Letter:
    """The page in a message: of a saved page its HTML, of a mail the HTML where there is one, else the text.

    Raises PageError when it holds neither.
    """
    message = message_from_bytes(data, policy=default)
    parts = [p for p in _parts(message) if p.get_content_disposition() != "attachment"]
    for kind in ("text/html", "application/xhtml+xml", "text/plain"):
        for part in parts:
            body = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(body, bytes) and body.strip():
                return Letter(
                    body, kind != "text/plain", part.get_content_charset(), _address(part, message), _told(message)
                )
    raise PageError(f"{source}: a message without text; save the page itself as HTML or text")


def _parts(message: Message) -> Iterator[Message]:
    waiting, seen = [(message, 0)], 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop(0)
        seen += 1
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list) and depth < DEEPEST:
            waiting[:0] = [(p, depth + 1) for p in payload if isinstance(p, Message)]
        else:
            yield part


def _address(part: Message, message: Message) -> str | None:
    """Where a saved page was: browsers write it to the message, or to the part."""
    for holder, name in (
        (message, "Snapshot-Content-Location"),
        (part, "Content-Location"),
        (message, "Content-Location"),
    ):
        value = _field(holder, name)
        if value.lower().startswith(("http://", "https://")):
            return value
    return None


def _told(message: Message) -> tuple[tuple[str, str], ...]:
    found = [("title", _field(message, "Subject")), ("date", iso_of(_field(message, "Date")) or "")]
    return tuple((name, value) for name, value in found if value)


def _field(message: Message, name: str) -> str:
    """A field as one line; "" where it is missing or cannot be read."""
    try:
        value = message.get(name) if isinstance(message, EmailMessage) else None
        return " ".join(str(value or "").encode("utf-8", "replace").decode().split())
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""


def iso_of(date: str) -> str | None:
    """``Mon, 16 Jun 2025 08:00:00 +0900`` as ISO with the zone it was written in; None when it is no date."""
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
