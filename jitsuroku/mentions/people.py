"""People: a name beside an office, a listed name, and the same people again further down the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.mentions.candidates import ENDS, PERSONAL, Candidate, candidates
from jitsuroku.mentions.gazetteer import KANJI, KATAKANA, office_at
from jitsuroku.mentions.titles import FORMER, Beside, country_between, lead_of, office_after
from jitsuroku.mentions.words import HAN, KANA
from jitsuroku.records import Row

READING = re.compile(
    rf"\((?:[ぁ-ゖ{KANA}・=\s]+|[{HAN}]{{2,5}}|[A-Za-zÀ-ɏ .'’-]+)(?:[、,]\s?\d{{1,3}}歳?)?\)|\(\d{{2,3}}歳?\)"
)
EXCLUSIVE = "only:"
# Offices that towns and provinces have, and those that stand after a place where somebody works: 大阪|支局長.
TOWN = re.compile(r"知事|[市町村区]長|州首相|議員|領事|警察")
# 「副司令官|である|ロナ・ベックは」, 「作家|の|ジョン・ノルムが」, 「指導者|、|アブ・ノルムを」: how a whole name is tied to what its owner is.
TIED = re.compile(r"(?:である|を務める|を務めた|の|、)$")
NAMED = re.compile(r"(?:\([^()]*\))?(?:[はがもをとに、。]|の(?!間)|さん|ら)")
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


def people_of(here: Beside) -> Iterator[Seen]:
    """Names beside a word for an office, and listed names: 「ロシアのガルージン大使」, 「報道官のカレル氏」, 「習近平は」."""
    taken = here.sentence.start
    for candidate in candidates(here):
        if candidate.start < taken:
            continue
        seen = _seen(here, candidate, taken)
        if seen is not None:
            taken = seen.end
            yield seen


def _seen(here: Beside, candidate: Candidate, limit: int) -> Seen | None:
    text, start, keys = here.text, candidate.start, candidate.keys
    end = _bare_end(here, candidate) if keys else _given_end(here, candidate)
    # A reading stands behind whole names: 李雪主(リ・ソルジュ)夫人 is her own name.
    none_of_theirs = end not in here.read_at and _none_of_theirs(here, candidate, end)
    if not keys and none_of_theirs:
        return None
    reading = READING.match(text, end)
    office, behind = None if none_of_theirs else office_after(here, end), end
    if office is None and reading:
        office, behind = office_after(here, reading.end()), reading.end()
    if office is None and not (_stands_alone(here, candidate) if keys else _has_title(here, candidate)):
        return None
    country = country_between(here, end, office.start, office.row) if office else None
    far = office is not None and office.start - behind > FAR and not (country and text[end] == "・")
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
    tied = TIED.search(text, max(here.sentence.start, start - 4), start) if "・" in text[start:end] else None
    if tied is not None and not (_is_personal(here, start, end) and NAMED.match(text, end)):
        return False
    begin = tied.start() if tied is not None else start
    if not any(_ends_at(here, i, begin) for i in range(max(here.sentence.start, begin - 8), begin - 1)):
        return False
    return "・" in text[start:end] or any(t.start == start and PERSONAL in t.pos for t in here.sentence.tokens)


def _is_personal(here: Beside, start: int, end: int) -> bool:
    """Whether the dictionary knows a name of people in what stands there: 「|ジョン|・ノルム」, but not 「アラブ・ニュース」."""
    return any(start <= t.start and t.end <= end and PERSONAL in t.pos for t in here.sentence.tokens)


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
