"""records -> flags: what a careful editor would query, provable from the page, from arithmetic or from a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jitsuroku.checks.calendar import impossible_days, impossible_order, wrong_weekdays
from jitsuroku.checks.case import Case
from jitsuroku.checks.conversions import conversions
from jitsuroku.checks.counts import wrong_counts, wrong_sums
from jitsuroku.contract import fold
from jitsuroku.records import Actors, Document, Flag, Mentions, Page, Record, Sentence, World

Check = Callable[[Case], Iterable[Flag]]
CHECKS: tuple[Check, ...] = (conversions, impossible_days, wrong_weekdays, impossible_order, wrong_sums, wrong_counts)


def check(
    page: Page,
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: Mentions,
    actors: Actors,
    records: tuple[Record, ...],
    world: World,
) -> tuple[Flag, ...]:
    """The flags of one page in page order; a page with nothing wrong gives none."""
    case = Case(page, document, sentences, mentions, actors, records, world, fold(page.text))
    flags = {flag.id: flag for rule in CHECKS for flag in rule(case)}
    return tuple(sorted(flags.values(), key=lambda f: (f.evidence.start, f.evidence.end, f.flag, f.id)))
