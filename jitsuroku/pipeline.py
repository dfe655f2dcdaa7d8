"""The whole of jitsuroku on one screen: a page comes in, a reading goes out.

``read`` is a pure function of the page, the world and the version: no clock, no network, nothing global.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from jitsuroku.actors import daily_rates, load_world, resolve
from jitsuroku.checks import check
from jitsuroku.clean import clean
from jitsuroku.clean.plain import restored, restored_verdicts, without
from jitsuroku.coding import code, judge
from jitsuroku.coding.describe import document_record, mention_records
from jitsuroku.coding.gate import gate_of
from jitsuroku.coding.prepare import prepared
from jitsuroku.language import READ_LANGUAGES, detect, load, may_be_read
from jitsuroku.mentions import anchored, find_mentions, indexed
from jitsuroku.parse import parse
from jitsuroku.records import Actors, ClauseReader, Mentions, Page, Reading, Record, Verdict, World

NOTHING = Mentions((), (), (), ()), Actors((), (), (), (), ())


def world(folder: Path | None = None, clause_reader: ClauseReader | None = None) -> World:
    """The world's tables with the languages that are read; ``folder`` replaces the package's own ``world/``.

    ``clause_reader`` reads clauses in place of our own reader (``parse.reader_named``), in order to measure that one.

    Raises lexicon.TableError when a table is broken; the message names file, line and remedy.
    """
    languages = {name: replace(load(name), read_clauses=clause_reader) for name in READ_LANGUAGES}
    return prepared(indexed(load_world(languages, daily_rates(), folder)))


def read(page: Page, world: World) -> Reading:
    """Read one page: every record of the result carries the exact words it stands on."""
    document = clean(page)
    if document.injected:
        return restored(read(without(page, document.injected), world), page, document)
    name = detect(page, document)
    language = world.languages.get(name or "")
    sentences = parse(page, document, language)
    mentions, actors = NOTHING
    records: tuple[Record, ...] = ()
    if language is not None:
        document = anchored(page, document, sentences, world)
        mentions = find_mentions(page, sentences, language, world, document.anchor, document.sections)
        actors = resolve(page, document, sentences, mentions.names, world)
        records = code(page, document, sentences, mentions, actors, language, world)
        records += check(page, document, sentences, mentions, actors, records, world)
    own = document_record(page, document, name, language is not None, actors, records)
    records = (own, *records, *mention_records(page, mentions, actors))
    return Reading(page, document, name, sentences, mentions, actors, in_export_order(records))


def gate(world: World) -> Callable[[Page], bool]:
    """A cheap test of pages, much faster than ``read``: False for those that can hold nothing of ours."""
    found = gate_of(world)
    return lambda page: may_be_read(page.text) and found.may_hold(page.text)


def verdicts(reading: Reading, world: World) -> tuple[Verdict, ...]:
    """Why each clause of a page became an event or did not; nothing for a language that is not read."""
    language = world.languages.get(reading.language or "")
    if language is None:
        return ()
    page, document = reading.page, reading.document
    if document.injected:
        plain = read(without(page, document.injected), world)
        return restored_verdicts(verdicts(plain, world), page, document, plain.page)
    return judge(reading.page, reading.document, reading.sentences, reading.mentions, reading.actors, language, world)


def in_export_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records of one page sorted by kind, start of evidence and id, each once; the document's own first."""

    def key(record: Record) -> tuple[bool, str, int, str]:
        evidence = getattr(record, "evidence", None)
        return record.kind != "document", record.kind, evidence.start if evidence else -1, record.id

    return tuple(sorted({r.id: r for r in records}.values(), key=key))
