"""The command ``jitsuroku``: each command calls one function of the desk and prints what it gives.

Nothing heavy is imported before a command needs it, so that ``jitsuroku --help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jitsuroku import __version__

if TYPE_CHECKING:
    from jitsuroku.desk.adding import Outcome
    from jitsuroku.desk.query import Desk

F = TypeVar("F", bound=Callable[..., Any])
KINDS = ("documents", "events", "statements", "commitments", "figures", "readings", "flags", "unresolved", "people")
PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
HELP = {"help_option_names": ["-h", "--help"]}


class Exit(IntEnum):
    """How a command ends (docs/how-to/exit-codes.md)."""

    OK = 0
    SOME_REFUSED = 1
    USAGE = 2
    STORE = 3
    NOT_FOUND = 4
    INSTALL = 5
    INTERRUPTED = 130


def with_db(command: F) -> F:
    """The option ``--db``: the store's file."""
    text = "The store's file; else JITSUROKU_DB, else the user's own."
    return click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help=text)(command)


def with_json(command: F) -> F:
    """The option ``--json``: the answer as one JSON value."""
    return click.option("--json", "as_json", is_flag=True, help="Answer with one JSON value.")(command)


@click.group(context_settings=HELP)
@click.version_option(__version__, prog_name="jitsuroku")
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", hidden=True)
@click.pass_context
def cli(context: click.Context, db: Path | None) -> None:
    """Read Japanese news pages about international politics and keep a record of who did, said and promised what, in
    which every line can be traced to the exact words that say it.

    Begin with: jitsuroku demo
    """
    context.obj = db


def open_desk(db: Path | None, *, create: bool = False) -> Desk:
    """The desk over the store named by ``--db``, before or after the command."""
    from jitsuroku.desk.query import Desk

    return click.get_current_context().with_resource(Desk(db or click.get_current_context().obj, create=create))


def answer(as_json: bool, data: Callable[[], Any], lines: Callable[[], Iterable[str]]) -> None:
    """Print the JSON value or the lines, whichever was asked for; only that one is made."""
    from jitsuroku.desk.terminal import shown_json

    for line in [shown_json(data())] if as_json else lines():
        click.echo(line)


# --- pages in and out -----------------------------------------------------------------------------------------------


@cli.command()
@PATHS
@click.option("--again", is_flag=True, help="Read pages again that did not change.")
@click.option("--stored", is_flag=True, help="Read those stored pages again that another version read.")
@with_db
@with_json
def add(paths: tuple[Path, ...], again: bool, stored: bool, db: Path | None, as_json: bool) -> int:
    """Read files, or folders of files, into the store. Pages that stand there unchanged are passed over."""
    if not paths and not stored:
        raise click.UsageError("name files or folders to read, or give --stored")
    desk = open_desk(db, create=True)
    outcomes = [*_told(desk.adding(paths, again=again), paths), *_told(desk.read_again() if stored else [], ())]
    answer(as_json, lambda: {"pages": [_outcome_json(o) for o in outcomes]}, lambda: _summary(outcomes))
    return Exit.SOME_REFUSED if any(o.problem for o in outcomes) else Exit.OK


def _told(outcomes: Iterable[Outcome], paths: Iterable[Path]) -> Iterator[Outcome]:
    """The outcomes as they come; a refusal is told at once on stderr, with a progress bar where that is a terminal."""
    from jitsuroku.desk.terminal import shown

    with ExitStack() as stack:
        advance = stack.enter_context(_bar(paths)) if sys.stderr.isatty() else None
        for outcome in outcomes:
            if outcome.problem:
                click.echo(f"refused: {shown(outcome.problem)}", err=True)
            if advance is not None:
                advance.advance(0)
            yield outcome


def _bar(paths: Iterable[Path]) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from jitsuroku.desk.adding import find_all

    progress = Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True))
    progress.add_task("pages", total=sum(1 for _ in find_all(paths)) or None)
    return progress


def _outcome_json(outcome: Outcome) -> dict[str, str | None]:
    result = outcome.result.value if outcome.result else "refused"
    return {"source": outcome.source, "document": outcome.document, "result": result, "problem": outcome.problem}


def _summary(outcomes: list[Outcome]) -> Iterator[str]:
    from collections import Counter

    from jitsuroku.desk.terminal import shown

    yield from (f"new version: {shown(o.source)}" for o in outcomes if o.result and o.result.value == "new version")
    counts = Counter(o.result.value if o.result else "refused" for o in outcomes)
    told = ", ".join(f"{n} {what}" for what, n in counts.items())
    yield f"{len(outcomes)} page{'s' if len(outcomes) != 1 else ''}: {told or 'nothing to read there'}"


@cli.command()
@click.argument("names", nargs=-1, required=True)
@with_db
@with_json
def remove(names: tuple[str, ...], db: Path | None, as_json: bool) -> None:
    """Take pages out of everything: all versions of a source or address, or the one version with an id."""
    count = open_desk(db).remove(*names)
    answer(as_json, lambda: {"removed": count}, lambda: [f"removed {count} document{'s' if count != 1 else ''}"])


@cli.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
@click.option("--with-pages", is_flag=True, help="Add to each document the page's text as received.")
@click.option("--all-versions", is_flag=True, help="Also what older versions of pages said.")
@with_db
@with_json
def export(
    form: str, output: Path | None, with_pages: bool, all_versions: bool, db: Path | None, as_json: bool
) -> None:
    """Write the whole record, one JSON object a line (docs/codebook.md)."""
    from jitsuroku.desk.export.jsonl import export_lines, write_lines
    from jitsuroku.desk.terminal import escaped

    lines = export_lines(open_desk(db).store, with_pages=with_pages, all_versions=all_versions)
    if output is not None:
        write_lines(output, lines)
        return
    # A terminal gets the same values with control and direction characters escaped; a file or pipe the exact bytes.
    safe = escaped if sys.stdout.isatty() else str
    out = click.get_binary_stream("stdout")
    for line in _array(lines) if as_json else (f"{line}\n" for line in lines):
        out.write(safe(line).encode())


def _array(lines: Iterable[str]) -> Iterator[str]:
    before = "["
    for line in lines:
        yield f"{before}{line}"
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


# --- questions ------------------------------------------------------------------------------------------------------


@cli.command(name="list")
@click.argument("kind", type=click.Choice(KINDS), default="documents")
@click.option("--actor", help="Code or name of who acts, gives or speaks.")
@click.option("--recipient", help="Code or name of who is acted on or receives.")
@click.option("--party", help="Code or name on either side.")
@click.option("--person", help="Any form of a person's name.")
@click.option("--type", "type", help="Event type, flag, or stage of a commitment.")
@click.option("--status", help="actual, planned or denied.")
@click.option("--since", metavar="DATE", help="2025, 2025-06 or 2025-06-16.")
@click.option("--until", metavar="DATE", help="The same, included.")
@click.option("--page", help="A page's source, address or id.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--all-versions", is_flag=True, help="Also what older versions of pages said.")
@with_db
@with_json
def list_(kind: str, db: Path | None, as_json: bool, **asked: Any) -> None:
    """List documents, events, statements, commitments, figures, readings, flags, unresolved names or people."""
    from jitsuroku.desk import show

    rows = show.rows(open_desk(db), kind, asked)
    answer(as_json, lambda: show.as_values(rows), lambda: show.list_lines(open_desk(db), rows, kind, asked))


@cli.group()
def show() -> None:
    """Show one page, event, person or pair of parties."""


def _shower(name: str, arguments: tuple[str, ...], text: str) -> None:
    """Add the command ``show NAME``; desk/show.py gives its records and lines."""

    def command(db: Path | None, as_json: bool, **given: str) -> None:
        from jitsuroku.desk import show

        records, lines = show.VIEWS[name](open_desk(db), *(given[a] for a in arguments))
        answer(as_json, lambda: show.as_values(records), lambda: lines)

    for argument in reversed(arguments):
        command = click.argument(argument)(command)
    show.command(name=name, help=text)(with_db(with_json(command)))


_shower("page", ("name",), "Everything one page says, each line with its words.")
_shower("event", ("id",), "One event, or any other record, by its id.")
_shower("person", ("name",), "What a person does and says, on all pages; any form of the name.")
_shower("pair", ("left", "right"), "What two parties have to do with each other, by day (show pair CHN KAZ).")


@cli.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--all-versions", is_flag=True, help="Also in older versions of pages.")
@with_db
@with_json
def search(query: str, limit: int, all_versions: bool, db: Path | None, as_json: bool) -> None:
    """Find pages that hold every word of QUERY (「日本 会談」), with the words around."""
    from jitsuroku.desk import show

    found = open_desk(db).search(query, limit=limit, all_versions=all_versions)
    answer(as_json, lambda: show.found_values(found), lambda: show.found_lines(found, query))


@cli.command()
@click.argument("target")
@click.option("--stage", type=click.Choice(["clean", "language", "parse", "mentions", "actors", "coding", "checks"]))
@with_db
@with_json
def explain(target: str, stage: str | None, db: Path | None, as_json: bool) -> None:
    """Say how TARGET was read. A file, or a stored page: what each stage made of it. A record's id: why it is there."""
    from jitsuroku.desk import explain as how
    from jitsuroku.desk.query import read

    path = Path(target)
    desk = None if path.is_file() else open_desk(db)
    if desk is not None and not desk.store.find_documents(target, newest=False):
        record = desk.record(target)
        source = desk.source_of(record)
        answer(as_json, lambda: how.why_json(record), lambda: how.why(record, source))
        return
    reading = read(path) if desk is None else desk.reading(target)
    stages = (stage,) if stage else how.STAGES
    data = {name: how.stage_json(reading, name) for name in stages} if as_json else {}
    answer(as_json, lambda: data[stage] if stage else data, lambda: how.stages_lines(reading, stages))


@cli.command()
@click.argument("names", nargs=-1)
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one HTML file instead.")
@with_db
@with_json
def report(names: tuple[str, ...], html: Path | None, db: Path | None, as_json: bool) -> None:
    """Tell what the pages say (all, or those named), under every line the words that say it."""
    from jitsuroku.desk import show

    desk = open_desk(db)
    ids = [desk.document(name).id for name in names] or None
    if html is not None:
        show.write_html(desk, ids, html)
    if html is None or as_json:
        answer(as_json, lambda: show.report_values(desk, ids), lambda: show.report_text(desk, ids, _width()))
    else:
        click.echo(f"wrote {html}", err=True)


def _width() -> int:
    from shutil import get_terminal_size

    return max(40, min(get_terminal_size((100, 24)).columns, 120))


@cli.command()
@PATHS
@with_db
@with_json
def check(paths: tuple[Path, ...], db: Path | None, as_json: bool) -> int:
    """List what a careful editor would query, in files (read without storing) or, without PATHS, in the store."""
    from jitsuroku.desk import show
    from jitsuroku.desk.query import Desk

    desk = click.get_current_context().with_resource(Desk(":memory:")) if paths else open_desk(db)
    outcomes = list(_told(desk.adding(paths), paths))
    rows = show.rows(desk, "flags", {})
    answer(as_json, lambda: show.as_values(rows), lambda: show.list_lines(desk, rows, "flags", {}))
    return Exit.SOME_REFUSED if any(o.problem for o in outcomes) else Exit.OK


@cli.command()
@PATHS
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the HTML file.")
@with_db
@with_json
def demo(paths: tuple[Path, ...], html: Path | None, db: Path | None, as_json: bool) -> int:
    """Read the sample pages, or your own, and show what they say. Nothing is kept, unless --db names a store."""
    from jitsuroku.desk import show
    from jitsuroku.desk.query import Desk

    named = db or click.get_current_context().obj
    desk = open_desk(named, create=True) if named else click.get_current_context().with_resource(Desk(":memory:"))
    pages = paths or (show.SAMPLES,)
    outcomes = list(_told(desk.adding(pages), pages))
    ids = [o.document for o in outcomes if o.document]
    file = show.write_html(desk, ids, html or show.html_in_temporary_folder())
    answer(as_json, lambda: show.report_values(desk, ids), lambda: show.report_text(desk, ids, _width()))
    click.echo(f"The same with the pages' text, as one HTML file: {file}", err=as_json)
    return Exit.SOME_REFUSED if any(o.problem for o in outcomes) else Exit.OK


# --- about itself ---------------------------------------------------------------------------------------------------


@cli.command()
@with_json
def coverage(as_json: bool) -> None:
    """What the reader knows: trigger words by event type and language."""
    from jitsuroku.desk.coverage import coverage as cells
    from jitsuroku.desk.coverage import coverage_lines

    answer(as_json, cells, lambda: coverage_lines(cells()))


@cli.command()
@with_db
@with_json
def doctor(db: Path | None, as_json: bool) -> int:
    """Look at versions, tables and the store, changing nothing."""
    from dataclasses import asdict

    from jitsuroku.desk.doctor import examine
    from jitsuroku.desk.place import default_path
    from jitsuroku.desk.terminal import shown

    findings = list(examine(db or click.get_current_context().obj or default_path()))
    lines = [f"{'' if f.trouble is None else 'TROUBLE  '}{f.what}: {shown(f.found)}" for f in findings]
    answer(as_json, lambda: [asdict(f) for f in findings], lambda: lines)
    troubles = {f.trouble for f in findings}
    return Exit.STORE if "store" in troubles else Exit.INSTALL if "install" in troubles else Exit.OK


@cli.command()
@click.option("--codebook", is_flag=True, help="The codebook for people (docs/codebook.md) instead.")
@with_json
def schema(codebook: bool, as_json: bool) -> None:
    """The JSON Schema of a line of the export."""
    from jitsuroku.desk.export.codebook import codebook as text
    from jitsuroku.desk.export.schema import schema as made

    answer(as_json or not codebook, made, lambda: [text().rstrip("\n")])


def main() -> int:
    """Run the command line; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        ended = cli.main(prog_name="jitsuroku", standalone_mode=False)
        sys.stdout.flush()
        return int(ended or Exit.OK)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; finished pages are kept", err=True)
        return Exit.INTERRUPTED
    except click.ClickException as problem:
        problem.show()
        return Exit.USAGE
    except BrokenPipeError:
        # The reader of our output left (as head does): no fault, and nothing more to say.
        sys.stdout = open("/dev/null", "w") if sys.platform != "win32" else sys.stderr
        return Exit.OK
    except Exception as problem:
        return _failed(problem)


def _failed(problem: Exception) -> int:
    """One plain line for a known problem, with its exit code; an unknown one is raised again."""
    from jitsuroku.desk.query import NotFound
    from jitsuroku.desk.terminal import shown
    from jitsuroku.intake import PageError
    from jitsuroku.lexicon import TableError
    from jitsuroku.store import StoreError

    codes = {StoreError: Exit.STORE, TableError: Exit.INSTALL, NotFound: Exit.NOT_FOUND, PageError: Exit.SOME_REFUSED}
    codes |= {OSError: Exit.STORE, ValueError: Exit.USAGE}  # type: ignore[dict-item]
    for kind, code in codes.items():
        if isinstance(problem, kind):
            click.echo(f"jitsuroku: {shown(str(problem))}", err=True)
            return code
    raise problem
