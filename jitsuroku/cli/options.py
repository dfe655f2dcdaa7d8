"""What the commands share: the group they belong to, ``--db`` and ``--json``, and how an answer is printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jitsuroku import __version__
from jitsuroku.cli.exits import Exit

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk
    from jitsuroku.store import Server

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)


class StorePlace(click.ParamType["Path | Server"]):
    """Where a store stands: a file, or a server by its address."""

    name = "store"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Path | Server:
        """The file or the server. An address that is none is not repeated: a password may stand in it."""
        from jitsuroku.desk.place import place_of

        try:
            return place_of(value)
        except ValueError as problem:
            self.fail(str(problem), parameter, context)


STORE = StorePlace()
PATHS = click.argument("paths", nargs=-1, type=FILE)
NARROWEST, WIDEST = 40, 120


class Commands(click.Group):
    """All commands. They end quietly when the reader of their output has left, as ``head`` does."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and write out what it printed."""
        try:
            ended = super().invoke(ctx)
            sys.stdout.flush()
            return ended
        except BrokenPipeError:
            # What is still waiting to be written goes nowhere, else Python complains when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Exit.OK


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="jitsuroku")
@click.option("--db", type=STORE, metavar="STORE", hidden=True)
@click.pass_context
def cli(context: click.Context, db: Path | Server | None) -> None:
    """Read Japanese news pages about international politics and keep a record of who did, said and promised what, in
    which every line can be traced to the exact words that say it.

    Begin with: jitsuroku demo
    """
    context.obj = db


def with_db(command: F) -> F:
    """The option ``--db``: where the store stands."""
    text = "The store's file, or postgresql://… for one on a server; else JITSUROKU_DB, else the user's own."
    return click.option("--db", type=STORE, metavar="STORE", help=text)(command)


def takes_private(command: F) -> F:
    """Adds ``--with-private``."""
    return click.option("--with-private", is_flag=True, help="Take in private pages, which are else left out.")(command)


def with_json(command: F) -> F:
    """The option ``--json``: the answer as one JSON value."""
    return click.option("--json", "as_json", is_flag=True, help="Answer with one JSON value.")(command)


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The value of an option that takes an ISO day, month or year, as it is. Raises BadParameter when it is none."""
    from jitsuroku.store.days import first_and_last

    if value is not None and ("/" in value or first_and_last(value)[0] is None):
        raise click.BadParameter(f"{value!r} is no date; write 2025, 2025-06 or 2025-06-16", context, parameter)
    return value


def named_db(db: Path | Server | None) -> Path | Server | None:
    """The store that ``--db`` names, after the command or before it."""
    found: Path | Server | None = db or click.get_current_context().obj
    return found


def open_desk(db: Path | Server | None, *, create: bool = False, leaving: bool = False) -> Desk:
    """The desk over the store that ``--db`` names, else the user's own; closed when the command ends. ``leaving``: without
    private pages."""
    from jitsuroku.desk.query import Desk

    return click.get_current_context().with_resource(Desk(named_db(db), create=create, leaving=leaving))


def desk_to_hand_on(db: Path | Server | None, with_private: bool) -> Desk:
    """The desk from which something is handed on: without private pages, and how many are left out told, unless they are
    wanted."""
    desk = open_desk(db)
    left_out = 0 if with_private else len(desk.store.private_documents())
    if not left_out:
        return desk
    told = f"{left_out} private page{'s are' if left_out != 1 else ' is'} left out; --with-private takes them in"
    click.echo(told, err=True)
    return click.get_current_context().with_resource(desk.leaving())


def desk_in_memory() -> Desk:
    """A desk that keeps nothing."""
    from jitsuroku.desk.query import Desk

    return click.get_current_context().with_resource(Desk(":memory:"))


def answer(as_json: bool, values: Callable[[], Any], lines: Callable[[], Iterable[str]]) -> None:
    """Print the JSON value or the lines, whichever was asked for; only that one is made."""
    from jitsuroku.desk.terminal import shown_json

    for line in [shown_json(values())] if as_json else lines():
        sys.stdout.write(f"{line}\n")


def width() -> int:
    """The columns to fill: the terminal's, within what can be read well."""
    from shutil import get_terminal_size

    return max(NARROWEST, min(get_terminal_size((100, 24)).columns, WIDEST))
