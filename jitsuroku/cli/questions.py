"""Commands that ask the store: list, show, search, explain, report, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jitsuroku.cli.exits import Exit
from jitsuroku.cli.options import (
    FILE,
    PATHS,
    STORE,
    answer,
    cli,
    day,
    desk_in_memory,
    desk_to_hand_on,
    open_desk,
    takes_private,
    width,
    with_db,
    with_json,
)
from jitsuroku.cli.progress import told

KINDS = (
    "documents",
    "events",
    "statements",
    "commitments",
    "figures",
    "readings",
    "flags",
    "unresolved",
    "people",
    "meetings",
)


@cli.command(name="list")
@click.argument("kind", type=click.Choice(KINDS), default="documents")
@click.option("--actor", help="Code or name of who acts, gives or speaks.")
@click.option("--recipient", help="Code or name of who is acted on or receives.")
@click.option("--party", help="Code or name on either side.")
@click.option("--person", help="Any form of a person's name.")
@click.option("--type", "type", help="Event type, flag, or stage of a commitment.")
@click.option("--status", help="actual, planned or denied.")
@click.option("--since", callback=day, metavar="DATE", help="2025, 2025-06 or 2025-06-16.")
@click.option("--until", callback=day, metavar="DATE", help="The same, included.")
@click.option("--page", help="A page's source, address or id.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--all-versions", is_flag=True, help="Also what older versions of pages said.")
@click.option("--as-read", is_flag=True, help="As it was read, also what people rejected.")
@with_db
@with_json
def list_(kind: str, db: Path | None, as_json: bool, **asked: Any) -> None:
    """List documents, events, statements, commitments, figures, readings, flags, unresolved names, people or meetings."""
    from jitsuroku.desk import show

    desk = open_desk(db)
    asked["judged"] = not asked.pop("as_read")
    rows = show.rows(desk, kind, asked)
    answer(as_json, lambda: show.as_values(rows), lambda: show.list_lines(desk, rows, kind, asked))


@cli.group()
def show() -> None:
    """Show one page, event, person or pair of parties."""


def _show(db: Path | None, as_json: bool, view: str, *names: str) -> None:
    from jitsuroku.desk import show as views

    records, lines = views.VIEWS[view](open_desk(db), *names)
    answer(as_json, lambda: views.as_values(records), lambda: lines)


@show.command()
@click.argument("name")
@with_db
@with_json
def page(name: str, db: Path | None, as_json: bool) -> None:
    """Everything one page says, each line with its words; NAME is its source, address or id."""
    _show(db, as_json, "page", name)


@show.command()
@click.argument("id")
@with_db
@with_json
def event(id: str, db: Path | None, as_json: bool) -> None:
    """One event, or any other record, by its id."""
    _show(db, as_json, "event", id)


@show.command()
@click.argument("name")
@with_db
@with_json
def person(name: str, db: Path | None, as_json: bool) -> None:
    """What a person does and says, on all pages; any form of the name."""
    _show(db, as_json, "person", name)


@show.command()
@click.argument("left")
@click.argument("right")
@with_db
@with_json
def pair(left: str, right: str, db: Path | None, as_json: bool) -> None:
    """What two parties have to do with each other, by day (show pair CHN KAZ)."""
    _show(db, as_json, "pair", left, right)


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
@click.option(
    "--stage", type=click.Choice(["clean", "language", "parse", "mentions", "actors", "coding", "verdicts", "checks"])
)
@with_db
@with_json
def explain(target: str, stage: str | None, db: Path | None, as_json: bool) -> None:
    """Say how TARGET was read. A file, or a stored page: what each stage made of it. A record's id: why it is there."""
    from jitsuroku.desk.explain import explain as explained

    found = explained(target, stage, lambda: open_desk(db))
    answer(as_json, found.values, found.lines)


@cli.command()
@click.argument("target")
@with_db
@with_json
def silent(target: str, db: Path | None, as_json: bool) -> None:
    """List the sentences of TARGET (a file or a stored page) that name somebody but gave no record, and why."""
    from jitsuroku.desk.explain import silence

    found = silence(target, lambda: open_desk(db))
    answer(as_json, found.values, found.lines)


@cli.command()
@click.argument("names", nargs=-1)
@click.option("--html", type=FILE, metavar="FILE", help="Write one HTML file instead.")
@takes_private
@with_db
@with_json
def report(names: tuple[str, ...], html: Path | None, with_private: bool, db: Path | None, as_json: bool) -> None:
    """Tell what the pages say (all, or those named), under every line the words that say it."""
    from jitsuroku.desk import show

    desk = desk_to_hand_on(db, with_private)
    ids = [desk.document(name).id for name in names] or None
    if html is not None:
        show.write_html(desk, ids, html)
    if html is None or as_json:
        answer(as_json, lambda: show.report_values(desk, ids), lambda: show.report_text(desk, ids, width()))
    else:
        click.echo(f"wrote {html}", err=True)


@cli.command()
@PATHS
@click.option("--stats", is_flag=True, help="How often each rule's flags are dismissed, instead of the flags.")
@click.option("--draft", type=FILE, metavar="FILE", help="A draft (txt, md, html, docx) instead: see --against.")
@click.option("--against", type=STORE, metavar="STORE", help="The store whose record the draft is compared with.")
@click.option("--comments", type=FILE, metavar="DOCX", help="Write a Word copy of the draft with comments.")
@with_db
@with_json
def check(paths: tuple[Path, ...], stats: bool, db: Path | None, as_json: bool, **draft: Path | None) -> int:
    """List what a careful editor would query, in files (read without storing) or, without PATHS, in the store.

    With --draft, what a draft says otherwise than the record: amounts, days, firsts, offices, quotations.
    """
    if draft["draft"] is None and (draft["against"] or draft["comments"]):
        raise click.UsageError("--against and --comments belong to --draft FILE")
    if draft["draft"] is not None:
        return _check_draft(draft["draft"], draft["against"], draft["comments"], as_json)
    from jitsuroku.desk import show
    from jitsuroku.desk.judging.rates import rate_lines, rate_values, rates
    from jitsuroku.desk.outcomes import any_refused

    desk = desk_in_memory() if paths else open_desk(db)
    outcomes = list(told(desk.adding(paths), paths))
    if stats:
        found = rates(desk.store)
        answer(as_json, lambda: rate_values(found), lambda: rate_lines(found))
    else:
        rows = show.rows(desk, "flags", {})
        answer(as_json, lambda: show.as_values(rows), lambda: show.list_lines(desk, rows, "flags", {}))
    return Exit.SOME_REFUSED if any_refused(outcomes) else Exit.OK


def _check_draft(file: Path, against: Path | None, comments: Path | None, as_json: bool) -> int:
    from jitsuroku.desk.draft.findings import check_draft
    from jitsuroku.desk.draft.report import draft_lines, draft_values, write_commented

    checked = check_draft(file, open_desk(against) if against else None)
    answer(as_json, lambda: draft_values(checked), lambda: draft_lines(checked, width()))
    if comments is not None:
        write_commented(checked, file, comments)
        click.echo(f"wrote {comments}", err=True)
    return Exit.OK
