"""What a program or a command does with judgements: make them, take them back, list them, hand them on."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jitsuroku.contract import KINDS, as_json, dumps, id_of, quote, with_id
from jitsuroku.desk.judging.attach import subjects
from jitsuroku.desk.judging.blank import blank
from jitsuroku.desk.judging.links import ends_of, is_across, meeting_now, record_now
from jitsuroku.desk.judging.meetings import checked_parts, is_of_meeting, series_judged
from jitsuroku.desk.judging.state import attachments, in_effect, in_order, is_undoing, rule_of
from jitsuroku.desk.judging.values import CannotJudge, checked
from jitsuroku.desk.linking import relink, set_meetings
from jitsuroku.desk.rows import Rows
from jitsuroku.records import DocumentRecord, Judgement, Link, Meeting, Page, Record
from jitsuroku.store import Store, Where
from jitsuroku.store.restore import restore

NAME = "JITSUROKU_NAME"
MERGED = frozenset({"event", "statement", "commitment", "meeting"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A judgement and where it stands: ``in effect`` on ``record``; ``undone``; ``detached`` when nothing on the newest
    version of its page fits any more; ``page missing``; ``undoing`` for one that takes back another."""

    judgement: Judgement
    state: str
    record: Record | None


class JudgingDesk:
    """The part of the desk that people's judgements go through."""

    store: Store

    def record(self, id: str) -> Record:
        """The record with this id, as it is shown."""
        raise NotImplementedError

    def document(self, name: str) -> DocumentRecord:
        """The page with this name."""
        raise NotImplementedError

    def judge(
        self,
        judgement: str,
        target: str,
        *,
        by: str | None = None,
        reason: str | None = None,
        changes: Mapping[str, Any] | None = None,
        parts: Sequence[Mapping[str, Any]] = (),
        others: Sequence[str] = (),
        at: str | None = None,
    ) -> Judgement:
        """Write down what a person decided about the record ``target`` (an id).

        ``judgement``: ``confirm``; ``reject``; ``correct`` with ``changes`` (field: value); ``dismiss`` a flag with a
        ``reason``; ``split`` into ``parts``, each the changes that make it; ``merge`` the records ``others`` into it: of the
        same page as one record, of others as the same told by several pages. A link is confirmed or rejected; a meeting is
        split into parts with the ``events`` that tell of each, and merged with others of its format. ``by``: who; else
        JITSUROKU_NAME, else the user. ``at``: when; else now.
        Raises NotFound when there is no such record, CannotJudge when the judgement makes no sense.
        """
        self.record(target)
        record = self._as_made(target)
        named_too = [self._as_made(other) for other in others]
        told = [r for each in (record, *named_too) for r in (each, *self._stands_on(each))]
        if isinstance(record, Meeting) and judgement == "split":
            after: str | None = dumps(checked_parts(parts, self.store.tellers(target)))
        else:
            after = _after(judgement, [record, *named_too], changes, parts, reason)
        evidence = getattr(record, "evidence", None)
        made = Judgement(
            id="",
            by=named(by),
            at=at or self._now(),
            judgement=judgement,
            document=_document_of(record) if len({_document_of(r) for r in told}) == 1 else None,
            target=target,
            quote=evidence.text if evidence else None,
            before=dumps([as_json(r) for r in told]),
            after=after,
            reason=reason or None,
        )
        kept = self._keep(made)
        self._meetings_again([kept])
        return kept

    def add_record(
        self,
        page: str,
        kind: str,
        words: str,
        *,
        nth: int = 1,
        by: str | None = None,
        reason: str | None = None,
        at: str | None = None,
        told: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Record:
        """Add a record that stands on ``words`` of a page (their ``nth`` place), in whatever language the page is.

        ``fields``, or ``told`` where one is called as an argument here is (the ``by`` of a reading): those that are not given
        are unknown, or what is usual (an event is actual, a statement said).
        Raises NotFound when there is no such page, CannotJudge when the words are not on it or a value cannot be.
        """
        received = self.store.page(self.document(page).id)
        who = named(by)
        record = record_on(received, kind, words, nth, who, {**(told or {}), **fields})
        self._keep(
            Judgement("", who, at or self._now(), "add", received.id, record.id, words, None, dumps(record), reason)
        )
        relink(self.store)
        return record

    def undo(self, id: str | None = None, *, by: str | None = None, reason: str | None = None) -> Judgement:
        """Take back a judgement, or one's own last one. The taking back can be taken back by its own id.

        Raises CannotJudge when there is none that stands.
        """
        who, known = named(by), {j.id: j for j in self.store.judgements()}
        if id is None:
            own = [j for j in in_effect(known.values()) if j.by == who]
            if not own:
                raise CannotJudge(f"{who} has no judgement that stands; jitsuroku judge list shows all")
            id = own[-1].id
        if id not in known:
            raise CannotJudge(f"{id}: no such judgement; jitsuroku judge list shows all")
        document = known[id].document
        made = self._keep(Judgement("", who, self._now(), "reject", document, id, None, None, None, reason))
        relink(self.store)
        self._meetings_again([_first(known, id)])
        return made

    def judgements(self) -> Rows[Standing]:
        """All judgements by time, each with where it stands and the record it is about as it was read."""
        every = in_order(self.store.judgements())
        effective = {j.id for j in in_effect(every)}
        targets = self._targets(every)
        return Rows((_standing(j, effective, targets) for j in every), Standing)

    def export_judgements(self) -> Iterator[str]:
        """The judgements as JSON lines, by time, without those that quote private pages."""
        leaving = Where(kinds=("judgement",), newest=False, judged=False, leaving=True)
        ids = {record.id for record in self.store.records(leaving)}
        return (dumps(judgement) for judgement in in_order(self.store.judgements()) if judgement.id in ids)

    def import_judgements(self, lines: Iterable[str]) -> int:
        """Take in judgements from JSON lines (other lines of an export are passed over); gives how many were new.

        Raises CannotJudge when a line is broken, with its number; then nothing is taken in.
        """
        found = [j for number, line in enumerate(lines, 1) if (j := _imported(number, line)) is not None]
        known = {j.id: j for j in self.store.judgements()}
        new = {j.id: j for j in found if j.id not in known}
        self._put(new.values())
        relink(self.store)
        self._meetings_again(_first(known | new, id) for id in new)
        return len(new)

    def _keep(self, made: Judgement) -> Judgement:
        judgement = with_id(made)
        self._put([judgement])
        return judgement

    def _put(self, judgements: Iterable[Judgement]) -> None:
        """Keep judgements, and let the clusters follow them."""
        # The clusters stand on what people judged.
        from jitsuroku.desk.grouped import refresh, touched_by

        told = list(judgements)
        before = set(touched_by(self.store, told))
        self.store.put(told)
        if touched := sorted(before | set(touched_by(self.store, told))):
            self.store.touch_clusters(touched)
        refresh(self.store)

    def _as_made(self, id: str) -> Record:
        """The record as the reader, or the person who added it, made it."""
        found = next(self.store.records(Where(id=id, newest=False, judged=False)), None)
        if found is None:
            raise CannotJudge(f"{id}: made by a judgement (a part of a split record); take that back instead")
        if isinstance(found, Judgement):
            raise CannotJudge(f"{id}: a judgement; take it back with undo")
        return found

    def _stands_on(self, record: Record) -> Iterator[Record]:
        """What a record of several pages stands on: the ends of a link, the events that tell of a meeting."""
        if isinstance(record, Link):
            yield from (self._as_made(end) for end in (record.left, record.right))
        elif isinstance(record, Meeting):
            yield from (self._as_made(event) for event in self.store.tellers(record.id))

    def _meetings_again(self, judgements: Iterable[Judgement]) -> None:
        """What people decided about meetings, and about events that tell of one, changes those that are shown."""
        touched: set[str] = set()
        for judgement in judgements:
            if is_of_meeting(judgement):
                touched.add(series_judged(judgement))
            elif judgement.document is not None:
                now = (record_now(self.store, subject) for subject in subjects(judgement))
                touched.update(series for each in now if each for series in self.store.told_by(each.id))
        for series in sorted(touched):
            set_meetings(self.store, series)

    def _now(self) -> str:
        """The time, always after that of the last judgement, so that their order is never open."""
        latest = self.store.last_judged()
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        if now > latest or not latest.endswith("+00:00"):
            return now
        return (datetime.fromisoformat(latest) + timedelta(microseconds=1)).isoformat(timespec="microseconds")

    def _targets(self, every: Sequence[Judgement]) -> dict[str, Record | None]:
        """By id of the judgement the record on the newest version of its page; nothing for pages that are not here."""
        across = {j.id: ends_of(self.store, j) for j in in_effect(every) if is_across(j)}
        by_page: dict[str, list[Judgement]] = {}
        for judgement in (j for j in every if not is_across(j) and not is_of_meeting(j)):
            versions = self.store.versions(judgement.document) if judgement.document else ()
            by_page.setdefault(versions[-1] if versions else "", []).append(judgement)
        found: dict[str, Record | None] = {id: ends[0] if ends else None for id, ends in across.items()}
        found |= {j.id: meeting_now(self.store, j) for j in in_effect(every) if is_of_meeting(j)}
        for document, own in by_page.items():
            if document:
                page, read = self.store.page(document), self.store.as_read(document)
                targets, _, _ = attachments(page, read, own)
                found |= {j.id: targets.get(j.id) for j in own}
        return found


def _standing(judgement: Judgement, effective: set[str], targets: Mapping[str, Record | None]) -> Standing:
    record = targets.get(judgement.id)
    if is_undoing(judgement):
        return Standing(judgement, "undoing", None)
    if judgement.id not in effective:
        return Standing(judgement, "undone", record)
    if judgement.id not in targets:
        return Standing(judgement, "page missing", None)
    return Standing(judgement, "in effect" if record is not None else "detached", record)


def named(by: str | None) -> str:
    """Who judges: the name given, else JITSUROKU_NAME, else the user's name at this machine."""
    name = (by or os.environ.get(NAME) or getpass.getuser()).strip()
    if not name or any(c in name for c in "\n\r\t"):
        raise CannotJudge(f"{name!r} is no name; give one with --by or {NAME}")
    return name


def record_on(page: Page, kind: str, words: str, nth: int, by: str, fields: Mapping[str, Any]) -> Record:
    """A record on words of a page, made by somebody. Raises CannotJudge when they are not on it or a value cannot be."""
    start = _nth(page.text, words, nth, page.source)
    evidence = quote(page, start, start + len(words))
    return with_id(blank(kind, page.id, evidence, rule_of(by), checked_kind(kind, fields)))


def checked_kind(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as ``checked``, for a kind that a person may add."""
    may = [k for k, of in KINDS.items() if {"evidence", "rule", "document"} <= set(of.__dataclass_fields__)]
    if kind not in may:
        raise CannotJudge(f"{kind!r} cannot be added; there are: {', '.join(may)}")
    return checked(kind, fields)


def _nth(text: str, words: str, nth: int, source: str) -> int:
    at = -1
    for _ in range(max(nth, 1)):
        at = text.find(words, at + 1) if words else -1
        if at < 0:
            told = f"{nth} times" if nth > 1 else "as written"
            raise CannotJudge(f"{source}: {words!r} does not stand there {told}; copy the words from the page")
    return at


def _first(known: Mapping[str, Judgement], id: str) -> Judgement:
    """The judgement itself, or the one that it takes back, over any number of steps."""
    judgement, seen = known[id], {id}
    while is_undoing(judgement) and judgement.target in known and judgement.target not in seen:
        seen.add(judgement.target)
        judgement = known[judgement.target]
    return judgement


def _document_of(record: Record) -> str | None:
    return record.id if isinstance(record, DocumentRecord) else getattr(record, "document", None)


def _after(
    judgement: str,
    told: Sequence[Record],
    changes: Mapping[str, Any] | None,
    parts: Sequence[Mapping[str, Any]],
    reason: str | None,
) -> str | None:
    record, *others = told
    if isinstance(record, Link) and judgement not in ("confirm", "reject"):
        raise CannotJudge("a link is confirmed or rejected; records of two pages are joined by merge")
    match judgement:
        case "confirm" | "reject":
            return None
        case "dismiss":
            if record.kind != "flag" or not reason:
                raise CannotJudge("a flag is dismissed, and with a reason; other records are rejected")
            return None
        case "correct":
            if not changes:
                raise CannotJudge("say what is right: FIELD=VALUE")
            return dumps(checked(record.kind, changes))
        case "split":
            if len(parts) < 2 or record.kind in ("document", "flag"):
                raise CannotJudge(
                    "a record of what a page tells is split into two parts or more, each with its changes"
                )
            return dumps([checked(record.kind, part) for part in parts])
        case "merge":
            _check_merge(record, others)
            return None
    known = "confirm, reject, correct, dismiss, split, merge"
    raise CannotJudge(f"{judgement!r} is no judgement; there are: {known}")


def _check_merge(record: Record, others: Sequence[Record]) -> None:
    fits = (o.kind == record.kind and o.id != record.id for o in others)
    if record.kind not in MERGED or not others or not all(fits):
        kinds = ", ".join(sorted(MERGED))
        raise CannotJudge(f"records of one kind are merged ({kinds}), the first stays; name it and the others")
    if (
        record.kind != "meeting"
        and len(others) > 1
        and len({_document_of(r) for r in (record, *others)}) not in (1, len(others) + 1)
    ):
        raise CannotJudge("merge records of one page, or one of each page; not both at once")
    if len({getattr(r, "series", "") for r in (record, *others)}) > 1:
        raise CannotJudge("meetings of one format are merged")


def _imported(number: int, line: str) -> Judgement | None:
    if not line.strip():
        return None
    try:
        value = json.loads(line)
        if value["kind"] != "judgement":
            return None
        judgement = restore(line)
        whole = isinstance(judgement, Judgement) and value["id"] == id_of(as_json(judgement))
    except (KeyError, TypeError, ValueError) as problem:
        raise CannotJudge(f"line {number}: no line of an export ({problem}); nothing was taken in") from problem
    if not whole:
        raise CannotJudge(f"line {number}: its id does not follow from its content; nothing was taken in")
    assert isinstance(judgement, Judgement)
    return judgement


def read_lines(path: Path) -> list[str]:
    """The lines of a file. Raises CannotJudge when it is no text."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as problem:
        raise CannotJudge(f"{path}: is no UTF-8 text; give a file that judge export wrote") from problem
