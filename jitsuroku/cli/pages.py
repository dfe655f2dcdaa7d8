"""Commands that bring pages in and the record out: add, remove, export, demo."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import (
    FILE,
    PATHS,
    answer,
    cli,
    desk_in_memory,
    named_db,
    open_desk,
    width,
    with_db,
    with_json,
)
from jitsuroku.cli.progress import told

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk


@cli.command()
@PATHS
@click.option("--again", is_flag=True, help="Read pages again that did not change.")
@click.option("--stored", is_flag=True, help="Read those stored pages again that another version read.")
@with_db
@with_json
def add(paths: tuple[Path, ...], again: bool, stored: bool, db: Path | None, as_json: bool) -> int:
    """Read files, or folders of files, into the store. Pages that stand there unchanged are passed over."""
    from jitsuroku.desk.outcomes import any_refused, outcome_values, summary

    if not paths and not stored:
        raise click.UsageError("name files or folders to read, or give --stored")
    desk = open_desk(db, create=True)
    try:
        reading = chain(desk.adding(paths, again=again), desk.read_again() if stored else ())
        outcomes = list(told(reading, paths))
    except KeyboardInterrupt:
        click.echo("\nthe pages finished so far are kept; the same command goes on from there", err=True)
        raise
    answer(as_json, lambda: {"pages": outcome_values(outcomes)}, lambda: summary(outcomes))
    return Exit.SOME_REFUSED if any_refused(outcomes) else Exit.OK


@cli.command()
@click.argument("names", nargs=-1, required=True)
@with_db
@with_json
def remove(names: tuple[str, ...], db: Path | None, as_json: bool) -> None:
    """Take pages out of everything: all versions of a source or address, or the one version with an id."""
    count = open_desk(db).remove(*names)
    answer(as_json, lambda: {"removed": count}, lambda: [f"removed {count} document{'s' if count != 1 else ''}"])


@cli.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file.")
@click.option("--with-pages", is_flag=True, help="Add to each document the page's text as received.")
@click.option("--all-versions", is_flag=True, help="Also what older versions of pages said.")
@click.option("--judged", is_flag=True, help="As people judged it, without what they rejected.")
@click.option("--salvage", is_flag=True, help="From a damaged store: what can be read of it, all versions.")
@with_db
@with_json
def export(
    form: str, output: Path | None, salvage: bool, db: Path | None, as_json: bool, **options: bool
) -> int | None:
    """Write the whole record, one JSON object a line (docs/codebook.md); with --json as one array."""
    from jitsuroku.desk.export.jsonl import export_lines

    form_of = _array if as_json else _lines
    if salvage:
        from jitsuroku.cli.upkeep import salvaged

        lines, code = salvaged(db, with_pages=options["with_pages"])
        _put_out(form_of(lines), output)
        return code
    _put_out(form_of(export_lines(open_desk(db).store, **options)), output)
    return None


def _put_out(parts: Generator[str, None, None], output: Path | None) -> None:
    from jitsuroku.desk.export.jsonl import write_text

    # Closed before the store is, also when the reader of our output leaves half-way.
    click.get_current_context().call_on_close(parts.close)
    if output is not None:
        write_text(output, parts)
    else:
        _write(parts)


def _write(parts: Iterable[str]) -> None:
    """A terminal gets the same values with control and direction characters escaped; a file or pipe the exact bytes."""
    from jitsuroku.desk.terminal import escaped

    out, to_terminal = sys.stdout.buffer, sys.stdout.isatty()
    for part in parts:
        out.write((escaped(part) if to_terminal else part).encode())


def _lines(lines: Iterable[str]) -> Generator[str, None, None]:
    for line in lines:
        yield f"{line}\n"


def _array(lines: Iterable[str]) -> Generator[str, None, None]:
    before = "["
    for line in lines:
        yield f"{before}{line}"
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


@cli.command()
@PATHS
@click.option("--html", type=FILE, metavar="FILE", help="Where to write the HTML file.")
@click.option("--no-serve", is_flag=True, help="Stop after the summary; else a terminal's browser opens the desk.")
@with_db
@with_json
def demo(paths: tuple[Path, ...], html: Path | None, no_serve: bool, db: Path | None, as_json: bool) -> int:
    """Read the sample pages, or your own, and show what they say, at a terminal also in a browser. Nothing is kept,
    unless --db names a store."""
    from jitsuroku.desk import show
    from jitsuroku.desk.outcomes import any_refused, documents_of
    from jitsuroku.samples import PAGES

    desk = open_desk(db, create=True) if named_db(db) else desk_in_memory()
    pages = paths or (PAGES,)
    outcomes = list(told(desk.adding(pages), pages))
    ids = documents_of(outcomes)
    file = show.write_html(desk, ids, html or show.html_in_temporary_folder())
    answer(as_json, lambda: show.report_values(desk, ids), lambda: show.demo_text(desk, ids, width()))
    click.echo(f"The same with the pages' text, as one HTML file: {file}", err=as_json)
    if sys.stdout.isatty() and not (no_serve or as_json or os.environ.get("CI")):
        _open(desk)
    return Exit.SOME_REFUSED if any_refused(outcomes) else Exit.OK


def _open(desk: Desk) -> None:
    """The desk in a browser, at what most sources tell."""
    from jitsuroku.cli.web import serve_desk
    from jitsuroku.desk.web.serving import Place

    told = desk.clusters()
    serve_desk(desk, Place(), path=f"/told/{told[0].id}" if told else "/", opens=True)
