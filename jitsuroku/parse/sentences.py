"""Where sentences end and what stands between quotation marks. Offsets are code points of the folded page."""

from __future__ import annotations

import re

from jitsuroku.records import Quotation, Span

OPEN = {"「": "」", "『": "』", "“": "”", "〝": "〟", "｢": "｣"}
CLOSE = frozenset(OPEN.values())
ENDS = frozenset("。!?！？")
OPENING = re.compile(f"[{''.join(OPEN)}]")
# What the reader of sentences stops at; it passes over all else.
MARK = re.compile(f"[{''.join(OPEN)}{''.join(sorted(ENDS))}]|\n\n")
BRACKET = re.compile(f"[{''.join(OPEN)}{''.join(sorted(CLOSE))}]")
LONGEST_QUOTATION = 1500
# No writer nests deeper; a page of nothing but 「 would be read once for every one of them.
DEEPEST = 8
# What stands before the first word: bullets, datelines such as 「【パリ共同】」, the number of a paragraph 「3 両首脳は」, the time
# of a ticker's line 「12:10 オランダ、…」.
LEAD = re.compile(
    r"(?:[\s✅☑💡●■◆▼▲・*※★☆◇○◎➡→>]|【[^】]{1,30}】|[問答](?:\([^()\n]{1,20}\))?\s*[::]|\[[^\]]{1,30}\]"
    r"|(?<!\d)\d{1,2}:\d{2}(?=\s+[^\d\s])|\(\d{1,2}\)|\d{1,2}(?:[.)](?!\d)|(?=\s))(?=\s*[^\d\s年月日人時分回か%件社個]))+"
)
LABEL = re.compile(r"\s*(?:【([^】\n]{1,30})】|\(([^()\n]{1,30})\))")


def split_block(text: str, start: int, end: int) -> list[Span]:
    """The sentences of a block: they end at 。 ! ? outside quotation marks and at an empty line.

    「「行かない。」と述べた。」 is one sentence, since the first 。 stands inside the marks.
    """
    spans: list[Span] = []
    begin, at = start, start
    while (mark := MARK.search(text, at, end)) is not None:
        at = mark.start()
        if text[at] in OPEN:
            at = _closing_mark(text, at, min(end, at + LONGEST_QUOTATION)) or at
        elif text[at] in ENDS:
            while at + 1 < end and text[at + 1] in ENDS:
                at += 1
            _append(spans, text, begin, at + 1)
            begin = at + 1
        elif text.startswith("\n\n", at):
            _append(spans, text, begin, at)
            begin = at + 2
        at += 1
    _append(spans, text, begin, end)
    return spans


def label_of(text: str, start: int, end: int) -> Span | None:
    """Who speaks a line of a transcript, as it says at its head: 「【|ノルム外務大臣|】対話は続けます。」, 「(|記者|)」."""
    label = LABEL.match(text, start, end)
    return Span(*label.span(label.lastindex or 0)) if label and label.end() < end else None


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    lead = LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end))


def _closing_mark(text: str, at: int, end: int) -> int | None:
    """Where the quotation that opens at ``at`` closes; None when it never does, so that a stray 「 is harmless."""
    expected = [OPEN[text[at]]]
    for mark in BRACKET.finditer(text, at + 1, end):
        if mark[0] == expected[-1]:
            expected.pop()
            if not expected:
                return mark.start()
        elif mark[0] in OPEN:
            expected.append(OPEN[mark[0]])
            if len(expected) > DEEPEST:
                return None
    return None


def quotations_of(text: str, span: Span) -> tuple[Quotation, ...]:
    """Every pair of quotation marks in a sentence, in order of their opening; ``depth`` 1 is the outermost."""
    found: list[Quotation] = []
    ends: list[int] = []
    for mark in OPENING.finditer(text, span.start, span.end):
        at = mark.start()
        if close := _closing_mark(text, at, span.end):
            ends = [e for e in ends if e > at]
            ends.append(close)
            found.append(Quotation(at, close + 1, Span(at + 1, close), len(ends)))
    return tuple(q for q in found if q.inner.start < q.inner.end)
