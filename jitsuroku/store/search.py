"""Words for the search index: Japanese as overlapping bigrams, other scripts as whole words.

「日本と会談」 is indexed as 日本 本と と会 会談 談: any two characters are found, and one character by prefix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from operator import add

# Kana, Han with 々〆〇, hangul: scripts written without spaces, or with endings joined to the word.
CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
IS_CJK = re.compile(rf"[{CJK}]")
# A character with the marks that belong to it, so that ｶﾞ becomes ガ as one.
MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
CHARACTER, MARK = re.compile(f"(?s:.)[{MARKS}]*"), re.compile(f"[{MARKS}]")
LONGEST_QUERY = 200


def normal(text: str) -> str:
    """The form in which words are compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def index_words(text: str) -> str:
    """The words of a text for the index, separated by spaces."""
    words: list[str] = []
    for run in RUN.findall(normal(text)):
        words += _bigrams(run, last=True) if IS_CJK.match(run) else [run]
    return " ".join(words)


def _bigrams(run: str, last: bool) -> list[str]:
    pairs = list(map(add, run, run[1:]))
    return [*pairs, run[-1]] if last else pairs


def terms_of(query: str) -> tuple[str, ...]:
    """The terms of a query: what stands between spaces, in comparable form; more than 200 characters are cut."""
    return tuple(t for t in normal(query[:LONGEST_QUERY]).split() if RUN.search(t))


def match_expression(query: str) -> str | None:
    """The query as an FTS5 expression: every term must occur. None when it holds nothing to search for.

    Only quoted strings are made, so that no syntax of FTS5 is reachable from a query.
    """
    return " AND ".join(f'"{" ".join(words)}"' + "*" * begins for words, begins in phrases_of(query)) or None


def phrases_of(query: str) -> list[tuple[list[str], bool]]:
    """The words of the index that each term of a query stands for, one behind the other, and whether the last of them is
    only the beginning of one."""
    return [_phrase(term) for term in terms_of(query)]


def _phrase(term: str) -> tuple[list[str], bool]:
    runs = RUN.findall(term)
    words: list[str] = []
    for run in runs[:-1]:
        words += _bigrams(run, last=True) if IS_CJK.match(run) else [run]
    end = runs[-1]
    single = len(end) == 1 and bool(IS_CJK.match(end))
    words += [end] if single or not IS_CJK.match(end) else _bigrams(end, last=False)
    return words, single


def places(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where the terms of a query stand in a text, in order; () when one of them does not."""
    folded, starts, ends = _with_offsets(text)
    found: set[tuple[int, int]] = set()
    for term in terms_of(query):
        hits = [(starts[m.start()], ends[m.end() - 1]) for m in _pattern(term).finditer(folded)]
        if not hits:
            return ()
        found.update(hits)
    return tuple(sorted(found))


def _pattern(term: str) -> re.Pattern[str]:
    before = "" if IS_CJK.match(term[0]) else rf"(?<![^\W_{CJK}])"
    after = "" if IS_CJK.match(term[-1]) else rf"(?![^\W_{CJK}])"
    return re.compile(before + re.escape(term) + after)


class _Forms(dict[int, str]):
    """Characters by code point in comparable form, each worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = normal(chr(code))
        return self[code]


_FORMS = _Forms()


def _with_offsets(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The text in comparable form, and for each of its characters where it began and ended in the text."""
    # No form is empty: where there are as many characters as before, each stands for one.
    if MARK.search(text) is None and len(folded := text.translate(_FORMS)) == len(text):
        return folded, range(len(text)), range(1, len(text) + 1)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in CHARACTER.finditer(text):
        form = normal(match.group())
        parts.append(form)
        starts += [match.start()] * len(form)
        ends += [match.end()] * len(form)
    return "".join(parts), starts, ends
