"""Commands on how sources tell it: framing, formulas."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from jitsuroku.cli.options import answer, cli, open_desk, width, with_db, with_json


@cli.command()
@click.argument("target")
@with_db
@with_json
def framing(target: str, db: Path | None, as_json: bool) -> None:
    """Count the words that each source chooses for a party (CHN, 中国), an event or cluster (its id), or on one page.

    Names, words for acts, verbs of saying, who is quoted at what length, loaded words beside plainer ones, and what kind
    of pages they are. No verdict.
    """
    from jitsuroku.desk.framing.framing import framing as found_in
    from jitsuroku.desk.framing.lines import framing_lines

    found = found_in(open_desk(db), target)
    answer(as_json, lambda: asdict(found), lambda: framing_lines(found, width()))


@cli.command()
@click.argument("left")
@click.argument("right")
@click.option("--all", "every_genre", is_flag=True, help="News on the pair too, not only readouts.")
@with_db
@with_json
def formulas(left: str, right: str, every_genre: bool, db: Path | None, as_json: bool) -> None:
    """Follow the stock phrases of readouts between two parties: new, kept, dropped against the one before."""
    from jitsuroku.desk.framing.formulas import formulas as found_in
    from jitsuroku.desk.framing.lines import formula_lines

    steps = found_in(open_desk(db), left, right, every_genre=every_genre)
    answer(as_json, lambda: [asdict(s) for s in steps], lambda: formula_lines(steps, (left, right), width()))
