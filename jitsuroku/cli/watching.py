"""The command that looks again and again and says what changed: watch. The clock is asked here and nowhere else."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import FILE, cli, open_desk, with_db
from jitsuroku.cli.progress import told

if TYPE_CHECKING:
    from jitsuroku.desk.arriving import Adding
    from jitsuroku.desk.query import Desk
    from jitsuroku.desk.watch import Report

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_RUN = 300


@dataclass(frozen=True, slots=True)
class Clock:
    """What tells the time and waits; tests hand in another."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Ways:
    """How a report is given."""

    as_json: bool
    atom: Path | None
    run: str | None


CLOCK = Clock()


def seconds(context: click.Context, parameter: click.Parameter, value: str) -> float:
    """``10m`` as seconds. Raises BadParameter for anything but a number and s, m, h or d."""
    match = re.fullmatch(r"(\d{1,6})([smhd])", value)
    if match is None or not int(match[1]):
        raise click.BadParameter(f"{value!r} is no time to wait; write 30s, 10m, 2h or 1d", context, parameter)
    return float(int(match[1]) * UNITS[match[2]])


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="NAMES...")
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--every", callback=seconds, default="10m", show_default=True, metavar="TIME", help="30s, 10m, 2h, 1d.")
@click.option("--query", default="", metavar="NAME", help="Only what a saved query asks for.")
@click.option("--atom", type=FILE, metavar="FILE", help="Write what changed in the last rounds as a feed.")
@click.option("--run", metavar="CMD", help="A command that gets each report on its standard input; no shell.")
@click.option("--offline", is_flag=True, help="Refuse addresses: fetch nothing.")
@click.option("--json", "as_json", is_flag=True, help="Each report as one line of JSON.")
@with_db
def watch(
    names: tuple[str, ...], once: bool, every: float, query: str, db: Path | None, offline: bool, as_json: bool,
    atom: Path | None, run: str | None,
) -> int:  # fmt: skip
    """Read what is new in NAMES, again and again, and report what changed: new events and promises, promises told
    otherwise, contradictions, corrected pages and which records these touch.

    NAMES are folders and files, feeds and pages by their address (https://…), and lists of feeds (OPML). What did not
    change at an address is not sent again. The first round tells of all it finds; what stands in the store already is no
    news.
    """
    from jitsuroku.desk.arriving import Adding

    watched, how = [_watched(name, offline) for name in names], Adding(offline=offline)
    if run is not None and not _words(run):
        raise click.UsageError("--run: name a command")
    desk, ways = open_desk(db, create=True), Ways(as_json, atom, run)
    while True:
        ended = _round(desk, watched, how, query, ways, once)
        if once:
            return ended
        CLOCK.sleep(every)


def _watched(name: str, offline: bool) -> str | Path:
    """A name as it is watched. Raises UsageError for an address that is never fetched."""
    from jitsuroku.desk.arriving import named
    from jitsuroku.intake.targets import NotFetched, target_of

    found = named(name)
    if isinstance(found, str):
        if offline:
            raise click.UsageError(f"{name}: --offline fetches nothing; name a folder in which pages are saved")
        try:
            target_of(found)
        except NotFetched as problem:
            raise click.UsageError(str(problem)) from None
    return found


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as problem:
        raise click.UsageError(f"--run: {problem}; quote it as a shell would read it") from None


def _round(desk: Desk, names: list[str | Path], how: Adding, query: str, ways: Ways, once: bool) -> int:
    """One look; what goes wrong with the store or a file ends the watch only where it looks once."""
    from jitsuroku.cli.exits import code_of
    from jitsuroku.store import StoreError

    try:
        return look(desk, names, how, query, ways, once)
    except (StoreError, OSError) as problem:
        if once:
            raise
        return code_of(problem)


def look(desk: Desk, names: list[str | Path], how: Adding, query: str, ways: Ways, once: bool) -> int:
    """Read what is new and report what changed; gives the exit code of this round."""
    from jitsuroku.desk.outcomes import any_refused
    from jitsuroku.desk.watch import begin, finish, report_on

    begin(desk, query, _now())
    refused = any_refused(list(told(desk.adding(names, how), names)))
    report = report_on(desk, query, _now())
    if not _give(report, ways, once):
        return Exit.SOME_REFUSED
    finish(desk, report)
    if ways.atom is not None:
        _write_feed(desk, query, ways.atom)
    return Exit.SOME_REFUSED if refused else Exit.OK


def _now() -> str:
    return CLOCK.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _give(report: Report, ways: Ways, once: bool) -> bool:
    """Print the report and hand it to the command; False when that did not take it, so that the next round tells it again."""
    from jitsuroku.desk.terminal import shown_json
    from jitsuroku.desk.watch import report_lines, report_value

    if ways.as_json:
        text = shown_json(report_value(report), indent=None) + "\n"
    else:
        text = "".join(f"{line}\n" for line in report_lines(report))
    if report.changes and ways.run is not None and not _ran(ways.run, text):
        return False
    if report.changes or once:
        sys.stdout.write(text or "nothing changed\n")
        sys.stdout.flush()
    return True


def _ran(command: str, text: str) -> bool:
    """Run a command, never through a shell, with the report on its standard input."""
    try:
        ended = subprocess.run(_words(command), input=text.encode(), timeout=LONGEST_RUN, check=False).returncode
        problem = f"ended with {ended}" if ended else None
    except subprocess.TimeoutExpired:
        problem = f"did not end within {LONGEST_RUN} seconds"
    except OSError as refused:
        problem = f"cannot be run ({refused.strerror})"
    if problem is not None:
        click.echo(f"jitsuroku: --run {command}: {problem}; the next round tells the same again", err=True)
    return problem is None


def _write_feed(desk: Desk, query: str, file: Path) -> None:
    from jitsuroku.desk.export.jsonl import write_bytes
    from jitsuroku.desk.watch import atom_file, last_reports

    write_bytes(file, atom_file(query or "watch", list(last_reports(desk, query))))
