"""Days as pages print them: 2025/11/09, 令和7年9月5日, 二〇二五年九月五日, 09.08.2025, August 9, 2025, 9 августа 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

KANJI = "〇一二三四五六七八九"
# A number up to 39 in kanji, as days, months and years of an era are written.
COUNT = "(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
# 2026年(ねん)4月(がつ)14日(か): on a page for learners the date has its readings too.
NUMBERS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*(?:年(?:\(ねん\))?|[/.-])\s*(?P<m>\d{1,2})\s*(?:月(?:\(がつ\))?|[/.-])"
    r"\s*(?P<d>\d{1,2})(?:\s*日)?(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<era>令和|平成|昭和)\s*(?P<ey>\d{{1,2}}|元|{COUNT})年\s*"
    rf"(?P<em>\d{{1,2}}|{COUNT})月\s*(?P<ed>\d{{1,2}}|{COUNT})日"
    rf"|(?P<y3>[一二][〇九][{KANJI}]{{2}})年(?P<m3>{COUNT})月(?P<d3>{COUNT})日"
    r"|(?<![A-Za-z])(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month2>[A-Za-z]{3,9}|[а-я]{3,8})\.?,?\s+(?P<year2>(?:19|20)\d\d)(?!\d)"
)
WEEKDAYS = "月火水木金土日"
NO_YEAR = re.compile(rf"(?<![\d/.年-])(\d{{1,2}})\s*[/月]\s*(\d{{1,2}})\s*日?\s*\(([{WEEKDAYS}])\)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# What stands before the day on which a page came out, or was changed: 「公開日:」, 「更新日時」.
PUBLISHED = re.compile(r"(?:公開|配信|掲載|投稿|発行|発表|入力|登録|Published|Posted|Опубликовано|发布)", re.I)
UPDATED = re.compile(r"(?:最終更新|更新|改訂|修正|Updated|Modified|Обновлено)", re.I)
MONTHS = "january february march april may june july august september october november december".split()
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@dataclass(frozen=True, slots=True)
class Printed:
    """A full date in a text: ISO day and where it stands in the text."""

    day: str
    start: int
    end: int


def full_dates(text: str) -> Iterator[Printed]:
    """Every full date (year, month, day) of a folded text, in order; what is no day of the calendar is left out."""
    for match in NUMBERS.finditer(text):
        if day := _day(match):
            yield Printed(day, match.start(), match.end())


def full_date(text: str) -> Printed | None:
    """The first full date of a folded text."""
    return next(full_dates(text), None)


def all_dates(text: str) -> list[str]:
    """The ISO days of every full date of a folded text, in order."""
    return [found.day for found in full_dates(text)]


def weekday_date(text: str, years: frozenset[int]) -> Printed | None:
    """A day printed without its year, as 「10/24(木) 5:40配信」, when the weekday fits exactly one of the years."""
    match = NO_YEAR.search(text)
    if match is None:
        return None
    month, day, weekday = int(match[1]), int(match[2]), WEEKDAYS.index(match[3])
    isos = [iso for year in sorted(years) if (iso := _iso(year, month, day))]
    fitting = [iso for iso in isos if date.fromisoformat(iso).weekday() == weekday]
    return Printed(fitting[0], match.start(), match.end()) if len(fitting) == 1 else None


def years_in(text: str) -> frozenset[int]:
    """The years of this century that a folded text names."""
    return frozenset(int(m[1]) for m in YEAR.finditer(text))


def _day(match: re.Match[str]) -> str | None:
    if match["y"]:
        return _iso(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["y2"]:
        return _iso(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    if match["era"]:
        return _iso(ERAS[match["era"]] + _number(match["ey"]), _number(match["em"]), _number(match["ed"]))
    if match["y3"]:
        return _iso(_number(match["y3"]), _number(match["m3"]), _number(match["d3"]))
    month = _month((match["month"] or match["month2"]).lower())
    return _iso(int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])) if month else None


def _number(written: str) -> int:
    """12, 元 (the first year of an era), 二〇二五, 二十一."""
    if written.isdecimal():
        return int(written)
    if written == "元":
        return 1
    if "十" not in written:
        return int("".join(str(KANJI.index(c)) for c in written))
    tens, ones = written.split("十", 1)
    return 10 * (KANJI.index(tens) if tens else 1) + (KANJI.index(ones) if ones else 0)


def _month(word: str) -> int | None:
    for i, (english, russian) in enumerate(zip(MONTHS, RUSSIAN, strict=True), 1):
        if word in (english, russian) or (len(word) in (3, 4) and english.startswith(word)):
            return i
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
