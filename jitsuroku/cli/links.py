"""Commands on what several pages tell of: links, show cluster."""

from __future__ import annotations

from pathlib import Path

import click

from jitsuroku.cli.options import answer, cli, open_desk, with_db, with_json
from jitsuroku.cli.questions import show


@cli.command()
@click.option("--kind", type=click.Choice(["event", "statement", "commitment"]), help="Only these.")
@click.option("--independent", type=click.IntRange(1), default=1, help="At least so many independent sources.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@with_db
@with_json
def links(kind: str | None, independent: int, limit: int | None, db: Path | None, as_json: bool) -> None:
    """List what several pages tell of, with the number of independent sources, most first.

    Pages that copy one text, and pages that name one origin, count once. show cluster ID tells where they differ.
    """
    from jitsuroku.desk import clusters as views

    found = open_desk(db).clusters(kind=kind, independent=independent)[:limit]
    answer(as_json, lambda: [views.cluster_value(c) for c in found], lambda: views.clusters_lines(found))


@show.command(name="cluster")
@click.argument("id")
@with_db
@with_json
def cluster(id: str, db: Path | None, as_json: bool) -> None:
    """What several pages say of one thing, and field by field where they differ; ID of a cluster or of a record in it."""
    from jitsuroku.desk import clusters as views

    told = open_desk(db).cluster(id)
    answer(as_json, lambda: views.told_value(told), lambda: views.told_lines(told))
