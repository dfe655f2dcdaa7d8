"""Words that point back to somebody named before: 同氏, 両国, 双方, 同社, 5か国, 「大統領は」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from re import Pattern

from jitsuroku.records import Name, Sentence

KINDS = ("same-person", "pair", "same-state", "same-body", "bare-office", "bare-organ", "own-state", "own-group")
ALONE = ("bare-office", "bare-organ")
COUNTED = re.compile(
    r"(?<![0-9第])(?P<n>[2-9]|10)(?:(?:か|カ|ヵ|ヶ|ヵ|ケ)国(?!語|目)|(?:外相|首脳|国防相|大臣|長官)(?=[はがもの]))"
)
# What every such count holds; a search for it passes over a sentence at once.
COUNTER = re.compile("[かカヵヶケ]国|[0-9](?:外相|首脳|国防相|大臣|長官)")


def references(text: str, sentences: tuple[Sentence, ...], words: Mapping[str, Pattern[str]]) -> Iterator[Name]:
    """Every word that points back, with the way it does so as its rule's key."""
    for sentence in sentences:
        for kind in KINDS:
            gate = words.get(f"may-hold {kind}")
            if gate is not None and gate.search(text, sentence.start, sentence.end) is None:
                continue
            for match in words[kind].finditer(text, sentence.start, sentence.end):
                office = match["office"] if "office" in match.re.groupindex else None
                start, end = match.span("office") if kind in ALONE else match.span()
                yield Name(start, end, "reference", text[start:end], (), None, office, f"mentions/references#{kind}")
        if COUNTER.search(text, sentence.start, sentence.end) is None:
            continue
        for match in COUNTED.finditer(text, sentence.start, sentence.end):
            yield Name(match.start(), match.end(), "reference", match.group(), (), None, None, COUNT_RULE)


COUNT_RULE = "mentions/references#counted"
