"""The desk as a Python object: add pages, ask for records, export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from jitsuroku.contract import quote
from jitsuroku.desk.adding import Outcome, load_page, read_again, read_any
from jitsuroku.desk.arriving import Adding, named
from jitsuroku.desk.clusters import Told, cluster_of, clusters_in
from jitsuroku.desk.codes import code_for
from jitsuroku.desk.constant import money_tables
from jitsuroku.desk.export.calls import ExportingDesk
from jitsuroku.desk.export.jsonl import write_bytes
from jitsuroku.desk.judging.calls import JudgingDesk
from jitsuroku.desk.judging.links import shown_links
from jitsuroku.desk.judging.rates import fallen, lowered
from jitsuroku.desk.judging.state import apply
from jitsuroku.desk.ledger import Asked, Line, ledger_of
from jitsuroku.desk.linking import knowledge, meetings_of, relink
from jitsuroku.desk.months import CountingDesk
from jitsuroku.desk.place import default_place, place_of
from jitsuroku.desk.rows import Found, Rows, Somebody
from jitsuroku.desk.runs import run_of
from jitsuroku.desk.totals import BY, Total, totals
from jitsuroku.desk.upkeep.calls import UpkeepDesk
from jitsuroku.linking import Cluster, Gathering
from jitsuroku.records import (
    Commitment,
    DocumentRecord,
    Event,
    Figure,
    Flag,
    Link,
    Meeting,
    Page,
    Reading,
    Record,
    Statement,
    World,
)
from jitsuroku.store import IN_MEMORY, Store, Where
from jitsuroku.store.filters import day_of

if TYPE_CHECKING:
    from jitsuroku.desk.brief import Brief
    from jitsuroku.desk.draft.findings import Checked
    from jitsuroku.desk.framing.formulas import Step
    from jitsuroku.desk.framing.framing import Framing

R = TypeVar("R", bound=Record)
FilePath = str | PathLike[str]


class NotFound(LookupError):
    """Nothing in the store, or more than one thing, has that name; the message says what to do."""


class Desk(JudgingDesk, UpkeepDesk, CountingDesk, ExportingDesk):
    """A store and the questions one asks it. Close it, or use it with ``with``.

    ``path``: its file, made when it is missing, or ``postgresql://…``; without it ``JITSUROKU_DB``, else the user's own;
    ``:memory:`` needs none. ``leaving``: without what is private, to read only. ``world`` replaces the package's tables. Raises StoreError.
    """

    def __init__(
        self, path: FilePath | None = None, *, world: World | None = None, create: bool = True, leaving: bool = False
    ) -> None:
        self.path: Path | str = default_place() if path is None else IN_MEMORY if path == IN_MEMORY else place_of(path)
        self.store = Store(self.path, create=create, judge=apply, leaving=leaving)
        self._world = world

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    # --- pages in and out -------------------------------------------------------------------------------------------

    def add(self, *names: FilePath, again: bool = False, private: bool = False) -> Rows[Outcome]:
        """Read files, folders, archives, and what stands at addresses (``https://…``), into the store.

        Pages that stand there unchanged are passed over; ``again`` reads them too. A page that is refused has ``problem``
        set in its row and stops nothing; ``private`` marks the pages as private.
        """
        return Rows(self.adding([named(name) for name in names], Adding(again=again, private=private)), Outcome)

    def adding(self, names: Iterable[str | Path], how: Adding | None = None) -> Iterator[Outcome]:
        """As ``add``, one outcome at a time, each page stored before it is told; after the last, links are made."""
        yield from run_of(self.store, list(names), self._world, how or Adding())

    def read_again(self) -> Iterator[Outcome]:
        """Read those stored pages again that another version of jitsuroku read."""
        yield from read_again(self.store, self._world)
        relink(self.store)

    def remove(self, *names: str) -> int:
        """Take pages (all their versions, by source, file name or address; one version by id) out of everything.

        Gives how many documents went. Raises NotFound when a name fits nothing, or several pages; then nothing is removed.
        """
        for name in names:
            self.document(name)
        found = [self._documents_called(name, newest=False) for name in names]
        gone = self.store.remove(dict.fromkeys(d for ids in found for d in ids))
        relink(self.store)
        return gone

    def set_private(self, *names: str, private: bool = True) -> int:
        """Mark pages (all their versions) as private, so that no export holds them or what they say; or as no longer so.

        Gives how many documents changed. Raises NotFound when a name fits nothing, or several pages.
        """
        return self.store.set_private([self.document(name).id for name in names], private)

    # --- questions --------------------------------------------------------------------------------------------------

    def events(
        self,
        *,
        actor: str | None = None,
        recipient: str | None = None,
        party: str | None = None,
        pair: tuple[str, str] | None = None,
        person: str | None = None,
        type: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
        page: str | None = None,
        all_versions: bool = False,
        judged: bool = True,
        limit: int | None = None,
    ) -> Rows[Event]:
        """Who did what to whom. Parties by code (``KAZ``, ``SCO``) or name; dates ISO day, month or year.

        As people judged it, without what they rejected; ``judged`` False gives everything as it was read.
        """
        return self._ask(
            Event,
            actor=actor,
            recipient=recipient,
            party=party,
            pair=pair,
            person=person,
            type=type,
            status=status,
            since=since,
            until=until,
            page=page,
            newest=not all_versions,
            judged=judged,
            limit=limit,
        )

    def statements(self, *, speaker: str | None = None, party: str | None = None, **more: Any) -> Rows[Statement]:
        """Who said what. ``speaker`` any form of the name; ``party`` for whom; else as in ``events``."""
        return self._ask(Statement, person=speaker, party=party, **more)

    def commitments(self, *, giver: str | None = None, receiver: str | None = None, **more: Any) -> Rows[Commitment]:
        """Promises with an object. ``type`` is their stage; ``since`` and ``until`` ask for the day they are due."""
        return self._ask(Commitment, actor=giver, recipient=receiver, **more)

    def figures(self, **more: Any) -> Rows[Figure]:
        """Reported numbers that are no promise."""
        return self._ask(Figure, **more)

    def flags(self, *, type: str | None = None, **more: Any) -> Rows[Flag]:
        """What a careful editor would query; ``type`` as ``currency-conversion``."""
        return self._ask(Flag, type=type, **more)

    def documents(self, **more: Any) -> Rows[DocumentRecord]:
        """The pages, newest versions only unless ``all_versions``."""
        return self._ask(DocumentRecord, **more)

    def people(self) -> Rows[Somebody]:
        """Everyone named, by number of documents."""
        return Rows((Somebody(*row) for row in self.store.people()), Somebody)

    def search(self, query: str, *, limit: int = 20, all_versions: bool = False) -> Rows[Found]:
        """Pages whose title or body holds every word of the query, best first, with the places."""
        hits = self.store.search(query, newest=not all_versions, limit=limit)
        return Rows((Found(h.document, tuple(quote(h.page, *place) for place in h.places)) for h in hits), Found)

    def clusters(self, *, kind: str | None = None, independent: int = 1) -> Rows[Cluster]:
        """What several pages tell of, most independent sources first.

        ``kind`` event, statement or commitment; ``independent`` the least number of sources that do not draw on one
        another.
        """
        found = clusters_in(self.store)
        return Rows(c for c in found if c.independent >= independent and kind in (None, c.kind))

    def cluster(self, id: str) -> Told:
        """The cluster with this id, or the one to which a record with this id belongs, and where its pages differ.

        What one page alone tells is a cluster of one. Raises NotFound.
        """
        found = cluster_of(self.store, id)
        if found is None:
            raise NotFound(
                f"{id}: no cluster, event, statement or commitment has this id; jitsuroku links lists the clusters"
            )
        return found

    def brief(
        self,
        *question: str,
        since: str | None = None,
        until: str | None = None,
        promises: bool = False,
        three: bool = False,
        full: bool = False,
        language: str = "en",
    ) -> Brief:
        """A brief on one or two parties, a person, a format, or the event or cluster with an id; on all, without any.

        ``promises``: promises only; ``three``: three points and a conclusion; ``full``: every sentence under every
        heading; ``language`` en or ja. Raises NotFound.
        """
        from jitsuroku.desk.brief import UnknownSubject, asked, brief_on

        try:
            found = asked(self.store, question, since=since, until=until, promises=promises)
            return brief_on(self.store, found, language=language, three=three, full=full, world=self._world)
        except UnknownSubject as problem:
            raise NotFound(str(problem)) from None
        except KeyError as problem:
            raise NotFound(f"{problem.args[0]}: no event, statement, promise or cluster has this id") from None

    def ledger(
        self,
        *,
        pair: tuple[str, str] | None = None,
        giver: str | None = None,
        receiver: str | None = None,
        sector: str | None = None,
        stage: str | None = None,
        due: bool = False,
        until: str | None = None,
    ) -> Rows[Line]:
        """Promises, each in one line with what every page says of it. Parties by code or name, ``pair`` in either
        direction; ``due`` those with a day by which they are to be kept, ``until`` an ISO day, month or year for the last.

        Raises ValueError when ``until`` is no date.
        """
        both = (code_for(pair[0]), code_for(pair[1])) if pair else None
        giver, receiver = (code_for(name) if name else None for name in (giver, receiver))
        last = day_of(until, 1) if until else "" if due else None
        return Rows(ledger_of(self.store, Asked(both, giver, receiver, sector, stage, last)), Line)

    def totals(self, *, by: Sequence[str] = BY, **asked: Any) -> Rows[Total]:
        """Sums over the ledger by ``pair``, ``year``, ``sector`` and ``stage``, in the pages' currencies, in dollars and in
        yen, with the rates used; ``asked`` as in ``ledger``. Raises ValueError when ``by`` names something else.
        """
        return Rows(totals(self.ledger(**asked), self._world or money_tables(), by), Total)

    def meetings(self, series: str | None = None) -> Rows[Gathering]:
        """The meetings of a format in order, those known from the world's list among them; without ``series`` those of
        all formats that pages tell of. ``series`` by code or name. Raises NotFound when nothing is known of it."""
        told = sorted({m.series for m in self.records(("meeting",)) if isinstance(m, Meeting)})
        if series is None:
            return Rows((g for each in told for g in meetings_of(self.store, each) if g.accounts), Gathering)
        found = meetings_of(self.store, code_for(series))
        if not found:
            known = ", ".join(sorted({*told, *(row["series"] for row in knowledge().known)}))
            raise NotFound(f"{series}: no meeting of such a series; known are {known}")
        return Rows(found, Gathering)

    def links(self) -> Rows[Link]:
        """All links between pages and their records, as people judged them."""
        return Rows(shown_links(self.store).links())

    def framing(self, target: str) -> Framing:
        """How each source tells of a party (code or name), an event or cluster (id), or what a page holds.

        Names, words for acts, verbs of saying, who is quoted at what length, loaded words, the kind of each page: counts
        and examples, no verdict. Raises NotFound.
        """
        from jitsuroku.desk.framing.framing import framing

        return framing(self, target)

    def formulas(self, left: str, right: str, *, every_genre: bool = False) -> Rows[Step]:
        """The stock phrases of the readouts on two parties, source by source: new, kept and dropped."""
        from jitsuroku.desk.framing.formulas import Step, formulas

        return Rows(formulas(self, left, right, every_genre=every_genre), Step)

    def check_draft(self, path: FilePath) -> Checked:
        """What a draft (a file) says otherwise than this record, and what the checks find in it; it is not stored.

        Raises PageError when it cannot be read.
        """
        from jitsuroku.desk.draft.findings import check_draft

        return check_draft(Path(path), self, self._world)

    def record(self, id: str) -> Record:
        """The record with this id as people judged it, also when they took it out of view. Raises NotFound."""
        shown = self.store.records(Where(id=id, newest=False))
        found = next(shown, None) or next(self.store.records(Where(id=id, newest=False, judged=False)), None)
        if found is None:
            raise NotFound(f"{id}: no record with this id; jitsuroku list shows what there is, with --json its ids")
        return found

    def records(self, kinds: Sequence[str] = (), **more: Any) -> Rows[Record]:
        """Records of any kinds, in the order of the export; ``more`` as in ``events``."""
        return Rows(self._records(self._where(tuple(kinds), **more)))

    def document(self, name: str) -> DocumentRecord:
        """The page with this id, source, file name or address. Raises NotFound when none or several have it."""
        ids = self._documents_called(name)
        if len(ids) > 1:
            sources = ", ".join(f"{d.source} ({d.id})" for d in (self.document(i) for i in ids))
            raise NotFound(f"{name}: more than one page is called so: {sources}; name one by its id")
        found = self.record(ids[0])
        assert isinstance(found, DocumentRecord)
        return found

    def reading(self, name: str) -> Reading:
        """A stored page read again, with every product on the way. Raises NotFound."""
        return read_any(self.store.page(self.document(name).id), self._world)

    def undated(self, kind: str, **more: Any) -> int:
        """How many records of a kind ``since`` and ``until`` leave out because they carry no date."""
        return self.store.undated(self._where((kind,), **more))

    def source_of(self, record: Record) -> str:
        """The source of the page that a record comes from; empty for those of no single page."""
        document = getattr(record, "document", None)
        return self.document(document).source if document else getattr(record, "source", "")

    def export_as(self, form: str, path: FilePath, **options: Any) -> None:
        """Write the record in another format: ``desk.export_as("gexf", "network.gexf", since="2025")``.

        ``options`` as those of ``jitsuroku export``. Raises ValueError when the format or an option is not known.
        """
        from jitsuroku.desk.export.exported import exported

        write_bytes(Path(path), exported(self, form, **options))

    def _ask(self, kind: type[R], **more: Any) -> Rows[R]:
        name = str(kind.__dataclass_fields__["kind"].default)
        return Rows((r for r in self._records(self._where((name,), **more)) if isinstance(r, kind)), kind)

    def _records(self, where: Where) -> Iterator[Record]:
        """What the store has; flags of checks that people dismiss too often as notes."""
        flags = where.judged and (not where.kinds or "flag" in where.kinds)
        return lowered(self.store.records(where), fallen(self.store) if flags else frozenset())

    def _where(self, kinds: tuple[str, ...], page: str | None = None, all_versions: bool = False, **more: Any) -> Where:
        for side in ("actor", "recipient", "party"):
            if more.get(side) is not None:
                more[side] = code_for(more[side])
        if more.get("pair") is not None:
            more["pair"] = tuple(code_for(name) for name in more["pair"])
        document = self.document(page).id if page is not None else None
        newest = more.pop("newest", not all_versions) and document is None
        return Where(kinds=kinds, document=document, newest=newest, **more)

    def _documents_called(self, name: str, *, newest: bool = True) -> tuple[str, ...]:
        ids = self.store.find_documents(name, newest=newest)
        if not ids:
            raise NotFound(f"{name}: no such page in {self.path}; jitsuroku list documents shows what there is")
        return ids


def read(page: Page | FilePath, world: World | None = None) -> Reading:
    """Read one page, or the file at a path, without a store. ``world`` replaces the package's tables.

    Raises PageError when the file is no page, lexicon.TableError when a table is broken.
    """
    return read_any(page if isinstance(page, Page) else load_page(Path(page)), world)


def brief(*question: str, path: FilePath | None = None, with_private: bool = False, **more: Any) -> Brief:
    """As ``Desk.brief``, from the store at ``path`` (else the user's own), without what is private unless ``with_private``.

    ``brief("USA", "CHN", language="ja").save("brief.html")``. Raises NotFound, StoreError.
    """
    with Desk(path, create=False, leaving=not with_private) as desk:
        return desk.brief(*question, **more)
