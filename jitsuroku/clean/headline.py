"""The headline: what markup or metadata names, else a line printed again in the text, else the likeliest line on top."""

from __future__ import annotations

import re
from collections import Counter

from jitsuroku.clean.bylines import is_byline
from jitsuroku.clean.lines import BULLET, ITEM, Line
from jitsuroku.clean.outlet_name import OUTLET
from jitsuroku.contract import fold
from jitsuroku.records import Found, Page, Span

LONGEST, SHORTEST = 140, 4
# How many lines above the first paragraph are looked at, and how far below a headline its date line may stand.
ABOVE, BELOW = 40, 3
OUTLET_TAIL = re.compile(r"(?:\s*[|｜]\s*|\s+[–—-]\s+)[^|｜–—]{1,30}$")
# What a board hangs on a thread's headline: 「[港の人★]」, 「[転載禁止]©…」.
BOARD_TAIL = re.compile(r"\s*\[[^\[\]]{1,20}★\]\s*$|\s*\[転載禁止\].*$")
# What a site hangs on it: 「外相が会談| - 港新聞|」, 「外相が会談| | 港ニュース|」, and its day: 「…と外相| 2024年5月17日 07時42分|」.
SITE_TAIL = re.compile(r"(?:\s*[|｜]\s*|\s+[–—-]\s+)(?P<site>[^|｜。、「」]{2,24})$")
COLON_TAIL = re.compile(r"(?<=.{10}):(?P<site>[^\s:、。]{2,12}(?:新聞|ニュース|デジタル|オンライン|電子版|通信|日報))$")
DAY_TAIL = re.compile(
    r"\s+(?:19|20)\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?(?:\([^()]\))?\s*(?:\d{1,2}[時:]\d{2}分?)?(?:\s*(?:更新|配信))?$"
)
# What is left of a line without its days and hours: 「Write: |2019-06-20 10:46:45| Update: |…」.
DAYS_AND_HOURS = re.compile(
    r"(?:19|20)\d\d[年/.-]\s?\d{1,2}[月/.-]\s?\d{1,2}日?|\d{1,2}[時:]\d{2}分?(?::\d{2})?|[\W\d_]+"
)
FEW_WORDS = 14
# A rubric is short: 「ワールド」 above the day, the headline below it.
RUBRIC, WHOLE_HEADLINE = 6, 12
MENU = re.compile(r"[|>/]|\s{2}")
MENU_WORDS, MENU_WORD = 4, 9
JAPANESE = re.compile("[ぁ-ヶ一-鿿]")
BRACKETED = re.compile(r"[(\[<〈《【][^)\]>〉》】]*[)\]>〉》】]")
# A day within a headline: 「報道官の定例会見(2026年3月4日)書き起こし」.
DAY_INSIDE = re.compile(r"^[^\d(]{4,}\((?:19|20)\d\d年[^()]*\)")
# What is quoted may hold whole sentences: 「大統領「停戦だ。戦いは終わった」と宣言」; a line that ends with them is a paragraph.
QUOTED = re.compile(r"(?:「[^「」]*」|『[^『』]*』)(?!$)")
SENTENCE_LIKE = re.compile(r"[、「」【…]")
METADATA = ("og:title", "ld:headline", "title")


def title_of(page: Page, lines: tuple[Line, ...]) -> Line | None:
    """The line that is the page's headline; None where no line above the text can be one."""
    prose = next((i for i, x in enumerate(lines) if x.is_text), len(lines))
    head = [(i, x) for i, x in enumerate(lines[: prose + 1])][-ABOVE:]
    head = [(i, x) for i, x in head if _can_be_title(x)]
    if not head:
        return None
    named = [_plain(value) for value in metadata(page, *METADATA)]
    marked = [x for _, x in head if "h1" in x.tags]
    told = [x for _, x in head if any(_names(value, _plain(x.text)) for value in named)]
    if marked or told:
        return marked[0] if marked else max(told, key=lambda x: len(x.text))
    times = Counter(x.text for x in lines)
    repeated = [x for _, x in head if times[x.text] > 1 and len(x.text) > 12]
    return repeated[0] if repeated else max(head, key=lambda x: (_score(x[0], x[1], lines, prose), -x[0]))[1]


def _names(value: str, words: str) -> bool:
    return len(words) > 5 and words in value


def _can_be_title(line: Line) -> bool:
    if line.junk or line.cut or (line.prose and ITEM.match(line.text)) or (line.marked and "h1" not in line.tags):
        return False
    if not SHORTEST <= len(line.text) <= LONGEST or "。" in QUOTED.sub("", line.text):
        return False
    if line.dated and not DAY_INSIDE.match(line.text) and len(DAYS_AND_HOURS.sub("", line.text)) < FEW_WORDS:
        return False
    return not is_byline(line.text, edge=True)


def _score(at: int, line: Line, lines: tuple[Line, ...], prose: int) -> float:
    """Longer, nearer to the text, above the date line, and unlike a menu or a rubric."""
    text = line.text
    score = min(len(text), 45) / 10 - 0.4 * min(prose - at, 8)
    if not _is_rubric(at, lines, prose):
        score += 1.0 * any(map(_is_date_line, lines[at + 1 : at + 2]))
        score += 1.5 * any(map(_is_date_line, lines[at + 1 : at + 1 + BELOW]))
    score += 2.5 * bool(SENTENCE_LIKE.search(text)) + 1.0 * any(map(_is_date_line, lines[max(at - 1, 0) : at]))
    score -= (
        2 * len(MENU.findall(text[: _without_tails(text)]))
        + 4 * _is_menu(text)
        + 3 * line.prose
        + 3 * text.endswith(".")
    )
    score -= 2 * _is_date_line(line)
    return score - 3 * bool(BULLET.match(text)) - 3 * bool(BRACKETED.fullmatch(text))


def _is_rubric(at: int, lines: tuple[Line, ...], prose: int) -> bool:
    """「ワールド」, then the day, then 「外相が会談 9月の首脳会談へ調整」: the headline may stand below the day."""
    below = [x for x in lines[at + 1 : prose] if _can_be_title(x)]
    return len(lines[at].text) <= RUBRIC and any(len(x.text) >= WHOLE_HEADLINE for x in below)


def _is_date_line(line: Line) -> bool:
    return line.dated and not DAY_INSIDE.match(line.text)


def _is_menu(text: str) -> bool:
    """「政治 経済 国際 会見・発表」: four words or more, none of them long. Other scripts part all words by spaces."""
    words = text.split()
    return len(words) >= MENU_WORDS and max(map(len, words)) <= MENU_WORD and JAPANESE.search(text) is not None


def metadata(page: Page, *names: str) -> list[str]:
    """The page's metadata under these names, in the order asked; the first of several of one name."""
    values = dict(reversed(page.metadata))
    return [values[n] for n in names if n in values]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def title_found(page: Page, line: Line | None) -> Found | None:
    """The headline as it stands on the page, without what a board hangs on it."""
    if line is None:
        values = metadata(page, *METADATA)
        return Found(OUTLET_TAIL.sub("", values[0]), None, "clean/metadata#title") if values else None
    end = line.start + _without_tails(line.text)
    return Found(page.text[line.start : end], Span(line.start, end), "clean/headline")


def _without_tails(text: str) -> int:
    """Where the headline ends before what a board, a site or its clock has hung on it."""
    end = len(text)
    for pattern in (BOARD_TAIL, DAY_TAIL, SITE_TAIL, SITE_TAIL, COLON_TAIL):
        tail = pattern.search(text[:end])
        if tail and tail.start() >= SHORTEST and (pattern is not SITE_TAIL or OUTLET.search(tail["site"])):
            end = tail.start()
    return end
