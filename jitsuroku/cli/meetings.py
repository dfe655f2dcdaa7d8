"""The command on series of meetings: meetings."""

from __future__ import annotations

from pathlib import Path

import click

from jitsuroku.cli.options import answer, cli, open_desk, with_db, with_json


@cli.command()
@click.argument("series", required=False)
@with_db
@with_json
def meetings(series: str | None, db: Path | None, as_json: bool) -> None:
    """The meetings of a format (SCO, G7, C5+1) in order, from the pages and from the list of those known.

    Without SERIES those that the pages tell of. Shown are number, day, place, host and who takes part, whether it was
    planned, held, postponed or cancelled, and where pages do not agree with the list.
    """
    from jitsuroku.contract import as_json as values
    from jitsuroku.desk.series import meetings_lines

    found = open_desk(db).meetings(series)
    answer(as_json, lambda: [values(each) for each in found], lambda: meetings_lines(found))
