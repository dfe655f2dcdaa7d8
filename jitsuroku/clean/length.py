"""A page of unbounded length is read to a bound; what lies beyond it is kept in the page, with the rule that says so.

A page of news has a few thousand characters, a book a few hundred thousand. A dump of a whole site in one line takes
14 seconds and 160 MB for each megabyte of sentences, which nobody who adds a folder expects.
"""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.records import Block

BEYOND = "clean/beyond-length"
MOST_READ = 1_000_000
ENDS = "。.!?!?\n"


def bounded(text: str, blocks: tuple[Block, ...], most: int = MOST_READ) -> tuple[Block, ...]:
    """The blocks with nothing kept beyond ``most`` characters of the page; a sentence is not cut in two if it can be
    helped."""
    if len(text) <= most:
        return blocks
    return tuple(part for block in blocks for part in _parts(text, block, most))


def _parts(text: str, block: Block, most: int) -> tuple[Block, ...]:
    if not block.kept or block.end <= most:
        return (block,)
    beyond = replace(block, kept=False, rule=BEYOND)
    if block.start >= most:
        return (beyond,)
    cut = max(text.rfind(mark, block.start, most) for mark in ENDS) + 1 or most
    return replace(block, end=cut), replace(beyond, start=cut)
