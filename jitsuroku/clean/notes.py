"""What a reader of the record must know of a page's text: broken words, too many words,
readings between them, traditional glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.clean.length import BEYOND
from jitsuroku.clean.mojibake import MOJIBAKE
from jitsuroku.records import Block, Page, Span

# Glyphs that modern Japanese does not write; a page put through a converter is full of them.
TRADITIONAL = re.compile("[國會說們關與對來學體經濟區臺灣發這還戰爭總彈聯應實當從產點轉變將黨鐵廣對舉勢團圖權歐]")
KANJI, KANA = re.compile("[一-鿿]"), re.compile("[ぁ-ゖ]")
# Old glyphs stand in names too (國學院, 澤): a page is called converted from this share of its kanji on.
SHARE = 0.02


def notes_of(page: Page, blocks: tuple[Block, ...], injected: tuple[Span, ...]) -> Iterator[str]:
    """The notes, each a sentence."""
    broken = [b for b in blocks if b.rule == MOJIBAKE]
    if broken:
        yield f"mojibake in {_times(len(broken))}, first at {broken[0].start}: no evidence is taken from it"
    beyond = [b for b in blocks if b.rule == BEYOND]
    if beyond:
        yield f"longer than is read in one page: nothing is read from {beyond[0].start} on; split the file to read it all"
    if injected:
        first = page.text[injected[0].start : injected[0].end]
        yield f"readings between the words in {_times(len(injected))}, first {first}"
    body = "\n".join(page.text[b.start : b.end] for b in blocks if b.kept)
    old = len(TRADITIONAL.findall(body))
    if old and KANA.search(body) and old > SHARE * len(KANJI.findall(body)):
        yield f"traditional glyphs in {_times(old)} of a Japanese text"


def _times(n: int) -> str:
    return "one place" if n == 1 else f"{n} places"
