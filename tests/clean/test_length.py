"""A page is read to a bound, sentence by sentence, and says so."""

from __future__ import annotations

from jitsuroku.clean.length import BEYOND, bounded
from jitsuroku.records import Block

TEXT = "一つ目の文。二つ目の文。三つ目の文。"
BODY = Block(0, 18, "body", True, "clean/text")


def test_a_page_within_the_bound_stays_as_it_is() -> None:
    assert bounded(TEXT, (BODY,), 18) == (BODY,)


def test_a_block_ends_with_the_last_whole_sentence_within_the_bound() -> None:
    kept, beyond = bounded(TEXT, (BODY,), 15)
    assert (TEXT[kept.start : kept.end], kept.kept) == ("一つ目の文。二つ目の文。", True)
    assert (beyond.start, beyond.end, beyond.kept, beyond.rule) == (12, 18, False, BEYOND)


def test_without_a_sentence_s_end_it_is_cut_at_the_bound() -> None:
    kept, beyond = bounded("あ" * 18, (BODY,), 15)
    assert (kept.end, beyond.start) == (15, 15)


def test_what_begins_beyond_the_bound_is_not_read_and_what_was_dropped_stays_so() -> None:
    menu = Block(6, 12, "menu", False, "clean/menu")
    late = Block(12, 18, "body", True, "clean/text")
    assert [(b.rule, b.kept) for b in bounded(TEXT, (menu, late), 9)] == [("clean/menu", False), (BEYOND, False)]
