"""GiNZA's dependency parser, an optional extra: ``pip install jitsuroku[ginza]``. The only module that imports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jitsuroku.parse.governing import Tree
from jitsuroku.parse.trees import TreeReader
from jitsuroku.records import Token

# Its names of people and organisations are no use to us, and the parse is the same without these three.
LEFT_OUT = ["ner", "morphologizer", "compound_splitter"]
# Stands for quoted words in the sentence around them: a noun that takes any particle.
QUOTED = "それ"


class ReaderMissing(RuntimeError):
    """The extra [ginza] is not installed; the message says how to get it."""


def ginza_trees() -> TreeReader:
    """A function from the token rows of a sentence to their trees. Loading takes some seconds.

    Raises ReaderMissing when the extra is not installed.
    """
    try:
        import spacy
        from spacy.tokens import Doc

        pipeline = spacy.load("ja_ginza", exclude=LEFT_OUT)
    except (ImportError, OSError) as problem:
        raise ReaderMissing(
            "the reader ginza needs its extra: ./dev extra ginza, or pip install 'jitsuroku[ginza]'"
        ) from problem

    def parse(rows: Sequence[tuple[Token, ...]]) -> list[Tree]:
        """The model sees words and their shapes only, so that it takes our own tokens."""
        docs = (Doc(pipeline.vocab, words=words, spaces=[False] * len(words)) for words in map(_words, rows))
        return [_tree(row, doc) for row, doc in zip(rows, pipeline.pipe(docs), strict=True)]

    return parse


def _places(row: tuple[Token, ...]) -> list[int]:
    """The tokens that the model sees: white space is no word to it."""
    return [i for i, token in enumerate(row) if token.surface.strip()]


def _words(row: tuple[Token, ...]) -> list[str]:
    return [QUOTED if row[i].pos == ("引用",) else row[i].surface for i in _places(row)]


def _tree(row: tuple[Token, ...], doc: Any) -> Tree:
    heads, labels = list(range(len(row))), ["punct"] * len(row)
    places = _places(row)
    for place, word in zip(places, doc, strict=True):
        heads[place], labels[place] = places[word.head.i], word.dep_
    return Tree(tuple(heads), tuple(labels))
