"""Words as they are compared: the terms of a clause, the characters of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from sys import intern

from jitsuroku.contract import fold
from jitsuroku.linking.types import Knowledge

KANJI = re.compile(r"[々一-鿿]{2,}")
NAMES = re.compile(r"[ァ-ヴー]{3,}|[A-Za-z][A-Za-z0-9+-]{2,}")
NO_CHARACTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """``fold``, remembered: the same names and clauses are compared again and again."""
    return fold(text)


def terms_of(text: str, names: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """What a clause is about: its Katakana and Latin words and the pairs of Kanji in a row, one word for those that say the
    same (引き揚げ and 撤退), without names and the words that any such clause has (会談, 大統領)."""
    clause = fold(text)
    for name in sorted(names, key=len, reverse=True):
        clause = clause.replace(folded(name), " ")
    concepts = {knowledge.concepts[word] for word in knowledge.alike.findall(clause)}
    clause = knowledge.plain.sub(" ", knowledge.alike.sub(" ", clause))
    pairs = {run[i : i + 2] for run in KANJI.findall(clause) for i in range(len(run) - 1)}
    # One string for all who have it: a hundred thousand profiles share some thousand words.
    return frozenset(map(intern, (*pairs, *concepts, *(word.lower() for word in NAMES.findall(clause)))))


def squeezed(text: str) -> str:
    """The letters and figures of a text alone."""
    return NO_CHARACTER.sub("", fold(text)).lower()


def pieces_of(text: str, length: int) -> frozenset[str]:
    """Every run of ``length`` characters of a squeezed text."""
    return frozenset(text[i : i + length] for i in range(len(text) - length + 1))


def number_of(piece: str) -> str:
    """A short name for a piece of text, the same in every run."""
    return _digest_of(piece).hex()


def _digest_of(piece: str) -> bytes:
    return blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=6).digest()


def landmarks(text: str, length: int, window: int) -> Iterator[str]:
    """A few pieces of a text, chosen so that two texts with ``window + length`` characters in common share one
    (winnowing: the least number of every window)."""
    numbers = [_digest_of(text[i : i + length]) for i in range(len(text) - length + 1)]
    yield from (number.hex() for number in sorted(_least(numbers, window)))


def _least(numbers: list[bytes], window: int) -> set[bytes]:
    """The least number of every window. Most windows have that of the one before, so that only some are looked through."""
    least = min(numbers[:window], default=b"")
    found = {least} - {b""}
    for leaving, coming in zip(numbers, range(window, len(numbers)), strict=False):
        if leaving == least:
            least = min(numbers[coming - window + 1 : coming + 1])
        elif numbers[coming] < least:
            least = numbers[coming]
        found.add(least)
    return found


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """The part of the smaller set that both have."""
    return len(left & right) / max(1, min(len(left), len(right)))
