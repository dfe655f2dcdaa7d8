"""Which record of a page a judgement is about, also after another version of the reader has read the page.

The record with the same id, else one of the same kind that stands on the same words and says the same in what matters:
who takes back 「A met B」 has not taken back what a newer reader makes of the same words, 「A met C」. Nothing that
fits means detached, and that is told.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jitsuroku.contract import as_json, dumps
from jitsuroku.records import Judgement, Record

# What makes a record another one when it changes. For confirm everything does but where it stands.
MATTER: Mapping[str, tuple[str, ...]] = {
    "event": ("type", "actor", "recipient"),
    "statement": ("speaker", "act"),
    "reading": ("by",),
    "commitment": ("giver", "receiver", "amount"),
    "figure": ("measure", "amount"),
    "flag": ("flag",),
    "mention": ("what", "as_written"),
    "unresolved": ("as_written",),
}
PLACE = frozenset(
    {"id", "document", "evidence", "more", "rule", "score", "said_by", "part_of", "records", "of", "replaces"}
)
# The digits behind the kind in an id.
DIGITS = 16
# Shorter words are found in too many others.
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as it stood when it was judged: ``told`` is its line, ``{}`` when the judgement does not tell. ``free``
    are fields that may have changed; ``strict``: none may."""

    id: str
    quote: str | None
    told: str
    free: frozenset[str]
    strict: bool

    @property
    def kind(self) -> str:
        """The kind of the record, which its id begins with."""
        return self.id[:-DIGITS]

    @property
    def line(self) -> Mapping[str, Any]:
        """The record's line as it stood."""
        return _object(self.told)


def subjects(judgement: Judgement) -> tuple[Subject, ...]:
    """The records that a judgement is about, the target first."""
    told = [line for line in _parsed(judgement.before) if isinstance(line, dict)]
    by_id = {line["id"]: line for line in told if "id" in line and "kind" in line}
    target = by_id.pop(judgement.target, {})
    free, strict = _free(judgement), judgement.judgement == "confirm"
    others = (Subject(id, _quote_of(line), dumps(line), frozenset(), False) for id, line in by_id.items())
    return Subject(judgement.target, judgement.quote, dumps(target), free, strict), *others


def _free(judgement: Judgement) -> frozenset[str]:
    """The fields that the judgement sets itself: a newer reader may fill them as it likes."""
    if judgement.judgement not in ("correct", "split"):
        return frozenset()
    after = _parsed(judgement.after)
    return frozenset(name for change in after if isinstance(change, dict) for name in change)


@cache
def _parsed(text: str | None) -> tuple[Any, ...]:
    """The JSON values of ``before`` or ``after``: a list's own, or the single one; none where it is no JSON."""
    try:
        value = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


@cache
def _object(text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(text)
    return found


def _quote_of(line: Mapping[str, Any]) -> str | None:
    evidence = line.get("evidence")
    return evidence["text"] if evidence else None


def find(asked: Iterable[Subject], records: Collection[Record]) -> dict[Subject, Record]:
    """The record of each subject that has one. No record answers for two subjects of different ids."""
    wanted = sorted(dict.fromkeys(asked), key=lambda s: (s.id, s.strict, sorted(s.free)))
    by_id = {record.id: record for record in records}
    found = {subject: by_id[subject.id] for subject in wanted if subject.id in by_id}
    taken = {record.id: subject.id for subject, record in found.items()}
    lines = {record.id: as_json(record) for record in records}
    for subject in wanted:
        if subject in found:
            continue
        free = [r for r in records if taken.get(r.id, subject.id) == subject.id]
        ranked = [(rank, r.id) for r in free if (rank := _rank(subject, lines[r.id])) is not None]
        if ranked:
            best = min(ranked)[1]
            found[subject], taken[best] = by_id[best], subject.id
    return found


def _rank(subject: Subject, line: Mapping[str, Any]) -> tuple[int, int, int] | None:
    """How well a record fits, least best; None when it does not."""
    if line["kind"] != subject.kind:
        return None
    if subject.kind == "document":
        return 0, 0, 0
    words = _words(subject.quote, line)
    if words is None or any(_differs(subject.line, line, name) for name in _matter(subject)):
        return None
    agreeing = sum(1 for name, value in subject.line.items() if line.get(name) == value)
    return words, -agreeing, _distance(subject.line, line)


def _matter(subject: Subject) -> Sequence[str]:
    if subject.strict and subject.line:
        return [name for name in subject.line if name not in PLACE]
    return [name for name in MATTER.get(subject.kind, ()) if name not in subject.free]


def _differs(before: Mapping[str, Any], now: Mapping[str, Any], name: str) -> bool:
    return name in before and before[name] != now.get(name)


def _words(quote: str | None, line: Mapping[str, Any]) -> int | None:
    """0 when the record stands on the same words, 1 when on more or fewer of them."""
    evidence = [e["text"] for e in (line.get("evidence"), *line.get("more", ())) if e]
    if quote is None or not evidence:
        return None
    if quote in evidence:
        return 0
    around = any(min(len(text), len(quote)) >= SHORTEST and (text in quote or quote in text) for text in evidence[:1])
    return 1 if around else None


def _distance(before: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    old, new = before.get("evidence"), now.get("evidence")
    return abs(old["start"] - new["start"]) if old and new else 0
