"""What judgements make of a page: which records are hidden, shown otherwise, or added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jitsuroku.contract import as_json, dumps, fold, quote, with_id
from jitsuroku.desk.judging.attach import Subject, find, subjects
from jitsuroku.records import DocumentRecord, Evidence, Flag, Judgement, Page, Record
from jitsuroku.store import Judged
from jitsuroku.store.restore import restore

HUMAN, MODEL = "human/", "model/"
# How a finding was known, its code, the value expected, and what was found or said.
Facts = tuple[str, Any, Any, str]


def rule_of(by: str) -> str:
    """The rule of what somebody made: a person's name behind ``human/``; a program judges as ``model/NAME``."""
    return by if by.startswith(MODEL) else HUMAN + by


def in_order(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements by time."""
    return sorted(judgements, key=lambda j: (j.at, j.id))


def in_effect(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody took back, by time. Taking back is a judgement too, and can be taken back."""
    ordered, undone = in_order(judgements), set()
    for judgement in reversed(ordered):
        if is_undoing(judgement) and judgement.id not in undone:
            undone.add(judgement.target)
    return [j for j in ordered if j.id not in undone and not is_undoing(j)]


def is_undoing(judgement: Judgement) -> bool:
    """Whether it takes back another judgement."""
    return judgement.judgement == "reject" and judgement.target.startswith("judgement")


def added_record(page: Page, judgement: Judgement) -> Record | None:
    """The record that a person added, on the words of this version of the page; None when these are gone."""
    record = restore(judgement.after or "")
    evidence = getattr(record, "evidence", None)
    span = _place(page.text, evidence) if evidence else None
    if span is None:
        return None
    line = as_json(record) | {"document": page.id, "evidence": as_json(quote(page, *span))}
    return with_id(restore(dumps(line)))


def _place(text: str, evidence: Evidence) -> tuple[int, int] | None:
    """Where the words stand now: where they stood, else behind the same words as then, else nearest."""
    words, places, at = evidence.text, [], text.find(evidence.text)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        return None

    def strangeness(start: int) -> tuple[int, int]:
        before, after = text[:start], text[start + len(words) :]
        fits = before.endswith(evidence.prefix) + after.startswith(evidence.suffix)
        return -fits, abs(start - evidence.start)

    start = min(places, key=strangeness)
    return start, start + len(words)


def attachments(
    page: Page, read: tuple[Record, ...], own: Iterable[Judgement]
) -> tuple[dict[str, Record], tuple[Record, ...], dict[Subject, Record]]:
    """By id of each judgement in effect the record it is about; the added records; the record of each subject."""
    effective = in_effect(own)
    made = {j.id: record for j in effective if j.judgement == "add" and (record := added_record(page, j))}
    known = {record.id for record in read}
    added = tuple({r.id: r for r in made.values() if r.id not in known}.values())
    asked = [s for j in effective if j.judgement != "add" for s in subjects(j)]
    found = find(asked, (*read, *added))
    targets = {j.id: found[s] for j in effective if j.judgement != "add" and (s := subjects(j)[0]) in found}
    return targets | made, added, found


def apply(page: Page, read: tuple[Record, ...], own: tuple[Judgement, ...], beside: tuple[Judgement, ...]) -> Judged:
    """What judgements on a page, and dismissals on its copies, make of its records as read."""
    targets, added, found = attachments(page, read, own)
    changed: dict[str, Record] = {}
    extra: dict[str, Record] = {}
    hidden = _dismissed_beside(read, beside)
    for judgement in in_effect(own):
        record = targets.get(judgement.id)
        if record is None or judgement.judgement == "add":
            continue
        now = changed.get(record.id, record)
        match judgement.judgement:
            case "confirm":
                hidden.discard(record.id)
            case "reject" | "dismiss":
                hidden.add(record.id)
            case "correct":
                changed[record.id] = changed_by(now, json.loads(judgement.after or "{}"), judgement.by)
            case "split":
                first, *rest = json.loads(judgement.after or "[{}]")
                changed[record.id] = changed_by(now, first, judgement.by)
                extra |= {r.id: r for r in (with_id(changed_by(now, part, judgement.by)) for part in rest)}
            case "merge":
                others = [found[s] for s in subjects(judgement)[1:] if s in found]
                changed[record.id] = _merged(now, others, judgement.by)
                hidden.update(other.id for other in others)
    taken = {r.id for r in (*read, *added)}
    return Judged(added, changed, tuple(r for r in extra.values() if r.id not in taken), frozenset(hidden))


def _dismissed_beside(read: Iterable[Record], beside: Iterable[Judgement]) -> set[str]:
    """The flags that somebody dismissed on a copy of the page: those that find the same."""
    gone: set[Facts] = set()
    for judgement in in_effect(beside):
        if judgement.judgement == "dismiss":
            line = subjects(judgement)[0].line
            gone |= _facts(line, judgement.quote)
    return {r.id for r in read if isinstance(r, Flag) and _facts(as_json(r), r.evidence.text) & gone}


def _facts(line: Mapping[str, Any], words: str | None) -> set[Facts]:
    """What a finding says, in two ways, one of which is enough to know it again on a copy: the check with what it found
    (a copy may write 「三日」 for 「3日」, or cut the sentence), and the words with what should stand there (another version
    of the check may put its finding differently)."""
    flag, expected = line.get("flag"), line.get("expected")
    found = (
        {("found", flag, expected, f"{line['rule']} {line['message']}")}
        if {"rule", "message"} <= line.keys()
        else set()
    )
    return found | ({("words", flag, expected, fold(words))} if words else set())


def changed_by(record: Record, changes: Mapping[str, Any], by: str) -> Record:
    """The record with other values in some fields, made by a person; its id stays, so that what names it still finds it."""
    rule = {} if isinstance(record, DocumentRecord) else {"rule": rule_of(by)}
    return restore(dumps(as_json(record) | dict(changes) | rule))


def _merged(record: Record, others: Iterable[Record], by: str) -> Record:
    """The record on the words of all of them."""
    line = as_json(record)
    more = [*line["more"]]
    for other in map(as_json, others):
        more += [e for e in (other["evidence"], *other["more"]) if e not in (line["evidence"], *more)]
    return changed_by(record, {"more": more}, by)
