"""Commands about jitsuroku itself: what it knows, whether all is well, what its export means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import answer, cli, named_db, with_db, with_json

if TYPE_CHECKING:
    from jitsuroku.store import Server


@cli.command()
@with_json
def coverage(as_json: bool) -> None:
    """What the reader knows: trigger words by event type and language."""
    from jitsuroku.desk.coverage import coverage as cells
    from jitsuroku.desk.coverage import coverage_lines

    answer(as_json, cells, lambda: coverage_lines(cells()))


@cli.command()
@click.option("--repair", "mend", is_flag=True, help="Mend the store first; a copy of it as it was is kept beside it.")
@with_db
@with_json
def doctor(mend: bool, db: Path | None, as_json: bool) -> int:
    """Look at versions, tables and the store, changing nothing: its schema, its size, damage.

    --repair makes indexes, search and links anew, or a new file of what can be read.
    """
    from dataclasses import asdict

    from jitsuroku.desk.doctor import doctor_lines, examine
    from jitsuroku.desk.place import default_place

    path = named_db(db) or default_place()
    if mend:
        _mend(path, as_json)
    findings = tuple(examine(path))
    answer(as_json, lambda: [asdict(f) for f in findings], lambda: doctor_lines(findings))
    troubles = {f.trouble for f in findings}
    return Exit.STORE if "store" in troubles else Exit.INSTALL if "install" in troubles else Exit.OK


def _mend(place: Path | Server, as_json: bool) -> None:
    from jitsuroku.desk.terminal import shown
    from jitsuroku.desk.upkeep.repair import mended_lines, repair
    from jitsuroku.store.postgres.instead import refuse_server

    for line in mended_lines(repair(refuse_server(place, "repair"))):
        click.echo(shown(line), err=as_json)


@cli.command()
@click.option("--codebook", is_flag=True, help="The codebook for people (docs/codebook.md) instead.")
@with_json
def schema(codebook: bool, as_json: bool) -> None:
    """The JSON Schema of a line of the export."""
    from jitsuroku.desk.export.codebook import codebook as text
    from jitsuroku.desk.export.schema import schema as made

    answer(as_json or not codebook, made, lambda: [text().rstrip("\n")])
