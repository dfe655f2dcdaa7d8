"""Commands by which people judge the record: judge ..., review."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from jitsuroku.cli.options import FILE, answer, cli, open_desk, width, with_db, with_json

F = TypeVar("F", bound=Callable[..., Any])
FIELDS = click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE...")
IDS = click.argument("ids", nargs=-1, required=True, metavar="ID...")


def with_author(command: F) -> F:
    """The options ``--by``, ``--reason``, ``--db`` and ``--json``."""
    by = click.option("--by", metavar="NAME", help="Who judges; else JITSUROKU_NAME, else the user's name.")
    reason = click.option("--reason", metavar="TEXT", help="Why.")
    return by(reason(with_db(with_json(command))))


@cli.group()
def judge() -> None:
    """Judge records: confirm, reject, correct, dismiss, split, merge, add. Nothing that was read is overwritten."""


def _judge_each(judgement: str, ids: tuple[str, ...], by: str | None, reason: str | None, db: Path | None) -> list[Any]:
    desk = open_desk(db)
    return [desk.judge(judgement, id, by=by, reason=reason) for id in ids]


def _tell(as_json: bool, made: list[Any]) -> None:
    from jitsuroku.contract import as_json as value_of

    answer(as_json, lambda: [value_of(m) for m in made], lambda: [f"{m.judgement}: {m.id} on {m.target}" for m in made])


@judge.command()
@IDS
@with_author
def confirm(ids: tuple[str, ...], by: str | None, reason: str | None, db: Path | None, as_json: bool) -> None:
    """Say that records are right as they stand."""
    _tell(as_json, _judge_each("confirm", ids, by, reason, db))


@judge.command()
@IDS
@with_author
def reject(ids: tuple[str, ...], by: str | None, reason: str | None, db: Path | None, as_json: bool) -> None:
    """Say that records are wrong; lists and reports leave them out."""
    _tell(as_json, _judge_each("reject", ids, by, reason, db))


@judge.command()
@IDS
@with_author
def dismiss(ids: tuple[str, ...], by: str | None, reason: str | None, db: Path | None, as_json: bool) -> None:
    """Take flags away, with a reason; that holds for copies of the page and when it is read again."""
    _tell(as_json, _judge_each("dismiss", ids, by, reason, db))


@judge.command()
@click.argument("id")
@FIELDS
@with_author
def correct(
    id: str, fields: tuple[str, ...], by: str | None, reason: str | None, db: Path | None, as_json: bool
) -> None:
    """Give what is right: FIELD=VALUE. Lists by commas (actor=JPN,USA); nothing behind = for unknown."""
    _tell(as_json, [open_desk(db).judge("correct", id, by=by, reason=reason, changes=_pairs(fields))])


@judge.command()
@click.argument("id")
@click.option("--part", "parts", multiple=True, required=True, metavar="FIELD=VALUE;...", help="One for each part.")
@with_author
def split(id: str, parts: tuple[str, ...], by: str | None, reason: str | None, db: Path | None, as_json: bool) -> None:
    """Say that one record is two or more, and what each is."""
    from jitsuroku.desk.judging.review import changes_in

    made = [changes_in(part) for part in parts]
    _tell(as_json, [open_desk(db).judge("split", id, by=by, reason=reason, parts=made)])


@judge.command()
@click.argument("id")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@with_author
def merge(id: str, others: tuple[str, ...], by: str | None, reason: str | None, db: Path | None, as_json: bool) -> None:
    """Say that records of one page tell of the same; the first stays, with the words of all."""
    _tell(as_json, [open_desk(db).judge("merge", id, by=by, reason=reason, others=others)])


@judge.command()
@click.argument("page")
@click.argument("kind")
@click.option("--words", required=True, help="The words of the page that say it, copied exactly.")
@click.option(
    "--nth", type=click.IntRange(1), default=1, help="Which place, where the words stand there several times."
)
@FIELDS
@with_author
def add(page: str, kind: str, words: str, nth: int, fields: tuple[str, ...], by: str | None, **more: Any) -> None:
    """Add a record that stands on words of a page, in any language: judge add PAGE event --words W type=CONSULT."""
    from jitsuroku.contract import as_json as value_of
    from jitsuroku.desk.report import record_lines

    desk = open_desk(more["db"])
    made = desk.add_record(page, kind, words, nth=nth, by=by, reason=more["reason"], told=_pairs(fields))
    source = desk.document(page).source
    answer(more["as_json"], lambda: value_of(made), lambda: record_lines(made, source, width(), with_id=True))


@judge.command(context_settings={"ignore_unknown_options": True})
@click.argument("page")
@click.argument("program", nargs=-1, required=True, type=click.UNPROCESSED, metavar="PROGRAM [ARG]...")
@click.option("--name", required=True, metavar="NAME", help="What the program is called; the rule is model/NAME.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=120, show_default=True, metavar="SECONDS", help="Wait so long."
)
@click.option("--try", "only_tell", is_flag=True, help="Tell what would be kept, and keep nothing.")
@with_db
@with_json
def second(page: str, program: tuple[str, ...], name: str, only_tell: bool, as_json: bool, **more: Any) -> None:
    """Ask a program for records of PAGE; keep those that stand on its exact words: judge second PAGE --name N -- ./ask.

    It is given a JSON object with the text, and answers with a JSON object a line: kind, words, and fields. Nothing that
    was read is changed. Exit code 1 when the program gives no answer that can be used.
    """
    from jitsuroku.contract import as_json as value_of
    from jitsuroku.desk.judging.second import second_reading
    from jitsuroku.desk.report import record_lines

    desk = open_desk(more["db"])
    found = second_reading(desk, page, program, name, seconds=more["timeout"], keep=not only_tell)
    source = desk.document(page).source

    def lines() -> Iterator[str]:
        yield f"{len(found.kept)} {'would be ' if only_tell else ''}kept, {found.known} read already, {len(found.refused)} refused"
        for record in found.kept:
            yield from record_lines(record, source, width(), with_id=True)
        yield from (f"refused: {reason}" for reason in found.refused)

    value = {"known": found.known, "refused": list(found.refused)}
    answer(as_json, lambda: {"kept": [value_of(r) for r in found.kept], **value}, lines)


@judge.command()
@click.argument("id", required=False)
@with_author
def undo(id: str | None, by: str | None, reason: str | None, db: Path | None, as_json: bool) -> None:
    """Take back a judgement (by its id), or one's own last; taking back can be taken back too."""
    _tell(as_json, [open_desk(db).undo(id, by=by, reason=reason)])


@judge.command(name="list")
@click.option("--detached", is_flag=True, help="Only those whose words are gone, or read otherwise now.")
@with_db
@with_json
def list_(detached: bool, db: Path | None, as_json: bool) -> None:
    """List judgements with where they stand: in effect, undone, detached, page missing."""
    from jitsuroku.desk.judging.standings import standing_lines, standing_values

    found = [s for s in open_desk(db).judgements() if not detached or s.state == "detached"]
    answer(as_json, lambda: standing_values(found), lambda: standing_lines(found))


@judge.command()
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file.")
@with_db
def export(output: Path | None, db: Path | None) -> None:
    """Write the judgements alone, one JSON object a line."""
    from jitsuroku.desk.export.jsonl import write_lines

    lines = open_desk(db).export_judgements()
    if output is not None:
        write_lines(output, lines)
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)


@judge.command(name="import")
@click.argument("file", type=FILE)
@with_db
@with_json
def import_(file: Path, db: Path | None, as_json: bool) -> None:
    """Take in judgements that judge export (or export) wrote; those of pages that are not here wait for them."""
    from jitsuroku.desk.judging.calls import read_lines

    number = open_desk(db).import_judgements(read_lines(file))
    answer(as_json, lambda: {"new": number}, lambda: [f"{number} new judgement{'s' if number != 1 else ''}"])


@cli.command()
@click.option("--kind", "kinds", multiple=True, help="Only records of this kind; may be given several times.")
@click.option("--page", help="Only those of one page: its source, address or id.")
@click.option("--limit", type=click.IntRange(1), default=500, show_default=True, help="At most so many.")
@click.option("--by", metavar="NAME", help="Who judges; else JITSUROKU_NAME, else the user's name.")
@with_db
def review(kinds: tuple[str, ...], page: str | None, limit: int, by: str | None, db: Path | None) -> None:
    """Judge by keyboard what nobody judged yet, one record at a time with its words.

    c confirm, r reject, e correct, d dismiss a flag, s skip, u undo, q quit. Without a terminal the keys are read from
    standard input, the texts that are asked for as the rest of the line.
    """
    from jitsuroku.desk.judging.calls import named
    from jitsuroku.desk.judging.review import KINDS, Review, queue

    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(KINDS)}", param_hint="--kind")
    desk = open_desk(db)
    hand = _Terminal() if sys.stdin.isatty() else _Piped()
    waiting = queue(desk, kinds or KINDS, page, limit)
    Review(desk, hand, click.echo, named(by), width()).run(waiting)


def _pairs(fields: tuple[str, ...]) -> dict[str, str]:
    from jitsuroku.desk.judging.review import changes_in

    return {name: value for field in fields for name, value in changes_in(field, "\0").items()}


class _Terminal:
    """Keys as they are pressed."""

    def key(self) -> str:
        return click.getchar().lower()

    def line(self, prompt: str) -> str:
        return str(click.prompt(prompt, default="", show_default=False, prompt_suffix=""))


class _Piped:
    """Keys from standard input, line ends between them passed over."""

    def key(self) -> str:
        while (read := sys.stdin.read(1)).isspace():
            pass
        return read

    def line(self, prompt: str) -> str:
        return sys.stdin.readline().strip()
