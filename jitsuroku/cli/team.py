"""Commands for a store that a team shares on a server: copy, roles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jitsuroku.cli.options import STORE, answer, cli, named_db, with_db, with_json

if TYPE_CHECKING:
    from jitsuroku.store import Server


@cli.command()
@click.option("--from", "origin", type=STORE, required=True, metavar="STORE", help="A file or postgresql://…")
@click.option("--to", "target", type=STORE, required=True, metavar="STORE", help="One that is empty or not there yet.")
@click.option("--with-private", is_flag=True, help="Take private pages along to a server, where others may read them.")
@with_json
def copy(origin: Path | Server, target: Path | Server, with_private: bool, as_json: bool) -> None:
    """Copy a whole record to another store, from a file to a server or back: pages, lines, links, judgements, runs, custody,
    saved queries. The copy is whole or not there."""
    from jitsuroku.desk.upkeep.copying import copy as copied
    from jitsuroku.desk.upkeep.copying import private_pages
    from jitsuroku.store import Server

    private = 0 if with_private or not isinstance(target, Server) else private_pages(origin)
    if private:
        told = f"{private} private page{'s' if private != 1 else ''} would go to a server, where others may read them"
        raise click.UsageError(f"{told}; --with-private takes them along, jitsuroku remove takes them out")
    rows = copied(origin, target)
    told = f"{target}: {rows['documents']:,} pages, all versions, {rows['records']:,} records, as in {origin}"
    answer(as_json, lambda: rows, lambda: [told])


@cli.command()
@click.option("--writers", default="jitsuroku_writer", show_default=True, metavar="ROLE", help="Who may add and judge.")
@click.option("--readers", default="jitsuroku_reader", show_default=True, metavar="ROLE", help="Who may only read.")
@with_db
def roles(writers: str, readers: str, db: Path | Server | None) -> None:
    """Print what who runs a PostgreSQL server has to say to it (psql), so that some may write the store and others read."""
    from jitsuroku.desk.place import default_place
    from jitsuroku.store import Server
    from jitsuroku.store.postgres.roles import role_statements

    place = named_db(db) or default_place()
    if not isinstance(place, Server):
        raise click.UsageError(f"{place} is a file; name a server: --db postgresql://USER@HOST/DATABASE")
    try:
        click.echo(role_statements(place.database, writers, readers), nl=False)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
