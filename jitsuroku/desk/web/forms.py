"""A plain form as it was sent: bounded before it is taken apart."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from jitsuroku.desk.web.asking import Wrong
from jitsuroku.desk.web.guard import Refused

PLAIN = "application/x-www-form-urlencoded"
MOST_BYTES, MOST_FIELDS = 300_000, 300


async def sent_fields(request: Request, most: int = MOST_BYTES) -> list[tuple[str, str]]:
    """The fields of a form in order, at most MOST_FIELDS. Raises Wrong, Refused."""
    if not request.headers.get("content-type", PLAIN).startswith(PLAIN):
        raise Wrong("send it as a plain form")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise Refused(413, f"more than {most:,} bytes in one form")
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError as problem:
        raise Wrong("the form is no text, or has too many fields") from problem
