"""The command ``jitsuroku``: each command calls one function of the desk and prints what it gives.

Nothing heavy is imported before a command needs it, so that ``jitsuroku --help`` answers at once. A module of commands
joins by its import here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from jitsuroku.cli import (
    about,
    adding,
    asking,
    briefs,
    exporting,
    framing,
    judging,
    links,
    meetings,
    months,
    pages,
    promises,
    questions,
    team,
    upkeep,
    watching,
    web,
)
from jitsuroku.cli.exits import Exit, code_of
from jitsuroku.cli.options import cli

__all__ = [
    "Exit",
    "about",
    "adding",
    "asking",
    "briefs",
    "cli",
    "exporting",
    "framing",
    "judging",
    "links",
    "main",
    "meetings",
    "months",
    "pages",
    "promises",
    "questions",
    "team",
    "upkeep",
    "watching",
    "web",
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, with ``sys.argv`` when no arguments are given; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return int(cli.main(arguments, prog_name="jitsuroku", standalone_mode=False) or Exit.OK)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return Exit.INTERRUPTED
    except click.ClickException as problem:
        problem.show()
        return Exit.USAGE
    except Exception as problem:
        return code_of(problem)
