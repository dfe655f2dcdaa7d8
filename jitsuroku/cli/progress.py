"""What a user sees while pages are read: refusals at once, and a bar where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from jitsuroku.desk.adding import Outcome


def told(outcomes: Iterable[Outcome], paths: Iterable[Path]) -> Iterator[Outcome]:
    """The outcomes as they come; a refusal is told at once on stderr, with a progress bar where that is a terminal."""
    from jitsuroku.desk.terminal import shown

    with ExitStack() as stack:
        bar = stack.enter_context(_bar(paths)) if sys.stderr.isatty() else None
        for outcome in outcomes:
            if outcome.problem:
                click.echo(f"refused: {shown(outcome.problem)}", err=True)
            if bar is not None:
                bar.advance(bar.task_ids[0])
            yield outcome


def _bar(paths: Iterable[Path]) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from jitsuroku.desk.adding import find_all

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task("reading pages", total=sum(1 for _ in find_all(paths)) or None)
    return progress
