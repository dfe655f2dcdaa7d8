"""Readings set between the words, which stand on the page but in no sentence: 薛剣(せつ・けん), 習(xí)近平國(guó)家主席."""

from __future__ import annotations

import re

from jitsuroku.records import Block, Span

KANJI = "一-鿿々〆ヶ"
# The bracket stands first, then what is before it: a search passes over all else at once.
FURIGANA = re.compile(
    rf"\((?<=[{KANJI}]\()(?:[ぁ-ゖー]{{2,16}}|[ぁ-ゖー]{{1,16}}(?:[・=\s][ぁ-ゖー]{{1,16}}){{1,3}}"
    r"|[ァ-ヺー]{2,12}|[ァ-ヺー]{1,12}(?:・[ァ-ヺー]{1,12}){1,3})\)"
)
# A gloss of one's own word in katakana, 首相(オルバン), names somebody: it is no reading.
OFFICE = re.compile(r"(?:[長官臣王相使氏者男女妻夫父母子問]|大統領|主席|書記|総統|議員|総裁|代表|次官|知事)$")
# 調(しら)べる, 聞(き)く, 14日(か): a page for learners sets its readings throughout, those of one letter too.
SHORT_FURIGANA = re.compile(rf"\((?<=[{KANJI}]\()[ぁ-ゖ]\)")
ENOUGH_FURIGANA = 8
SYLLABLE = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}"
PINYIN = re.compile(rf"\((?<=[{KANJI}]\(){SYLLABLE}(?:[\s'’]{SYLLABLE}){{0,3}}\)")
TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
# Fewer syllables than these may be an abbreviation in brackets; a page that injects pinyin does it throughout.
ENOUGH_PINYIN = 3


def injected_in(folded: str, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    """The readings in brackets, brackets included, in page order: those of the headline and of the kept blocks, and where
    a page sets them throughout those of its other lines too (2026年(ねん)4月(がつ)14日(か)).
    """
    read = [block for block in blocks if block.kept or block.role == "headline"]
    found, throughout = _found(folded, read)
    return _found(folded, list(blocks))[0] if throughout else found


def _found(folded: str, blocks: list[Block]) -> tuple[tuple[Span, ...], bool]:
    """The readings in some blocks, and whether they are so many that the page sets them throughout."""
    found: list[Span] = []
    short: list[Span] = []
    pinyin: list[re.Match[str]] = []
    for block in blocks:
        for match in FURIGANA.finditer(folded, block.start, block.end):
            named = match[0][1] >= "ァ" and OFFICE.search(folded, max(block.start, match.start() - 4), match.start())
            if not named:
                found.append(Span(*match.span()))
        short += (Span(*m.span()) for m in SHORT_FURIGANA.finditer(folded, block.start, block.end))
        pinyin += PINYIN.finditer(folded, block.start, block.end)
    learners = len(found) >= ENOUGH_FURIGANA
    toned = sum(bool(TONES.search(m[0])) for m in pinyin) >= ENOUGH_PINYIN
    found += short if learners else []
    found += [Span(*m.span()) for m in pinyin] if toned else []
    return tuple(sorted(found, key=lambda span: span.start)), learners or toned
