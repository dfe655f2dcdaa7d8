"""People: a name beside an office, a listed name, and the same people again further down the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jitsuroku.mentions.gazetteer import KANJI, KATAKANA, Hit, office_at
from jitsuroku.mentions.titles import FORMER, Beside, country_between, lead_of, office_after
from jitsuroku.mentions.words import HAN, KANA
from jitsuroku.records import Row, Sentence, Token

KATAKANA_NAME = re.compile(rf"[{KANA}]+(?:[・=][{KANA}]+)*")
KATAKANA_GOES_ON = re.compile(f"[{KANA}・=]")
READING = re.compile(rf"\((?:[ぁ-ゖ{KANA}・=\s]+|[{HAN}]{{2,5}}|[A-Za-z .'-]+)\)")
READ_NAME = re.compile(rf"[{HAN}]{{2,5}}(?=\([ぁ-ゖ{KANA}・=\s]{{2,16}}\))")
PROPER, PERSONAL = "固有名詞", "人名"
# Two characters are a listed person only where nothing goes on: 「王毅と」, not a piece of a longer word.
ENDS = re.compile(rf"[^{HAN}]|政権|内閣|陣営|体制|夫人|両|[0-9]|$")
EXCLUSIVE = "only:"
# Offices that towns and provinces have, and those that stand after a place where somebody works: 大阪|支局長.
TOWN = re.compile(r"知事|[市町村区]長|州首相|議員|領事|警察")
LOCAL = re.compile(r"会長|社長|代表|所長|局長|部長|本部|監督|記者|特派員|[市町村区]長|知事|議員|領事|警察|支部|書記")
# A character that may end a given name before an office, not one that begins the office or the body.
GIVEN_END = re.compile(rf"(?![党国軍省元前新現副両団連代])[{HAN}]")
# How many characters may stand between a name that no table lists and its office.
FAR = 12
# 「日本から|(は)|与党の」: how far those may stand who come from there.
SENT = re.compile(r"からは?(?!の)[^。「」はがを]*(?:を[^。「」はがを、]{2,8})?$")
SENT_FAR, SENT_NEAR = 60, 24


@dataclass(frozen=True, slots=True)
class Seen:
    """A person seen in the text: phrase, bare name, whom it stands for and what for."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    country: str | None
    office: Row | None
    former: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a name may stand; ``keys`` are the listed people of this form."""

    start: int
    end: int
    keys: tuple[str, ...]


def people_of(here: Beside) -> Iterator[Seen]:
    """Names beside a word for an office, and listed names: 「ロシアのガルージン大使」, 「報道官のカレル氏」, 「習近平は」."""
    taken = here.sentence.start
    for candidate in _candidates(here):
        if candidate.start < taken:
            continue
        seen = _seen(here, candidate, taken)
        if seen is not None:
            taken = seen.end
            yield seen


def _seen(here: Beside, candidate: Candidate, limit: int) -> Seen | None:
    text, start, keys = here.text, candidate.start, candidate.keys
    end = _bare_end(here, candidate) if keys else _given_end(here, candidate)
    none_of_theirs = _none_of_theirs(here, candidate, end)
    if not keys and none_of_theirs:
        return None
    reading = READING.match(text, end)
    office = None if none_of_theirs else office_after(here, end)
    if office is None and reading:
        office = office_after(here, reading.end())
    if office is None and not (_stands_alone(here, candidate) if keys else _has_title(here, candidate)):
        return None
    country = country_between(here, end, office.start, office.row) if office else None
    far = office is not None and office.start - end > FAR and not (country and text[end] == "・")
    if far and not keys:
        return None
    between = text[end : office.start] if office else ""
    lead = lead_of(here, start, limit)
    row = office.row if office else None
    if row is None or (row["level"] == "honorific" and lead.office is not None):
        row = lead.office or row
    after = office.end if office else end
    late = READING.match(text, after) if office or reading else None
    last = late.end() if late else after
    country = country or lead.country
    if not keys and row is not None and country is None:
        keys = _known_by_office(here, text[start:end], row)
    country = country or (None if keys else _only(here, lead.start, last) or _sent_from(here, lead.start))
    former = lead.former or bool(FORMER.search(between))
    return Seen(lead.start, last, text[start:end], keys, country, row, former, _rule(keys, row))


def _known_by_office(here: Beside, name: str, office: Row) -> tuple[str, ...]:
    """The listed person whom surname and office name in another form of the office: 上川|外務大臣| is 上川外相."""
    form = name + office["office"]
    entries = here.gazetteer.get(form[:2], ())
    return next((e.codes for e in entries if e.form == form and e.what == "person"), ())


def _none_of_theirs(here: Beside, candidate: Candidate, end: int) -> bool:
    """Whether what follows a name begins no office of that person: 「ノルム|政権の高官」, 「ノルム|夫人」, 「ノルム|市長」.

    A mayor is one after a name in kanji or after the place: 「宮下市長」, 「ケルンのノルム市長」.
    """
    match = here.words["after-name"].match(here.text, end)
    if match is None:
        return False
    row = office_at(here.text, end, here.offices)
    if row is None or row["word"] == match.group():
        return True
    placed = any(h.end == candidate.start - 1 and h.entry.what in ("place", "seat") for h in here.hits)
    return bool(TOWN.search(row["word"])) and not (KANJI.match(here.text[candidate.start]) or placed)


def _rule(keys: tuple[str, ...], office: Row | None) -> str:
    if office is not None:
        return office.rule
    return f"world/people.tsv#{keys[0]}" if keys else "mentions/people#name"


def _only(here: Beside, start: int, end: int) -> str | None:
    """The state of an office that no other state has under its name: 官房長官 is Japan's."""
    if here.words["only"].search(here.text, start, end) is None:
        return None
    for kind, pattern in here.words.items():
        if kind.startswith(EXCLUSIVE) and pattern.search(here.text, start, end):
            return kind.removeprefix(EXCLUSIVE)
    return None


def _sent_from(here: Beside, start: int) -> str | None:
    """「会議には、|米国からは|国務省の高官が出席する」: whoever is named as coming from a state is that state's."""
    states = [h for h in here.hits if h.entry.what == "state" and h.end <= start]
    gap = here.text[states[-1].end : start] if states else ""
    far = SENT_FAR if gap.startswith("からは") else SENT_NEAR
    return states[-1].entry.codes[0] if SENT.match(gap) and len(gap) <= far else None


def _bare_end(here: Beside, candidate: Candidate) -> int:
    """Where the bare name ends in a listed form that carries its office: トカエフ|大統領, 岸田|総理(大臣)."""
    for i in range(candidate.start + 1, candidate.end):
        row = office_at(here.text, i, here.offices)
        over = i + len(row["word"]) - candidate.end if row is not None else -1
        # 西|村長|官 is no office of 西: a word that goes on must begin well inside the form.
        if over == 0 or (over > 0 and candidate.end - i > 1):
            # トランプ|米|大統領: the state before the office is no part of the name; ロ ends one: ロムロ|外相.
            short = here.text[i - 1] in here.abbreviations and KANJI.match(here.text[i - 1])
            state = short and KATAKANA.match(here.text[max(i - 2, 0)])
            return i - 1 if state and i - 1 > candidate.start else i
    return candidate.end


def _given_end(here: Beside, candidate: Candidate) -> int:
    """Where a kanji name ends whose given name the dictionary takes apart: 李|日|煥|書記, 伊藤|一|長|市長."""
    start, end = candidate.start, candidate.end
    if not KANJI.match(here.text[start]) or end - start > 2 or office_at(here.text, end, here.offices):
        return end
    if end - start == 2 and GIVEN_END.match(here.text, end) and office_at(here.text, end + 1, here.offices):
        return end + 1
    single = [t for t in here.sentence.tokens if end <= t.start < end + 2 and len(t.surface) == 1]
    whole = "".join(t.surface for t in single)
    given = len(single) == 2 and here.text.startswith(whole, end) and all(KANJI.match(c) for c in whole)
    listed = any(end <= h.start < end + 2 for h in here.hits)
    return end + 2 if given and not listed and office_at(here.text, end + 2, here.offices) else end


def _has_title(here: Beside, candidate: Candidate) -> bool:
    """An unlisted katakana name at once after an office: 「外相ピエール・ノルムは」, not 「外相レベルの」."""
    text, start, end = here.text, candidate.start, candidate.end
    if not KATAKANA.match(text[start]) or KANJI.match(text[end : end + 1]):
        return False
    if not any(_ends_at(here, i, start) for i in range(max(here.sentence.start, start - 8), start - 1)):
        return False
    return "・" in text[start:end] or any(t.start == start and PERSONAL in t.pos for t in here.sentence.tokens)


def _stands_alone(here: Beside, candidate: Candidate) -> bool:
    """A listed name that needs no office: three characters, or two kanji that are no piece of a longer word."""
    text, start, end = here.text, candidate.start, candidate.end
    if end - start >= 3:
        return True
    if not KANJI.match(text[start]) or not ENDS.match(text, end):
        return False
    before = start > 0 and KANJI.match(text[start - 1])
    return not before or any(_ends_at(here, i, start) for i in range(max(0, start - 8), start))


def _ends_at(here: Beside, i: int, end: int) -> bool:
    row = office_at(here.text, i, here.offices)
    return row is not None and i + len(row["word"]) == end


# --- candidates -----------------------------------------------------------------------------------------------------


def _candidates(here: Beside) -> list[Candidate]:
    """Where a name may stand: listed people, katakana runs, kanji with a reading, and what the dictionary calls names."""
    others = [h for h in here.hits if h.entry.what != "person"]
    found: dict[int, Candidate] = {}
    for start, end in (*_katakana(here, others), *_read(here, others), *_dictionary(here, others)):
        bare = _before_title(here, start, _before_former(here, start, end))
        if start not in found or found[start].end < bare:
            found[start] = Candidate(start, bare, ())
    for hit in here.hits:
        if hit.entry.what == "person":
            known = found.get(hit.start)
            if known is None or known.end <= hit.end:
                found[hit.start] = Candidate(hit.start, hit.end, hit.entry.codes)
    spans = sorted(found.values(), key=lambda c: (c.start, c.end))
    return [c for i, c in enumerate(spans) if not any(_holds(d, c) for d in spans[:i])]


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
        no_name = inside or office is not None or here.words["no-name"].fullmatch(here.text, start, end)
        if not no_name and end - start >= 2:
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
    for match in READ_NAME.finditer(here.text, here.sentence.start, here.sentence.end) if opened >= 0 else ():
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


# --- the same people again ------------------------------------------------------------------------------------------


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
