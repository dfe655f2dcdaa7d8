"""Japanese words: SudachiPy with the core dictionary, offsets in code points of the text as given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from sys import intern

from sudachipy import Dictionary, Morpheme, MorphemeList, SplitMode

from jitsuroku.records import Token

# Sudachi takes at most 49,149 bytes of UTF-8 at once; no character needs more than four.
LONGEST = 12_000
BREAKS = "。!?\n、 "
# What is asked of a word; Sudachi leaves the rest of its entry unread.
FIELDS = {"pos", "dictionary_form", "normalized_form"}
# What Token(…) does, without a call of Python's for each of a page's thousands.
_token: Callable[[type[Token], tuple[object, ...]], Token] = tuple.__new__


def tokenizer() -> Callable[..., tuple[Token, ...]]:
    """A function from text to its words, longest units (mode C); the text is read in pieces when it is very long.

    Its second argument is where the text stands on its page, to which all offsets then refer.
    """
    sudachi = Dictionary(dict="core").create(SplitMode.C, fields=FIELDS)
    # Part of speech, form and lemma by the word's number in the dictionary.
    known: dict[int, tuple[tuple[str, ...], str, str]] = {}
    # Lists of words that nobody reads any more: Sudachi fills one anew faster than it makes one.
    spare: list[MorphemeList] = []

    def tokenize(text: str, offset: int = 0) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for start, piece in _pieces(text):
            tokens += read(piece, start + offset)
        return tuple(tokens)

    def read(piece: str, start: int) -> list[Token]:
        tokens: list[Token] = []
        begin = 0
        words = sudachi.tokenize(piece, out=spare.pop() if spare else None)
        for m in words:
            entry = known.get(m.word_id())
            if entry is None:
                entry = _entry(m)
                if not m.is_oov():
                    known[m.word_id()] = entry
            # Words stand edge to edge: each begins where the one before ends.
            end = m.end()
            tokens.append(_token(Token, (start + begin, start + end, piece[begin:end], *entry)))
            begin = end
        spare.append(words)
        return tokens

    return tokenize


def _entry(m: Morpheme) -> tuple[tuple[str, ...], str, str]:
    pos = tuple(intern(part) for part in m.part_of_speech() if part != "*")
    return pos, m.dictionary_form(), m.normalized_form()


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces short enough for Sudachi, cut after a full stop, comma or space where there is one."""
    start = 0
    while len(text) - start > LONGEST:
        cut = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in BREAKS)
        end = cut + 1 if cut > start else start + LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]
