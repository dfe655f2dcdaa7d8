"""The command on briefs: brief."""

from __future__ import annotations

from pathlib import Path

import click

from jitsuroku.cli.options import FILE, answer, cli, day, desk_to_hand_on, takes_private, with_db, with_json

LANGUAGES, FORMS = ("en", "ja"), ("md", "html", "docx", "pdf", "csl")
BINARY = ("docx", "pdf")


@cli.command()
@click.argument("question", nargs=-1)
@click.option("--since", callback=day, metavar="DATE", help="2025, 2025-06 or 2025-06-16.")
@click.option("--until", callback=day, metavar="DATE", help="The same, included.")
@click.option("--promises", is_flag=True, help="Promises only: what is due, and what is open.")
@click.option("--three", is_flag=True, help="Three points and a conclusion instead.")
@click.option("--full", is_flag=True, help="Every sentence; else the 15 under a heading that most sources tell.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMS), help="Else by the file's name; csl: the references alone.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write a file instead.")
@takes_private
@with_db
@with_json
def brief(
    question: tuple[str, ...],
    since: str | None,
    until: str | None,
    promises: bool,
    three: bool,
    full: bool,
    lang: str,
    form: str | None,
    output: Path | None,
    with_private: bool,
    db: Path | None,
    as_json: bool,
) -> None:
    """Brief on QUESTION, from the record alone, with the exact words as a footnote to every sentence.

    QUESTION: one or two parties (brief USA CHN, brief SCO), a person, or the id of an event or a cluster; nothing for the
    whole record.
    """
    from jitsuroku.desk.brief.saving import FORMS as makers
    from jitsuroku.desk.brief.saving import brief_value

    chosen = form or _named(output)
    if chosen in BINARY and output is None and not as_json:
        raise click.UsageError(f"{chosen} goes to a file: add -o brief.{chosen}")
    window = {"since": since, "until": until}
    made = desk_to_hand_on(db, with_private).brief(
        *question, **window, promises=promises, three=three, full=full, language=lang
    )
    if output is not None:
        made.save(output, chosen)
        click.echo(f"wrote {output}", err=True)
    if output is None or as_json:
        answer(as_json, lambda: brief_value(made), lambda: str(makers[chosen](made)).splitlines())


def _named(output: Path | None) -> str:
    """The form by the file's name; Markdown without one."""
    from jitsuroku.desk.brief.saving import form_of

    try:
        return "md" if output is None else form_of(output)
    except ValueError as problem:
        raise click.UsageError(f"{problem}, or add --format") from None
