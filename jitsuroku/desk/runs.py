"""A run: one call to add pages, with what became of each, so that it can be looked at, and what failed tried again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jitsuroku.desk.adding import Outcome, add_pages, reader_version
from jitsuroku.desk.arriving import Adding, named
from jitsuroku.desk.linking import Linker
from jitsuroku.desk.prepared import Prepared
from jitsuroku.desk.terminal import shown
from jitsuroku.language import READ_LANGUAGES
from jitsuroku.records import World
from jitsuroku.store import Run, RunPage, Saved, Store, StoreError
from jitsuroku.store.arrivals import DONE, INTERRUPTED, REFUSED

# Of pages that change nothing in the store so many are written down at once.
AT_A_TIME = 200
# After so many pages that changed something links are made, while workers read on.
LINKED_AT_A_TIME = 50
CHANGED = frozenset({Saved.NEW, Saved.NEW_VERSION, Saved.READ_AGAIN})


def now() -> str:
    """This moment in ISO, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def run_of(store: Store, names: Sequence[str | Path], world: World | None, how: Adding) -> Iterator[Outcome]:
    """Add pages as a run of the store: each is in it, and written down, before it is told; links are made on
    the way and at the end.

    When it is broken off, by Ctrl-C or by whoever asked leaving, what was finished stays and the run says so. A run that
    found everything as it was leaves no trace, so that whoever looks every minute does not fill the store.
    """
    began = now()
    number = store.begin_run([str(name) for name in names], reader_version(), began)
    unchanged: list[RunPage] = []
    something, changed = False, 0
    linker = Linker(store)
    try:
        for outcome in add_pages(store, names, world, how, began, lambda page: _expected(linker, page)):
            unchanged.append(_noted(outcome))
            something = something or outcome.result is not Saved.SAME
            if outcome.result not in (Saved.SAME, Saved.NOTHING) or len(unchanged) >= AT_A_TIME:
                store.note_pages(number, unchanged)
                unchanged = []
            yield outcome
            changed += outcome.result in CHANGED
            if outcome.result in CHANGED and changed % LINKED_AT_A_TIME == 0:
                linker.catch_up()
        linker.finish()
    except BaseException:
        # A store that cannot be written has said so already.
        with suppress(StoreError):
            store.note_pages(number, unchanged)
            store.end_run(number, INTERRUPTED, now())
        raise
    if something:
        store.note_pages(number, unchanged)
        store.end_run(number, DONE, now())
    else:
        store.drop_run(number)


def _expected(linker: Linker, page: Prepared) -> None:
    linker.expect(page.ready.page.id, page.compared, page.keys)


def _noted(outcome: Outcome) -> RunPage:
    result = outcome.result.value if outcome.result else REFUSED
    return RunPage(outcome.source, outcome.origin, outcome.document, result, outcome.problem)


def retried(store: Store) -> list[str | Path]:
    """What to name so that what was refused last is tried again; files that are gone (sent by a browser) are not."""
    origins = [named(origin) for origin in store.refused_origins()]
    return [origin for origin in origins if isinstance(origin, str) or origin.exists()]


def remarks(pages: Iterable[RunPage]) -> Iterator[str]:
    """What is worth knowing of a run's pages beside how many came in: copies, languages that are not read."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts["a copy of another page"] += bool(page.copies)
        unread = page.document is not None and page.language not in READ_LANGUAGES
        counts[f"in a language not read yet ({page.language or 'unknown'})"] += unread
    yield from (f"{n} {what}" for what, n in sorted(counts.items()) if n)


def run_lines(runs: Iterable[Run]) -> Iterator[str]:
    """The runs, one a line."""
    for run in runs:
        refused = f", {run.refused} refused" if run.refused else ""
        pages = f"{run.pages} page{'s' if run.pages != 1 else ''}"
        yield f"{run.number}  {run.began}  {run.state}: {pages}{refused}  {shown(' '.join(run.asked))}"


def summary_lines(run: Run, pages: Sequence[RunPage]) -> Iterator[str]:
    """One run: how it ended, what came of its pages, and of each that was refused why."""
    yield f"run {run.number}: {run.state}, began {run.began}" + (f", ended {run.ended}" if run.ended else "")
    yield f"asked: {shown(' '.join(run.asked))}"
    yield f"reader: {run.reader}"
    counts = Counter(page.result for page in pages)
    yield f"{len(pages)} page{'s' if len(pages) != 1 else ''}: " + (
        ", ".join(f"{n} {what}" for what, n in counts.items()) or "nothing to read there"
    )
    yield from (f"  {remark}" for remark in remarks(pages))
    yield from (f"refused: {shown(page.problem)}" for page in pages if page.problem)
    if counts[REFUSED]:
        yield "try those again with: jitsuroku add --retry"


def run_values(runs: Iterable[Run]) -> list[dict[str, Any]]:
    """The runs as JSON values."""
    names = ("number", "began", "ended", "state", "reader", "pages", "refused")
    return [{name: getattr(run, name) for name in names} | {"asked": list(run.asked)} for run in runs]


def page_values(pages: Iterable[RunPage]) -> list[dict[str, Any]]:
    """A run's pages as JSON values."""
    names = ("source", "document", "result", "problem", "language", "copies")
    return [{name: getattr(page, name) for name in names} for page in pages]
