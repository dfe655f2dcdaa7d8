"""Document -> its language, and the words and tables of the languages that are read."""

from __future__ import annotations

from pathlib import Path

from jitsuroku.language.ja.rules import tokenizer
from jitsuroku.language.scripts import SCRIPTS, detect
from jitsuroku.lexicon import read_tables
from jitsuroku.records import Language

READ_LANGUAGES = ("ja",)

__all__ = ["READ_LANGUAGES", "detect", "load", "may_be_read"]


def may_be_read(text: str) -> bool:
    """Whether a text may be in a language that is read, by a look at its characters: one kana will do."""
    return SCRIPTS["kana"].search(text) is not None


def load(code: str) -> Language:
    """The language's tokenizer and its tables.

    Raises ValueError when the language is not read, lexicon.TableError when a table is broken.
    """
    if code not in READ_LANGUAGES:
        raise ValueError(f"language {code!r} is not read yet; read are: {', '.join(READ_LANGUAGES)}")
    return Language(code, tokenizer(), read_tables(Path(__file__).parent / code))
