"""Where a person's name may stand: listed people, katakana, kanji with a reading, what the dictionary calls names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.mentions.gazetteer import KANJI, Hit, office_at
from jitsuroku.mentions.titles import Beside, office_after
from jitsuroku.mentions.words import HAN, KANA
from jitsuroku.records import Row, Token

KATAKANA_NAME = re.compile(rf"[{KANA}]+(?:[・=][{KANA}]+)*")
# 「フランス|人|ジャーナリスト」 names nobody; a 「人権活動家」 may stand behind a name.
NATIONALITY = re.compile("人(?![権民道])")
# 「|Jon Norm|大統領」: a name that is left in Latin letters.
LATIN_NAME = re.compile(r"(?<![A-Za-zÀ-ɏ.])[A-Z][a-zÀ-ɏ'’-]+[A-Za-zÀ-ɏ'’-]*(?: [A-Z][A-Za-zÀ-ɏ.'’-]*){0,3}")
READ_NAME = re.compile(rf"[{HAN}]{{2,5}}(?=\([ぁ-ゖ{KANA}・=\s]{{2,16}}\))")
BEFORE_READING = re.compile(rf"[{HAN}]{{2,5}}$")
PROPER, PERSONAL = "固有名詞", "人名"
# Two characters are a listed person only where nothing goes on: 「王毅と」, not a piece of a longer word.
ENDS = re.compile(rf"[^{HAN}]|政権|内閣|陣営|体制|夫人|両|[0-9]|$")
# Offices that stand after a place where somebody works: 大阪|支局長.
LOCAL = re.compile(r"会長|社長|代表|所長|局長|部長|本部|監督|記者|特派員|[市町村区]長|知事|議員|領事|警察|支部|書記")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a name may stand; ``keys`` are the listed people of this form."""

    start: int
    end: int
    keys: tuple[str, ...]


def candidates(here: Beside) -> list[Candidate]:
    """Where a name may stand: listed people, katakana runs, kanji with a reading, and what the dictionary calls names."""
    others = [h for h in here.hits if h.entry.what != "person"]
    found: dict[int, Candidate] = {}
    spans = (*_katakana(here, others), *_read(here, others), *_dictionary(here, others), *_latin(here, others))
    for start, end in spans:
        bare = _before_title(here, start, _before_former(here, start, end))
        if start not in found or found[start].end < bare:
            found[start] = Candidate(start, bare, ())
    for hit in here.hits:
        if hit.entry.what == "person":
            known = found.get(hit.start)
            if known is None or known.end <= hit.end:
                found[hit.start] = Candidate(hit.start, hit.end, hit.entry.codes)
    kept = sorted(found.values(), key=lambda c: (c.start, c.end))
    return [c for i, c in enumerate(kept) if not any(_holds(d, c) for d in kept[:i])]


def _before_title(here: Beside, start: int, end: int) -> int:
    """Where a kanji name ends that the dictionary lets run into a longer office: 田辺|学部長, not 田辺学|部長."""
    if not KANJI.match(here.text[start]):
        return end
    return next((i for i in range(start + 2, end) if (_office_end(here, i) or 0) > end), end)


def _before_former(here: Beside, start: int, end: int) -> int:
    """Where a kanji name ends that the dictionary lets run into what was: 李|元長官, 真木|前外相."""
    runs = end - start >= 2 and KANJI.match(here.text[start]) and here.text[end - 1] in "元前"
    return end - 1 if runs and office_at(here.text, end, here.offices) else end


def _holds(outer: Candidate, inner: Candidate) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _katakana(here: Beside, others: list[Hit]) -> Iterator[tuple[int, int]]:
    """Runs of katakana that are no listed thing; a state and ・ may stand before them or, with the office, behind:
    ロシア・|ノルム|外相, |ピエール・ノルム|・フランス共和国外務大臣."""
    for match in KATAKANA_NAME.finditer(here.text, here.sentence.start, here.sentence.end):
        start, end = match.span()
        free = others
        state = next((h for h in others if h.start == start and h.entry.what == "state"), None)
        if state is not None and state.end < end and here.text[state.end] == "・":
            given = here.words["given-name"].fullmatch(here.text, state.start, state.end)
            known = any(h.start == state.end + 1 and h.entry.what == "person" for h in here.hits)
            start = start if given and not known else state.end + 1
            free = [h for h in others if h is not state]
        behind = next((h for h in free if start + 1 < h.start < end and h.entry.what == "state"), None)
        if behind is not None and here.text[behind.start - 1] == "・" and office_after(here, behind.end) is not None:
            end, free = behind.start - 1, [h for h in free if h is not behind]
        inside = any(h.start < end and start < h.end for h in free)
        office = office_at(here.text, start, here.offices)
        end = _before_office(here, start, end)
        national = NATIONALITY.match(here.text, end)
        no_name = national or inside or office is not None or here.words["no-name"].fullmatch(here.text, start, end)
        if not no_name and end - start >= 2:
            yield start, end


def _latin(here: Beside, others: list[Hit]) -> Iterator[tuple[int, int]]:
    """Names in Latin letters right before an office: one word only before that of a state, as firms have theirs too."""
    for match in LATIN_NAME.finditer(here.text, here.sentence.start, here.sentence.end):
        start, end = match.span()
        office = office_at(here.text, end + here.text.startswith(" ", end), here.offices)
        whole = " " in match.group() or (office is not None and not LOCAL.search(office["word"]))
        if office is not None and whole and not any(h.start < end and start < h.end for h in others):
            yield start, end


def _before_office(here: Beside, start: int, end: int) -> int:
    """Where a katakana name ends that runs into an office in katakana: ドレノフ|スポークスマン."""
    ends = (
        i
        for i in range(start + 2, end - 1)
        if (row := office_at(here.text, i, here.offices)) and i + len(row["word"]) >= end
    )
    return next(ends, end)


def _read(here: Beside, others: list[Hit]) -> Iterator[tuple[int, int]]:
    """Kanji whose reading stands behind them: 「北洋大学の|金根元|(キム・グンウォン)教授」."""
    opened = here.text.find("(", here.sentence.start, here.sentence.end)
    found = [*READ_NAME.finditer(here.text, here.sentence.start, here.sentence.end)] if opened >= 0 else []
    read = [at for at in here.read_at if here.sentence.start < at <= here.sentence.end]
    found += [m for at in read if (m := BEFORE_READING.search(here.text, max(here.sentence.start, at - 5), at))]
    for match in found:
        start, end = match.span()
        inner = [h.end for h in others if h.start < end and start < h.end]
        ended = [e for i in range(start, end - 2) for e in [_office_end(here, i)] if e is not None and i + 1 < e < end]
        start = max([start, *inner, *ended])
        if end - start >= 2:
            yield start, end


def _office_end(here: Beside, i: int) -> int | None:
    row = office_at(here.text, i, here.offices)
    return i + len(row["word"]) if row else None


def _dictionary(here: Beside, others: list[Hit]) -> Iterator[tuple[int, int]]:
    """Runs of words that the dictionary calls names of people, with a given name it does not know: 李|肇星|外相."""
    start, tokens = -1, here.sentence.tokens
    for i, token in enumerate(tokens):
        if start < 0 and PROPER not in token.pos:
            continue
        named = PERSONAL in token.pos or ("地名" in token.pos and _is_surname(here, token))
        personal = named and KANJI.match(token.surface) is not None
        if personal and start < 0:
            start = token.start
        if start < 0:
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        more = after is not None and after.start == token.end and PERSONAL in after.pos
        if not more:
            end = token.end if personal else start
            end = (
                after.end if after is not None and after.start == token.end and _is_given(here, after, others) else end
            )
            polite = end > start and _is_polite(office_at(here.text, end, here.offices))
            within = [h for h in others if h.start <= start and end <= h.end]
            if end > start and (not within or (polite and all(h.entry.what == "place" for h in within))):
                yield start, end
            start = -1


def _is_polite(row: Row | None) -> bool:
    """Whether 氏, さん and the like follow, which no place has."""
    return row is not None and row["level"] == "honorific"


def _is_surname(here: Beside, token: Token) -> bool:
    """A surname that the dictionary takes for a place: 「日本の|金田|外務副大臣」. No town has a minister or a spokesman."""
    if not 2 <= len(token.surface) <= 3:
        return False
    row = office_at(here.text, token.end, here.offices)
    if row is None:
        return False
    begins = not (token.start and KANJI.match(here.text[token.start - 1]))
    return begins and row["level"] != "other" and not LOCAL.search(row["word"])


def _is_given(here: Beside, token: Token, others: list[Hit]) -> bool:
    """「李|肇星|外相」, not 「王毅|中共|中央政治局委員」."""
    if office_at(here.text, token.start, here.offices) is not None or any(h.start == token.start for h in others):
        return False
    short = len(token.surface) <= 2 and all(KANJI.match(c) for c in token.surface)
    return short and PROPER in token.pos and "地名" not in token.pos
