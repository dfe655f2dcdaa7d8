"""What a person decided in the browser, handed to the desk; the same calls as ``jitsuroku judge``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.requests import Request

from jitsuroku.desk.judging.calls import named
from jitsuroku.desk.judging.review import changes_in
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.desk.web.asking import DONE, Asked, Wrong
from jitsuroku.desk.web.fields import changes, filled
from jitsuroku.desk.web.forms import sent_fields
from jitsuroku.desk.web.writing import nth_of, place_of
from jitsuroku.records import Judgement

NAME = "jitsuroku-name"
MOST_TARGETS, MOST_DONE = 50, 20
LONGEST_NAME, LONGEST_FIELD = 80, 20_000
# An address of the desk itself: no other host, nothing that ends a header.
OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: single values, and those that may come several times."""

    one: Mapping[str, str]
    targets: Sequence[str]
    others: Sequence[str]

    def get(self, name: str) -> str:
        """A value without spaces around it; empty when it was not sent."""
        return self.one.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Decided:
    """Where to go on, and the name under which was judged."""

    there: str
    by: str


def name_in(request: Request) -> str:
    """The name under which this browser judges: as it was given here, else the one of who serves the desk."""
    return unquote(request.cookies.get(NAME, "")).strip()[:LONGEST_NAME] or named(None)


async def decide(asked: Asked, request: Request) -> Decided:
    """Do what the form says. Raises CannotJudge, NotFound, Wrong."""
    fields = await sent_fields(request)
    if any(len(value) > LONGEST_FIELD for _, value in fields):
        raise Wrong(f"a field holds more than {LONGEST_FIELD} characters")
    one = dict(fields)
    several = {key: [v for k, v in fields if k == key and v][:MOST_TARGETS] for key in ("target", "other")}
    sent = Sent(one, several["target"], several["other"])
    before = [id for id in sent.get("before").split(",") if id]
    match sent.get("judgement"):
        case "name":
            return Decided(_then(sent, before), named(sent.get("by")[:LONGEST_NAME] or None))
        case "undo":
            for target in sent.targets:
                asked.desk.undo(target, by=asked.by, reason=sent.get("reason") or None)
            return Decided(_then(sent, before), asked.by)
        case "add":
            return Decided(_added(asked, sent), asked.by)
    if not sent.targets:
        raise Wrong("the form names no record; go back and try again")
    made = [_judged(asked, target, sent) for target in sent.targets]
    return Decided(_then(sent, [*before, *(judgement.id for judgement in made)]), asked.by)


def _judged(asked: Asked, target: str, sent: Sent) -> Judgement:
    judgement, reason = sent.get("judgement"), sent.get("reason") or None
    judge = asked.desk.judge
    match judgement:
        case "correct":
            changed = changes(asked.desk.record(target), sent.one)
            return judge("correct", target, by=asked.by, reason=reason, changes=changed)
        case "split":
            parts = [changes_in(line) for line in sent.get("parts").splitlines() if line.strip()]
            return judge("split", target, by=asked.by, reason=reason, parts=parts)
        case "merge":
            others = dict.fromkeys([*sent.others, *sent.get("others").replace(",", " ").split()])
            return judge("merge", target, by=asked.by, reason=reason, others=tuple(others))
        case _:
            return judge(judgement, target, by=asked.by, reason=reason)


def _added(asked: Asked, sent: Sent) -> str:
    """Add a record on words of a page; gives the address at which it is shown."""
    document = asked.desk.document(sent.get("page"))
    text = asked.desk.store.page(document.id).text
    start, end = place_of(text, sent.one.get("words", ""), sent.get("start"), sent.get("end"), document.source)
    told = {name: value for name, value in filled(sent.one) if value}
    if not told and sent.get("kind") == "event":
        raise CannotJudge("an event needs at least its type")
    words = text[start:end]
    made = asked.desk.add_record(
        document.id,
        sent.get("kind"),
        words,
        nth=nth_of(text, words, start),
        by=asked.by,
        reason=sent.get("reason") or None,
        told=told,
    )
    return asked.link(f"/page/{document.id}", record=made.id) + "#here"


def _then(sent: Sent, done: Sequence[str]) -> str:
    """Where the form came from, with what was just done in the address."""
    there = sent.get("then")
    if not OWN.fullmatch(there):
        there = "/review"
    parts = urlsplit(there)
    pairs = [(k, v) for k, v in parse_qsl(parts.query) if k != DONE]
    pairs += [(DONE, ",".join(done[-MOST_DONE:]))] if done else []
    query = f"?{urlencode(pairs)}" if pairs else ""
    return parts.path + query + (f"#{parts.fragment}" if parts.fragment else "")


def kept_name(by: str) -> str:
    """The name as it may stand in a cookie."""
    return quote(by, safe="")
