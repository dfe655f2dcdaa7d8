"""Commands that bring pages in: add, load for what was read elsewhere, and runs, which tells what became of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import FILE, answer, cli, open_desk, with_db, with_json
from jitsuroku.cli.progress import told

if TYPE_CHECKING:
    from jitsuroku.desk.arriving import Adding


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAMES]...")
@click.option("--again", is_flag=True, help="Read pages again that did not change.")
@click.option("--stored", is_flag=True, help="Read those stored pages again that another version read.")
@click.option("--retry", is_flag=True, help="Try again what was refused when it was last tried.")
@click.option("--offline", is_flag=True, help="Fetch nothing, whatever is named.")
@click.option("--gate", is_flag=True, help="Pass over pages that name nobody of ours or tell of no act; for archives.")
@click.option("--text-only", is_flag=True, help="Keep the pages' text and not their bytes as received.")
@click.option("--private", is_flag=True, help="Mark the pages as private: they, and what they say, are never exported.")
@click.option("--columns", metavar="MAP", default="", help="What a table's columns hold: text=COLUMN,title=COLUMN,…")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@with_db
@with_json
def add(names: tuple[str, ...], stored: bool, retry: bool, db: Path | None, as_json: bool, **options: Any) -> int:
    """Read pages into the store: files, folders, archives (zip, WARC, WACZ), tables (JSON Lines, Parquet), feeds, and
    addresses (https://…). Pages that stand there unchanged are passed over."""
    from jitsuroku.desk.arriving import named
    from jitsuroku.desk.outcomes import any_refused, outcome_values, summary
    from jitsuroku.desk.runs import remarks, retried
    from jitsuroku.store import Saved

    if not names and not stored and not retry:
        raise click.UsageError("name files or folders or addresses to read, or give --stored or --retry")
    desk = open_desk(db, create=True)
    wanted = [*(named(name) for name in names), *(retried(desk.store) if retry else ())]
    try:
        coming = desk.adding(wanted, _how(**options)) if wanted else ()
        outcomes = list(told(chain(coming, desk.read_again() if stored else ()), wanted))
    except KeyboardInterrupt:
        click.echo("\nthe pages finished so far are kept; the same command goes on from there", err=True)
        raise

    def lines() -> Iterator[str]:
        if retry and not wanted and not stored:
            yield "nothing to try again: what was refused has come in since, or is gone"
            return
        yield from summary(outcomes)
        if any(outcome.result is not Saved.SAME for outcome in outcomes) and wanted:
            yield from (f"  {remark}" for remark in remarks(desk.store.run_pages(desk.store.runs(1)[0].number)))

    answer(as_json, lambda: {"pages": outcome_values(outcomes)}, lines)
    return Exit.SOME_REFUSED if any_refused(outcomes) else Exit.OK


def _how(columns: str, **options: Any) -> Adding:
    """The options as the desk takes them. Raises UsageError when the map of columns is none."""
    from jitsuroku.desk.arriving import Adding
    from jitsuroku.intake import Opening, PageError, columns_from

    try:
        return Adding(opening=Opening(columns_from(columns)), **options)
    except PageError as problem:
        raise click.UsageError(str(problem)) from problem


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="NAMES...")
@click.option("--into", "folder", type=FILE, required=True, metavar="FOLDER", help="Where to write the shards.")
@click.option(
    "--engine", type=click.Choice(["pool", "ray"]), default="pool", show_default=True, help="Whose processes."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read pages.")
@click.option("--at", metavar="MOMENT", help="When the pages came in, in ISO; else now, or when FOLDER was begun.")
@click.option("--gate", is_flag=True, help="Pass over pages that name nobody of ours or tell of no act; for archives.")
@click.option("--text-only", is_flag=True, help="Keep the pages' text and not their bytes as received.")
@click.option("--private", is_flag=True, help="Mark the pages as private: they, and what they say, are never exported.")
@click.option("--columns", metavar="MAP", default="", help="What a table's columns hold: text=COLUMN,title=COLUMN,…")
@with_json
def shards(names: tuple[str, ...], folder: Path, engine: str, at: str | None, as_json: bool, **options: Any) -> int:
    """Read files, folders and archives into shards, which jitsuroku load takes into a store. Broken off, the same command
    goes on; the shards are the same however many processes read, and whose they are."""
    from jitsuroku.desk.runs import now
    from jitsuroku.desk.sharding import engine_named, read_into_shards, shard_lines, shard_values
    from jitsuroku.desk.terminal import shown

    found = []
    for each in read_into_shards(map(Path, names), folder, _how(**options), engine_named(engine), at or now()):
        found.append(each)
        for _, problem in each[0].refused:
            click.echo(f"refused: {shown(problem)}", err=True)
    answer(as_json, lambda: {"shards": shard_values(found)}, lambda: shard_lines(found))
    return Exit.SOME_REFUSED if any(shard.refused for shard, _ in found) else Exit.OK


@cli.command()
@click.argument("folder", type=FILE)
@click.option("--no-links", is_flag=True, help="Make no links now; the next command that adds pages makes them.")
@with_db
@with_json
def load(folder: Path, no_links: bool, db: Path | None, as_json: bool) -> int:
    """Load pages that were read elsewhere from the shards in FOLDER (docs/decisions/014-shards.md). Each comes in whole or
    not at all; broken off, the same command goes on."""
    from jitsuroku.desk.loading import load_shards, loaded_lines
    from jitsuroku.desk.shards import shards_in
    from jitsuroku.desk.terminal import shown

    total = len(shards_in(folder))
    loaded = []
    for each in load_shards(open_desk(db, create=True).store, folder, links=not no_links):
        loaded.append(each)
        if each.problem:
            click.echo(f"refused: {shown(each.problem)}", err=True)
        elif sys.stderr.isatty():
            click.echo(f"{len(loaded)} of {total} shards", err=True)
    values = [
        {"shard": e.name, "pages": {s.value: n for s, n in e.pages.items()}, "problem": e.problem} for e in loaded
    ]
    answer(as_json, lambda: {"shards": values}, lambda: loaded_lines(loaded))
    return Exit.SOME_REFUSED if any(each.problem for each in loaded) else Exit.OK


@cli.command()
@click.argument("number", type=int, required=False)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many runs to list.")
@with_db
@with_json
def runs(number: int | None, limit: int, db: Path | None, as_json: bool) -> int:
    """List the runs that brought pages in, or with a NUMBER tell what became of each page of one."""
    from jitsuroku.desk.runs import page_values, run_lines, run_values, summary_lines

    store = open_desk(db).store
    if number is None:
        found = store.runs(limit)
        answer(as_json, lambda: {"runs": run_values(found)}, lambda: run_lines(found) if found else ["no run yet"])
        return Exit.OK
    run = store.run(number)
    if run is None:
        click.echo(f"jitsuroku: no run {number}; jitsuroku runs lists them", err=True)
        return Exit.NOT_FOUND
    pages = list(store.run_pages(number))
    answer(as_json, lambda: {**run_values([run])[0], "each": page_values(pages)}, lambda: summary_lines(run, pages))
    return Exit.OK
