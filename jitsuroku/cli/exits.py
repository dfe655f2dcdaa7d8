"""How a command ends: its exit code, and one plain line for every problem that is known."""

from __future__ import annotations

from enum import IntEnum

import click


class Exit(IntEnum):
    """The exit codes (docs/how-to/exit-codes.md)."""

    OK = 0
    SOME_REFUSED = 1
    USAGE = 2
    STORE = 3
    NOT_FOUND = 4
    INSTALL = 5
    INTERRUPTED = 130


def code_of(problem: Exception) -> Exit:
    """The exit code of a known problem, after one line about it; a problem nobody foresaw is raised again."""
    from jitsuroku.desk.judging.program import ProgramFailed
    from jitsuroku.desk.judging.values import CannotJudge
    from jitsuroku.desk.query import NotFound
    from jitsuroku.desk.shards import ShardError
    from jitsuroku.desk.terminal import shown
    from jitsuroku.intake import PageError
    from jitsuroku.lexicon import TableError
    from jitsuroku.store import StoreError

    codes: dict[type[Exception], Exit] = {
        StoreError: Exit.STORE,
        TableError: Exit.INSTALL,
        NotFound: Exit.NOT_FOUND,
        CannotJudge: Exit.USAGE,
        PageError: Exit.SOME_REFUSED,
        ShardError: Exit.SOME_REFUSED,
        ProgramFailed: Exit.SOME_REFUSED,
        OSError: Exit.STORE,
        ImportError: Exit.INSTALL,
    }
    for kind, code in codes.items():
        if isinstance(problem, kind):
            click.echo(f"jitsuroku: {shown(_message(problem))}", err=True)
            return code
    raise problem


def _message(problem: Exception) -> str:
    """The problem in words; the system's own errors lack what to do."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.filename or 'a file'}: {problem.strerror}; choose another place or mend its rights"
    return str(problem)
