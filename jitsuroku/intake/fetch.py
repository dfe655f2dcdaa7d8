"""Addresses -> bytes, as a polite and careful visitor: robots.txt, a pace for every host, nothing asked for twice.

The clock, the waiting and the judging of addresses are handed in; the reader itself never fetches.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from protego import Protego

from jitsuroku.intake.connection import Answer, exchange
from jitsuroku.intake.packed import unpacked
from jitsuroku.intake.received import LIMITS, Limits, PageError
from jitsuroku.intake.targets import Allows, NotFetched, Resolve, Target, is_public, judged, system_resolve, target_of

ROBOT = "jitsuroku"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
GONE = frozenset({404, 410})
ACCEPTED = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,text/plain,*/*;q=0.5"
# RFC 9309: at least so much of a robots.txt is read.
MOST_ROBOTS = 512_000


@dataclass(frozen=True, slots=True)
class Manners:
    """How a visitor behaves: seconds between two questions to a host, the longest that a host may ask to wait before it
    is left for another time, seconds for one answer, redirects followed, how often a busy host is asked again."""

    pace: float = 2.0
    patience: float = 60.0
    seconds: float = 30.0
    redirects: int = 5
    tries: int = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an address from the last time: its validators, and until when it asked not to be asked."""

    etag: str | None = None
    modified: str | None = None
    wait_until: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: ``address`` where it came from in the end, ``at`` when, ``data`` None when nothing changed since."""

    asked: str
    address: str
    at: str
    media: str
    data: bytes | None
    seen: Seen


class ComeLater(NotFetched):
    """The host asks to be left alone until a moment (ISO)."""

    def __init__(self, told: str, until: str) -> None:
        super().__init__(told)
        self.until = until


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one after the other. ``allows`` and ``resolve`` are for tests against a server of their own."""

    agent: str = ROBOT
    manners: Manners = field(default_factory=Manners)
    limits: Limits = LIMITS
    allows: Allows = is_public
    resolve: Resolve = system_resolve
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, Protego | str] = field(default_factory=dict)
    _free: dict[str, datetime] = field(default_factory=dict)

    def fetch(self, address: str, seen: Seen | None = None) -> Fetched:
        """Fetch an address. ``seen``: what came of it last, so that what did not change is not sent again.

        Raises NotFetched when it may not or cannot be fetched, ComeLater when the host asks to wait longer than we do.
        """
        seen = seen or Seen()
        if seen.wait_until and self.now() < datetime.fromisoformat(seen.wait_until):
            raise ComeLater(f"{address}: its host asked to be left alone until {seen.wait_until}", seen.wait_until)
        target = target_of(address.partition("#")[0])
        for _ in range(self.manners.redirects + 1):
            self._obey_robots(target)
            answer = self._ask(target, _conditions(seen))
            if answer.status not in REDIRECTS:
                return self._fetched(address, target, answer, seen)
            # Validators belong to the address that gave them.
            target, seen = _moved(target, answer), Seen()
        raise NotFetched(f"{address}: more than {self.manners.redirects} redirects; check the address in a browser")

    def _fetched(self, asked: str, target: Target, answer: Answer, seen: Seen) -> Fetched:
        at = self.now().replace(microsecond=0).isoformat().replace("+00:00", "Z")
        if answer.status == 304:
            return Fetched(asked, target.address, at, "", None, Seen(seen.etag, seen.modified))
        if answer.status != 200:
            gone = "; it is gone" if answer.status in GONE else ""
            raise NotFetched(f"{target.address}: the server answered {answer.status}{gone}; check it in a browser")
        try:
            data = unpacked(answer.body, answer.fields.get("content-encoding", ""), self.limits)
        except PageError as problem:
            raise NotFetched(f"{target.address}: {problem}") from problem
        kept = Seen(answer.fields.get("etag"), answer.fields.get("last-modified"))
        # Of what was redirected the next question goes to the first address, which has no validators.
        kept = kept if target.address == asked.partition("#")[0] else Seen()
        return Fetched(asked, target.address, at, answer.fields.get("content-type", ""), data, kept)

    def _ask(self, target: Target, fields: dict[str, str]) -> Answer:
        """Ask at the host's pace, and again when it is busy. Raises ComeLater and NotFetched."""
        sent = {"User-Agent": self.agent, "Accept": ACCEPTED, "Accept-Encoding": "gzip, br", **fields}
        for tried in range(self.manners.tries + 1):
            addresses = judged(target, self.allows, self.resolve)
            self._keep_pace(target)
            answer = exchange(target, addresses, sent, seconds=self.manners.seconds, most=self.limits.page)
            if answer.status not in BUSY:
                return answer
            wait = self._asked_to_wait(answer)
            if wait > self.manners.patience or tried == self.manners.tries:
                until = (self.now() + timedelta(seconds=wait)).replace(microsecond=0).isoformat()
                raise ComeLater(f"{target.address}: its host is busy and asks to be left alone until {until}", until)
            self._free[target.site] = self.now() + timedelta(seconds=wait)
        raise AssertionError("the last try either answers or raises")

    def _asked_to_wait(self, answer: Answer) -> float:
        """Retry-After in seconds, written as a number or as a date; else a while."""
        told = answer.fields.get("retry-after", "")
        if told.isascii() and told.isdigit():
            return float(min(int(told[:9]), 366 * 86_400))
        try:
            moment = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError, OverflowError):
            return self.manners.pace * 5
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max((moment - self.now()).total_seconds(), 0.0), 366 * 86_400.0)

    def _keep_pace(self, target: Target) -> None:
        wait = (self._free.get(target.site, self.now()) - self.now()).total_seconds()
        if wait > 0:
            self.sleep(wait)
        self._free[target.site] = self.now() + timedelta(seconds=self._pace_of(target))

    def _pace_of(self, target: Target) -> float:
        rules = self._rules.get(target.site)
        asked = rules.crawl_delay(ROBOT) if isinstance(rules, Protego) else None
        return min(max(self.manners.pace, asked or 0.0), self.manners.patience)

    # --- robots.txt -------------------------------------------------------------------------------------------------

    def _obey_robots(self, target: Target) -> None:
        rules = self._rules.get(target.site)
        if rules is None:
            rules = self._rules[target.site] = self._read_robots(target)
        if isinstance(rules, str):
            raise NotFetched(f"{target.address}: {rules}")
        if not rules.can_fetch(f"{target.site}{target.path}", ROBOT):
            raise NotFetched(f"{target.address}: its robots.txt asks not to fetch this; save the page and add the file")

    def _read_robots(self, target: Target) -> Protego | str:
        """The rules of a site, or why it may not be visited: as RFC 9309 has it, none where there is no robots.txt, and
        nothing allowed where the server cannot say."""
        # What goes wrong is told of the page that was asked for.
        robots = replace(target, path="/robots.txt")
        for _ in range(self.manners.redirects + 1):
            answer = self._ask(robots, {})
            if answer.status in REDIRECTS:
                robots = _moved(robots, answer)
            elif answer.status == 200:
                return Protego.parse(self._text(answer)[:MOST_ROBOTS])
            elif 400 <= answer.status < 500:
                return Protego.parse("")
            else:
                return f"its robots.txt could not be read (the server answered {answer.status}); try again later"
        return Protego.parse("")

    def _text(self, answer: Answer) -> str:
        try:
            return unpacked(answer.body, answer.fields.get("content-encoding", ""), self.limits).decode(
                "utf-8", "replace"
            )
        except PageError:
            return ""


def _origin(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = target.port == (443 if target.scheme == "https" else 80)
    return f"{target.scheme}://{host}" + ("" if usual else f":{target.port}")


def _conditions(seen: Seen) -> dict[str, str]:
    told = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in told.items() if value}


def _moved(target: Target, answer: Answer) -> Target:
    """Where a redirect leads. Raises NotFetched when that is nowhere, or from a secure page to an open one."""
    place = answer.fields.get("location", "")
    try:
        moved = target_of(
            urljoin(
                _origin(target) + target.path, place.encode("latin-1", "replace").decode("utf-8", "replace")
            ).partition("#")[0]
        )
    except (NotFetched, ValueError) as problem:
        raise NotFetched(f"{target.address}: redirects to what may not be fetched ({problem})") from problem
    if not place:
        raise NotFetched(f"{target.address}: redirects to nowhere; check the address in a browser")
    if target.scheme == "https" and moved.scheme != "https":
        raise NotFetched(f"{target.address}: redirects from a secure page to an open one; add that by its own address")
    return moved
