"""The words of a sentence with each quotation as one noun, so that the sentence around it reads as one."""

from __future__ import annotations

from jitsuroku.records import Quotation, Token


def masked(tokens: tuple[Token, ...], quotations: tuple[Quotation, ...], depth: int) -> tuple[Token, ...]:
    """The tokens with each quotation of this depth as one noun."""
    masks = [q for q in quotations if q.depth == depth]
    if not masks:
        return tokens
    out: list[Token] = []
    at = 0
    for token in tokens:
        while at < len(masks) and masks[at].end <= token.start:
            at += 1
        mask = masks[at] if at < len(masks) else None
        if mask is None or token.start < mask.start:
            out.append(token)
        elif not out or out[-1].start != mask.start:
            out.append(Token(mask.start, mask.end, "「」", ("引用",), "「」", "「」"))
    return tuple(out)


def by_sentence(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The tokens parted after each full stop: a quotation may hold several sentences."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        parts[-1].append(token)
        if token.pos[:2] == ("補助記号", "句点"):
            parts.append([])
    return [tuple(p) for p in parts if p]
