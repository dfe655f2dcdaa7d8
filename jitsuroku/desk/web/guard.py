"""What stands before every page: who may ask, from where, how much, and what a browser may do with the answer."""

from __future__ import annotations

import asyncio
import hmac
import time
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # With "no-referrer" a browser sends our own form with the origin "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
READING = frozenset({"GET", "HEAD"})
COOKIE = "jitsuroku-token"
# Where a request carries whether its sender may add and judge.
WRITES = "jitsuroku.writes"
MOST_BYTES = 10_000_000
LONGEST_ADDRESS, LONGEST_HEAD = 4_000, 32_000
# Seconds between two parts of a body, for the whole body, and for the browser to take a part of the answer.
SLOWEST_BODY, LONGEST_BODY, SLOWEST_READER = 20.0, 120.0, 60.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may come in: the names under which the desk answers, the token that others than this machine need, and the one
    that lets visitors read and nothing else."""

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    visiting: str | None = None


class Refused(Exception):
    """A request that is not answered; ``code`` is HTTP's."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


async def refusal(request: Request, problem: Exception) -> PlainTextResponse:
    """The answer to a request that is refused."""
    assert isinstance(problem, Refused)
    return PlainTextResponse(f"{problem.why}\n", problem.code)


class Guard:
    """Refuses what may not come in, and puts the policy on every answer."""

    def __init__(self, app: ASGIApp, entry: Entry) -> None:
        self._app, self._entry = app, entry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await asyncio.wait_for(send(message), SLOWEST_READER)

        try:
            self._check(scope)
            if answer := self._entering(scope):
                await answer(scope, receive, sending)
                return
            scope[WRITES] = self._writes(scope)
            if scope["method"] not in READING and not scope[WRITES]:
                raise Refused(403, "visitors read only; who may add and judge has another address")
            await self._app(scope, _bounded(receive), sending)
        except Refused as refused:
            await (await refusal(Request(scope), refused))(scope, receive, sending)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise Refused(414, "the address is too long")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEAD:
            raise Refused(431, "the head of the request is too long")
        host = headers.get("host", "")
        if "*" not in self._entry.hosts and _name(host) not in self._entry.hosts:
            raise Refused(421, "the desk does not answer under this name; open it as 127.0.0.1 or localhost")
        if scope["method"] not in READING and not _same_origin(headers, host):
            raise Refused(403, "this request comes from another site")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            raise Refused(413, f"more than {MOST_BYTES // 1_000_000} MB at once; add the files in parts")

    def _entering(self, scope: Scope) -> RedirectResponse | None:
        """With a right token in the address: the same address without it, and the token kept by the browser."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"))
        given = dict(asked).get("token")
        known = [t for t in (self._entry.token, self._entry.visiting) if t is not None]
        if given is None or not any(_same(given, token) for token in known):
            return None
        rest = urlencode([pair for pair in asked if pair[0] != "token"])
        # One slash at the start: "//evil.example" would lead to another host.
        there = "/" + scope["path"].lstrip("/\\") + (f"?{rest}" if rest else "")
        answer = RedirectResponse(there, 303)
        answer.set_cookie(COOKIE, given, httponly=True, samesite="strict", path="/")
        return answer

    def _writes(self, scope: Scope) -> bool:
        """Whether who asks may add and judge: with the token, or anybody on this machine where none is set."""
        token, visiting = self._entry.token, self._entry.visiting
        if token is None:
            return True
        headers = Headers(scope=scope)
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        shown = (bearer, _kept(headers.get("cookie", "")))
        if any(_same(own, token) for own in shown):
            return True
        if visiting is not None and any(_same(own, visiting) for own in shown):
            return False
        raise Refused(401, "open the address that jitsuroku serve printed: it holds the token")


def _kept(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a form was sent from a page of the desk. Browsers name the origin; what names none is no browser's."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return False
    return origin is None or (origin != "null" and urlsplit(origin).netloc == host)


def _bounded(receive: Receive) -> Receive:
    """A body that comes in time and is no longer than allowed, also when its length is not given."""
    taken, until = 0, time.monotonic() + LONGEST_BODY

    async def receiving() -> Message:
        nonlocal taken
        if taken < 0:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), min(SLOWEST_BODY, max(until - time.monotonic(), 0.0)))
        except TimeoutError:
            raise Refused(408, "the request came too slowly") from None
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise Refused(413, f"more than {MOST_BYTES // 1_000_000} MB at once; add the files in parts")
        if not message.get("more_body"):
            taken = -1
        return message

    return receiving
