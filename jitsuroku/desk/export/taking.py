"""What an export takes from the store: the records asked for and the pages they stand on, and nothing that is private."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jitsuroku.contract import KINDS
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.linking import meetings_of
from jitsuroku.linking import Gathering
from jitsuroku.records import DocumentRecord, Evidence, Link, Meeting, Record
from jitsuroku.store import Store, Where
from jitsuroku.store.days import first_and_last

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

DOCUMENT, MEETING = "document", "meeting"
# What narrows an export; anything else says how it is written.
ASKED = ("actor", "recipient", "party", "person", "type", "status", "since", "until", "page", "limit")


@dataclass(frozen=True, slots=True)
class Taken:
    """What is written. ``documents`` by id, without their text unless ``with_text``; ``links`` join two of the records or
    documents; ``meetings`` are told by the pages taken; ``raw`` leaves what a spreadsheet would run as a formula."""

    records: Iterable[Record]
    documents: Mapping[str, DocumentRecord]
    links: tuple[Link, ...] = ()
    meetings: tuple[Gathering, ...] = ()
    with_text: bool = False
    raw: bool = False
    name: str = "record"

    def of(self, *kinds: type[Record]) -> Iterator[Any]:
        """The records of some kinds, in order."""
        return (record for record in self.records if isinstance(record, kinds))

    def page_of(self, record: Any) -> DocumentRecord | None:
        """The page on which a record stands, None for one of several pages."""
        return (
            record if isinstance(record, DocumentRecord) else self.documents.get(getattr(record, "document", "") or "")
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A record with its page and its words, as the tables write it."""

    record: Any
    page: DocumentRecord | None
    evidence: Evidence | None


def lines_of(taken: Taken, records: Iterable[Record]) -> Iterator[Line]:
    """The records with their pages and words."""
    for record in records:
        yield Line(record, taken.page_of(record), getattr(record, "evidence", None))


def take(
    desk: Desk,
    kinds: tuple[str, ...],
    *,
    all_versions: bool = False,
    judged: bool = False,
    with_text: bool = False,
    raw: bool = False,
    name: str = "record",
    links: tuple[str, ...] = (),
    **asked: Any,
) -> Taken:
    """The records of some kinds that leave, in the order of the export, with their pages; ``links`` are the kinds of
    link that come along; ``asked`` as in ``Desk.records``. Without a question the pages that gave no such record come along. Raises NotFound."""
    narrowed = any(asked.get(key) is not None for key in ASKED)
    shown = {"all_versions": all_versions, "judged": judged, "leaving": True}
    wanted = kinds if not narrowed else tuple(k for k in (kinds if kinds != (DOCUMENT,) else KINDS) if k != DOCUMENT)
    found = [r for r in desk.records(wanted, **shown, **asked) if not isinstance(r, DocumentRecord)] if wanted else []
    pages = _pages(desk.store, judged, all_versions, with_text)
    used = {getattr(r, "document", None) for r in found}
    documents = {id: page for id, page in pages.items() if not narrowed or id in used}
    joined = tuple(_links(desk.store, judged, documents.keys() | {r.id for r in found}, links))
    records = tuple(
        sorted((*(documents.values() if DOCUMENT in kinds else ()), *_kept(found, kinds)), key=_order(pages))
    )
    meetings = tuple(g for g in _meetings(desk.store, pages, judged) if _fits(g, asked)) if MEETING in kinds else ()
    return Taken(records, documents, joined, meetings, with_text, raw, name)


def stream(
    desk: Desk,
    kind: str,
    *,
    all_versions: bool = False,
    judged: bool = False,
    with_text: bool = False,
    raw: bool = False,
    name: str = "record",
    **asked: Any,
) -> Taken:
    """The same of one kind that stands on pages, to be gone through once: a record after the other, with its page."""
    pages = _Pages(desk.store, judged, with_text)
    found = desk.stream((kind,), all_versions=all_versions, judged=judged, leaving=True, **asked)
    records = (pages.keep(r) if isinstance(r, DocumentRecord) else r for r in found)
    return Taken(records, pages, with_text=with_text, raw=raw, name=name)


class _Pages(Mapping[str, DocumentRecord]):
    """The pages that leave, each looked up when it is asked for; records come page by page, so that the last is kept."""

    def __init__(self, store: Store, judged: bool, with_text: bool) -> None:
        self._store, self._judged, self._with_text = store, judged, with_text
        self._private = store.private_documents()
        self._last: DocumentRecord | None = None

    def keep(self, page: DocumentRecord) -> DocumentRecord:
        """A page as it leaves: without what it says of private ones."""
        copied = tuple(id for id in page.copies_of if id not in self._private)
        return replace(page, copies_of=copied, text=page.text if self._with_text else "")

    def __getitem__(self, id: str) -> DocumentRecord:
        if self._last is None or self._last.id != id:
            where = Where(kinds=(DOCUMENT,), document=id, newest=False, judged=self._judged, leaving=True)
            found = next(self._store.records(where), None)
            if not isinstance(found, DocumentRecord):
                raise KeyError(id)
            self._last = self.keep(found)
        return self._last

    def __iter__(self) -> Iterator[str]:
        return (r.id for r in self._store.records(Where(kinds=(DOCUMENT,), judged=self._judged, leaving=True)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _kept(found: Iterable[Record], kinds: tuple[str, ...]) -> Iterator[Record]:
    return (record for record in found if record.kind in kinds)


def _order(pages: Mapping[str, DocumentRecord]) -> Any:
    """The order of the export: by source, kind, start of the words and id; what stands on no one page last."""

    def key(record: Any) -> tuple[bool, str, str, int, str]:
        page = record if isinstance(record, DocumentRecord) else pages.get(getattr(record, "document", None) or "")
        evidence = getattr(record, "evidence", None)
        start = evidence.start if evidence and page else -1
        return page is None, page.source if page else "", record.kind, start, record.id

    return key


def _pages(store: Store, judged: bool, all_versions: bool, with_text: bool) -> dict[str, DocumentRecord]:
    """The pages that leave; what they say of private ones is left out."""
    leaving = _Pages(store, judged, with_text)
    found = store.stream(Where(kinds=(DOCUMENT,), newest=not all_versions, judged=judged, leaving=True))
    return {record.id: leaving.keep(record) for record in found if isinstance(record, DocumentRecord)}


def _links(store: Store, judged: bool, ends: set[str], kinds: tuple[str, ...]) -> Iterator[Link]:
    """The links of some kinds both of whose ends are taken."""
    asked = (Where(kinds=("link",), type=kind, judged=False) for kind in kinds)
    made: Iterable[Record] = (link for where in asked for link in store.records(where))
    for link in shown_links(store).links() if judged and kinds else made:
        if isinstance(link, Link) and link.link in kinds and link.left in ends and link.right in ends:
            yield link


def _meetings(store: Store, documents: Mapping[str, DocumentRecord], judged: bool) -> Iterator[Gathering]:
    """The meetings of formats, as the pages that leave tell of them and nobody else."""
    told = (r for r in store.records(Where(kinds=(MEETING,))) if isinstance(r, Meeting))
    for series in sorted({record.series for record in told}):
        yield from (g for g in meetings_of(store, series, judged=judged, pages=documents) if g.accounts)


def _fits(meeting: Gathering, asked: Mapping[str, Any]) -> bool:
    """Whether a meeting answers the question: by who takes part, its format, its day."""
    parties = {*meeting.participants, meeting.series, *(p for a in meeting.accounts for p in a.parties)}
    sides = [code_for(str(asked[side])) for side in ("actor", "recipient", "party") if asked.get(side) is not None]
    others = any(asked.get(key) is not None for key in ("person", "type", "status", "page"))
    first, last = first_and_last(meeting.date)
    since, until = first_and_last(asked.get("since"))[0], first_and_last(asked.get("until"))[1]
    late = since is None or (last is not None and last >= since)
    early = until is None or (first is not None and first <= until)
    return not others and late and early and all(side in parties for side in sides)
