"""Commands that take pages out, mark them as private, and the demo: remove, private, demo."""

from __future__ import annotations

import os
import sys
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
@click.argument("names", nargs=-1, required=True)
@with_db
@with_json
def remove(names: tuple[str, ...], db: Path | None, as_json: bool) -> None:
    """Take pages out of everything: all versions of a source or address, or the one version with an id."""
    count = open_desk(db).remove(*names)
    answer(as_json, lambda: {"removed": count}, lambda: [f"removed {count} document{'s' if count != 1 else ''}"])


@cli.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="No longer private.")
@with_db
@with_json
def private(names: tuple[str, ...], undo: bool, db: Path | None, as_json: bool) -> None:
    """Mark pages (by source, address or id, with all their versions) as private: no export holds them or what they say."""
    count = open_desk(db).set_private(*names, private=not undo)
    told = f"{count} document{'s' if count != 1 else ''} {'no longer' if undo else 'now'} private"
    answer(as_json, lambda: {"changed": count, "private": not undo}, lambda: [told])


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
