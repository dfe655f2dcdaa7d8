"""The command on a pair or group over time: months."""

from __future__ import annotations

from pathlib import Path

import click

from jitsuroku.cli.options import answer, cli, open_desk, with_db, with_json


@cli.command()
@click.argument("parties", nargs=-1)
@with_db
@with_json
def months(parties: tuple[str, ...], db: Path | None, as_json: bool) -> None:
    """How many events a month has in which all PARTIES (KAZ RUS) take part, by quad class.

    What several pages tell is one event. Plans, denials and history told as background are not counted.
    """
    from jitsuroku.contract import as_json as values
    from jitsuroku.desk.months import months_lines

    found = open_desk(db).months(*parties)
    answer(as_json, lambda: [values(each) for each in found], lambda: months_lines(found))
