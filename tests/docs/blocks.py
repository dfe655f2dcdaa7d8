"""The fenced blocks of a document, so that tests can run them and put what they print back in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"(?:^<!-- (?P<remark>.*?) -->\n)?^(?P<indent> *)```(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S
)


@dataclass(frozen=True)
class Block:
    """A fenced block: ``info`` stands behind the fence, ``remark`` in the comment above it."""

    info: str
    remark: str
    text: str
    line: int


def blocks(document: Path) -> list[Block]:
    """The blocks in order, without their indentation."""
    content = document.read_text(encoding="utf-8")
    return [_block(match, content) for match in FENCE.finditer(content)]


def _block(match: re.Match[str], content: str) -> Block:
    indent, lines = match["indent"], match["text"].splitlines(keepends=True)
    text = "".join(line.removeprefix(indent) for line in lines)
    return Block(match["info"], match["remark"] or "", text, content.count("\n", 0, match.start("text")) + 1)


def with_new_text(document: Path, texts: Mapping[int, str]) -> None:
    """Write the document anew with other texts in some blocks, given by the block's number from 0."""
    content, numbers = document.read_text(encoding="utf-8"), count()

    def renewed(match: re.Match[str]) -> str:
        text = texts.get(next(numbers))
        if text is None:
            return match.group()
        start, end = match.start("text") - match.start(), match.end("text") - match.start()
        return match.group()[:start] + text + match.group()[end:]

    document.write_text(FENCE.sub(renewed, content), encoding="utf-8", newline="\n")
