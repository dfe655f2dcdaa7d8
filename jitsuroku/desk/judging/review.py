"""The queue of records that nobody judged yet, one at a time, worked off by keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from jitsuroku.desk.judging.state import in_effect
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.desk.lines import evidence_of
from jitsuroku.desk.query import Desk
from jitsuroku.desk.report import record_lines
from jitsuroku.desk.series import page_of
from jitsuroku.desk.terminal import wrapped
from jitsuroku.records import Judgement, Record

KINDS = ("flag", "event", "commitment", "statement", "reading", "figure", "unresolved", "meeting")
MEETING = "meeting"
# Of so many records of a kind the first are found page by page.
MANY = 20_000
KEYS = "c confirm · r reject · e correct · d dismiss · s skip · u undo · q quit · ? this line"

END = "the end of the queue: u undo, any other key ends"


class Hand(Protocol):
    """Where keys and lines come from: a terminal, or a file."""

    def key(self) -> str:
        """The next key; empty when there are no more."""

    def line(self, prompt: str) -> str:
        """A line of text."""


def queue(desk: Desk, kinds: Sequence[str] = KINDS, page: str | None = None, limit: int = 500) -> list[Record]:
    """The records of the newest pages that no judgement in effect is about, flags first, then by page; at most ``limit``."""
    judged = _judged(desk)
    found: list[Record] = []
    for kind in kinds:
        most = limit - len(found) + len(judged)
        found += [r for r in _first(desk, kind, page, most) if r.id not in judged]
        if len(found) >= limit:
            break
    return found[:limit]


def waiting(desk: Desk) -> Counter[str]:
    """How many records of each kind no judgement in effect is about, whether or not the queue reaches so far."""
    judged = _judged(desk)
    listed, seen = desk.store.numbers_listed(), desk.store.number_among(judged)
    found = {kind: listed[kind] - seen[kind] for kind in KINDS if kind != MEETING}
    return Counter(found | {MEETING: sum(m.id not in judged for m in desk.records((MEETING,)))})


def _first(desk: Desk, kind: str, page: str | None, most: int) -> Iterable[Record]:
    """The first records of a kind by page. Many are not put in order for a few of them."""
    if page is not None or desk.store.number_listed(kind) < MANY:
        return desk.records((kind,), page=page, limit=most)
    with closing(desk.stream((kind,))) as found:
        return list(islice(found, most))


def _judged(desk: Desk) -> set[str]:
    """The ids of the records that a judgement in effect is about. Pages are looked into only where one names a record that is
    there no longer, so that a thousand judgements cost no more than their lines."""
    named = {j.target for j in in_effect(desk.store.judgements())}
    if named <= desk.store.known(named):
        return named
    return {s.record.id for s in desk.judgements() if s.state == "in effect" and s.record is not None}


def changes_in(text: str, between: str = ";") -> dict[str, str]:
    """``date=2025-06; actor=JPN, USA`` as fields and values. Raises CannotJudge when a part is none."""
    parts = [part.partition("=") for part in text.split(between) if part.strip()]
    if not parts or not all(name.strip() and equals for name, equals, _ in parts):
        raise CannotJudge(f"{text!r}: write FIELD=VALUE, several with {between} between")
    return {name.strip(): value.strip() for name, _, value in parts}


@dataclass
class Review:
    """One person at work on a queue."""

    desk: Desk
    hand: Hand
    say: Callable[[str], None]
    by: str | None = None
    width: int = 100
    done: list[tuple[int, Judgement]] = field(default_factory=list)
    skipped: int = 0

    def run(self, records: Sequence[Record]) -> None:
        """Show each record and do what the keys say, until the end, ``q`` or no more keys."""
        at = 0
        self.say(KEYS if records else "nothing waits to be judged")
        while records:
            for line in self._lines(records[at], at, len(records)) if at < len(records) else ["", END]:
                self.say(line)
            step = self._step(records[at], at) if at < len(records) else self._after_the_last(at)
            if step is None:
                break
            at = max(at + step, 0)
        for line in self._sums(len(records) - at):
            self.say(line)

    def _after_the_last(self, at: int) -> int | None:
        return self._undo(at) if self.done and self.hand.key() == "u" else None

    def _lines(self, record: Record, at: int, of: int) -> Iterator[str]:
        document = page_of(self.desk.store, record)
        source = self.desk.document(document).source if document else ""
        yield ""
        yield f"[{at + 1} of {of}] {record.kind}"
        yield from record_lines(record, source, self.width, with_id=True)
        for evidence in evidence_of(record)[:1]:
            context = f"in: {evidence.prefix}[{evidence.text}]{evidence.suffix}"
            yield from wrapped(context, "      ", self.width)

    def _step(self, record: Record, at: int) -> int | None:
        """How far to go on; 0 shows the record again, None ends."""
        while key := self.hand.key():
            try:
                match key:
                    case "q":
                        return None
                    case "s":
                        self.skipped += 1
                        return 1
                    case "u":
                        return self._undo(at)
                    case "c" | "r" | "e" | "d":
                        self.done.append((at, self._judge(key, record)))
                        self.say(f"      {self.done[-1][1].judgement}: kept")
                        return 1
                    case _:
                        self.say(KEYS)
            except CannotJudge as problem:
                self.say(f"      {problem}")
        return None

    def _judge(self, key: str, record: Record) -> Judgement:
        match key:
            case "c":
                return self.desk.judge("confirm", record.id, by=self.by)
            case "r":
                return self.desk.judge("reject", record.id, by=self.by)
            case "d":
                if record.kind != "flag":
                    raise CannotJudge("only a flag is dismissed; r rejects")
                return self.desk.judge("dismiss", record.id, by=self.by, reason=self.hand.line("why: "))
            case _:
                changes = changes_in(self.hand.line("FIELD=VALUE; ...: "))
                return self.desk.judge("correct", record.id, by=self.by, changes=changes)

    def _undo(self, at: int) -> int:
        if not self.done:
            raise CannotJudge("nothing of this sitting to undo; jitsuroku judge undo takes back older ones")
        place, judgement = self.done.pop()
        self.desk.undo(judgement.id, by=self.by)
        self.say(f"      {judgement.judgement}: taken back")
        return place - at

    def _sums(self, left: int) -> Iterator[str]:
        counts = Counter(judgement.judgement for _, judgement in self.done)
        told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items())) or "nothing judged"
        yield f"{told}; {self.skipped} skipped, {left} left"
