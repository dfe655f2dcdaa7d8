"""What stands beside a person's name and belongs to it: the office after or before it, and whom it is held for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from re import Pattern

from jitsuroku.mentions.gazetteer import Hit, office_at
from jitsuroku.mentions.words import HAN, KANA, WORD
from jitsuroku.records import Entry, Row, Sentence

# What makes a body of the word for an office: 中央委員|会|副部長.
BODY_OF = re.compile("会")
# How far an office may stand behind its name: 王毅|中国共産党中央外事活動委員会弁公室|主任.
AFTER, BEFORE = 26, 30
QUALIFIES = re.compile(rf"[{WORD}0-9兼・]")
PHRASE = re.compile(r"(?:[^、。「」『』()\s]++|\([^()]*\))*+$")
# What stands between a body and a name and still describes the name: 「|外務省の|」, 「|の|」, 「|外務省(国防を兼ねる)の|」.
BELONGS = re.compile(
    rf"(?:(?:の)?(?:(?:議会|国会|[上下両参衆]院)の)?[{WORD}0-9・]{{0,14}}(?:\([^()]*\))?の|[{HAN}]{{0,8}}[ \u3000]?|・)"
)
SPACED = re.compile(rf"[{HAN}{KANA}][ \u3000]$")
FORMER = re.compile(r"(?:元|前|故)$")
# 「元米大統領の」, but not 「2年前の」, 「午前の」.
FORMER_BEFORE = re.compile(rf"(?:^|[^{HAN}0-9])(?:元|前|故)(?P<state>[{HAN}])?$")
# 「|米|ホルダー司法長官」: the state at once before a name in katakana.
BESIDE_NAME = re.compile(rf"(?<![{HAN}{KANA}0-9])[{HAN}][ァ-ヺ]$")
# 「ベルリン|訪問中の|岡田外相」, 「フランスに|亡命中の|」, 「ロシア|担当の|」: where somebody is or what for, not whose.
ELSEWHERE = re.compile(
    r"(?:[をにへ]?(?:公式|電撃|極秘)?(?:訪問|滞在|出張|駐在|亡命|留学|潜伏|入り|歴訪|外遊|収監|拘束|在住|在勤)(?:中|先|する|した|して(?:いる|いた))?の?|"
    r"[^、。]{0,6}?(?:課|室|担当|専門|研究|問題|支局|総局|特派員|通)(?:の|$).*)"
)
# 「外務省|ロシア|課長」, 「ノルム|中国|担当補佐官」: what an office is about.
ABOUT = re.compile(r"課|室|担当|専門|研究|問題|支局|総局|政策")
IN_BRACKET = re.compile(r"[^()]*\)")
POSTED = re.compile("[駐在対]")
ENVOY = "envoy"


@dataclass(frozen=True, slots=True)
class Beside:
    """Who a sentence says holds what: its text, listed names, and the words for offices and for what is none."""

    text: str
    sentence: Sentence
    hits: tuple[Hit, ...]
    offices: Mapping[str, tuple[Row, ...]]
    words: Mapping[str, Pattern[str]]
    abbreviations: Mapping[str, str]
    gazetteer: Mapping[str, tuple[Entry, ...]]
    read_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A word for an office in the text."""

    start: int
    end: int
    row: Row


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a name and belongs to it: where it begins, the code it names and the office."""

    start: int
    country: str | None
    office: Row | None
    former: bool


def office_after(here: Beside, at: int) -> Office | None:
    """The office that belongs to the name ending at ``at``: アリエフ|大統領, スナク|英|首相, 李|駐日|大使."""
    best: Office | None = None
    i, text = at, here.text
    while i < min(at + AFTER, here.sentence.end):
        row = office_at(text, i, here.offices)
        if row is not None and not BODY_OF.match(text, i + len(row["word"])):
            end = i + len(row["word"])
            best = Office(best.start if best else i, end, best.row if best and row["level"] == "honorific" else row)
            i = end
        elif (best is not None and text[i] not in "兼・") or not QUALIFIES.match(text[i]):
            break
        else:
            i += 1
    return best


def country_between(here: Beside, start: int, end: int, office: Row | None) -> str | None:
    """The code written between name and office: スナク|英|首相. An envoy's post is none: 李|駐日|大使, 朴|国連|大使; nor is
    what somebody is in charge of: 朴|米国担当|局長."""
    at = start
    if POSTED.match(here.text[start:end]):
        inside = [h for h in here.hits if start < h.start and h.end <= end and h.entry.what in ("state", "place")]
        at = inside[0].end if inside and inside[0].start == start + 1 else start + 2
    # 「朴|国連|大使」 is posted there; 「ノルム|国連|事務総長特使」 is sent by it.
    envoy = office is not None and office["level"] == ENVOY and not office["word"].endswith("特使")
    for hit in here.hits:
        if at <= hit.start < end and not ABOUT.match(here.text, hit.end, end + 1):
            code = code_of(hit.entry, here.gazetteer)
            if code is not None and not (envoy and hit.entry.what != "state"):
                return code
    short = here.words["held-for"].match(here.text, at) if at < end else None
    # 王|英|首相, 王|米|国務副長官, but no state in a given name: 李|日煥|書記.
    return here.abbreviations[short[1]] if short and (at + 1 == end or short["word"]) else None


def code_of(entry: Entry, gazetteer: Mapping[str, tuple[Entry, ...]]) -> str | None:
    """Whom people of a listed body act for: a state, an organisation of states, or the state in a body's own name."""
    if entry.what in ("state", "seat", "organisation", "agency"):
        return entry.codes[0] if len(entry.codes) == 1 else None
    return home_of(entry.form, gazetteer) if entry.what == "body" else None


def home_of(form: str, gazetteer: Mapping[str, tuple[Entry, ...]]) -> str | None:
    """The state that a body's name begins with, by its own name or by a city's: 「上海|国際問題研究所」 is in CHN."""
    for entry in gazetteer.get(form[:2], ()):
        whole = form.startswith(entry.form) and entry.form != form
        if whole and entry.what in ("state", "seat", "place") and len(entry.codes) == 1:
            goes_on = re.match(f"[{KANA}]", form[len(entry.form) :]) and re.match(f"[{KANA}]", entry.form[-1])
            return None if goes_on else entry.codes[0]
    return None


def lead_of(here: Beside, start: int, limit: int) -> Lead:
    """What stands before a name and belongs to it: 「ロシア外務省の|」, 「米|国防総省の|」, 「報道官の|」."""
    text = here.text
    low = max(here.sentence.start, start - BEFORE, limit)
    match = PHRASE.search(text[low:start])
    zone = low + (match.start() if match else 0)
    if SPACED.search(text, low, zone):
        # 「韓国外務省 |ノルム第1次官」: how the name under a film is written.
        match = PHRASE.search(text[low : zone - 1])
        zone = low + (match.start() if match else 0)
    office = _office_before(here, zone, start)
    begin = office.start if office else start
    body = _body_before(here, zone, begin)
    country = None
    if body is not None:
        country, begin = body[1], min(begin, body[0])
    elif office is None and BESIDE_NAME.search(text[low : start + 1]):
        country = here.abbreviations.get(text[start - 1])
        begin = start - 1 if country else start
    former = FORMER_BEFORE.search(text[low:begin])
    if former and former["state"]:
        country, begin = country or here.abbreviations.get(former["state"]), begin - 1
    return Lead(begin, country, office.row if office else None, former is not None)


def _office_before(here: Beside, zone: int, start: int) -> Office | None:
    for i in range(max(zone, start - 14), start):
        row = office_at(here.text, i, here.offices)
        end = i + len(row["word"]) if row else start
        if (
            row is not None
            and here.text[end:start] in ("の", "", "である")
            and end <= start
            and row["level"] != "honorific"
        ):
            return Office(i, end, row)
    return None


def _body_before(here: Beside, zone: int, start: int) -> tuple[int, str | None] | None:
    """Where the body before a name begins and its code. A party, firm or agency stays a name of its own."""
    for begin, end, entry in _bodies(here, zone, start):
        gap = here.text[end:start]
        if IN_BRACKET.match(gap):
            continue
        if ELSEWHERE.fullmatch(gap):
            break
        if not BELONGS.fullmatch(gap) or "人の" in gap:
            break
        if entry is None:
            return begin, here.abbreviations[here.text[begin]]
        code = code_of(entry, here.gazetteer)
        if entry.what in ("state", "seat") or (entry.what == "organisation" and code and code.isascii()):
            return begin, code
        return (start, _state_before(here, zone, begin) or code) if entry.what != "outlet" else None
    return _unlisted_before(here, zone, start)


def _unlisted_before(here: Beside, zone: int, start: int) -> tuple[int, str | None] | None:
    """A body that no table lists gives the home in its name; an organ whose state is not written, nothing yet."""
    for match in here.words["body"].finditer(here.text, zone, start):
        if here.text[match.end() : start] == "の":
            return start, home_of(match.group(), here.gazetteer)
    organs = [m for m in here.words["organ"].finditer(here.text, zone, start) if m.end() == start]
    return (organs[0].start(), None) if organs else None


def _state_before(here: Beside, zone: int, begin: int) -> str | None:
    """The state that stands at once before a body: 「|英国|労働党のノルム党首」."""
    near = [
        h for h in here.hits if zone <= h.start and h.entry.what == "state" and here.text[h.end : begin] in ("", "の")
    ]
    if near and near[-1].end <= begin:
        return near[-1].entry.codes[0]
    alone = begin - 1 == here.sentence.start or not re.match(f"[{HAN}{KANA}]", here.text[begin - 2 : begin - 1] or "。")
    return here.abbreviations.get(here.text[begin - 1 : begin]) if alone and begin > zone else None


def _bodies(here: Beside, zone: int, start: int) -> Iterator[tuple[int, int, Entry | None]]:
    """States and bodies before a name, the nearest first; a one-character state has no entry."""
    found: list[tuple[int, int, Entry | None]] = [
        (h.start, h.end, h.entry) for h in here.hits if zone <= h.start and h.end <= start and h.entry.what != "person"
    ]
    short = here.words["one"].finditer(here.text, zone, start)
    found += [(m.start(1), m.end(1), None) for m in short if m.start(1) not in {f[0] for f in found}]
    return iter(sorted((f for f in found if f[2] is None or f[2].what != "place"), key=lambda f: -f[0]))
