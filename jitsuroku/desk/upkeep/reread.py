"""What a new version reads otherwise: stored pages read again, their records compared with those in the store.

Nothing is changed until it is accepted, page by page; what was accepted is not read again, so that one may stop at any
time and go on later. What people judged finds its record again as ``judging/attach.py`` says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jitsuroku.contract import as_json, dumps
from jitsuroku.desk.adding import read_any, reader_version
from jitsuroku.desk.linking import relink
from jitsuroku.desk.terminal import shown
from jitsuroku.records import DocumentRecord, Flag, Reading, Record, World
from jitsuroku.store import Store

# What the store and linking write into a page's records, whoever read it.
BETWEEN_PAGES = "contradiction"
NOT_TOLD = frozenset({"id", "evidence", "more"})
LONGEST = 60
MARKS = {"gained": "+", "lost": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that is read otherwise: as it stands in the store, as it is read now, and the fields that differ."""

    before: Record
    after: Record
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a page again would change. ``problem`` is set when it cannot be read any more; it then stays."""

    document: str
    source: str
    gained: tuple[Record, ...] = ()
    lost: tuple[Record, ...] = ()
    changed: tuple[Changed, ...] = ()
    reading: Reading | None = None
    problem: str | None = None

    @property
    def differs(self) -> bool:
        """Whether any record is read otherwise."""
        return bool(self.gained or self.lost or self.changed)


def rereads(store: Store, world: World | None, *, every: bool = False) -> Iterator[Reread]:
    """Read again, one by one, the pages that another version read; ``every``: all pages. Changes nothing."""
    for document in store.every_document() if every else store.stale(reader_version()):
        yield _reread(store, document, world)


def _reread(store: Store, document: str, world: World | None) -> Reread:
    page = store.page(document)
    try:
        reading = read_any(page, world)
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as fault:
        told = f"{page.source}: could not be read again ({type(fault).__name__}: {fault}); it stays as it was"
        return Reread(document, page.source, problem=told)
    gained, lost, changed = compared(store.as_read(document), reading.records)
    return Reread(document, page.source, gained, lost, changed, reading)


def accept(store: Store, found: Reread) -> None:
    """Put what was read now in the place of what was read before; of a page that is read alike, only who read it."""
    if found.reading is None:
        return
    if found.differs:
        store.save(found.reading, reader_version(), again=True)
    else:
        store.set_reader(found.document, reader_version())


def accepting(store: Store, found: Iterable[Reread]) -> Iterator[Reread]:
    """Accept every page, each before it is told; then bring the links up to date."""
    for each in found:
        accept(store, each)
        yield each
    relink(store)


def compared(
    old: Sequence[Record], new: Sequence[Record]
) -> tuple[tuple[Record, ...], tuple[Record, ...], tuple[Changed, ...]]:
    """Gained, lost and changed records of a page. A record that stands on the same words, or on some of them, is changed
    rather than lost and gained."""
    before, after = ({r.id: r for r in map(_own, records) if not _is_between_pages(r)} for records in (old, new))
    same = [(before[id], after[id]) for id in before.keys() & after.keys()]
    lost = sorted((before[id] for id in before.keys() - after.keys()), key=_place)
    gained = sorted((after[id] for id in after.keys() - before.keys()), key=_place)
    pairs = [pair for alike in (_on_the_same_words, _on_some_of_them) for pair in _paired(lost, gained, alike)]
    changed = (Changed(one, other, _fields(one, other)) for one, other in (*same, *pairs))
    told = tuple(sorted((c for c in changed if c.fields), key=lambda c: _place(c.before)))
    return tuple(gained), tuple(lost), told


def _own(record: Record) -> Record:
    """A page's record without what other pages brought to it, and the name under which the store keeps it."""
    if isinstance(record, DocumentRecord):
        return replace(record, source="", copies_of=(), replaces=None)
    return record


def _is_between_pages(record: Record) -> bool:
    return isinstance(record, Flag) and record.flag == BETWEEN_PAGES


def _place(record: Record) -> tuple[str, int, int, str]:
    evidence = getattr(record, "evidence", None)
    return record.kind, evidence.start if evidence else -1, evidence.end if evidence else -1, record.id


def _paired(lost: list[Record], gained: list[Record], alike: Any) -> Iterator[tuple[Record, Record]]:
    """Take out of both lists the records that belong together."""
    for one in tuple(lost):
        other = next((r for r in gained if alike(one, r)), None)
        if other is not None:
            lost.remove(one)
            gained.remove(other)
            yield one, other


def _on_the_same_words(one: Record, other: Record) -> bool:
    return _place(one)[:3] == _place(other)[:3]


def _on_some_of_them(one: Record, other: Record) -> bool:
    kind, start, end, _ = _place(one)
    its_kind, its_start, its_end, _ = _place(other)
    return kind == its_kind and its_start < end and start < its_end


def _fields(one: Record, other: Record) -> tuple[str, ...]:
    if dumps(one) == dumps(other):
        return ()
    before, after = as_json(one), as_json(other)
    names = tuple(name for name in before if name not in NOT_TOLD and before[name] != after[name])
    return names or ("evidence",)


def totals(found: Iterable[Reread]) -> Counter[str]:
    """Pages, pages that differ, records gained, lost and changed."""
    counts: Counter[str] = Counter(pages=0, differ=0, gained=0, lost=0, changed=0, refused=0)
    for each in found:
        counts["pages"] += 1
        counts["differ"] += each.differs
        counts["refused"] += each.problem is not None
        for what in MARKS:
            counts[what] += len(getattr(each, what))
    return counts


def reread_lines(found: Reread) -> Iterator[str]:
    """What would change on a page, one record a line: + gained, - lost, ~ changed."""
    yield shown(f"{found.source}: {len(found.gained)} gained, {len(found.lost)} lost, {len(found.changed)} changed")
    yield from (f"  + {_told(record)}" for record in found.gained)
    yield from (f"  - {_told(record)}" for record in found.lost)
    for each in found.changed:
        before, after = as_json(each.before), as_json(each.after)
        yield f"  ~ {_told(each.before)}"
        for name in each.fields:
            yield f"      {name}: {_short(before.get(name))} -> {_short(after.get(name))}"


def _told(record: Record) -> str:
    evidence = getattr(record, "evidence", None)
    words = f"「{_cut(evidence.text)}」" if evidence else ""
    kind = getattr(record, "type", None) or getattr(record, "flag", None) or getattr(record, "what", None)
    return shown(" ".join(word for word in (record.kind, str(kind) if kind else "", words) if word))


def _short(value: Any) -> str:
    return shown(_cut(json.dumps(value, ensure_ascii=False)))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def reread_values(found: Reread) -> dict[str, Any]:
    """The same as JSON values."""
    changed = [
        {"before": as_json(c.before), "after": as_json(c.after), "fields": list(c.fields)} for c in found.changed
    ]
    return {
        "source": found.source,
        "document": found.document,
        "problem": found.problem,
        "gained": [as_json(r) for r in found.gained],
        "lost": [as_json(r) for r in found.lost],
        "changed": changed,
    }


def totals_line(counts: Counter[str]) -> str:
    """The totals in one line."""
    told = f"{counts['pages']} pages read again, {counts['differ']} read otherwise: {counts['gained']} records gained, "
    refused = f"; {counts['refused']} could not be read" if counts["refused"] else ""
    return f"{told}{counts['lost']} lost, {counts['changed']} changed{refused}"
