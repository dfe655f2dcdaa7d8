"""What a user sees while pages are read: refusals at once, and a bar with rate and estimate where somebody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from jitsuroku.desk.adding import Outcome

# Seconds between two looks of the bar.
LOOK = 0.2


def told(outcomes: Iterable[Outcome], names: Iterable[str | Path]) -> Iterator[Outcome]:
    """The outcomes as they come; a refusal is told at once on stderr, with a progress bar where that is a terminal."""
    from jitsuroku.desk.terminal import shown

    with ExitStack() as stack:
        watch = _Watch(stack.enter_context(_bar(names))) if sys.stderr.isatty() else None
        for outcome in outcomes:
            if outcome.problem:
                click.echo(f"refused: {shown(outcome.problem)}", err=True)
            if watch is not None:
                watch.see()
            yield outcome


class _Watch:
    """Moves the bar, and tells how fast: pages a second since the beginning."""

    def __init__(self, bar: Progress) -> None:
        self.bar, self.pages, self.began, self.looked = bar, 0, time.monotonic(), 0.0

    def see(self) -> None:
        self.pages += 1
        now = time.monotonic()
        rate = f"{self.pages / max(now - self.began, 0.01):.1f} pages/s"
        self.bar.update(self.bar.task_ids[0], advance=1, rate=rate)
        if now - self.looked > LOOK:
            self.looked = now
            self.bar.refresh()


def _bar(names: Iterable[str | Path]) -> Progress:
    """A bar that is drawn when a page is done: one of its own thread could not stand beside workers that are forked."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    text, rate = TextColumn("{task.description}"), TextColumn("{task.fields[rate]}")
    columns = (text, BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    progress.add_task("reading pages", total=_total(names), rate="")
    return progress


def _total(names: Iterable[str | Path]) -> int | None:
    """How many pages are to come; None where an archive, a table or an address will tell only in the end."""
    from jitsuroku.intake import PageError, find_pages
    from jitsuroku.intake.opening import holder_of

    total = 0
    for name in names:
        if isinstance(name, str):
            return None
        try:
            files = [file.name for file, _ in find_pages([name])]
        except PageError:
            files = [name.name]
        if any(map(holder_of, files)):
            return None
        total += len(files)
    return total or None
