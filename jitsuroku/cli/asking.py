"""The options that narrow a question, shared by export, query and watch; and the saved queries: query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from jitsuroku.cli.options import answer, cli, day, open_desk, with_db, with_json

F = TypeVar("F", bound=Callable[..., Any])
QUESTION = (
    click.option("--actor", help="Code or name of who acts, gives or speaks."),
    click.option("--recipient", help="Code or name of who is acted on or receives."),
    click.option("--party", help="Code or name on either side."),
    click.option("--person", help="Any form of a person's name."),
    click.option("--type", "type", help="Event type, flag, or stage of a commitment."),
    click.option("--status", help="actual, planned or denied."),
    click.option("--since", callback=day, metavar="DATE", help="2025, 2025-06 or 2025-06-16."),
    click.option("--until", callback=day, metavar="DATE", help="The same, included."),
    click.option("--page", help="A page's source, address or id."),
)


def with_question(command: F) -> F:
    """The options of a question; the command gets them by name."""
    for option in reversed(QUESTION):
        command = option(command)
    return command


@cli.group()
def query() -> None:
    """Keep questions under a name, for export --query and watch --query."""


@query.command()
@click.argument("name")
@with_question
@with_db
@with_json
def save(name: str, db: Path | None, as_json: bool, **asked: str | None) -> None:
    """Keep a question under NAME, in the place of one that is called so (query save kaz --party KAZ)."""
    from jitsuroku.desk.saved import save_query, words_of

    try:
        told = save_query(open_desk(db, create=True), name, asked)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    answer(as_json, lambda: {"name": name, "asked": told}, lambda: [f"saved {name}: {words_of(told)}"])


@query.command(name="list")
@with_db
@with_json
def list_(db: Path | None, as_json: bool) -> None:
    """List the saved queries."""
    from jitsuroku.desk.saved import words_of

    found = open_desk(db).store.queries()
    lines = [f"{name}: {words_of(asked)}" for name, asked in found.items()] or ["no query is saved"]
    answer(as_json, lambda: [{"name": n, "asked": asked} for n, asked in found.items()], lambda: lines)


@query.command()
@click.argument("name")
@with_db
@with_json
def remove(name: str, db: Path | None, as_json: bool) -> None:
    """Forget a saved query, and how far it was told."""
    from jitsuroku.desk.saved import saved_query

    desk = open_desk(db)
    saved_query(desk, name)
    desk.store.remove_query(name)
    answer(as_json, lambda: {"removed": name}, lambda: [f"removed {name}"])
