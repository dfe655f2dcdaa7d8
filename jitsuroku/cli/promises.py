"""Commands on what was promised: commitments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jitsuroku.cli.options import answer, cli, day, open_desk, with_db, with_json

STAGES = ("potential", "considered", "pledged", "signed", "delivering", "delivered", "suspended", "cancelled")
BY = ("pair", "year", "sector", "stage")


@cli.command()
@click.option("--pair", nargs=2, metavar="A B", help="Two parties, whoever gives.")
@click.option("--giver", help="Code or name of who promises.")
@click.option("--receiver", help="Code or name of whom it is promised.")
@click.option("--sector", help="energy, defence, finance ...")
@click.option("--stage", type=click.Choice(STAGES), help="How far it has come.")
@click.option("--due", is_flag=True, help="Only those with a day by which they are to be kept, by that day.")
@click.option("--until", callback=day, metavar="DATE", help="The same, due on that day, month or year at the latest.")
@click.option("--totals", is_flag=True, help="Sums in the pages' currencies, in dollars and in yen.")
@click.option("--by", type=click.Choice(BY), multiple=True, help="Sums by these; else by all.")
@with_db
@with_json
def commitments(db: Path | None, as_json: bool, totals: bool, by: tuple[str, ...], **asked: Any) -> None:
    """List promises, each once, with what every page says of it; parts stand below their whole.

    Sums count a part with its whole, and give a range where pages differ.
    """
    from jitsuroku.contract import as_json as values
    from jitsuroku.desk import ledger_lines as views

    desk = open_desk(db)
    if totals:
        sums = desk.totals(by=by or BY, **asked)
        answer(as_json, lambda: [values(total) for total in sums], lambda: views.totals_lines(sums))
    else:
        lines = desk.ledger(**asked)
        answer(as_json, lambda: [values(line) for line in lines], lambda: views.ledger_lines(lines))
