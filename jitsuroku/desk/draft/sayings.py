"""Quotations of a draft against the statements of the record: words that drifted, words of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from jitsuroku.contract import fold, quote
from jitsuroku.desk.draft.finding import AGREES, DIFFERS, UNKNOWN, Draft, Finding, finding, told_by
from jitsuroku.desk.query import Desk
from jitsuroku.records import Statement

# Shorter quotations are names and terms.
SHORTEST = 10
PIECE, STEP, MOST_PAGES = 4, 2, 40
ALIKE = 0.6


def quotations(draft: Draft, desk: Desk) -> Iterator[Finding]:
    """Each quotation of the draft: word for word in the record, otherwise there, or not there."""
    page = draft.reading.page
    for sentence in draft.reading.sentences:
        for quotation in sentence.quotations:
            start, end = quotation.inner.start, quotation.inner.end
            if quotation.depth == 1 and end - start >= SHORTEST:
                yield _compared(draft, desk, quote(page, start, end).text, (start, end))


def _compared(draft: Draft, desk: Desk, words: str, span: tuple[int, int]) -> Finding:
    evidence = quote(draft.reading.page, *span)
    known = sorted(_candidates(desk, words), key=lambda s: (-_likeness(words, s.text), s.id))
    exact = [s for s in known if _plain(words) in _plain(s.text)]
    if exact:
        speakers = _speakers(draft, span)
        others = [s for s in exact if speakers and not any(_same_name(s.speaker, own) for own in speakers)]
        if others and len(others) == len(exact):
            message = f"said by {', '.join(sorted(speakers))}; the record has it from {others[0].speaker}"
            return finding(evidence, "quotation", DIFFERS, message, others[0].speaker, told_by(desk, others))
        return finding(evidence, "quotation", AGREES, "word for word in the record", None, told_by(desk, exact))
    near = [s for s in known if _likeness(words, s.text) >= ALIKE]
    if near:
        message = "the record has these words otherwise"
        return finding(evidence, "quotation", DIFFERS, message, near[0].text, told_by(desk, near))
    return finding(evidence, "quotation", UNKNOWN, "not among the statements of the record")


def _candidates(desk: Desk, words: str) -> list[Statement]:
    """The quoted statements of pages that hold any piece of the words."""
    pages: dict[str, None] = {}
    for at in range(0, max(len(words) - PIECE, 0) + 1, STEP):
        for hit in desk.search(words[at : at + PIECE].replace(" ", ""), limit=MOST_PAGES):
            pages[hit.document.id] = None
        if len(pages) >= MOST_PAGES:
            break
    return [s for page in pages for s in desk.statements(page=page) if s.quoted]


def _plain(text: str) -> str:
    return fold(text).replace(" ", "").rstrip("。.")


def _likeness(words: str, other: str) -> float:
    """How much of the shorter text the two have in common, in order."""
    one, two = _plain(words), _plain(other)
    common = sum(block.size for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks())
    return common / max(min(len(one), len(two)), SHORTEST)


def _speakers(draft: Draft, span: tuple[int, int]) -> set[str]:
    told = (s for s in draft.records(Statement) if s.evidence.start <= span[0] and span[1] <= s.evidence.end)
    return {s.speaker for s in told if s.speaker_kind == "person"}


def _same_name(one: str, other: str) -> bool:
    return one in other or other in one
