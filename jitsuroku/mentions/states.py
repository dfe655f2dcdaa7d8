"""States by one-character names and by their seats of government: 日米, 対中, 米大統領, 北京は反発した."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from re import Pattern

from jitsuroku.mentions.gazetteer import Hit
from jitsuroku.records import Name, Sentence

# A capital that acts is its government; in a clause of place or time it is the town: 「北京は15日、雨だった」.
WORD_BEFORE = re.compile(r"[一-鿿々ァ-ヺーA-Za-z0-9]")
ACTS = re.compile(r"(?:は|が|も|側|政府)(?!、?\d)")


def abbreviated(
    text: str,
    sentences: tuple[Sentence, ...],
    words: Mapping[str, Pattern[str]],
    abbreviations: Mapping[str, str],
) -> Iterator[Name]:
    """One-character names where they can be nothing else: two together or in a list, before an office, after 対 or 訪."""
    for sentence in sentences:
        for kind in ("several", "listed", "toward", "one"):
            if words[f"may-hold {kind}"].search(text, sentence.start, sentence.end) is None:
                continue
            for match in words[kind].finditer(text, sentence.start, sentence.end):
                for at in (at for at in range(*match.span(1)) if text[at] in abbreviations):
                    codes = (abbreviations[text[at]],)
                    yield Name(at, at + 1, "state", text[at], codes, None, None, "world/states.tsv#abbreviation")


def seats(text: str, hits: tuple[Hit, ...]) -> Iterator[Name]:
    """A capital that acts is its government: 「北京は反発した」; 「北京で会った」 names a place."""
    for hit in hits:
        if hit.entry.what == "seat" and ACTS.match(text, hit.end):
            yield Name(hit.start, hit.end, "state", hit.entry.form, hit.entry.codes, None, None, hit.entry.rule)


def beside(text: str, hits: tuple[Hit, ...], abbreviations: Mapping[str, str]) -> Iterator[Name]:
    """One character before ・ and a listed name: 「|日|・ウズベキスタン首脳会談」, 「|日|・EU定期首脳協議」."""
    for hit in hits:
        at = hit.start - 2
        if hit.entry.what not in ("state", "organisation") or at < 0 or text[at + 1] != "・":
            continue
        if text[at] in abbreviations and not (at and WORD_BEFORE.match(text[at - 1])):
            codes = (abbreviations[text[at]],)
            yield Name(at, at + 1, "state", text[at], codes, None, None, "world/states.tsv#abbreviation")
