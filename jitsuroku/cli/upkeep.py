"""Commands that keep the store in order: backup, restore, compact, forget, reread."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import FILE, answer, cli, named_db, open_desk, with_db, with_json

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk
    from jitsuroku.desk.upkeep.reread import Reread
    from jitsuroku.store import Held

FORCE = click.option("--force", is_flag=True, help="Replace a file that stands there.")


def _file_for(what: str, db: Path | None) -> Path:
    """The store's file. Raises StoreError, and names what to use instead, where the store is on a server."""
    from jitsuroku.desk.place import default_place
    from jitsuroku.store.postgres.instead import refuse_server

    return refuse_server(named_db(db) or default_place(), what)


@cli.command()
@click.argument("file", type=FILE)
@FORCE
@with_db
@with_json
def backup(file: Path, force: bool, db: Path | None, as_json: bool) -> None:
    """Copy the store to FILE, also while it is written; the copy is checked, and whole or not there."""
    from jitsuroku.store.keeping import backup as copied

    records = copied(_file_for("backup", db), file, force=force)
    size = file.stat().st_size
    answer(
        as_json, lambda: {"records": records, "bytes": size}, lambda: [f"{file}: {records:,} records, {size:,} bytes"]
    )


@cli.command()
@click.argument("file", type=FILE)
@FORCE
@with_db
@with_json
def restore(file: Path, force: bool, db: Path | None, as_json: bool) -> None:
    """Put the backup FILE where the store stands, or shall stand."""
    from jitsuroku.store.keeping import restore_store

    path = _file_for("restore", db)
    records = restore_store(file, path, force=force)
    answer(as_json, lambda: {"records": records}, lambda: [f"{path}: {records:,} records, as in {file}"])


def salvaged(db: Path | None, *, with_pages: bool) -> tuple[Iterator[str], Exit]:
    """The lines that can be saved of a damaged store; what is lost is told on stderr."""
    from tempfile import TemporaryDirectory

    from jitsuroku.desk.terminal import shown
    from jitsuroku.desk.upkeep.repair import salvaged_lines
    from jitsuroku.store.salvage import lost_lines

    folder = Path(click.get_current_context().with_resource(TemporaryDirectory()))
    found, lines = salvaged_lines(_file_for("salvage", db), folder, with_pages=with_pages)
    if not found.is_whole:
        click.echo(f"saved: {found.documents:,} pages, {found.records:,} records", err=True)
    for line in lost_lines(found):
        click.echo(shown(line), err=True)
    return lines, Exit.OK if found.is_whole else Exit.SOME_REFUSED


@cli.command()
@with_db
@with_json
def compact(db: Path | None, as_json: bool) -> None:
    """Write the store's file anew without the room of what was removed; the disk's free space is looked at first."""
    before, after = open_desk(db).compact()
    told = f"{before:,} bytes before, {after:,} after"
    answer(as_json, lambda: {"before": before, "after": after}, lambda: [told])


@cli.command()
@click.argument("source")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_db
@with_json
def forget(source: str, yes: bool, db: Path | None, as_json: bool) -> int:
    """Take an outlet (by name) or a host (example.com) out of everything, so that none of its words are left in the file.

    Shows what goes and asks first. Backups and exports made before keep what they hold.
    """
    from jitsuroku.desk.query import NotFound
    from jitsuroku.desk.terminal import shown

    desk = open_desk(db)
    held = desk.held(source)
    if not held.documents and not held.names:
        known = ", ".join(name for name, _ in desk.store.sources().most_common(10))
        raise NotFound(f"{source}: no page of such an outlet or host; known are {known or 'none'}")
    for line in _held_lines(desk, source, held):
        click.echo(shown(line), err=as_json)
    if not yes and not (sys.stdin.isatty() and click.confirm("Take all of it out, for good?", err=as_json)):
        click.echo("nothing was changed; --yes takes it out without asking", err=True)
        return Exit.OK
    desk.forget(source)
    answer(as_json, lambda: {"source": source, **_held_values(held)}, lambda: [shown(f"{source}: forgotten")])
    return Exit.OK


def _held_lines(desk: Desk, source: str, held: Held) -> Iterator[str]:
    pages = [desk.record(document) for document in held.documents]
    yield f"{source}: {len(pages)} page{'s' if len(pages) != 1 else ''}, all versions"
    yield from (
        f"  {getattr(page, 'source', '')}: {getattr(page, 'title', None) or 'without a headline'}" for page in pages
    )
    counts = ", ".join(f"{n} {kind}" for kind, n in sorted(held.records.items()) if kind != "document")
    yield f"records: {counts or 'none'}"
    yield f"links: {held.links}"
    yield f"addresses and files in the notes: {len(held.names)}"
    yield f"judgements: {len(held.judgements)}, {held.across} of them with another source's records"


def _held_values(held: Held) -> dict[str, Any]:
    return {**asdict(held), "records": dict(sorted(held.records.items()))}


@cli.command()
@click.option("--accept", is_flag=True, help="Take over what is read now, without asking.")
@click.option("--all", "every", is_flag=True, help="Also pages that this version read.")
@with_db
@with_json
def reread(accept: bool, every: bool, db: Path | None, as_json: bool) -> int:
    """Read stored pages again that another version read, and show what is read otherwise before it is taken over.

    At a terminal each page is asked for; else nothing changes without --accept. Stopped, it goes on where it was.
    """
    from jitsuroku.desk.upkeep.reread import totals

    desk = open_desk(db)
    asking = not accept and not as_json and sys.stdin.isatty() and sys.stdout.isatty()
    pages = desk.rereading(accept=accept, every=every)
    try:
        found = list(_asked(desk, pages) if asking else _told(pages, as_json))
    except KeyboardInterrupt:
        click.echo("\nthe pages taken over so far are kept; the same command goes on from there", err=True)
        raise
    answer(as_json, lambda: _reread_values(found, accept), lambda: _ended(found, accept or asking))
    return Exit.SOME_REFUSED if totals(found)["refused"] else Exit.OK


def _reread_values(found: list[Reread], accepted: bool) -> dict[str, Any]:
    from jitsuroku.desk.upkeep.reread import reread_values, totals

    differing = [reread_values(each) for each in found if each.differs or each.problem]
    return {"accepted": accepted, "totals": dict(totals(found)), "pages": differing}


def _ended(found: list[Reread], accepted: bool) -> Iterator[str]:
    from jitsuroku.desk.upkeep.reread import totals, totals_line

    yield totals_line(totals(found))
    if found and not accepted:
        yield "nothing was changed; --accept takes it over"


def _told(pages: Iterator[Reread], quiet: bool) -> Iterator[Reread]:
    """Print what changes on each page as soon as it is read."""
    for each in pages:
        if not quiet:
            _print(each)
        yield _without_reading(each)


def _print(found: Reread) -> None:
    from jitsuroku.desk.terminal import shown
    from jitsuroku.desk.upkeep.reread import reread_lines

    if found.problem:
        click.echo(f"refused: {shown(found.problem)}", err=True)
    elif found.differs:
        for line in reread_lines(found):
            click.echo(line)


def _without_reading(found: Reread) -> Reread:
    """What is kept of a page until the end: of ten thousand pages not everything that was read."""
    from dataclasses import replace

    return replace(found, reading=None)


def _asked(desk: Desk, pages: Iterator[Reread]) -> Iterator[Reread]:
    """Ask for each page that is read otherwise; take over the others."""
    from jitsuroku.desk.linking import relink
    from jitsuroku.desk.upkeep.reread import accept

    said = ""
    for each in pages:
        _print(each)
        if each.differs and said != "a":
            said = click.prompt("Take it over? yes, no, all, quit", type=click.Choice(list("ynaq")), default="n")
        if said == "q":
            break
        if not each.differs or said in ("y", "a"):
            accept(desk.store, each)
        yield _without_reading(each)
    relink(desk.store)
