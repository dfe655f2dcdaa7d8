"""records -> flags: what a careful editor would query, provable from the page, from arithmetic or from a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jitsuroku.checks.anniversaries import known_anniversaries, wrong_anniversaries
from jitsuroku.checks.balances import (
    too_many_votes,
    wrong_balances,
    wrong_breakdowns,
    wrong_points,
    wrong_yearly_totals,
)
from jitsuroku.checks.calendar import impossible_days, impossible_order, wrong_weekdays, wrong_weekdays_of_the_page
from jitsuroku.checks.case import Case
from jitsuroku.checks.conversions import conversions
from jitsuroku.checks.counts import leaders_counted, wrong_counts, wrong_counts_of_people, wrong_sums
from jitsuroku.checks.days import days_after_the_page, reversed_intervals, states_of_another_time, wrong_steps
from jitsuroku.checks.durations import (
    next_days,
    preceded_by_the_later,
    steps_between_sentences,
    wrong_ages,
    wrong_lengths,
    wrong_returns,
    wrong_returns_by_days,
)
from jitsuroku.checks.headlines import dropped_hedges, headline_amounts, old_amounts, slips_in_the_headline
from jitsuroku.checks.lists import announced_points, bracketed_lists, group_sizes, groups_by_number, listed_places
from jitsuroku.checks.names import foreign_currencies, misnomers, slips_in_a_name, wrong_abbreviations, wrong_capitals
from jitsuroku.checks.offices import (
    differing_posts,
    differing_titles,
    heads_by_another_name,
    heads_of_another_state,
    offices_not_held,
    raised_titles,
)
from jitsuroku.checks.ordinals import (
    counted_on,
    firsts_and_lasts_of_a_list,
    mixed_occasions,
    numbers_in_a_series,
    places_in_a_list,
)
from jitsuroku.checks.shares import (
    changes_that_do_not_fit,
    multiples_that_do_not_fit,
    parts_of_amounts,
    parts_over_the_whole,
    shares_over_a_hundred,
)
from jitsuroku.contract import fold_page
from jitsuroku.records import Actors, Document, Flag, Mentions, Page, Record, Sentence, World

Check = Callable[[Case], Iterable[Flag]]
CHECKS: tuple[Check, ...] = (
    conversions,
    impossible_days,
    wrong_weekdays,
    wrong_weekdays_of_the_page,
    impossible_order,
    reversed_intervals,
    wrong_steps,
    wrong_lengths,
    wrong_anniversaries,
    known_anniversaries,
    wrong_returns,
    wrong_returns_by_days,
    steps_between_sentences,
    preceded_by_the_later,
    next_days,
    wrong_ages,
    days_after_the_page,
    states_of_another_time,
    wrong_sums,
    shares_over_a_hundred,
    parts_of_amounts,
    changes_that_do_not_fit,
    multiples_that_do_not_fit,
    parts_over_the_whole,
    wrong_balances,
    wrong_yearly_totals,
    wrong_breakdowns,
    wrong_points,
    too_many_votes,
    wrong_counts,
    leaders_counted,
    wrong_counts_of_people,
    announced_points,
    bracketed_lists,
    listed_places,
    group_sizes,
    groups_by_number,
    offices_not_held,
    heads_by_another_name,
    heads_of_another_state,
    differing_titles,
    differing_posts,
    raised_titles,
    places_in_a_list,
    firsts_and_lasts_of_a_list,
    counted_on,
    numbers_in_a_series,
    mixed_occasions,
    headline_amounts,
    slips_in_the_headline,
    old_amounts,
    dropped_hedges,
    misnomers,
    slips_in_a_name,
    wrong_abbreviations,
    wrong_capitals,
    foreign_currencies,
)


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
    case = Case(page, document, sentences, mentions, actors, records, world, fold_page(page.text))
    flags = {flag.id: flag for rule in CHECKS for flag in rule(case)}
    return tuple(sorted(flags.values(), key=lambda f: (f.evidence.start, f.evidence.end, f.flag, f.id)))
