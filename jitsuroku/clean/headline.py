"""The headline: what markup or metadata names, else a line printed again in the text, else the likeliest line on top."""

from __future__ import annotations

import re
from collections import Counter

from jitsuroku.clean.bylines import is_byline
from jitsuroku.clean.lines import BULLET, ITEM, Line
from jitsuroku.contract import fold
from jitsuroku.records import Found, Page, Span

LONGEST, SHORTEST = 140, 4
# How many lines above the first paragraph are looked at, and how far below a headline its date line may stand.
ABOVE, BELOW = 40, 3
OUTLET_TAIL = re.compile(r"(?:\s*[|｜]\s*|\s+[–—-]\s+)[^|｜–—]{1,30}$")
# What a board hangs on a thread's headline: 「[港の人★]」, 「[転載禁止]©…」.
BOARD_TAIL = re.compile(r"\s*\[[^\[\]]{1,20}★\]\s*$|\s*\[転載禁止\].*$")
MENU = re.compile(r"[|>/]|\s{2}")
MENU_WORDS, MENU_WORD = 4, 9
JAPANESE = re.compile("[ぁ-ヶ一-鿿]")
BRACKETED = re.compile(r"[(\[<〈《【][^)\]>〉》】]*[)\]>〉》】]")
# A day within a headline: 「報道官の定例会見(2026年3月4日)書き起こし」.
DAY_INSIDE = re.compile(r"^[^\d(]{4,}\((?:19|20)\d\d年[^()]*\)")
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
    if not SHORTEST <= len(line.text) <= LONGEST or "。" in line.text:
        return False
    return not is_byline(line.text, edge=True)


def _score(at: int, line: Line, lines: tuple[Line, ...], prose: int) -> float:
    """Longer, nearer to the text, above the date line, and unlike a menu or a rubric."""
    text = line.text
    score = min(len(text), 45) / 10 - 0.4 * min(prose - at, 8)
    score += 1.0 * any(map(_is_date_line, lines[at + 1 : at + 2]))
    score += 1.5 * any(map(_is_date_line, lines[at + 1 : at + 1 + BELOW])) + 2.5 * bool(SENTENCE_LIKE.search(text))
    score -= 2 * len(MENU.findall(text)) + 4 * _is_menu(text) + 3 * line.prose + 3 * text.endswith(".")
    score -= 2 * _is_date_line(line)
    return score - 3 * bool(BULLET.match(text)) - 3 * bool(BRACKETED.fullmatch(text))


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
    tail = BOARD_TAIL.search(line.text)
    end = line.start + tail.start() if tail and tail.start() > 0 else line.end
    return Found(page.text[line.start : end], Span(line.start, end), "clean/headline")
