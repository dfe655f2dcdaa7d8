"""The command that serves the desk in a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jitsuroku.cli.options import cli, open_desk, with_db

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk
    from jitsuroku.desk.web.serving import Place


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port; else 8765 or the next free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Others than this machine need a token then.")
@click.option("--token", metavar="WORD", help="What a browser must name; made up for a --host others can reach.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--offline", is_flag=True, help="Fetch no address that is given on the page for adding.")
@with_db
def serve(port: int | None, host: str, token: str | None, no_open: bool, offline: bool, db: Path | None) -> None:
    """Show the record in a browser: what several pages tell, each page with its lines, lists, a timeline, search."""
    from jitsuroku.desk.web.serving import Place

    opens = not no_open and sys.stdout.isatty()
    serve_desk(open_desk(db, create=True), Place(host, port, token, offline), opens=opens)


def serve_desk(desk: Desk, place: Place, *, path: str = "/", opens: bool) -> None:
    """Serve a desk until Ctrl-C, and print where."""
    from jitsuroku.desk.web.serving import serve as run

    def tell(address: str, visiting: str | None) -> None:
        click.echo(f"The desk is open at {address} (Ctrl-C closes it)")
        if visiting:
            click.echo(f"For visitors, who only read: {visiting}")
        sys.stdout.flush()

    run(desk, place, tell, path=path, opens=opens)
