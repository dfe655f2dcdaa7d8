"""The same people again further down the page: by surname, by given name, by a form of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from jitsuroku.mentions.candidates import ENDS, PERSONAL
from jitsuroku.mentions.gazetteer import KANJI, KATAKANA, office_at
from jitsuroku.mentions.words import KANA
from jitsuroku.records import Row, Sentence

KATAKANA_GOES_ON = re.compile(f"[{KANA}・=]")


def forms_of(name: str) -> dict[str, bool]:
    """By what forms a person may be named again; True where the form needs an honorific or office behind it."""
    forms = {name: False}
    parts = re.split("[・=]", name)
    if len(parts) > 1:
        forms |= {parts[0]: True, parts[-1]: False}
    elif KANJI.match(name[0]):
        forms |= {name[:1]: True, name[:2]: len(name) > 2}
        if len(name) >= 4:
            forms[name[:3]] = True
    return {form: needs for form, needs in forms.items() if len(form) > 1 or KANJI.match(form)}


def by_first(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Forms by their first character: a page may have hundreds, a sentence holds few of their characters."""
    found: dict[str, list[str]] = {}
    for form in forms:
        found.setdefault(form[0], []).append(form)
    return {first: tuple(its) for first, its in found.items()}


def again(
    text: str,
    sentence: Sentence,
    known: Mapping[str, bool],
    firsts: Mapping[str, tuple[str, ...]],
    offices: Mapping[str, tuple[Row, ...]],
) -> Iterator[tuple[int, int, str]]:
    """Where a name that the page has introduced stands again: 「スレイメノフは」, 「習氏」, 「孫副部長」, and 「習は」 where it is a
    word. ``firsts`` are the known forms by their first character."""
    begun = firsts.keys() & set(text[sentence.start : sentence.end])
    if not begun:
        return
    for form in sorted((form for first in begun for form in firsts[first]), key=lambda f: (-len(f), f)):
        start = text.find(form, sentence.start, sentence.end)
        while start >= 0:
            end = start + len(form)
            row = office_at(text, end, offices)
            tail = row["word"] if row is not None and row["level"] != "other" else ""
            begins = not KANJI.match(text[start - 1 : start] or "。") or not KANJI.match(form[0])
            whole = (begins and bool(tail)) or _is_whole(text, start, end)
            if whole and (tail or not known[form] or _is_personal(sentence, start, end)):
                yield start, end + len(tail), form
            start = text.find(form, end, sentence.end)


def _is_personal(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the dictionary calls the word that stands there a name of people."""
    return any(t.start == start and t.end == end and PERSONAL in t.pos for t in sentence.tokens)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether nothing of the same script goes on before or behind; behind kanji an honorific may follow."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if KATAKANA.match(text[start]):
        return not KATAKANA_GOES_ON.match(before) and not KATAKANA_GOES_ON.match(after)
    if before and KANJI.match(before):
        return False
    return bool(ENDS.match(text, end)) or after in "氏様被容女同陛殿"
