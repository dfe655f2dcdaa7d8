"""The command that takes the record elsewhere: export."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from jitsuroku.cli.asking import with_question
from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import FILE, cli, open_desk, with_db, with_json

# Named here so that --help need not load what writes them; a test holds the list to the formats there are.
FORMATS = (
    *("jsonl", "csv", "parquet", "plover-events", "plover-mentions", "gdelt-events", "gdelt-mentions", "ftm", "gexf"),
    *("graphml", "geojson", "ical", "atom", "bibtex", "csl"),
)
TABLES = (
    *("documents", "mentions", "events", "statements", "readings", "commitments", "figures", "meetings", "flags"),
    *("unresolved", "links", "judgements"),
)
JSONL, TABULAR, BINARY = "jsonl", ("csv", "parquet"), ("parquet",)


@cli.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default=JSONL, show_default=True)
@click.option("--table", type=click.Choice(TABLES), help="What csv and parquet hold; else events.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file.")
@with_question
@click.option("--query", metavar="NAME", help="A saved query instead of these options.")
@click.option("--limit", type=click.IntRange(1), help="At most so many records.")
@click.option("--with-pages", is_flag=True, help="jsonl: add to each document the page's text as received.")
@click.option(
    "--with-text", is_flag=True, help="Other formats: add the text of the pages, where they have a place for it."
)
@click.option("--raw", is_flag=True, help="Tables: leave cells that a spreadsheet would run as a formula.")
@click.option("--all-versions", is_flag=True, help="Also what older versions of pages said.")
@click.option("--judged", is_flag=True, help="As people judged it, without what they rejected.")
@click.option("--salvage", is_flag=True, help="jsonl, from a damaged store: what can be read of it, all versions.")
@with_db
@with_json
def export(
    form: str, output: Path | None, query: str | None, salvage: bool, db: Path | None, as_json: bool, **options: Any
) -> int:
    """Write the record in one of many formats (docs/codebook.md); jsonl, the record itself, one JSON object a line, with
    --json as one array. Private pages, and what they say, are left out of all of them."""
    from jitsuroku.desk.export.exported import exported
    from jitsuroku.desk.saved import saved_query

    _check(form, output, as_json, options)
    if salvage:
        return _salvage(form, output, db, as_json, options["with_pages"])
    desk = open_desk(db)
    asked = saved_query(desk, query) | {"name": query} if query else {}
    options |= asked | {"table": options["table"] or "events"}
    try:
        parts = _closing(exported(desk, form, **options))
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    _put_out(parts, output, as_json)
    return Exit.OK


def _put_out(parts: Generator[bytes, None, None], output: Path | None, as_json: bool) -> None:
    from jitsuroku.desk.export.jsonl import write_bytes

    made = _array(parts) if as_json else parts
    # Closed before the store is, also when the reader of our output leaves half-way.
    click.get_current_context().call_on_close(made.close)
    if output is not None:
        write_bytes(output, made)
        click.echo(f"wrote {output}", err=True)
    else:
        _write(made)


def _salvage(form: str, output: Path | None, db: Path | None, as_json: bool, with_pages: bool) -> int:
    from jitsuroku.cli.upkeep import salvaged

    if form != JSONL:
        raise click.UsageError("--salvage goes with --format jsonl")
    lines, code = salvaged(db, with_pages=with_pages)
    _put_out(_closing(f"{line}\n".encode() for line in lines), output, as_json)
    return code


def _check(form: str, output: Path | None, as_json: bool, options: dict[str, Any]) -> None:
    if options["table"] and form not in TABULAR:
        raise click.UsageError(f"--table is for {' and '.join(TABULAR)}; {form} holds what it holds")
    if as_json and form != JSONL:
        raise click.UsageError("--json goes with --format jsonl")
    if form in BINARY and output is None:
        raise click.UsageError(f"{form} goes to a file: add -o record.{form}")
    if form == JSONL and options["with_text"]:
        raise click.UsageError("jsonl holds the body of every page; --with-pages adds the page as received")


def _closing(parts: Iterator[bytes]) -> Generator[bytes, None, None]:
    yield from parts


def _write(parts: Iterable[bytes]) -> None:
    """A terminal gets the same values with control and direction characters escaped; a file or pipe the exact bytes."""
    from jitsuroku.desk.terminal import escaped

    out, to_terminal = sys.stdout.buffer, sys.stdout.isatty()
    for part in parts:
        out.write(escaped(part.decode().replace("\r\n", "\n")).encode() if to_terminal else part)


def _array(lines: Iterable[bytes]) -> Generator[bytes, None, None]:
    before = b"["
    for line in lines:
        yield before + line.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[" else b"]\n"
