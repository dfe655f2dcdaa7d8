"""Document -> its language, and the words and tables of the languages that are read."""

from __future__ import annotations

from pathlib import Path

from jitsuroku.language.ja.rules import tokenizer
from jitsuroku.language.scripts import detect
from jitsuroku.lexicon import read_tables
from jitsuroku.records import Language

READ_LANGUAGES = ("ja",)

__all__ = ["READ_LANGUAGES", "detect", "load"]


def load(code: str) -> Language:
    """The language's tokenizer and its tables.

    Raises ValueError when the language is not read, lexicon.TableError when a table is broken.
    """
    if code not in READ_LANGUAGES:
        raise ValueError(f"language {code!r} is not read yet; read are: {', '.join(READ_LANGUAGES)}")
    return Language(code, tokenizer(), read_tables(Path(__file__).parent / code))
